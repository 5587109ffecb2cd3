{{/*
An alert, unless the values leave it out. `hold` is how long its condition must last; the texts may hold templates of
Prometheus.
*/}}
{{ define "elsa.alert" -}}
{{- include "elsa.alertRule" (dict "context" .context "name" .name "severity" .severity "labels" "" "hold" .hold "expr" .expr "summary" .summary "description" .description) }}
{{- end }}

{{/*
The same with further labels, as YAML lines.
*/}}
{{ define "elsa.alertRule" -}}
{{- if not (index .context.Values.monitoring.rules.disabled .name) }}
- alert: {{ .name }}
  expr: |-
    {{- .expr | nindent 4 }}
  {{- with .hold }}
  for: {{ . | quote }}
  {{- end }}
  labels:
    severity: {{ .severity }}
    {{- with .labels }}
    {{- . | nindent 4 }}
    {{- end }}
    {{- range $key, $value := .context.Values.monitoring.rules.labels }}
    {{ $key | quote }}: {{ $value | quote }}
    {{- end }}
  annotations:
    summary: {{ .summary | quote }}
    description: {{ .description | quote }}
    {{- if .context.Values.monitoring.rules.runbooks }}
    runbook_url: {{ printf "%s%s" .context.Values.monitoring.rules.runbooks (.name | lower) | quote }}
    {{- end }}
{{- end }}
{{- end }}

{{/*
A series that is computed beforehand.
*/}}
{{ define "elsa.record" -}}
{{- if .name }}
- record: {{ .name | quote }}
  expr: |-
    {{- .expr | nindent 4 }}
{{- end }}
{{- end }}

{{/*
A group of rules, unless it is empty.
*/}}
{{ define "elsa.ruleGroup" -}}
{{- $present := .rules | trim }}
{{- if $present }}
- name: {{ .name }}
  rules:
    {{- $present | nindent 4 }}
{{- end }}
{{- end }}

{{/*
What selects the series of a PodMonitor of ours.
*/}}
{{ define "elsa.ofJob" -}}
namespace="{{ .context.Release.Namespace }}",job="{{ include "elsa.fullname" .context }}-{{ .component }}"
{{- end }}
