{{- /* @severity error */ -}}
{{/*
The program does not know this lock provider. A published image locks in files whatever it is told; the host knows Postgres
and Redis and refuses to start with anything else.
*/}}
{{ define "elsa.rules.locks_not_supported" -}}
{{- $published := ternary (include "elsa.release" . | fromJson).combined (include "elsa.release" . | fromJson).server (eq .Values.studio.mode "combined") -}}
{{- $program := ternary (include "elsa.release" . | fromJson).host $published (eq .Values.server.program "host") -}}
{{- /* Several replicas with locks in files are told of that: replicas-without-shared-locks. */ -}}
{{- $shared := and (gt (include "elsa.serverReplicas" . | atoi) 1) (gt (int $program.maxReplicas) 1) (eq .Values.locks.provider "File") -}}
{{- if and (not $shared) (not (has .Values.locks.provider $program.locks)) }}
locks.provider	{{ $program.title }} cannot lock with {{ .Values.locks.provider }}; set it to {{ $program.locks | join " or " }}
{{- end }}
{{- end }}
