{{- /* @severity error */ -}}
{{/*
A HorizontalPodAutoscaler measures CPU use in per cent of what the pod's containers ask for. If one of them asks for
nothing, it measures nothing and never scales.
*/}}
{{ define "elsa.rules.autoscaler_without_requests" -}}
{{- if eq .Values.server.autoscaling.type "hpa" }}
{{- include "elsa.unmeasured" (dict "context" . "w" .Values.server "path" "server") }}
{{- end }}
{{- if and (eq .Values.studio.autoscaling.type "hpa") (eq .Values.studio.mode "separate") }}
{{- include "elsa.unmeasured" (dict "context" . "w" .Values.studio "path" "studio") }}
{{- end }}
{{- end }}
