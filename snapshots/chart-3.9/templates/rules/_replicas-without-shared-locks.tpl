{{- /* @severity error */ -}}
{{/*
Several replicas must lock what they work on where all of them see it. Locks in files belong to one pod. Use Postgres or
Redis.
*/}}
{{ define "elsa.rules.replicas_without_shared_locks" -}}
{{- $published := ternary (include "elsa.release" . | fromJson).combined (include "elsa.release" . | fromJson).server (eq .Values.studio.mode "combined") -}}
{{- $program := ternary (include "elsa.release" . | fromJson).host $published (eq .Values.server.program "host") -}}
{{- $replicas := include "elsa.serverReplicas" . | atoi -}}
{{- if and (gt $replicas 1) (gt (int $program.maxReplicas) 1) (eq .Values.locks.provider "File") }}
locks.provider	{{ $replicas }} replicas of the server need locks that they share, and File is a folder of one pod; set it to {{ $program.locks | join " or " }}
{{- end }}
{{- end }}
