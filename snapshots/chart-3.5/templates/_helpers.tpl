{{/*
The base of the names of objects: the installation's name and `elsa`, by Helm's rule. Cut to 41 characters: with the
longest suffix, and what Kubernetes adds for a StatefulSet's label, it fits into 63. A Service's name has no dots.
*/}}
{{ define "elsa.fullname" -}}
{{- $name := .Values.nameOverride | default "elsa" -}}
{{- if .Values.fullnameOverride -}}
{{ .Values.fullnameOverride | trunc 41 | trimSuffix "-" }}
{{- else if contains $name .Release.Name -}}
{{ .Release.Name | replace "." "-" | trunc 41 | trimSuffix "-" }}
{{- else -}}
{{ printf "%s-%s" .Release.Name $name | replace "." "-" | trunc 41 | trimSuffix "-" }}
{{- end -}}
{{ end }}

{{/*
What selects all pods of this installation, and nothing else in the namespace.
*/}}
{{ define "elsa.instanceLabels" -}}
app.kubernetes.io/name: {{ .Values.nameOverride | default "elsa" | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end }}

{{/*
What selects the pods of one component of this installation.
*/}}
{{ define "elsa.selectorLabels" -}}
{{ include "elsa.instanceLabels" .context }}
app.kubernetes.io/component: {{ .component }}
{{- end }}

{{/*
Name, namespace, labels and annotations of an object.
@param labels values.commonLabels
@param annotations values.commonAnnotations
*/}}
{{ define "elsa.metadata" -}}
name: {{ .name | quote }}
namespace: {{ .context.Release.Namespace | quote }}
{{ include "elsa.marks" (dict "context" .context "component" .component "labels" .labels "annotations" .annotations "fixed" .fixed) }}
{{- end }}

{{/*
Labels and annotations of an object. `labels` and `annotations` are those that the values give to this object; they win over
those for all objects, which an object that has none of its own passes. `fixed` are YAML lines of ours.
@param labels values.commonLabels
@param annotations values.commonAnnotations
*/}}
{{ define "elsa.marks" -}}
labels:
  {{- include "elsa.selectorLabels" (dict "context" .context "component" .component) | nindent 2 }}
  app.kubernetes.io/part-of: elsa
  app.kubernetes.io/version: {{ .context.Chart.AppVersion | quote }}
  {{- range $key, $value := .labels }}
  {{ $key | quote }}: {{ $value | quote }}
  {{- end }}
  {{- range $key, $value := .context.Values.commonLabels }}
  {{- if not (hasKey $.labels $key) }}
  {{ $key | quote }}: {{ $value | quote }}
  {{- end }}
  {{- end }}
{{- if or .fixed .annotations .context.Values.commonAnnotations }}
annotations:
  {{- with .fixed }}
  {{- . | nindent 2 }}
  {{- end }}
  {{- range $key, $value := .annotations }}
  {{ $key | quote }}: {{ $value | quote }}
  {{- end }}
  {{- range $key, $value := .context.Values.commonAnnotations }}
  {{- if not (hasKey $.annotations $key) }}
  {{ $key | quote }}: {{ $value | quote }}
  {{- end }}
  {{- end }}
{{- end }}
{{- end }}

{{/*
A Service in front of one port of a workload's pods.
@param service values.server.service
*/}}
{{ define "elsa.serviceSpec" -}}
type: {{ .service.type }}
{{- if and (eq .service.type "LoadBalancer") .service.loadBalancerClass }}
loadBalancerClass: {{ .service.loadBalancerClass | quote }}
{{- end }}
{{- with .service.ipFamilyPolicy }}
ipFamilyPolicy: {{ . }}
{{- end }}
selector:
  {{- include "elsa.selectorLabels" (dict "context" .context "component" .component) | nindent 2 }}
ports:
  - name: {{ .port }}
    {{- if eq .port "amqps" }}
    # Clients speak TLS on this port only.
    port: 5671
    {{- else }}
    port: {{ int .service.port }}
    {{- end }}
    targetPort: {{ .port }}
    {{- if and (eq .service.type "NodePort") (gt (int .service.nodePort) 0) }}
    nodePort: {{ int .service.nodePort }}
    {{- end }}
    protocol: TCP
    appProtocol: {{ .protocol }}
{{- end }}

{{/*
Reference of an image: what the values leave empty is the catalogue's. Where that knows no tag but a placeholder, a digest
does without one.
@param image values.server.image
@param known elsa.server.image
*/}}
{{ define "elsa.image" -}}
{{- $registry := .context.Values.imageRegistry | default .image.registry | default .known.registry -}}
{{- $repository := .image.repository | default .known.repository -}}
{{- $tag := .image.tag | default .known.tag -}}
{{ $registry }}/{{ $repository }}
{{- if or (not .image.digest) .image.tag (not (hasPrefix "REPLACE-" .known.tag)) -}}
:{{ $tag }}
{{- end -}}
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
{{- if .Values.server.publicUrl -}}
{{ .Values.server.publicUrl }}
{{- else if ne .Values.exposure.type "none" -}}
{{ include "elsa.scheme" . }}://{{ .Values.exposure.host }}
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
{{- else if ne .Values.exposure.type "none" -}}
{{ include "elsa.scheme" . }}://{{ .Values.exposure.studioHost | default .Values.exposure.host }}
{{- else -}}
http://localhost:{{ int .Values.studio.localPort }}
{{- end -}}
{{ end }}

{{/*
How the Ingress is reached.
*/}}
{{ define "elsa.scheme" -}}
{{ ternary "https" "http" .Values.exposure.tls.enabled }}
{{- end }}

{{/*
Seconds as the host reads durations: 90 gives `00:01:30`.
*/}}
{{ define "elsa.duration" -}}
{{- $hours := div .seconds 3600 -}}
{{- $minutes := div (mod .seconds 3600) 60 -}}
{{- $rest := mod .seconds 60 -}}
{{- if lt $hours 10 -}}0{{- end -}}{{ $hours }}:{{- if lt $minutes 10 -}}0{{- end -}}{{ $minutes }}:{{- if lt $rest 10 -}}0{{- end -}}{{ $rest }}
{{- end }}

{{/*
Name of a Secret: the one that the values give it, or our own.
@param secret values.secrets.identity
*/}}
{{ define "elsa.secretName" -}}
{{- with .secret.name -}}
{{ . }}
{{- else -}}
{{ include "elsa.fullname" .context }}-{{ .id }}
{{- end -}}
{{ end }}

{{/*
A variable from a key of a Secret.
*/}}
{{ define "elsa.secretEnv" -}}
- name: {{ .name }}
  valueFrom:
    secretKeyRef:
      name: {{ .secret | quote }}
      key: {{ .key | quote }}
{{- end }}
