{{- /* @severity error */ -}}
{{/*
PostgreSQL must accept all connections that the pools of all servers may open: the most replicas, one more during a rolling
update, and 10 for the superuser, backups and people.
*/}}
{{ define "elsa.rules.connection_budget" -}}
{{- $replicas := include "elsa.serverReplicas" . | atoi -}}
{{- $pods := ternary (add $replicas 1) $replicas (include "elsa.program" . | fromJson).overlap -}}
{{- $needed := add (mul $pods (int .Values.database.poolSize)) 10 -}}
{{- if and (eq .Values.database.provider "PostgreSql") (gt $replicas 0) (gt $needed (int .Values.postgresql.maxConnections)) }}
database.poolSize	{{ $pods }} server pods with {{ int .Values.database.poolSize }} connections each and 10 to spare need {{ $needed }}, but PostgreSQL accepts {{ int .Values.postgresql.maxConnections }}; lower it, or set postgresql.maxConnections to {{ $needed }} or more
{{- end }}
{{- end }}
