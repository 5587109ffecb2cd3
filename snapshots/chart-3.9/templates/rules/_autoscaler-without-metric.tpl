{{- /* @severity error */ -}}
{{/*
A HorizontalPodAutoscaler that looks at nothing gets a metric from Kubernetes that nobody asked for. KEDA always looks at PostgreSQL.
*/}}
{{ define "elsa.rules.autoscaler_without_metric" -}}
{{- if eq .Values.server.autoscaling.type "hpa" }}
{{- include "elsa.withoutMetric" (dict "context" . "w" .Values.server "path" "server") }}
{{- end }}
{{- if and (eq .Values.studio.autoscaling.type "hpa") (eq .Values.studio.mode "separate") }}
{{- include "elsa.withoutMetric" (dict "context" . "w" .Values.studio "path" "studio") }}
{{- end }}
{{- end }}
