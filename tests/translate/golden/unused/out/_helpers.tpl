{{/* Used by the chart. */}}
{{ define "elsa.one" -}}
one: {{ include "elsa.three" . }}
{{- end }}

{{/* Used by another. */}}
{{ define "elsa.three" -}}
three
{{- end }}
