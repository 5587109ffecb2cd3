{{- /* @severity error */ -}}
{{/*
PgBouncer stands before PostgreSQL and nothing else, and the operator's before the operator's cluster. It knows no authority
but those that it is given, and some names are its own.
*/}}
{{ define "elsa.rules.pooling_not_possible" -}}
{{- if ne .Values.pooling.type "none" }}
{{- if ne .Values.database.provider "PostgreSql" }}
pooling.type	is {{ .Values.pooling.type }}, but PgBouncer speaks to PostgreSQL alone and database.provider is {{ .Values.database.provider }}; set it to none, or set database.provider to PostgreSql
{{- else if and (eq .Values.pooling.type "cloudnativepg") (ne .Values.postgresql.mode "cloudnativepg") }}
pooling.type	is cloudnativepg, whose PgBouncer stands before a cluster of that operator, but postgresql.mode is {{ .Values.postgresql.mode }}; set it to pgbouncer, or set postgresql.mode to cloudnativepg
{{- end }}
{{- if eq .Values.database.name "pgbouncer" }}
database.name	is pgbouncer, the name of PgBouncer's own console; choose another name
{{- end }}
{{- end }}
{{- if eq .Values.pooling.type "pgbouncer" }}
{{- if and .Values.pgbouncer.metrics.enabled (eq .Values.database.userName "stats") }}
database.userName	is stats, the user who reads PgBouncer's statistics; choose another name
{{- end }}
{{- if and (eq .Values.database.provider "PostgreSql") (eq .Values.postgresql.mode "external") (include "elsa.pgbouncerVerifies" .) (not .Values.caBundle.secretName) }}
caBundle.secretName	is empty, and postgresql.sslMode is {{ .Values.postgresql.sslMode }}, but the image of PgBouncer holds no authorities to verify PostgreSQL with; name a Secret with the certificate of its authority, even if that is a public one
{{- end }}
{{- end }}
{{- end }}
