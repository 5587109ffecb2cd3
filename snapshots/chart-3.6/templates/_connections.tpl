{{/*
Host name and port of PostgreSQL.
*/}}
{{ define "elsa.postgresqlHost" -}}
{{- if eq .Values.postgresql.mode "external" -}}
{{ .Values.postgresql.host }}
{{- else -}}
{{ include "elsa.fullname" . }}-postgresql
{{- end -}}
{{ end }}

{{/*
Port of PostgreSQL.
*/}}
{{ define "elsa.postgresqlPort" -}}
{{- if eq .Values.postgresql.mode "external" -}}
{{ int .Values.postgresql.port }}
{{- else -}}
{{ int .Values.postgresql.service.port }}
{{- end -}}
{{ end }}

{{/*
Connection string of PostgreSQL, as Npgsql reads it; the password comes from a variable before it.
*/}}
{{ define "elsa.postgresqlConnection" -}}
{{- $ssl := ternary .Values.postgresql.sslMode "Disable" (eq .Values.postgresql.mode "external") -}}
Host={{ include "elsa.postgresqlHost" . }};Port={{ include "elsa.postgresqlPort" . }};Database={{ .Values.database.name }};Username={{ .Values.database.userName }};Password=$(POSTGRESQL_PASSWORD);Maximum Pool Size={{ int .Values.database.poolSize }};SSL Mode={{ $ssl }}
{{- end }}

{{/*
Connection string of the lock server, as StackExchange.Redis reads it. Without `abortConnect=false`, which would make a
wrong password hang silently.
*/}}
{{ define "elsa.redisConnection" -}}
{{- if eq .Values.redis.mode "external" -}}
{{ .Values.redis.host }}:{{ int .Values.redis.port }},password=$(REDIS_PASSWORD),defaultDatabase={{ int .Values.redis.database }}
{{- if .Values.redis.tls -}}
,ssl=true
{{- end -}}
{{- else -}}
{{ include "elsa.fullname" . }}-redis:{{ int .Values.redis.service.port }},password=$(REDIS_PASSWORD),defaultDatabase={{ int .Values.redis.database }}
{{- end -}}
{{ end }}

{{/*
Address of RabbitMQ. TLS is spoken on port 5671 only: with amqps on any other port MassTransit waits for ever.
*/}}
{{ define "elsa.rabbitmqConnection" -}}
{{- if and (eq .Values.rabbitmq.mode "external") .Values.rabbitmq.tls -}}
amqps://{{ .Values.rabbitmq.userName }}:$(RABBITMQ_PASSWORD)@{{ .Values.rabbitmq.host }}:5671/
{{- else if eq .Values.rabbitmq.mode "external" -}}
amqp://{{ .Values.rabbitmq.userName }}:$(RABBITMQ_PASSWORD)@{{ .Values.rabbitmq.host }}:5672/
{{- else -}}
amqp://{{ .Values.rabbitmq.userName }}:$(RABBITMQ_PASSWORD)@{{ include "elsa.fullname" . }}-rabbitmq:{{ int .Values.rabbitmq.service.port }}/
{{- end -}}
{{ end }}
