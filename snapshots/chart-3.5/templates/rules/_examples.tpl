{{/*
A line if a value still is an example.
*/}}
{{ define "elsa.placeholder" -}}
{{- if or (hasPrefix "REPLACE-" .text)
  (and (contains "example.com" .text) (regexMatch `(^|[./])example\.com(:[0-9]+)?(/|$)` .text)) }}
{{ .path }}	{{ .text | quote }} is a placeholder; set it to {{ .what }}
{{- end }}
{{- end }}
