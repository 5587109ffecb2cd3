{{/*
The exporter beside bundled PostgreSQL, or nothing. It logs in as Elsa's role, for which it needs no other Secret and which any
volume has, but into the database `postgres`: in Elsa's own a restore would wait for it to leave.
*/}}
{{ define "elsa.postgresqlSidecars" -}}
{{- if .Values.monitoring.enabled -}}
{{ include "elsa.exporter" (dict "context" .
  "metrics" .Values.monitoring.exporters.postgresql
  "image" (include "elsa.postgresqlExporterImage" .)
  "arguments" (include "elsa.postgresqlExporterArguments" .)
  "env" (include "elsa.postgresqlExporterEnv" .)
  "port" 9187
) }}
{{- end -}}
{{ end }}

{{/*
Arguments of PostgreSQL's exporter.
*/}}
{{ define "elsa.postgresqlExporterArguments" -}}
# The files of the write-ahead log are for superusers to see, and each scrape would log that.
args: [--no-collector.wal]
{{- end }}

{{/*
Variables of PostgreSQL's exporter. It connects inside the pod, so it does not verify the certificate there.
*/}}
{{ define "elsa.postgresqlExporterEnv" -}}
- name: DATA_SOURCE_URI
  value: 127.0.0.1:5432/postgres?sslmode={{ ternary "require" "disable" (ne .Values.postgresql.tlsSecretName "") }}
- name: DATA_SOURCE_USER
  value: {{ .Values.database.userName | quote }}
{{ include "elsa.postgresqlPassword" (dict "context" . "name" "DATA_SOURCE_PASS") }}
# It looks for certificates there, and reports PostgreSQL as gone where it may not look.
- name: HOME
  value: /nonexistent
{{- end }}

{{/*
The exporter beside the bundled lock server, or nothing. Valkey's is the same.
*/}}
{{ define "elsa.redisSidecars" -}}
{{- if .Values.monitoring.enabled -}}
{{ include "elsa.exporter" (dict "context" .
  "metrics" .Values.monitoring.exporters.redis
  "image" (include "elsa.redisExporterImage" .)
  "arguments" ""
  "env" (include "elsa.redisExporterEnv" .)
  "port" 9121
) }}
{{- end -}}
{{ end }}

{{/*
Variables of the lock server's exporter. It connects inside the pod, so it does not verify the certificate there.
*/}}
{{ define "elsa.redisExporterEnv" -}}
- name: REDIS_ADDR
  value: {{ ternary "rediss" "redis" (ne .Values.redis.tlsSecretName "") }}://127.0.0.1:6379
{{ include "elsa.secretEnv" (dict "context" . "name" "REDIS_PASSWORD" "secret" (include "elsa.secretName" (dict "context" . "secret" .Values.secrets.redis "id" "redis")) "key" .Values.secrets.redis.keys.password) }}
{{- if .Values.redis.tlsSecretName }}
- name: REDIS_EXPORTER_SKIP_TLS_VERIFICATION
  value: "true"
{{- end }}
{{- end }}
