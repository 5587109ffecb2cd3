{{/*
The base of the names of objects: the installation's name and `elsa`, by Helm's rule. Cut to 48 characters, so that the
longest suffix fits into the 63 of a Service; a dot is not allowed there either.
*/}}
{{ define "elsa.fullname" -}}
{{- $name := .Values.nameOverride | default "elsa" -}}
{{- if .Values.fullnameOverride -}}
{{ .Values.fullnameOverride | trunc 48 | trimSuffix "-" }}
{{- else if contains $name .Release.Name -}}
{{ .Release.Name | replace "." "-" | trunc 48 | trimSuffix "-" }}
{{- else -}}
{{ printf "%s-%s" .Release.Name $name | replace "." "-" | trunc 48 | trimSuffix "-" }}
{{- end -}}
{{ end }}

{{/*
What selects the pods of one component of this installation, and nothing else in the namespace.
*/}}
{{ define "elsa.selectorLabels" -}}
app.kubernetes.io/name: {{ .context.Values.nameOverride | default "elsa" | quote }}
app.kubernetes.io/instance: {{ .context.Release.Name | quote }}
app.kubernetes.io/component: {{ .component }}
{{- end }}

{{/*
Labels of an object.
*/}}
{{ define "elsa.labels" -}}
{{ include "elsa.selectorLabels" (dict "context" .context "component" .component) }}
app.kubernetes.io/part-of: elsa
app.kubernetes.io/version: {{ .context.Chart.AppVersion | quote }}
{{- range $key, $value := .context.Values.commonLabels }}
{{ $key | quote }}: {{ $value | quote }}
{{- end }}
{{- end }}

{{/*
Name, namespace, labels and annotations of an object. `own` are the annotations that the values give to this object, which
win over those for all; an object that has none passes `values.commonAnnotations`. `fixed` are YAML lines of ours.
@param own values.commonAnnotations
*/}}
{{ define "elsa.metadata" -}}
name: {{ .name | quote }}
namespace: {{ .context.Release.Namespace | quote }}
labels:
  {{- include "elsa.labels" (dict "context" .context "component" .component) | nindent 2 }}
{{- if or .fixed .own .context.Values.commonAnnotations }}
annotations:
  {{- with .fixed }}
  {{- . | nindent 2 }}
  {{- end }}
  {{- range $key, $value := .own }}
  {{ $key | quote }}: {{ $value | quote }}
  {{- end }}
  {{- range $key, $value := .context.Values.commonAnnotations }}
  {{- if not (hasKey $.own $key) }}
  {{ $key | quote }}: {{ $value | quote }}
  {{- end }}
  {{- end }}
{{- end }}
{{- end }}

{{/*
Reference of an image: what the values leave empty is the catalogue's.
@param image values.server.image
@param known elsa.server.image
*/}}
{{ define "elsa.image" -}}
{{- $registry := .context.Values.imageRegistry | default .image.registry | default .known.registry -}}
{{- $repository := .image.repository | default .known.repository -}}
{{- $tag := .image.tag | default .known.tag -}}
{{ $registry }}/{{ $repository }}:{{ $tag }}
{{- if .image.digest -}}
@{{ .image.digest }}
{{- else if and .known.digest (not .image.repository) (not .image.tag) -}}
@{{ .known.digest }}
{{- end -}}
{{ end }}

{{/*
Where browsers and callers of workflows reach the server.
*/}}
{{ define "elsa.serverUrl" -}}
{{- with .Values.server.publicUrl -}}
{{ . }}
{{- else -}}
http://localhost:{{ int .Values.server.localPort }}
{{- end -}}
{{ end }}

{{/*
Where browsers reach Studio.
*/}}
{{ define "elsa.studioUrl" -}}
{{- if eq .Values.studio.mode "combined" -}}
{{ include "elsa.serverUrl" . }}
{{- else if .Values.studio.publicUrl -}}
{{ .Values.studio.publicUrl }}
{{- else -}}
http://localhost:{{ int .Values.studio.localPort }}
{{- end -}}
{{ end }}

{{/*
Name of the Secret with the administrator and the signing key.
*/}}
{{ define "elsa.identitySecret" -}}
{{- with .Values.secrets.identity.name -}}
{{ . }}
{{- else -}}
{{ include "elsa.fullname" . }}-identity
{{- end -}}
{{ end }}
