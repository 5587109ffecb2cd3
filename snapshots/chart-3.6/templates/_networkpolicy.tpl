{{/*
Pods of one component of this installation, as a peer.
*/}}
{{ define "elsa.peer" -}}
- podSelector:
    matchLabels:
      {{- include "elsa.selectorLabels" (dict "context" .context "component" .component) | nindent 6 }}
{{- end }}

{{/*
One TCP port.
*/}}
{{ define "elsa.policyPort" -}}
- protocol: TCP
  port: {{ .port }}
{{- end }}

{{/*
Who may reach the public port of server or Studio from outside: the ingress controller, and everybody where the Service
itself leads outside.
@param service values.server.service
*/}}
{{ define "elsa.publicPeers" -}}
{{- if ne .service.type "ClusterIP" -}}
- ipBlock:
    cidr: 0.0.0.0/0
- ipBlock:
    cidr: "::/0"
{{- else if eq .context.Values.exposure.type "ingress" -}}
- namespaceSelector:
    matchLabels:
      kubernetes.io/metadata.name: {{ .context.Values.networkPolicy.controllerNamespace | quote }}
{{- end -}}
{{ end }}

{{/*
A store of this installation, reached by the server alone.
*/}}
{{ define "elsa.storePolicy" -}}
podSelector:
  matchLabels:
    {{- include "elsa.selectorLabels" (dict "context" .context "component" .component) | nindent 4 }}
policyTypes: [Ingress]
ingress:
  - from:
      {{- include "elsa.peer" (dict "context" .context "component" "server") | nindent 6 }}
    ports:
      {{- include "elsa.policyPort" (dict "context" .context "port" .port) | nindent 6 }}
{{- end }}

{{/*
Way of the server to a store, ours or, since a policy knows no host names, any address at the port of an external one.
*/}}
{{ define "elsa.storeEgress" -}}
{{- if .external -}}
- ports:
    {{- include "elsa.policyPort" (dict "context" .context "port" .port) | nindent 4 }}
{{- else -}}
- to:
    {{- include "elsa.peer" (dict "context" .context "component" .component) | nindent 4 }}
  ports:
    {{- include "elsa.policyPort" (dict "context" .context "port" .port) | nindent 4 }}
{{- end -}}
{{ end }}

{{/*
Port of PostgreSQL's pods; a policy sees that, not the Service's.
*/}}
{{ define "elsa.postgresqlPodPort" -}}
{{ ternary (int .Values.postgresql.port) 5432 (eq .Values.postgresql.mode "external") }}
{{- end }}

{{/*
Port of the lock server's pod.
*/}}
{{ define "elsa.redisPodPort" -}}
{{ ternary (int .Values.redis.port) 6379 (eq .Values.redis.mode "external") }}
{{- end }}

{{/*
Port of RabbitMQ's pod: 5671 speaks TLS.
*/}}
{{ define "elsa.rabbitmqPodPort" -}}
{{ ternary 5671 5672 (and (eq .Values.rabbitmq.mode "external") .Values.rabbitmq.tls) }}
{{- end }}
