{{/*
A route of an IngressRoute. `match` is what follows the host name in its rule, `middlewares` are their names' last words,
divided by blanks.
*/}}
{{ define "elsa.traefikRoute" -}}
- kind: Rule
  match: {{ printf "Host(`%s`)%s" .host .match | quote }}
  {{- if .middleware }}
  middlewares:
    - name: {{ include "elsa.fullname" .context }}-{{ .middleware }}
  {{- end }}
  services:
    - kind: Service
      name: {{ include "elsa.fullname" .context }}-{{ .component }}
      port: {{ .port }}
      {{- if eq .component "server" }}
      serversTransport: {{ include "elsa.fullname" .context }}-server
      {{- end }}
{{- end }}

{{/*
A rule for a path and all below it, by whole words: a PathPrefix of Traefik would take `/elsabot` for `/elsa`.
*/}}
{{ define "elsa.traefikPath" -}}
{{ printf " && PathRegexp(`^%s(/|$)`)" (.path | replace "." `\.`) }}
{{- end }}
