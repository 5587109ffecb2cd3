{{- /* @severity error */ -}}
{{/*
The name of a Service begins with a letter.
*/}}
{{ define "elsa.rules.invalid_name" -}}
{{- if not (include "elsa.fullname" . | regexMatch "^[a-z]") }}
fullnameOverride	objects would be named {{ include "elsa.fullname" . | quote }}, and a Service's name must begin with a letter; name the installation otherwise or set fullnameOverride
{{- end }}
{{- end }}
