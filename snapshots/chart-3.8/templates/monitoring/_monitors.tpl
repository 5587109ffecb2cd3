{{/*
How Prometheus finds pods and scrapes them: `job` is what rules and dashboards know them by.
*/}}
{{ define "elsa.podMonitorSpec" -}}
selector:
  matchLabels:
    {{- .selector | nindent 4 }}
podMetricsEndpoints:
  - port: {{ .port }}
    interval: {{ int .context.Values.monitoring.intervalSeconds }}s
    {{- with .tls }}
    {{- . | nindent 4 }}
    {{- end }}
    relabelings:
      # What the rules know it by; else it would be the namespace and the name of this object.
      - targetLabel: job
        replacement: {{ .job | quote }}
    {{- with .drop }}
    metricRelabelings:
      {{- . | nindent 6 }}
    {{- end }}
{{- end }}

{{/*
Leaves out a second series of each counter and histogram that says since when it counts: nothing here asks for it.
*/}}
{{ define "elsa.dropCreated" -}}
- sourceLabels: [__name__]
  regex: .+_created
  action: drop
{{- end }}

{{/*
How Prometheus verifies RabbitMQ: it knows pods by their addresses, which no certificate is for.
*/}}
{{ define "elsa.rabbitmqScrapeTls" -}}
{{- if include "elsa.rabbitmqTls" . -}}
scheme: https
tlsConfig:
  ca:
    secret:
      name: {{ .Values.rabbitmq.tlsSecretName | quote }}
      key: ca.crt
  serverName: {{ include "elsa.fullname" . }}-rabbitmq
{{- end -}}
{{ end }}

{{/*
Lets Prometheus reach a port.
*/}}
{{ define "elsa.prometheusIngress" -}}
- from:
    {{- include "elsa.prometheusPeer" .context | nindent 4 }}
  ports:
    {{- include "elsa.policyPort" (dict "context" .context "port" .port) | nindent 4 }}
{{- end }}
