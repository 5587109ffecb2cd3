{{- /* @severity warning */ -}}
{{/*
What leads outside serves plain HTTP: passwords and tokens can be read on the way. Serve TLS; where something in front of
the cluster does, say so with a public address that begins with https://.
*/}}
{{ define "elsa.rules.exposed_without_tls" -}}
{{- $server := include "elsa.serverUrl" . | hasPrefix "http://" -}}
{{- $studio := and (eq .Values.studio.mode "separate") (include "elsa.studioUrl" . | hasPrefix "http://") -}}
{{- if and $server (ne .Values.server.service.type "ClusterIP") }}
server.service.type	a Service of type {{ .Values.server.service.type }} serves plain HTTP, so passwords and tokens can be read on the way; put a proxy with TLS in front and set server.publicUrl to its https:// address
{{- end }}
{{- if and $studio (ne .Values.studio.service.type "ClusterIP") }}
studio.service.type	a Service of type {{ .Values.studio.service.type }} serves plain HTTP; put a proxy with TLS in front and set studio.publicUrl to its https:// address
{{- end }}
{{- if and (ne .Values.exposure.type "none") (not .Values.exposure.tls.enabled) (or $server $studio) }}
exposure.tls.enabled	is false, so passwords and tokens can be read on the way; set it to true, or set the public addresses to the https:// ones of the proxy in front
{{- end }}
{{- include "elsa.storesOutside" (dict "context" . "sentence" "carries its passwords and data in plain text; set it to ClusterIP") }}
{{- end }}
