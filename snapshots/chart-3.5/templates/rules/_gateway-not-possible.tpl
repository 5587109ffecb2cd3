{{- /* @severity error */ -}}
{{/*
Routes of the Gateway API hang on a Gateway: one that we make needs a class, and another one a name. Its certificate is beside it.
*/}}
{{ define "elsa.rules.gateway_not_possible" -}}
{{- if eq .Values.exposure.type "gateway" }}
{{- if and .Values.gateway.create (not .Values.gateway.className) }}
gateway.className	is empty, and a Gateway needs a class; set it to one of those that `kubectl get gatewayclass` lists
{{- else if and (not .Values.gateway.create) (not .Values.gateway.name) }}
gateway.name	is empty, so routes would hang on nothing; set it to the name of a Gateway, or set gateway.create
{{- end }}
{{- if and .Values.gateway.create .Values.gateway.namespace (ne .Values.gateway.namespace .Release.Namespace) }}
gateway.namespace	is {{ .Values.gateway.namespace }}, but a Gateway that we make is in the namespace of the installation, with its certificate; leave it empty, or set gateway.create to false
{{- end }}
{{- if and (not .Values.exposure.tls.enabled) (not .Values.gateway.httpListener) }}
gateway.httpListener	is empty, but without exposure.tls.enabled it is the only way in; name a listener for plain HTTP
{{- end }}
{{- if and .Values.gateway.create .Values.gateway.httpListener (eq .Values.gateway.httpListener .Values.gateway.httpsListener) }}
gateway.httpListener	is the name of the encrypted listener too; a Gateway's listeners have different names
{{- end }}
{{- end }}
{{- end }}
