{{- /* @severity warning */ -}}
{{/*
A balancer of Amazon or Azure reaches pods from its subnets. As long as nobody names them, policies let in every private address, which
often are those of all pods.
*/}}
{{ define "elsa.rules.balancer_ranges_unknown" -}}
{{- if and .Values.networkPolicy.enabled (not .Values.networkPolicy.balancerRanges) (eq .Values.exposure.type "ingress") (or (eq .Values.ingress.preset "alb") (eq .Values.ingress.preset "agic")) }}
networkPolicy.balancerRanges	is empty, so every private address may reach server and Studio; set it to the subnets of the balancer, such as [10.1.0.0/24]
{{- end }}
{{- end }}
