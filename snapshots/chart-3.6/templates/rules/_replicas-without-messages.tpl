{{- /* @severity error */ -}}
{{/*
Several replicas of the host tell each other over RabbitMQ which workflows have changed. Without it the host does not start
with more than one.
*/}}
{{ define "elsa.rules.replicas_without_messages" -}}
{{- $replicas := include "elsa.serverReplicas" . | atoi -}}
{{- if and (gt $replicas 1) (include "elsa.program" . | fromJson).messages (eq .Values.rabbitmq.mode "none") }}
rabbitmq.mode	is none, so {{ $replicas }} replicas of the host could not tell each other of changed workflows, and it would not start; set it to bundled, operator or external, or run one replica
{{- end }}
{{- end }}
