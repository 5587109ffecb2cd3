{{/*
A line if a Service's node port has no effect.
@param service values.server.service
*/}}
{{ define "elsa.unusedNodePort" -}}
{{- if and (gt (int .service.nodePort) 0) (ne .service.type "NodePort") }}
{{ .path }}.service.nodePort	has no effect on a Service of type {{ .service.type }}; set {{ .path }}.service.type to NodePort, or this to 0
{{- end }}
{{- end }}
