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
{{- else if ne .context.Values.exposure.type "none" -}}
{{ include "elsa.controllerPeers" .context }}
{{- end -}}
{{ end }}

{{/*
The controller of the way in: its pods, or the addresses of a balancer that stands outside the cluster.
*/}}
{{ define "elsa.controllerPeers" -}}
{{- if or (include "elsa.balancerChecks" .) (eq (include "elsa.preset" .) "alb") -}}
{{ include "elsa.balancerPeers" . | trim }}
{{- else -}}
- namespaceSelector:
    matchLabels:
      kubernetes.io/metadata.name: {{ include "elsa.controllerNamespace" . | quote }}
{{- end -}}
{{ end }}

{{/*
Whether a balancer outside the cluster asks pods themselves how they are, on the port of their readiness probe.
*/}}
{{ define "elsa.balancerChecks" -}}
{{- if or (eq (include "elsa.preset" .) "gce") (eq (include "elsa.preset" .) "agic") -}}
yes
{{- end -}}
{{ end }}

{{/*
The addresses of such a balancer.
*/}}
{{ define "elsa.balancerPeers" -}}
{{- if eq (include "elsa.preset" .) "gce" }}
{{ include "elsa.addressPeer" (dict "context" . "range" "130.211.0.0/22") }}
{{ include "elsa.addressPeer" (dict "context" . "range" "35.191.0.0/16") }}
{{- else if not .Values.networkPolicy.balancerRanges }}
{{ include "elsa.addressPeer" (dict "context" . "range" "10.0.0.0/8") }}
{{ include "elsa.addressPeer" (dict "context" . "range" "100.64.0.0/10") }}
{{ include "elsa.addressPeer" (dict "context" . "range" "172.16.0.0/12") }}
{{ include "elsa.addressPeer" (dict "context" . "range" "192.168.0.0/16") }}
{{- end }}
{{- range $range := .Values.networkPolicy.balancerRanges }}
{{ include "elsa.addressPeer" (dict "context" $ "range" $range) }}
{{- end }}
{{- end }}

{{/*
A range of addresses, as a peer.
*/}}
{{ define "elsa.addressPeer" -}}
- ipBlock:
    cidr: {{ .range | quote }}
{{- end }}

{{/*
Where the controller's pods are.
*/}}
{{ define "elsa.controllerNamespace" -}}
{{- if .Values.networkPolicy.controllerNamespace -}}
{{ .Values.networkPolicy.controllerNamespace }}
{{- else if eq .Values.exposure.type "gateway" -}}
{{ .Values.gateway.namespace | default .Release.Namespace }}
{{- else if or (eq .Values.exposure.type "traefik") (eq (include "elsa.preset" .) "traefik") -}}
traefik
{{- else if eq (include "elsa.preset" .) "haproxy" -}}
haproxy-controller
{{- else -}}
ingress-nginx
{{- end -}}
{{ end }}

{{/*
A store of this installation; `from` are the peers that reach it.
*/}}
{{ define "elsa.storePolicy" -}}
podSelector:
  matchLabels:
    {{- include "elsa.selectorLabels" (dict "context" .context "component" .component) | nindent 4 }}
policyTypes: [Ingress]
ingress:
  - from:
      {{- .from | nindent 6 }}
    ports:
      {{- include "elsa.policyPort" (dict "context" .context "port" .port) | nindent 6 }}
{{- end }}

{{/*
Way to a port of somebody else's: a policy knows no host names, so of any address.
*/}}
{{ define "elsa.externalEgress" -}}
- ports:
    {{- include "elsa.policyPort" (dict "context" .context "port" .port) | nindent 4 }}
{{- end }}

{{/*
Way to a port of pods of this installation.
*/}}
{{ define "elsa.podEgress" -}}
- to:
    {{- include "elsa.peer" (dict "context" .context "component" .component) | nindent 4 }}
  ports:
    {{- include "elsa.policyPort" (dict "context" .context "port" .port) | nindent 4 }}
{{- end }}

{{/*
Way to a port of pods that an operator made: they have its labels alone.
*/}}
{{ define "elsa.operatedEgress" -}}
- to:
    - podSelector:
        matchLabels:
          {{ .label }}: {{ .name | quote }}
  ports:
    {{- include "elsa.policyPort" (dict "context" .context "port" .port) | nindent 4 }}
{{- end }}

{{/*
Who reaches PostgreSQL itself. The server, unless a pooler stands between, and then too if it waits for its database.
*/}}
{{ define "elsa.postgresqlPeers" -}}
{{- if eq .Values.pooling.type "pgbouncer" -}}
{{ include "elsa.peer" (dict "context" . "component" "pgbouncer") }}
{{- end -}}
{{- if or (eq .Values.pooling.type "none") (include "elsa.program" . | fromJson).waitForDatabase }}
{{ include "elsa.peer" (dict "context" . "component" "server") }}
{{- end -}}
{{- if ne .Values.backup.type "none" }}
{{ include "elsa.peer" (dict "context" . "component" "backup") }}
{{ include "elsa.peer" (dict "context" . "component" "restore") }}
{{- end -}}
{{- if include "elsa.keda" . }}
# KEDA asks for due timers.
- namespaceSelector:
    matchLabels:
      kubernetes.io/metadata.name: {{ .Values.keda.namespace | quote }}
{{- end -}}
{{ end }}

{{/*
Way to PostgreSQL itself.
*/}}
{{ define "elsa.postgresqlEgress" -}}
{{- if eq .Values.postgresql.mode "external" -}}
{{ include "elsa.externalEgress" (dict "context" . "port" (int .Values.postgresql.port)) }}
{{- else if eq .Values.postgresql.mode "cloudnativepg" -}}
{{ include "elsa.operatedEgress" (dict "context" . "label" "cnpg.io/cluster" "name" (printf "%s-postgresql" (include "elsa.fullname" .)) "port" 5432) }}
{{- else -}}
{{ include "elsa.podEgress" (dict "context" . "component" "postgresql" "port" 5432) }}
{{- end -}}
{{ end }}

{{/*
Ways of the server to its database.
*/}}
{{ define "elsa.databaseEgress" -}}
{{- if eq .Values.database.provider "SqlServer" -}}
{{ include "elsa.externalEgress" (dict "context" . "port" (int .Values.sqlserver.port)) }}
{{- else if eq .Values.database.provider "MySql" -}}
{{ include "elsa.externalEgress" (dict "context" . "port" (int .Values.mysql.port)) }}
{{- else if eq .Values.database.provider "PostgreSql" -}}
{{- if eq .Values.pooling.type "pgbouncer" -}}
{{ include "elsa.podEgress" (dict "context" . "component" "pgbouncer" "port" 6432) }}
{{- else if eq .Values.pooling.type "cloudnativepg" -}}
{{ include "elsa.operatedEgress" (dict "context" . "label" "cnpg.io/poolerName" "name" (printf "%s-pooler" (include "elsa.fullname" .)) "port" 5432) }}
{{- end -}}
{{- if or (eq .Values.pooling.type "none") (include "elsa.program" . | fromJson).waitForDatabase }}
{{ include "elsa.postgresqlEgress" . }}
{{- end -}}
{{- end -}}
{{ end }}

{{/*
Way of the server to the lock server.
*/}}
{{ define "elsa.redisEgress" -}}
{{- if eq .Values.redis.mode "external" -}}
{{ include "elsa.externalEgress" (dict "context" . "port" (int .Values.redis.port)) }}
{{- else -}}
{{ include "elsa.podEgress" (dict "context" . "component" "redis" "port" 6379) }}
{{- end -}}
{{ end }}

{{/*
Way of the server to RabbitMQ. A policy sees the port of the pod, not the Service's.
*/}}
{{ define "elsa.rabbitmqEgress" -}}
{{- $port := ternary 5671 5672 (ne (include "elsa.rabbitmqTls" .) "") -}}
{{- if eq .Values.rabbitmq.mode "external" -}}
{{ include "elsa.externalEgress" (dict "context" . "port" $port) }}
{{- else if eq .Values.rabbitmq.mode "operator" -}}
{{ include "elsa.operatedEgress" (dict "context" . "label" "app.kubernetes.io/name" "name" (printf "%s-rabbitmq" (include "elsa.fullname" .)) "port" $port) }}
{{- else -}}
{{ include "elsa.podEgress" (dict "context" . "component" "rabbitmq" "port" $port) }}
{{- end -}}
{{ end }}

{{/*
Prometheus' pods.
*/}}
{{ define "elsa.prometheusPeer" -}}
- namespaceSelector:
    matchLabels:
      kubernetes.io/metadata.name: {{ .Values.networkPolicy.prometheusNamespace | quote }}
{{- end }}
