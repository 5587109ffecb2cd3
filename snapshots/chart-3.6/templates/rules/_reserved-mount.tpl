{{- /* @severity error */ -}}
{{/*
Volumes and mounts that the templates write themselves, such as `/tmp` and `/data`: Kubernetes takes no second one of the
same name or path.
*/}}
{{ define "elsa.rules.reserved_mount" -}}
{{- if or .Values.server.volumes .Values.server.volumeMounts }}
{{- include "elsa.reservedMounts" (dict "context" .
  "w" .Values.server
  "path" "server"
  "volumes" (include "elsa.serverVolumes" .)
  "mounts" (include "elsa.serverMounts" .)
) }}
{{- end }}
{{- if and (eq .Values.studio.mode "separate") (or .Values.studio.volumes .Values.studio.volumeMounts) }}
{{- include "elsa.reservedMounts" (dict "context" .
  "w" .Values.studio
  "path" "studio"
  "volumes" (include "elsa.programVolumes" (dict "context" . "of" (include "elsa.release" . | fromJson).studio))
  "mounts" (include "elsa.programMounts" (dict "context" . "of" (include "elsa.release" . | fromJson).studio))
) }}
{{- end }}
{{- if and (eq .Values.database.provider "PostgreSql") (eq .Values.postgresql.mode "bundled") (or .Values.postgresql.volumes .Values.postgresql.volumeMounts) }}
{{- include "elsa.reservedMounts" (dict "context" .
  "w" .Values.postgresql
  "path" "postgresql"
  "volumes" (printf "%s\n- name: data" (include "elsa.postgresqlVolumes" .))
  "mounts" (include "elsa.postgresqlMounts" .)
) }}
{{- end }}
{{- if and (eq .Values.locks.provider "Redis") (eq .Values.redis.mode "bundled") (or .Values.redis.volumes .Values.redis.volumeMounts) }}
{{- include "elsa.reservedMounts" (dict "context" .
  "w" .Values.redis
  "path" "redis"
  "volumes" (include "elsa.redisVolumes" .)
  "mounts" (include "elsa.redisMounts" .)
) }}
{{- end }}
{{- if and (eq .Values.rabbitmq.mode "bundled") (or .Values.rabbitmq.volumes .Values.rabbitmq.volumeMounts) }}
{{- include "elsa.reservedMounts" (dict "context" .
  "w" .Values.rabbitmq
  "path" "rabbitmq"
  "volumes" (printf "%s\n- name: data" (include "elsa.rabbitmqVolumes" .))
  "mounts" (include "elsa.rabbitmqMounts" .)
) }}
{{- end }}
{{- if and (eq .Values.pooling.type "pgbouncer") (or .Values.pgbouncer.volumes .Values.pgbouncer.volumeMounts) }}
{{- include "elsa.reservedMounts" (dict "context" .
  "w" .Values.pgbouncer
  "path" "pgbouncer"
  "volumes" (include "elsa.pgbouncerVolumes" .)
  "mounts" (include "elsa.pgbouncerMounts" .)
) }}
{{- end }}
{{- if and (ne .Values.backup.type "none") (or .Values.backup.volumes .Values.backup.volumeMounts) }}
{{- include "elsa.reservedMounts" (dict "context" .
  "w" .Values.backup
  "path" "backup"
  "volumes" (include "elsa.backupVolumes" (dict "context" . "writes" true))
  "mounts" (include "elsa.backupMounts" (dict "context" . "writes" true))
) }}
{{- end }}
{{- if or .Values.tests.volumes .Values.tests.volumeMounts }}
{{- include "elsa.reservedMounts" (dict "context" . "w" .Values.tests "path" "tests" "volumes" (include "elsa.testVolumes" .) "mounts" (include "elsa.testMounts" .)) }}
{{- end }}
{{- end }}
