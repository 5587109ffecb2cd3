{{- /* @severity error */ -}}
{{/*
A store of your own needs a host name to be found by.
*/}}
{{ define "elsa.rules.external_without_host" -}}
{{- if and (eq .Values.database.provider "PostgreSql") (eq .Values.postgresql.mode "external") (not .Values.postgresql.host) }}
postgresql.host	is empty, but postgresql.mode is external; set it to the host name of PostgreSQL, or set postgresql.mode to bundled
{{- end }}
{{- if and (eq .Values.locks.provider "Redis") (eq .Values.redis.mode "external") (not .Values.redis.host) }}
redis.host	is empty, but redis.mode is external; set it to the host name of the lock server, or set redis.mode to bundled
{{- end }}
{{- if and (eq .Values.rabbitmq.mode "external") (not .Values.rabbitmq.host) }}
rabbitmq.host	is empty, but rabbitmq.mode is external; set it to the host name of RabbitMQ, or set rabbitmq.mode to bundled
{{- end }}
{{- if and (eq .Values.database.provider "SqlServer") (not .Values.sqlserver.host) }}
sqlserver.host	is empty, but database.provider is SqlServer, which is always your own; set it to the host name of SQL Server
{{- end }}
{{- if and (eq .Values.database.provider "MySql") (not .Values.mysql.host) }}
mysql.host	is empty, but database.provider is MySql, which is always your own; set it to the host name of MySQL
{{- end }}
{{- end }}
