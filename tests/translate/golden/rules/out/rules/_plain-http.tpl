{{- /* @severity warning */ -}}
{{- /* Passwords can be read on the way. */}}
{{- define "elsa.rules.plain_http" -}}
{{- if hasPrefix "http://" .Values.publicUrl }}
publicUrl	{{ .Values.publicUrl }} is plain HTTP
{{- end }}
{{- end }}
