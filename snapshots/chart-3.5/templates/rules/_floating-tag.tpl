{{- /* @severity error */ -}}
{{/*
A tag that moves changes the program under a running installation, or is another product: `latest` of Elsa's images follows
the previews of Elsa 4. A digest pins the image whatever the tag says.
*/}}
{{ define "elsa.rules.floating_tag" -}}
{{- include "elsa.refusedTag" (dict "context" . "image" .Values.server.image "refused" (include "elsa.program" . | fromJson).refusedTags "path" "server.image") }}
{{- if eq .Values.studio.mode "separate" }}
{{- include "elsa.refusedTag" (dict "context" . "image" .Values.studio.image "refused" (include "elsa.release" . | fromJson).studio.refusedTags "path" "studio.image") }}
{{- end }}
{{- if eq .Values.database.provider "PostgreSql" }}
{{- include "elsa.floatingTag" (dict "context" . "image" .Values.postgresql.image "path" "postgresql.image") }}
{{- end }}
{{- if and (eq .Values.locks.provider "Redis") (eq .Values.redis.mode "bundled") }}
{{- include "elsa.floatingTag" (dict "context" . "image" .Values.redis.image "path" "redis.image") }}
{{- end }}
{{- if or (eq .Values.rabbitmq.mode "bundled") (eq .Values.rabbitmq.mode "operator") }}
{{- include "elsa.floatingTag" (dict "context" . "image" .Values.rabbitmq.image "path" "rabbitmq.image") }}
{{- end }}
{{- if ne .Values.pooling.type "none" }}
{{- include "elsa.floatingTag" (dict "context" . "image" .Values.pgbouncer.image "path" "pgbouncer.image") }}
{{- if .Values.pgbouncer.metrics.enabled }}
{{- include "elsa.floatingTag" (dict "context" . "image" .Values.pgbouncer.metrics.image "path" "pgbouncer.metrics.image") }}
{{- end }}
{{- end }}
{{- if eq .Values.backup.type "s3" }}
{{- include "elsa.floatingTag" (dict "context" . "image" .Values.backup.image "path" "backup.image") }}
{{- end }}
{{- if and .Values.monitoring.enabled (eq .Values.database.provider "PostgreSql") (eq .Values.postgresql.mode "bundled") }}
{{- include "elsa.floatingTag" (dict "context" . "image" .Values.monitoring.exporters.postgresql.image "path" "monitoring.exporters.postgresql.image") }}
{{- end }}
{{- if and .Values.monitoring.enabled (eq .Values.locks.provider "Redis") (eq .Values.redis.mode "bundled") }}
{{- include "elsa.floatingTag" (dict "context" . "image" .Values.monitoring.exporters.redis.image "path" "monitoring.exporters.redis.image") }}
{{- end }}
{{- include "elsa.floatingTag" (dict "context" . "image" .Values.tests.image "path" "tests.image") }}
{{- end }}
