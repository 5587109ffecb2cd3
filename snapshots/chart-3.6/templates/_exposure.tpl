{{/*
A path of an Ingress and the Service that it leads to.
*/}}
{{ define "elsa.ingressPath" -}}
- path: {{ .path | quote }}
  pathType: Prefix
  backend:
    service:
      name: {{ include "elsa.fullname" .context }}-{{ .component }}
      port:
        number: {{ .port }}
{{- end }}
