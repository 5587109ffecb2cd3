{{- /* @severity warning */ -}}
{{/*
ingress-nginx has no maintainers since March 2026: no release, no fix of a vulnerability.
*/}}
{{ define "elsa.rules.nginx_retired" -}}
{{- if and (eq .Values.exposure.type "ingress") (eq .Values.ingress.preset "nginx") }}
ingress.preset	ingress-nginx is retired since March 2026 and gets no security fixes; choose traefik or haproxy, or set exposure.type to gateway
{{- end }}
{{- end }}
