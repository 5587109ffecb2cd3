{{/*
Ports of a program of the catalogue.
@param of program
*/}}
{{ define "elsa.programPorts" -}}
- name: http
  containerPort: {{ int .of.port }}
  protocol: TCP
{{- if gt (int .of.managementPort) 0 }}
- name: management
  containerPort: {{ int .of.managementPort }}
  protocol: TCP
{{- end }}
{{- end }}

{{/*
A probe that the program really answers. `timeoutSeconds` is 5 because readiness takes 4 s when the lock server is away.
*/}}
{{ define "elsa.httpProbe" -}}
httpGet:
  path: {{ .path | quote }}
  port: {{ .port | quote }}
periodSeconds: {{ .period }}
timeoutSeconds: 5
failureThreshold: {{ .failures }}
{{- end }}

{{/*
Mounts of the scratch folders at the paths that a program must be able to write to.
@param of program
*/}}
{{ define "elsa.programMounts" -}}
{{- range $path := .of.writable -}}
- name: {{ include "elsa.volumeName" (dict "context" $.context "path" $path) | quote }}
  mountPath: {{ $path | quote }}
{{ end }}
{{- if .context.Values.diagnostics.enabled -}}
- name: diagnostics
  mountPath: /diagnostics
{{- end -}}
{{- end }}

{{/*
The volumes of those scratch folders.
@param of program
*/}}
{{ define "elsa.programVolumes" -}}
{{- range $path := .of.writable -}}
- name: {{ include "elsa.volumeName" (dict "context" $.context "path" $path) | quote }}
  emptyDir:
    sizeLimit: 256Mi
{{ end }}
{{- if .context.Values.diagnostics.enabled -}}
- name: diagnostics
  emptyDir:
    sizeLimit: {{ toJson .context.Values.diagnostics.dumpVolumeSize }}
{{- end -}}
{{- end }}

{{/*
Settings from a ConfigMap.
*/}}
{{ define "elsa.configMapRef" -}}
- configMapRef:
    name: {{ .name | quote }}
{{- end }}
