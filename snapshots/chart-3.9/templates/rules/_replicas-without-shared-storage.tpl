{{- /* @severity error */ -}}
{{/*
Several replicas need one database. SQLite is a file on a volume of one pod. Use PostgreSql.
*/}}
{{ define "elsa.rules.replicas_without_shared_storage" -}}
{{- $published := ternary (include "elsa.release" . | fromJson).combined (include "elsa.release" . | fromJson).server (eq .Values.studio.mode "combined") -}}
{{- $program := ternary (include "elsa.release" . | fromJson).host $published (eq .Values.server.program "host") -}}
{{- $replicas := include "elsa.serverReplicas" . | atoi -}}
{{- if and (gt $replicas 1) (gt (int $program.maxReplicas) 1) (eq .Values.database.provider "Sqlite") }}
database.provider	is Sqlite, a file that {{ $replicas }} replicas of the server cannot share; set it to PostgreSql
{{- end }}
{{- end }}
