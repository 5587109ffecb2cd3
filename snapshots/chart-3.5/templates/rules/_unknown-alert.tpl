{{- /* @severity error */ -}}
{{/*
A name that no alert has leaves nothing out: the alert that was meant goes on.
*/}}
{{ define "elsa.rules.unknown_alert" -}}
{{- range $name, $out := .Values.monitoring.rules.disabled }}
{{- if not (printf " %s " (include "elsa.alertNames" $) | contains (printf " %s " $name)) }}
monitoring.rules.disabled	there is no alert {{ $name | quote }}; the names are {{ include "elsa.alertNames" $ | replace " " ", " }}
{{- end }}
{{- end }}
{{- end }}
