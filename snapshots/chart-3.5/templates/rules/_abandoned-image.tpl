{{- /* @severity error */ -}}
{{/*
An image that nobody maintains any more: Bitnami's public catalogue, frozen in August 2025 and deleted a month later, and
Elsa's early images of version 3, whose programs are not those that the catalogue describes.
*/}}
{{ define "elsa.rules.abandoned_image" -}}
{{- include "elsa.abandonedImage" (dict "context" . "image" .Values.server.image "path" "server.image") }}
{{- if eq .Values.studio.mode "separate" }}
{{- include "elsa.abandonedImage" (dict "context" . "image" .Values.studio.image "path" "studio.image") }}
{{- end }}
{{- if eq .Values.database.provider "PostgreSql" }}
{{- include "elsa.abandonedImage" (dict "context" . "image" .Values.postgresql.image "path" "postgresql.image") }}
{{- end }}
{{- if and (eq .Values.locks.provider "Redis") (eq .Values.redis.mode "bundled") }}
{{- include "elsa.abandonedImage" (dict "context" . "image" .Values.redis.image "path" "redis.image") }}
{{- end }}
{{- if or (eq .Values.rabbitmq.mode "bundled") (eq .Values.rabbitmq.mode "operator") }}
{{- include "elsa.abandonedImage" (dict "context" . "image" .Values.rabbitmq.image "path" "rabbitmq.image") }}
{{- end }}
{{- if ne .Values.pooling.type "none" }}
{{- include "elsa.abandonedImage" (dict "context" . "image" .Values.pgbouncer.image "path" "pgbouncer.image") }}
{{- if .Values.pgbouncer.metrics.enabled }}
{{- include "elsa.abandonedImage" (dict "context" . "image" .Values.pgbouncer.metrics.image "path" "pgbouncer.metrics.image") }}
{{- end }}
{{- end }}
{{- if and .Values.monitoring.enabled (eq .Values.database.provider "PostgreSql") (eq .Values.postgresql.mode "bundled") }}
{{- include "elsa.abandonedImage" (dict "context" . "image" .Values.monitoring.exporters.postgresql.image "path" "monitoring.exporters.postgresql.image") }}
{{- end }}
{{- if and .Values.monitoring.enabled (eq .Values.locks.provider "Redis") (eq .Values.redis.mode "bundled") }}
{{- include "elsa.abandonedImage" (dict "context" . "image" .Values.monitoring.exporters.redis.image "path" "monitoring.exporters.redis.image") }}
{{- end }}
{{- include "elsa.abandonedImage" (dict "context" . "image" .Values.tests.image "path" "tests.image") }}
{{- end }}
