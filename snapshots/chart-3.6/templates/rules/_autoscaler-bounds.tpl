{{- /* @severity error */ -}}
{{/*
`replicaCount` is the least number of pods of an autoscaler and `maxReplicas` the most: Kubernetes takes neither a least of
0 nor a most below the least.
*/}}
{{ define "elsa.rules.autoscaler_bounds" -}}
{{- if ne .Values.server.autoscaling.type "none" }}
{{- include "elsa.wrongBounds" (dict "context" . "w" .Values.server "path" "server") }}
{{- end }}
{{- if and (eq .Values.studio.autoscaling.type "hpa") (eq .Values.studio.mode "separate") }}
{{- include "elsa.wrongBounds" (dict "context" . "w" .Values.studio "path" "studio") }}
{{- end }}
{{- end }}
