{{- /* @severity error */ -}}
{{/*
An autoscaler measures use of CPU or memory in per cent of what the container asks for. If it asks for nothing, there is nothing
to measure, and the number of pods never changes.
*/}}
{{ define "elsa.rules.autoscaler_without_requests" -}}
{{- if ne .Values.server.autoscaling.type "none" }}
{{- include "elsa.unmeasured" (dict "context" . "w" .Values.server "path" "server") }}
{{- end }}
{{- if and (eq .Values.studio.autoscaling.type "hpa") (eq .Values.studio.mode "separate") }}
{{- include "elsa.unmeasured" (dict "context" . "w" .Values.studio "path" "studio") }}
{{- end }}
{{- end }}
