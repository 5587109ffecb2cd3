{{- /* @severity error */ -}}
{{/*
The program cannot use this database: it exits at the start, or quietly takes another one.
*/}}
{{ define "elsa.rules.database_not_supported" -}}
{{- /* Several replicas on SQLite are told of that: replicas-without-shared-storage. */ -}}
{{- $shared := and (gt (include "elsa.serverReplicas" . | atoi) 1) (gt (int (include "elsa.program" . | fromJson).maxReplicas) 1) (eq .Values.database.provider "Sqlite") -}}
{{- if and (not $shared) (not (has .Values.database.provider (include "elsa.program" . | fromJson).databases)) }}
database.provider	{{ (include "elsa.program" . | fromJson).title }} cannot use {{ .Values.database.provider }}; set it to {{ (include "elsa.program" . | fromJson).databases | join " or " }}
{{- end }}
{{- end }}
