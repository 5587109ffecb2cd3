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
{{- if and (eq .Values.locks.provider "Redis") (eq .Values.redis.mode "external") (not .Values.redis.tls) }}
redis.tls	is false, so the password is in plain text; set it to true
{{- end }}
{{- if and (eq .Values.rabbitmq.mode "external") (not .Values.rabbitmq.tls) }}
rabbitmq.tls	is false, so the password is in plain text; set it to true
{{- end }}
{{- end }}
