{{- /* @severity error */ -}}
{{/*
The program does not tell its replicas of changes over RabbitMQ: the broker would run, or have to be reachable, for
nothing.
*/}}
{{ define "elsa.rules.messages_not_supported" -}}
{{- if and (ne .Values.rabbitmq.mode "none") (not (include "elsa.program" . | fromJson).messages) }}
rabbitmq.mode	{{ (include "elsa.program" . | fromJson).title }} does not use RabbitMQ; set it to none
{{- end }}
{{- end }}
