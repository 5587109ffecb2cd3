{{- /* @severity error */ -}}
{{/*
Several replicas need one database. SQLite is a file on a volume of one pod. Use PostgreSql.
*/}}
{{ define "elsa.rules.replicas_without_shared_storage" -}}
{{- $replicas := include "elsa.serverReplicas" . | atoi -}}
{{- if and (gt $replicas 1) (gt (int (include "elsa.program" . | fromJson).maxReplicas) 1) (eq .Values.database.provider "Sqlite") }}
database.provider	is Sqlite, a file that {{ $replicas }} replicas of the server cannot share; set it to PostgreSql
{{- end }}
{{- end }}
