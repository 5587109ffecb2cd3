{{- /* @severity warning */ -}}
{{/*
A limit of requests is set that the chosen way in cannot be told, or that the program does not let pass.
*/}}
{{ define "elsa.rules.limit_without_effect" -}}
{{- $preset := include "elsa.preset" . -}}
{{- $own := and (eq .Values.exposure.type "ingress") (or (eq $preset "none") (eq $preset "traefik")) -}}
{{- $seconds := int .Values.exposure.timeoutSeconds -}}
{{- $size := int .Values.exposure.maxBodyMebibytes -}}
{{- if and $own (or (lt $seconds 300) (gt $seconds 300)) }}
exposure.timeoutSeconds	{{ ternary "is written for the controller that ingress.preset names, and it is none; set it, or ingress.annotations" "cannot be told Traefik by annotations; set exposure.type to traefik, whose routes have it" (eq $preset "none") }}
{{- end }}
{{- if and (eq .Values.exposure.type "gateway") (or (lt $size 28) (gt $size 28)) }}
exposure.maxBodyMebibytes	the Gateway API knows no limit of bodies; set it in a policy of your gateway's own
{{- else if and $own (eq $preset "none") (or (lt $size 28) (gt $size 28)) }}
exposure.maxBodyMebibytes	is written for the controller that ingress.preset names, and it is none; set it, or ingress.annotations
{{- else if and (lt $size 28) (eq $preset "traefik") }}
exposure.maxBodyMebibytes	cannot be told Traefik by annotations; set exposure.type to traefik, whose routes have it
{{- else if and (lt $size 28) (or (eq $preset "alb") (eq $preset "gce") (eq $preset "agic")) }}
exposure.maxBodyMebibytes	the balancer of ingress.preset {{ $preset }} has no such limit; leave it at 28, which is the program's
{{- end }}
{{- if and (gt $size 28) (ne .Values.exposure.type "none") (ne .Values.server.program "host") }}
exposure.maxBodyMebibytes	is {{ $size }}, but the published image takes 28 MiB and cannot be told otherwise; set it to 28
{{- end }}
{{- end }}
