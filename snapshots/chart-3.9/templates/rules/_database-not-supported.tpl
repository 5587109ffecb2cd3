{{- /* @severity error */ -}}
{{/*
The program cannot use this database: it exits at the start, or quietly takes another one.
*/}}
{{ define "elsa.rules.database_not_supported" -}}
{{- $published := ternary (include "elsa.release" . | fromJson).combined (include "elsa.release" . | fromJson).server (eq .Values.studio.mode "combined") -}}
{{- $program := ternary (include "elsa.release" . | fromJson).host $published (eq .Values.server.program "host") -}}
{{- /* Several replicas on SQLite are told of that: replicas-without-shared-storage. */ -}}
{{- $shared := and (gt (include "elsa.serverReplicas" . | atoi) 1) (gt (int $program.maxReplicas) 1) (eq .Values.database.provider "Sqlite") -}}
{{- if and (not $shared) (not (has .Values.database.provider $program.databases)) }}
database.provider	{{ $program.title }} cannot use {{ .Values.database.provider }}; set it to {{ $program.databases | join " or " }}
{{- end }}
{{- end }}
