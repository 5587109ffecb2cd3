{{- /* @severity warning */ -}}
{{/*
`nodePort` counts for a Service of type NodePort alone.
*/}}
{{ define "elsa.rules.node_port_out_of_place" -}}
{{- include "elsa.unusedNodePort" (dict "context" . "service" .Values.server.service "path" "server") }}
{{- include "elsa.unusedNodePort" (dict "context" . "service" .Values.studio.service "path" "studio") }}
{{- include "elsa.unusedNodePort" (dict "context" . "service" .Values.postgresql.service "path" "postgresql") }}
{{- include "elsa.unusedNodePort" (dict "context" . "service" .Values.redis.service "path" "redis") }}
{{- include "elsa.unusedNodePort" (dict "context" . "service" .Values.rabbitmq.service "path" "rabbitmq") }}
{{- end }}
