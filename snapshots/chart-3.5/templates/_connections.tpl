{{/*
Host name of PostgreSQL itself, behind any pooler.
*/}}
{{ define "elsa.postgresqlHost" -}}
{{- if eq .Values.postgresql.mode "external" -}}
{{ .Values.postgresql.host }}
{{- else if eq .Values.postgresql.mode "cloudnativepg" -}}
{{ include "elsa.fullname" . }}-postgresql-rw
{{- else -}}
{{ include "elsa.fullname" . }}-postgresql
{{- end -}}
{{ end }}

{{/*
Port of PostgreSQL itself.
*/}}
{{ define "elsa.postgresqlPort" -}}
{{- if eq .Values.postgresql.mode "external" -}}
{{ int .Values.postgresql.port }}
{{- else if eq .Values.postgresql.mode "cloudnativepg" -}}
5432
{{- else -}}
{{ int .Values.postgresql.service.port }}
{{- end -}}
{{ end }}

{{/*
How to connect to PostgreSQL itself, as Npgsql calls it. The operator's servers always have TLS, and an authority of their own.
*/}}
{{ define "elsa.postgresqlSslMode" -}}
{{- if eq .Values.postgresql.mode "external" -}}
{{ .Values.postgresql.sslMode }}
{{- else if or (eq .Values.postgresql.mode "cloudnativepg") .Values.postgresql.tlsSecretName -}}
VerifyFull
{{- else -}}
Disable
{{- end -}}
{{ end }}

{{/*
The same, as libpq and PgBouncer call it.
*/}}
{{ define "elsa.postgresqlLibpqMode" -}}
{{- $mode := include "elsa.postgresqlSslMode" . -}}
{{- if eq $mode "VerifyFull" -}}
verify-full
{{- else if eq $mode "VerifyCA" -}}
verify-ca
{{- else -}}
{{ $mode | lower }}
{{- end -}}
{{ end }}

{{/*
A variable with the password of Elsa's role. The operator makes that Secret itself.
*/}}
{{ define "elsa.postgresqlPassword" -}}
{{- if eq .context.Values.postgresql.mode "cloudnativepg" -}}
{{ include "elsa.secretEnv" (dict "context" .context "name" .name "secret" (printf "%s-postgresql-app" (include "elsa.fullname" .context)) "key" "password") }}
{{- else -}}
{{ include "elsa.secretEnv" (dict "context" .context "name" .name "secret" (include "elsa.secretName" (dict "context" .context "secret" .context.Values.secrets.postgresql "id" "postgresql")) "key" .context.Values.secrets.postgresql.keys.password) }}
{{- end -}}
{{ end }}

{{/*
Connection string of PostgreSQL, or of the pooler before it, as Npgsql reads it; the password comes from a variable before it.
*/}}
{{ define "elsa.postgresqlConnection" -}}
{{- if eq .Values.pooling.type "pgbouncer" -}}
Host={{ include "elsa.fullname" . }}-pgbouncer;Port=6432
{{- else if eq .Values.pooling.type "cloudnativepg" -}}
Host={{ include "elsa.fullname" . }}-pooler;Port=5432
{{- else -}}
Host={{ include "elsa.postgresqlHost" . }};Port={{ include "elsa.postgresqlPort" . }}
{{- end -}}
;Database={{ .Values.database.name }};Username={{ .Values.database.userName }};Password=$(POSTGRESQL_PASSWORD);Maximum Pool Size={{ int .Values.database.poolSize }}
{{- if eq .Values.pooling.type "pgbouncer" -}}
;SSL Mode={{ ternary "VerifyFull" "Disable" (ne .Values.pgbouncer.tlsSecretName "") }}
{{- else -}}
;SSL Mode={{ include "elsa.postgresqlSslMode" . }}
{{- end -}}
{{ end }}

{{/*
Connection string of SQL Server, as Microsoft.Data.SqlClient reads it.
*/}}
{{ define "elsa.sqlserverConnection" -}}
Server={{ .Values.sqlserver.host }},{{ int .Values.sqlserver.port }};Database={{ .Values.database.name }};User Id={{ .Values.database.userName }};Password=$(SQLSERVER_PASSWORD);Max Pool Size={{ int .Values.database.poolSize }};Encrypt={{ .Values.sqlserver.encrypt }};TrustServerCertificate={{ ternary "True" "False" .Values.sqlserver.trustServerCertificate }}
{{- end }}

{{/*
Connection string of MySQL, as MySqlConnector reads it.
*/}}
{{ define "elsa.mysqlConnection" -}}
Server={{ .Values.mysql.host }};Port={{ int .Values.mysql.port }};Database={{ .Values.database.name }};User ID={{ .Values.database.userName }};Password=$(MYSQL_PASSWORD);Maximum Pool Size={{ int .Values.database.poolSize }};SSL Mode={{ .Values.mysql.sslMode }}
{{- end }}

{{/*
Whether the lock server speaks TLS: `tls`, or nothing.
*/}}
{{ define "elsa.redisTls" -}}
{{- if or (and (eq .Values.redis.mode "external") .Values.redis.tls) (and (eq .Values.redis.mode "bundled") .Values.redis.tlsSecretName) -}}
tls
{{- end -}}
{{ end }}

{{/*
Connection string of the lock server, as StackExchange.Redis reads it. Without `abortConnect=false`, which would make a
wrong password hang silently.
*/}}
{{ define "elsa.redisConnection" -}}
{{- if eq .Values.redis.mode "external" -}}
{{ .Values.redis.host }}:{{ int .Values.redis.port }}
{{- else -}}
{{ include "elsa.fullname" . }}-redis:{{ int .Values.redis.service.port }}
{{- end -}}
,password=$(REDIS_PASSWORD),defaultDatabase={{ int .Values.redis.database }}
{{- if include "elsa.redisTls" . -}}
,ssl=true
{{- end -}}
{{ end }}

{{/*
Whether RabbitMQ speaks TLS: `tls`, or nothing.
*/}}
{{ define "elsa.rabbitmqTls" -}}
{{- if or (and (eq .Values.rabbitmq.mode "external") .Values.rabbitmq.tls) (and (ne .Values.rabbitmq.mode "external") .Values.rabbitmq.tlsSecretName) -}}
tls
{{- end -}}
{{ end }}

{{/*
Port that clients reach RabbitMQ at. TLS is spoken on port 5671 only: with amqps on any other port MassTransit waits for ever.
*/}}
{{ define "elsa.rabbitmqPort" -}}
{{- if include "elsa.rabbitmqTls" . -}}
5671
{{- else if eq .Values.rabbitmq.mode "bundled" -}}
{{ int .Values.rabbitmq.service.port }}
{{- else -}}
5672
{{- end -}}
{{ end }}

{{/*
Address of RabbitMQ. The operator makes its user and password itself.
*/}}
{{ define "elsa.rabbitmqConnection" -}}
{{ ternary "amqps" "amqp" (ne (include "elsa.rabbitmqTls" .) "") }}://
{{- if eq .Values.rabbitmq.mode "operator" -}}
$(RABBITMQ_USER)
{{- else -}}
{{ .Values.rabbitmq.userName }}
{{- end -}}
:$(RABBITMQ_PASSWORD)@
{{- if eq .Values.rabbitmq.mode "external" -}}
{{ .Values.rabbitmq.host }}
{{- else -}}
{{ include "elsa.fullname" . }}-rabbitmq
{{- end -}}
:{{ include "elsa.rabbitmqPort" . }}/
{{- end }}
