{{- /* @severity error */ -}}
{{/*
An Ingress needs the host name that it answers to, and so do the addresses that are made of it.
*/}}
{{ define "elsa.rules.exposure_without_host" -}}
{{- if and (eq .Values.exposure.type "ingress") (not .Values.exposure.host) }}
exposure.host	is empty, but the Ingress needs a host name; set it to the server's, such as elsa.example.com
{{- end }}
{{- end }}
