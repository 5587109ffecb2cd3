{{- define "elsa.rules.errors" -}}
{{- include "elsa.rules.replicas_without_locks" . }}
{{- end }}

{{- define "elsa.rules.warnings" -}}
{{- include "elsa.rules.plain_http" . }}
{{- end }}
