{{- /* @severity error */ -}}
{{/*
A VerticalPodAutoscaler that changes requests, and an autoscaler that counts pods by use in per cent of these very requests, drive
each other: greater requests look like less use, so pods go, so those that stay use more.
*/}}
{{ define "elsa.rules.autoscalers_collide" -}}
{{- include "elsa.collision" (dict "context" . "w" .Values.server "path" "server") }}
{{- if eq .Values.studio.mode "separate" }}
{{- include "elsa.collision" (dict "context" . "w" .Values.studio "path" "studio") }}
{{- end }}
{{- end }}
