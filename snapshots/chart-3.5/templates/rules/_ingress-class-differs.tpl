{{- /* @severity warning */ -}}
{{/*
A preset writes annotations for one controller, and the class leads to another one, which reads none of them.
*/}}
{{ define "elsa.rules.ingress_class_differs" -}}
{{- $class := .Values.ingress.className -}}
{{- $preset := .Values.ingress.preset -}}
{{- if and (eq .Values.exposure.type "ingress") (ne $preset "none")
  (regexMatch "^(nginx|traefik|haproxy|alb|gce|gce-internal|azure-application-gateway)$" $class)
  (not (hasPrefix $preset $class))
  (not (and (eq $preset "agic") (eq $class "azure-application-gateway"))) }}
ingress.className	{{ $class }} is another controller's class than that of ingress.preset {{ $preset }}, whose annotations it does not read; leave it empty, or change the preset
{{- end }}
{{- end }}
