{{- /* @severity error */ -}}
{{/*
A PodDisruptionBudget that lets no pod be evicted stops every drain of a node, so also the cluster's upgrades.
*/}}
{{ define "elsa.rules.budget_blocks_drain" -}}
{{- include "elsa.blockedDrain" (dict "context" . "w" .Values.server "path" "server") }}
{{- if eq .Values.studio.mode "separate" }}
{{- include "elsa.blockedDrain" (dict "context" . "w" .Values.studio "path" "studio") }}
{{- end }}
{{- if eq .Values.pooling.type "pgbouncer" }}
{{- include "elsa.blockedDrain" (dict "context" . "w" .Values.pgbouncer "path" "pgbouncer") }}
{{- end }}
{{- end }}
