{{- /* @severity warning */ -}}
{{/*
A Service that leads outside serves plain HTTP: passwords and tokens can be read on the way.
*/}}
{{ define "elsa.rules.exposed_without_tls" -}}
{{- if ne .Values.server.service.type "ClusterIP" }}
server.service.type	a Service of type {{ .Values.server.service.type }} serves plain HTTP, so passwords and tokens can be read on the way; put a proxy with TLS in front
{{- end }}
{{- if and (eq .Values.studio.mode "separate") (ne .Values.studio.service.type "ClusterIP") }}
studio.service.type	a Service of type {{ .Values.studio.service.type }} serves plain HTTP; put a proxy with TLS in front
{{- end }}
{{- end }}
