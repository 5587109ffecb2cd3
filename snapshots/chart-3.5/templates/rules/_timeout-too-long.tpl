{{- /* @severity error */ -}}
{{/*
Amazon's balancer closes a connection that was idle for 4,000 seconds at most.
*/}}
{{ define "elsa.rules.timeout_too_long" -}}
{{- if and (eq .Values.exposure.type "ingress") (eq .Values.ingress.preset "alb") (gt (int .Values.exposure.timeoutSeconds) 4000) }}
exposure.timeoutSeconds	is {{ int .Values.exposure.timeoutSeconds }}, but Amazon's balancer takes 4000 at most; set it to 4000 or less
{{- end }}
{{- end }}
