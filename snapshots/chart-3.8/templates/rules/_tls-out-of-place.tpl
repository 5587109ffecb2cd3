{{- /* @severity warning */ -}}
{{/*
`tlsSecretName` counts for a server that the templates make. With it RabbitMQ's port is not a choice.
*/}}
{{ define "elsa.rules.tls_out_of_place" -}}
{{- if and .Values.postgresql.tlsSecretName (ne .Values.database.provider "PostgreSql") }}
postgresql.tlsSecretName	is for a bundled PostgreSQL, but database.provider is {{ .Values.database.provider }}; leave it empty
{{- else if and .Values.postgresql.tlsSecretName (eq .Values.postgresql.mode "external") }}
postgresql.tlsSecretName	is for a bundled PostgreSQL, but postgresql.mode is external; leave it empty, and set postgresql.sslMode and caBundle.secretName
{{- else if and .Values.postgresql.tlsSecretName (ne .Values.postgresql.mode "bundled") }}
postgresql.tlsSecretName	is for a bundled PostgreSQL, but postgresql.mode is {{ .Values.postgresql.mode }}, whose operator makes certificates itself; leave it empty
{{- end }}
{{- if and .Values.redis.tlsSecretName (ne .Values.locks.provider "Redis") }}
redis.tlsSecretName	is for a bundled lock server, but locks.provider is {{ .Values.locks.provider }}; leave it empty
{{- else if and .Values.redis.tlsSecretName (ne .Values.redis.mode "bundled") }}
redis.tlsSecretName	is for a bundled lock server, but redis.mode is {{ .Values.redis.mode }}; leave it empty, and set redis.tls and caBundle.secretName
{{- end }}
{{- if and .Values.rabbitmq.tlsSecretName (eq .Values.rabbitmq.mode "none") }}
rabbitmq.tlsSecretName	is for a RabbitMQ, but rabbitmq.mode is none; leave it empty
{{- else if and .Values.rabbitmq.tlsSecretName (eq .Values.rabbitmq.mode "external") }}
rabbitmq.tlsSecretName	is for a RabbitMQ of the installation, but rabbitmq.mode is external; leave it empty, and set rabbitmq.tls and caBundle.secretName
{{- else if and .Values.rabbitmq.tlsSecretName (eq .Values.rabbitmq.mode "bundled") (ne (int .Values.rabbitmq.service.port) 5672) (ne (int .Values.rabbitmq.service.port) 5671) }}
rabbitmq.service.port	is {{ int .Values.rabbitmq.service.port }}, but with rabbitmq.tlsSecretName the port is 5671, the only one at which Elsa speaks TLS; set it to 5671
{{- end }}
{{- end }}
