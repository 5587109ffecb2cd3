{{/*
The base of the names of objects, by Helm's rule: the installation's name, and `elsa` unless that contains it.
*/}}
{{- define "elsa.fullname" -}}
{{- $name := .Values.nameOverride | default "elsa" -}}
{{- if .Values.fullnameOverride -}}
{{ .Values.fullnameOverride | trunc 48 | trimSuffix "-" }}
{{- else if contains $name .Release.Name -}}
{{ .Release.Name | trunc 48 | trimSuffix "-" }}
{{- else -}}
{{ printf "%s-%s" .Release.Name $name | trunc 48 | trimSuffix "-" }}
{{- end -}}
{{- end }}

{{- /* A name that ends in something. */}}
{{- define "elsa.name" -}}
{{ include "elsa.fullname" .context }}-{{ .suffix }}
{{- end }}
