{{- /* @severity error */ -}}
{{/*
PostgreSQL must accept all connections that the pools of all servers may open: the most replicas, one more during a rolling
update, and 10 for the superuser, backups and people. With PgBouncer between them it is PgBouncer's pools that PostgreSQL must
accept, and each PgBouncer must bear the pools of all servers: nothing spreads them evenly.
*/}}
{{ define "elsa.rules.connection_budget" -}}
{{- $replicas := include "elsa.serverReplicas" . | atoi -}}
{{- $pods := ternary (add $replicas 1) $replicas (include "elsa.program" . | fromJson).overlap -}}
{{- $clients := mul $pods (int .Values.database.poolSize) -}}
{{- $poolers := ternary (int .Values.cloudnativepg.pooler.instances) (int .Values.pgbouncer.replicaCount) (eq .Values.pooling.type "cloudnativepg") -}}
{{- $opened := mul (add $poolers 1) (int .Values.pooling.maxDatabaseConnections) -}}
{{- $needed := add $clients 10 -}}
{{- $pooled := add $opened 10 -}}
{{- if and (eq .Values.database.provider "PostgreSql") (gt $replicas 0) }}
{{- if eq .Values.pooling.type "none" }}
{{- if gt $needed (int .Values.postgresql.maxConnections) }}
database.poolSize	{{ $pods }} server pods with {{ int .Values.database.poolSize }} connections each and 10 to spare need {{ $needed }}, but PostgreSQL accepts {{ int .Values.postgresql.maxConnections }}; lower it, or set postgresql.maxConnections to {{ $needed }} or more
{{- end }}
{{- else }}
{{- if gt $pooled (int .Values.postgresql.maxConnections) }}
pooling.maxDatabaseConnections	{{ add $poolers 1 }} PgBouncers, with the one more of an update, of {{ int .Values.pooling.maxDatabaseConnections }} connections each and 10 to spare need {{ $pooled }}, but PostgreSQL accepts {{ int .Values.postgresql.maxConnections }}; lower it, or set postgresql.maxConnections to {{ $pooled }} or more
{{- end }}
{{- if gt $clients (int .Values.pooling.maxClientConnections) }}
pooling.maxClientConnections	{{ $pods }} server pods with {{ int .Values.database.poolSize }} connections each may all come to one PgBouncer, which takes {{ int .Values.pooling.maxClientConnections }}; set it to {{ $clients }} or more, or lower database.poolSize
{{- end }}
{{- if and (eq .Values.pooling.poolMode "session") (gt $clients (int .Values.pooling.maxDatabaseConnections)) }}
pooling.maxDatabaseConnections	with pooling.poolMode session each connection of a server keeps one to PostgreSQL: {{ $pods }} server pods with {{ int .Values.database.poolSize }} each may need {{ $clients }} of one PgBouncer, which opens {{ int .Values.pooling.maxDatabaseConnections }}; set it to {{ $clients }} or more, or lower database.poolSize
{{- end }}
{{- end }}
{{- end }}
{{- end }}
