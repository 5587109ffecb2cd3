{{/*
A line if a key of a Secret, written `secret/key`, is among those that hold a value already, with blanks around each.
*/}}
{{ define "elsa.takenKey" -}}
{{- if contains (printf " %s " .key) .taken }}
{{ .path }}	{{ .key }} (Secret and key) holds another value already; choose another key or another Secret
{{- end }}
{{- end }}
