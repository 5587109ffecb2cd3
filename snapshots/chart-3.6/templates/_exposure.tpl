{{/*
A path of an Ingress and the Service that it leads to.
*/}}
{{ define "elsa.ingressPath" -}}
- path: {{ .path | quote }}
  pathType: Prefix
  backend:
    service:
      name: {{ include "elsa.fullname" .context }}-{{ .component }}
      port:
        number: {{ .port }}
{{- end }}

{{/*
Name of the Secret with the certificate of the way in.
*/}}
{{ define "elsa.exposureSecret" -}}
{{ .Values.exposure.tls.secretName | default (printf "%s-tls" (include "elsa.fullname" .)) }}
{{- end }}

{{/*
Studio's host name, if it has one of its own; empty otherwise.
*/}}
{{ define "elsa.studioHost" -}}
{{- if and (eq .Values.studio.mode "separate") (ne .Values.exposure.studioHost .Values.exposure.host) -}}
{{ .Values.exposure.studioHost }}
{{- end -}}
{{ end }}

{{/*
Whether the administration of the server's runtime is led to a Service without pods: Traefik's own routes have a better way.
*/}}
{{ define "elsa.closedService" -}}
{{- if and .Values.exposure.blockAdmin (or (eq .Values.exposure.type "ingress") (eq .Values.exposure.type "gateway")) -}}
yes
{{- end -}}
{{ end }}

{{/*
The preset of the Ingress, where there is one; nothing for the other ways in.
*/}}
{{ define "elsa.preset" -}}
{{ ternary .Values.ingress.preset "none" (eq .Values.exposure.type "ingress") }}
{{- end }}

{{/*
The class of the Ingress: the one that the values name, or the preset's usual one. Those of Google and Azure know theirs by
an annotation alone.
*/}}
{{ define "elsa.ingressClass" -}}
{{- if .Values.ingress.className -}}
{{ .Values.ingress.className }}
{{- else if eq .Values.ingress.preset "agic" -}}
azure/application-gateway
{{- else if ne .Values.ingress.preset "none" -}}
{{ .Values.ingress.preset }}
{{- end -}}
{{ end }}

{{/*
An annotation of ours for an object, unless the values give it one of that name.
@param own values.commonAnnotations
*/}}
{{ define "elsa.annotation" -}}
{{- if and (not (hasKey .own .key)) (not (hasKey .context.Values.commonAnnotations .key)) }}
{{ .key }}: {{ .value | quote }}
{{- end }}
{{- end }}

{{/*
What each controller is told by annotations of the Ingress. What it can be told by its own configuration alone is in
docs/exposure.md.
*/}}
{{ define "elsa.ingressAnnotations" -}}
{{- $own := .Values.ingress.annotations -}}
{{- $seconds := int .Values.exposure.timeoutSeconds | toJson -}}
{{- $bytes := mul (int .Values.exposure.maxBodyMebibytes) 1048576 | toJson -}}
{{- if eq .Values.ingress.preset "nginx" }}
{{- include "elsa.annotation" (dict "context" . "own" $own "key" "nginx.ingress.kubernetes.io/proxy-body-size" "value" (printf "%sm" (int .Values.exposure.maxBodyMebibytes | toJson))) }}
{{- include "elsa.annotation" (dict "context" . "own" $own "key" "nginx.ingress.kubernetes.io/proxy-read-timeout" "value" $seconds) }}
{{- include "elsa.annotation" (dict "context" . "own" $own "key" "nginx.ingress.kubernetes.io/proxy-send-timeout" "value" $seconds) }}
{{- include "elsa.annotation" (dict "context" . "own" $own "key" "nginx.ingress.kubernetes.io/ssl-redirect" "value" (ternary "true" "false" .Values.exposure.tls.enabled)) }}
{{- else if eq .Values.ingress.preset "traefik" }}
{{- include "elsa.annotation" (dict "context" . "own" $own "key" "traefik.ingress.kubernetes.io/router.entrypoints" "value" (ternary .Values.traefik.entryPoint .Values.traefik.plainEntryPoint .Values.exposure.tls.enabled)) }}
{{- if .Values.exposure.tls.enabled }}
{{- include "elsa.annotation" (dict "context" . "own" $own "key" "traefik.ingress.kubernetes.io/router.tls" "value" "true") }}
{{- end }}
{{- else if eq .Values.ingress.preset "haproxy" }}
{{- include "elsa.annotation" (dict "context" . "own" $own "key" "haproxy.org/backend-config-snippet" "value" (printf "http-request deny deny_status 413 if { req.body_size gt %s }" $bytes)) }}
{{- include "elsa.annotation" (dict "context" . "own" $own "key" "haproxy.org/ssl-redirect" "value" (ternary "true" "false" .Values.exposure.tls.enabled)) }}
{{- if .Values.exposure.tls.enabled }}
{{- include "elsa.annotation" (dict "context" . "own" $own "key" "haproxy.org/ssl-redirect-port" "value" "443") }}
{{- end }}
{{- include "elsa.annotation" (dict "context" . "own" $own "key" "haproxy.org/timeout-server" "value" (printf "%ss" $seconds)) }}
{{- else if eq .Values.ingress.preset "alb" }}
{{- include "elsa.annotation" (dict "context" . "own" $own "key" "alb.ingress.kubernetes.io/healthcheck-path" "value" "/") }}
{{- include "elsa.annotation" (dict "context" . "own" $own "key" "alb.ingress.kubernetes.io/listen-ports" "value" (ternary `[{"HTTP":80},{"HTTPS":443}]` `[{"HTTP":80}]` .Values.exposure.tls.enabled)) }}
{{- include "elsa.annotation" (dict "context" . "own" $own "key" "alb.ingress.kubernetes.io/load-balancer-attributes" "value" (printf "idle_timeout.timeout_seconds=%s" $seconds)) }}
{{- include "elsa.annotation" (dict "context" . "own" $own "key" "alb.ingress.kubernetes.io/scheme" "value" "internet-facing") }}
{{- if .Values.exposure.tls.enabled }}
{{- include "elsa.annotation" (dict "context" . "own" $own "key" "alb.ingress.kubernetes.io/ssl-redirect" "value" "443") }}
{{- end }}
{{- if gt (int (include "elsa.program" . | fromJson).managementPort) 0 }}
{{- include "elsa.annotation" (dict "context" . "own" $own "key" "alb.ingress.kubernetes.io/success-codes" "value" "200,404") }}
{{- end }}
{{- include "elsa.annotation" (dict "context" . "own" $own "key" "alb.ingress.kubernetes.io/target-type" "value" "ip") }}
{{- else if eq .Values.ingress.preset "gce" }}
{{- include "elsa.annotation" (dict "context" . "own" $own "key" "kubernetes.io/ingress.class" "value" (include "elsa.ingressClass" .)) }}
{{- if .Values.exposure.tls.enabled }}
{{- include "elsa.annotation" (dict "context" . "own" $own "key" "networking.gke.io/v1beta1.FrontendConfig" "value" (include "elsa.fullname" .)) }}
{{- end }}
{{- else if eq .Values.ingress.preset "agic" }}
{{- include "elsa.annotation" (dict "context" . "own" $own "key" "appgw.ingress.kubernetes.io/connection-draining" "value" "true") }}
{{- include "elsa.annotation" (dict "context" . "own" $own "key" "appgw.ingress.kubernetes.io/request-timeout" "value" $seconds) }}
{{- if .Values.exposure.tls.enabled }}
{{- include "elsa.annotation" (dict "context" . "own" $own "key" "appgw.ingress.kubernetes.io/ssl-redirect" "value" "true") }}
{{- end }}
{{- include "elsa.annotation" (dict "context" . "own" $own "key" "kubernetes.io/ingress.class" "value" (include "elsa.ingressClass" .)) }}
{{- end }}
{{- end }}

{{/*
What Google's balancer is told by annotations of a Service: to reach pods themselves, and where the rest is said.
@param own values.commonAnnotations
*/}}
{{ define "elsa.serviceAnnotations" -}}
{{- if eq (include "elsa.preset" .context) "gce" }}
{{- if .backend }}
{{- include "elsa.annotation" (dict "context" .context "own" .own "key" "cloud.google.com/backend-config" "value" (printf `{"default":"%s"}` .backend)) }}
{{- end }}
{{- include "elsa.annotation" (dict "context" .context "own" .own "key" "cloud.google.com/neg" "value" `{"ingress":true}`) }}
{{- end }}
{{- end }}
