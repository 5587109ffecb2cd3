{{- /* @severity warning */ -}}
{{/*
A PodDisruptionBudget that lets as many pods be evicted as there may be protects nothing.
*/}}
{{ define "elsa.rules.budget_without_effect" -}}
{{- include "elsa.emptyBudget" (dict "context" . "w" .Values.server "path" "server") }}
{{- if eq .Values.studio.mode "separate" }}
{{- include "elsa.emptyBudget" (dict "context" . "w" .Values.studio "path" "studio") }}
{{- end }}
{{- if eq .Values.pooling.type "pgbouncer" }}
{{- include "elsa.emptyBudget" (dict "context" . "w" .Values.pgbouncer "path" "pgbouncer") }}
{{- end }}
{{- end }}
