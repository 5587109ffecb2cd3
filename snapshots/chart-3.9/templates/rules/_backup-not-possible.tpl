{{- /* @severity error */ -}}
{{/*
A backup that would fail every night: there is no PostgreSQL to dump, no bucket to put it into, or no authority to know the
server by. PostgreSQL's image has no authorities of its own.
*/}}
{{ define "elsa.rules.backup_not_possible" -}}
{{- if ne .Values.backup.type "none" }}
{{- if ne .Values.database.provider "PostgreSql" }}
backup.type	is {{ .Values.backup.type }}, but database.provider is {{ .Values.database.provider }}, and only PostgreSQL is dumped; set it to none
{{- else if and (eq .Values.postgresql.mode "external") (or (eq .Values.postgresql.sslMode "VerifyFull") (eq .Values.postgresql.sslMode "VerifyCA")) (not .Values.caBundle.secretName) }}
caBundle.secretName	is empty, and the image of PostgreSQL knows no authority to verify postgresql.host with; set it to a Secret with your authority's certificate, or that of your cloud's databases
{{- end }}
{{- if and (eq .Values.backup.type "s3") (not .Values.s3.bucket) }}
s3.bucket	is empty, but backup.type is s3; set it to the name of a bucket, or set backup.type to volume
{{- end }}
{{- end }}
{{- end }}
