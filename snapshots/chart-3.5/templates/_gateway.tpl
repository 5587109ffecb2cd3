{{/*
Name of the Gateway that routes are attached to.
*/}}
{{ define "elsa.gatewayName" -}}
{{ .Values.gateway.name | default (include "elsa.fullname" .) }}
{{- end }}

{{/*
The Gateway as parent of a route; `section` is one of its listeners, and empty means all.
*/}}
{{ define "elsa.gatewayParent" -}}
- group: gateway.networking.k8s.io
  kind: Gateway
  name: {{ include "elsa.gatewayName" .context | quote }}
  {{- with .context.Values.gateway.namespace }}
  namespace: {{ . | quote }}
  {{- end }}
  {{- with .section }}
  sectionName: {{ . | quote }}
  {{- end }}
{{- end }}

{{/*
The listener of what users reach.
*/}}
{{ define "elsa.gatewayListener" -}}
{{ ternary .Values.gateway.httpsListener .Values.gateway.httpListener .Values.exposure.tls.enabled }}
{{- end }}

{{/*
A rule of an HTTPRoute: a path with all below it, and the Service that it leads to. With 0 seconds nothing is said of them.
*/}}
{{ define "elsa.gatewayRule" -}}
- matches:
    - path:
        type: PathPrefix
        value: {{ .path | quote }}
  {{- if gt .seconds 0 }}
  timeouts:
    request: {{ .seconds }}s
  {{- end }}
  backendRefs:
    - group: ""
      kind: Service
      name: {{ include "elsa.fullname" .context }}-{{ .component }}
      port: {{ .port }}
      weight: 1
{{- end }}
