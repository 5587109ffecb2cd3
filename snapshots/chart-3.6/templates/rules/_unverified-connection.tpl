{{- /* @severity warning */ -}}
{{/*
A connection to a store of your own that is not encrypted, or that takes any certificate: passwords and data can be read or
changed on the way.
*/}}
{{ define "elsa.rules.unverified_connection" -}}
{{- if and (eq .Values.database.provider "PostgreSql") (eq .Values.postgresql.mode "external") }}
{{- if eq .Values.postgresql.sslMode "Require" }}
postgresql.sslMode	is Require, which takes any certificate; set it to VerifyFull, with caBundle.secretName for an authority of your own
{{- else if eq .Values.postgresql.sslMode "Disable" }}
postgresql.sslMode	is Disable, so the password's exchange and all data are in plain text; set it to VerifyFull
{{- end }}
{{- end }}
{{- if include "elsa.keda" . }}
{{- $weaker := or (eq .Values.keda.sslMode "Require") (eq .Values.keda.sslMode "Disable") }}
{{- if and $weaker (ne (include "elsa.postgresqlSslMode" .) "Disable") (ne (include "elsa.postgresqlSslMode" .) .Values.keda.sslMode) }}
keda.sslMode	is {{ .Values.keda.sslMode }}, less than the {{ include "elsa.postgresqlSslMode" . }} of the server; leave it empty, and give the operator of KEDA the authority of the certificate in SSL_CERT_DIR
{{- end }}
{{- end }}
{{- if and (eq .Values.locks.provider "Redis") (eq .Values.redis.mode "external") (not .Values.redis.tls) }}
redis.tls	is false, so the password is in plain text; set it to true
{{- end }}
{{- if and (eq .Values.rabbitmq.mode "external") (not .Values.rabbitmq.tls) }}
rabbitmq.tls	is false, so the password is in plain text; set it to true
{{- end }}
{{- if eq .Values.database.provider "SqlServer" }}
{{- if eq .Values.sqlserver.encrypt "Optional" }}
sqlserver.encrypt	is Optional, so all data are in plain text unless the server itself insists; set it to Mandatory, or to Strict from SQL Server 2022 on
{{- else if and .Values.sqlserver.trustServerCertificate (ne .Values.sqlserver.encrypt "Strict") }}
sqlserver.trustServerCertificate	is true, which takes any certificate; set it to false, with caBundle.secretName for an authority of your own
{{- end }}
{{- end }}
{{- if eq .Values.database.provider "MySql" }}
{{- if eq .Values.mysql.sslMode "Required" }}
mysql.sslMode	is Required, which takes any certificate; set it to VerifyFull, with caBundle.secretName for an authority of your own
{{- else if eq .Values.mysql.sslMode "None" }}
mysql.sslMode	is None, so all data are in plain text; set it to VerifyFull
{{- end }}
{{- end }}
{{- if and (eq .Values.backup.type "s3") (hasPrefix "http://" .Values.s3.endpoint) }}
s3.endpoint	begins with http://, so dumps with all data are in plain text; set it to https://
{{- end }}
{{- end }}
