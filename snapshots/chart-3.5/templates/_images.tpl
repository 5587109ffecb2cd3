{{/*
Reference of an image that is not Elsa's: what the values leave empty is our own choice.
@param image values.postgresql.image
*/}}
{{ define "elsa.chosenImage" -}}
{{ .context.Values.imageRegistry | default .image.registry | default .registry }}/{{ .image.repository | default .repository }}:{{ .image.tag | default .tag }}
{{- with .image.digest -}}
@{{ . }}
{{- end -}}
{{ end }}

{{/*
Image of PostgreSQL: the newest patch version of the major one, with its Debian release.
*/}}
{{ define "elsa.postgresqlImage" -}}
{{- $newer := ternary "18.6-trixie" "17.11-trixie" (eq .Values.postgresql.version "18") -}}
{{- $tag := ternary "16.15-trixie" $newer (eq .Values.postgresql.version "16") -}}
{{ include "elsa.chosenImage" (dict "context" . "image" .Values.postgresql.image "registry" "docker.io" "repository" "library/postgres" "tag" $tag) }}
{{- end }}

{{/*
Image of the lock server.
*/}}
{{ define "elsa.redisImage" -}}
{{- if eq .Values.redis.product "Valkey" -}}
{{ include "elsa.chosenImage" (dict "context" . "image" .Values.redis.image "registry" "docker.io" "repository" "valkey/valkey" "tag" "9.1.2-trixie") }}
{{- else -}}
{{ include "elsa.chosenImage" (dict "context" . "image" .Values.redis.image "registry" "docker.io" "repository" "library/redis" "tag" "8.2.9-trixie") }}
{{- end -}}
{{ end }}

{{/*
Image of RabbitMQ.
*/}}
{{ define "elsa.rabbitmqImage" -}}
{{ include "elsa.chosenImage" (dict "context" . "image" .Values.rabbitmq.image "registry" "docker.io" "repository" "library/rabbitmq" "tag" "4.2.9") }}
{{- end }}

{{/*
Image of PgBouncer. None before 1.25.2: a packet of somebody who need not log in crashes it.
*/}}
{{ define "elsa.pgbouncerImage" -}}
{{ include "elsa.chosenImage" (dict "context" . "image" .Values.pgbouncer.image "registry" "ghcr.io" "repository" "cloudnative-pg/pgbouncer" "tag" "1.25.2-trixie") }}
{{- end }}

{{/*
Image of PgBouncer's exporter.
*/}}
{{ define "elsa.pgbouncerExporterImage" -}}
{{ include "elsa.chosenImage" (dict "context" . "image" .Values.pgbouncer.metrics.image "registry" "quay.io" "repository" "prometheuscommunity/pgbouncer-exporter" "tag" "v0.12.1") }}
{{- end }}

{{/*
Image of PostgreSQL's exporter.
*/}}
{{ define "elsa.postgresqlExporterImage" -}}
{{ include "elsa.chosenImage" (dict "context" . "image" .Values.monitoring.exporters.postgresql.image "registry" "quay.io" "repository" "prometheuscommunity/postgres-exporter" "tag" "v0.20.1") }}
{{- end }}

{{/*
Image of the lock server's exporter.
*/}}
{{ define "elsa.redisExporterImage" -}}
{{ include "elsa.chosenImage" (dict "context" . "image" .Values.monitoring.exporters.redis.image "registry" "docker.io" "repository" "oliver006/redis_exporter" "tag" "v1.88.0") }}
{{- end }}

{{/*
Image of rclone, which carries dumps to `s3` and back.
*/}}
{{ define "elsa.rcloneImage" -}}
{{ include "elsa.chosenImage" (dict "context" . "image" .Values.backup.image "registry" "docker.io" "repository" "rclone/rclone" "tag" "1.75.0") }}
{{- end }}
