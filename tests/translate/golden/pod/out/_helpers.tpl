{{/*
The full name.
*/}}
{{- define "elsa.fullname" -}}
{{ .Release.Name }}-elsa
{{- end }}

{{/*
Labels that select a workload.
*/}}
{{- define "elsa.selectorLabels" -}}
app.kubernetes.io/name: elsa
app.kubernetes.io/instance: {{ .context.Release.Name | quote }}
app.kubernetes.io/component: {{ .component }}
{{- end }}

{{/*
Reference of an image: what the values leave empty is the catalogue's.
@param image values.server.image
@param known elsa.server.image
*/}}
{{- define "elsa.image" -}}
{{- $repository := .image.repository | default .known.repository -}}
{{- with .context.Values.imageRegistry -}}
{{ . }}/
{{- end -}}
{{ $repository }}:{{ .image.tag | default .known.tag }}
{{- end }}
