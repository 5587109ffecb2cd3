{{- /* @severity error */ -}}
{{/*
KEDA looks for due timers in PostgreSQL, and has triggers where a HorizontalPodAutoscaler has metrics.
*/}}
{{ define "elsa.rules.keda_not_possible" -}}
{{- if eq .Values.server.autoscaling.type "keda" }}
{{- if ne .Values.database.provider "PostgreSql" }}
server.autoscaling.type	is keda, which looks for due timers in PostgreSQL, but database.provider is {{ .Values.database.provider }}; set it to none or hpa, or set database.provider to PostgreSql
{{- end }}
{{- if .Values.server.autoscaling.metrics }}
server.autoscaling.metrics	are those of a HorizontalPodAutoscaler, and server.autoscaling.type is keda, which makes its own; write them as keda.triggers
{{- end }}
{{- end }}
{{- end }}
