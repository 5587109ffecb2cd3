{{- /* @severity error */ -}}
{{/*
Fixed credentials that everybody knows must not be reachable from outside the cluster. Make a Secret of your own and set
`secrets.source` to existing.
*/}}
{{ define "elsa.rules.development_credentials_exposed" -}}
{{- if eq .Values.secrets.source "development" }}
{{- /* A program whose credentials cannot be changed at all is told of that: fixed-public-credentials. */ -}}
{{- if ne (include "elsa.program" . | fromJson).identity "fixed" }}
{{- if ne .Values.server.service.type "ClusterIP" }}
server.service.type	a Service of type {{ .Values.server.service.type }} would expose the development credentials; make a Secret of your own and set secrets.source to existing
{{- end }}
{{- if and (eq .Values.studio.mode "separate") (ne .Values.studio.service.type "ClusterIP") }}
studio.service.type	a Service of type {{ .Values.studio.service.type }} would expose Studio while the development credentials are valid; make a Secret of your own and set secrets.source to existing
{{- end }}
{{- if ne .Values.exposure.type "none" }}
exposure.type	is {{ .Values.exposure.type }}, which would expose the development credentials; make a Secret of your own and set secrets.source to existing
{{- end }}
{{- if .Values.server.publicUrl }}
server.publicUrl	a public address is not for the development credentials; make a Secret of your own and set secrets.source to existing
{{- end }}
{{- if .Values.studio.publicUrl }}
studio.publicUrl	a public address is not for the development credentials; make a Secret of your own and set secrets.source to existing
{{- end }}
{{- end }}
{{- include "elsa.storesOutside" (dict "context" . "sentence" "would be open to everybody who can reach it while the development credentials are valid; make Secrets of your own and set secrets.source to existing") }}
{{- end }}
{{- end }}
