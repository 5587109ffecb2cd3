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
{{- if and (eq .Values.database.provider "PostgreSql") (eq .Values.postgresql.mode "bundled") }}
{{- include "elsa.notGuaranteed" (dict "context" . "w" .Values.postgresql "path" "postgresql") }}
{{- end }}
{{- if and (eq .Values.locks.provider "Redis") (eq .Values.redis.mode "bundled") }}
{{- include "elsa.notGuaranteed" (dict "context" . "w" .Values.redis "path" "redis") }}
{{- end }}
{{- if eq .Values.rabbitmq.mode "bundled" }}
{{- include "elsa.notGuaranteed" (dict "context" . "w" .Values.rabbitmq "path" "rabbitmq") }}
{{- end }}
{{- include "elsa.notGuaranteed" (dict "context" . "w" .Values.tests "path" "tests") }}
{{- end }}
{{- end }}
