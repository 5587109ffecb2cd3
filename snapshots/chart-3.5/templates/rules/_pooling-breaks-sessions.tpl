{{- /* @severity error */ -}}
{{/*
In transaction mode each transaction may have another connection of PostgreSQL. What belongs to a session is lost between
them, or found by others: above all the locks that Elsa takes in PostgreSQL. Such a server may look healthy and fail every
call.
*/}}
{{ define "elsa.rules.pooling_breaks_sessions" -}}
{{- if and (ne .Values.pooling.type "none") (eq .Values.pooling.poolMode "transaction") }}
{{- if not (include "elsa.program" . | fromJson).transactionPooling }}
pooling.poolMode	is transaction, and {{ (include "elsa.program" . | fromJson).title }} counts on its own connection to PostgreSQL: it would look healthy and fail every call; set it to session
{{- else if eq .Values.locks.provider "Postgres" }}
locks.provider	is Postgres, whose locks belong to a connection, and with pooling.poolMode transaction each transaction may have another: replicas would look healthy and fail every call; set it to Redis, or set pooling.poolMode to session
{{- end }}
{{- end }}
{{- end }}
