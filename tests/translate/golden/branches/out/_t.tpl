{{ define "t.three" -}}
{{ .one }}/{{ .two }}/{{ .three }}
{{- end }}
