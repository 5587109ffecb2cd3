{{- /* @severity error */ -}}
{{/*
A way in needs the host name that it answers to, and so do the addresses that are made of it.
*/}}
{{ define "elsa.rules.exposure_without_host" -}}
{{- if and (ne .Values.exposure.type "none") (not .Values.exposure.host) }}
exposure.host	is empty, but the way in needs a host name; set it to the server's, such as elsa.example.com
{{- end }}
{{- end }}
