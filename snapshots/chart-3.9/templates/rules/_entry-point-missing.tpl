{{- /* @severity error */ -}}
{{/*
Without TLS, plain requests are the only ones, and they need an entry point of Traefik.
*/}}
{{ define "elsa.rules.entry_point_missing" -}}
{{- if and (or (eq .Values.exposure.type "traefik") (eq (include "elsa.preset" .) "traefik")) (not .Values.exposure.tls.enabled) (not .Values.traefik.plainEntryPoint) }}
traefik.plainEntryPoint	is empty, but without exposure.tls.enabled it is the only way in; set it to an entry point of Traefik, such as web
{{- end }}
{{- end }}
