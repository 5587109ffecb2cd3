{{- /* @severity error */ -}}
{{/*
Kubernetes calls a pod Guaranteed only if each of its containers has limits of CPU and memory, and requests equal to them.
*/}}
{{ define "elsa.rules.guaranteed_without_limits" -}}
{{- if eq .Values.pods.qualityOfService "Guaranteed" }}
{{- include "elsa.notGuaranteed" (dict "context" . "w" .Values.server "path" "server") }}
{{- if eq .Values.studio.mode "separate" }}
{{- include "elsa.notGuaranteed" (dict "context" . "w" .Values.studio "path" "studio") }}
{{- end }}
{{- if and (eq .Values.database.provider "PostgreSql") (ne .Values.postgresql.mode "external") }}
{{- include "elsa.notGuaranteed" (dict "context" . "w" .Values.postgresql "path" "postgresql") }}
{{- end }}
{{- if and (eq .Values.locks.provider "Redis") (eq .Values.redis.mode "bundled") }}
{{- include "elsa.notGuaranteed" (dict "context" . "w" .Values.redis "path" "redis") }}
{{- end }}
{{- if or (eq .Values.rabbitmq.mode "bundled") (eq .Values.rabbitmq.mode "operator") }}
{{- include "elsa.notGuaranteed" (dict "context" . "w" .Values.rabbitmq "path" "rabbitmq") }}
{{- end }}
{{- if eq .Values.pooling.type "pgbouncer" }}
{{- include "elsa.notGuaranteed" (dict "context" . "w" .Values.pgbouncer "path" "pgbouncer") }}
{{- if and .Values.pgbouncer.metrics.enabled (not (include "elsa.hasLimits" (dict "context" . "resources" .Values.pgbouncer.metrics.resources))) }}
pgbouncer.metrics.resources	pods.qualityOfService is Guaranteed, which needs limits of CPU and memory; set limits.cpu and limits.memory
{{- end }}
{{- end }}
{{- if and .Values.monitoring.enabled (eq .Values.database.provider "PostgreSql") (eq .Values.postgresql.mode "bundled") (not (include "elsa.hasLimits" (dict "context" . "resources" .Values.monitoring.exporters.postgresql.resources))) }}
monitoring.exporters.postgresql.resources	pods.qualityOfService is Guaranteed, which needs limits of CPU and memory; set limits.cpu and limits.memory
{{- end }}
{{- if and .Values.monitoring.enabled (eq .Values.locks.provider "Redis") (eq .Values.redis.mode "bundled") (not (include "elsa.hasLimits" (dict "context" . "resources" .Values.monitoring.exporters.redis.resources))) }}
monitoring.exporters.redis.resources	pods.qualityOfService is Guaranteed, which needs limits of CPU and memory; set limits.cpu and limits.memory
{{- end }}
{{- if and .Values.openTelemetry.collector.create (not (include "elsa.hasLimits" (dict "context" . "resources" .Values.openTelemetry.collector.resources))) }}
openTelemetry.collector.resources	pods.qualityOfService is Guaranteed, which needs limits of CPU and memory; set limits.cpu and limits.memory
{{- end }}
{{- if ne .Values.backup.type "none" }}
{{- include "elsa.notGuaranteed" (dict "context" . "w" .Values.backup "path" "backup") }}
{{- end }}
{{- include "elsa.notGuaranteed" (dict "context" . "w" .Values.tests "path" "tests") }}
{{- end }}
{{- end }}
