{{- /* @severity error */ -}}
{{/*
The program does not know this lock provider. A published image locks in files whatever it is told; the host knows Postgres
and Redis and refuses to start with anything else. Locks in PostgreSQL need the connection to it that Elsa's own data have.
*/}}
{{ define "elsa.rules.locks_not_supported" -}}
{{- /* Several replicas with locks in files are told of that: replicas-without-shared-locks. */ -}}
{{- $shared := and (gt (include "elsa.serverReplicas" . | atoi) 1) (gt (int (include "elsa.program" . | fromJson).maxReplicas) 1) (eq .Values.locks.provider "File") -}}
{{- if and (not $shared) (not (has .Values.locks.provider (include "elsa.program" . | fromJson).locks)) }}
locks.provider	{{ (include "elsa.program" . | fromJson).title }} cannot lock with {{ .Values.locks.provider }}; set it to {{ (include "elsa.program" . | fromJson).locks | join " or " }}
{{- else if and (eq .Values.locks.provider "Postgres") (ne .Values.database.provider "PostgreSql") }}
locks.provider	is Postgres, which locks in the database that database.provider names, and that is {{ .Values.database.provider }}; set database.provider to PostgreSql, or this to another provider
{{- end }}
{{- end }}
