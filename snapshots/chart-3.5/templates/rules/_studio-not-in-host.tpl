{{- /* @severity error */ -}}
{{/*
The host serves no Studio: it is the API and the workflow engine alone.
*/}}
{{ define "elsa.rules.studio_not_in_host" -}}
{{- if and (eq .Values.studio.mode "combined") (not (include "elsa.program" . | fromJson).studio) }}
studio.mode	is combined, but the host serves no Studio; set it to separate
{{- end }}
{{- end }}
