{{- /* @severity warning */ -}}
{{/*
Values of one way in are set, and exposure.type chooses another one.
*/}}
{{ define "elsa.rules.way_in_out_of_place" -}}
{{- if and (ne .Values.exposure.type "ingress") (ne .Values.ingress.preset "none") }}
ingress.preset	is for exposure.type ingress, and that is {{ .Values.exposure.type }}; set it to none
{{- end }}
{{- if and (ne .Values.exposure.type "ingress") .Values.ingress.annotations }}
ingress.annotations	are those of an Ingress, and exposure.type is {{ .Values.exposure.type }}; leave them out
{{- end }}
{{- if and (ne .Values.exposure.type "gateway") .Values.gateway.create }}
gateway.create	is for exposure.type gateway, and that is {{ .Values.exposure.type }}; set it to false
{{- end }}
{{- if and (ne .Values.exposure.type "gateway") .Values.gateway.name }}
gateway.name	is for exposure.type gateway, and that is {{ .Values.exposure.type }}; leave it empty
{{- end }}
{{- $preset := include "elsa.preset" . -}}
{{- $balancer := or (eq $preset "alb") (eq $preset "gce") (eq $preset "agic") -}}
{{- if and .Values.networkPolicy.balancerRanges (not $balancer) }}
networkPolicy.balancerRanges	are for the presets alb, gce and agic, whose balancers stand outside the cluster; leave them out
{{- end }}
{{- if and .Values.networkPolicy.controllerNamespace $balancer }}
networkPolicy.controllerNamespace	leads nobody in, as the balancer of ingress.preset {{ $preset }} stands outside the cluster; leave it empty, and set networkPolicy.balancerRanges
{{- end }}
{{- end }}
