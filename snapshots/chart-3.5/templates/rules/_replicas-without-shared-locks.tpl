{{- /* @severity error */ -}}
{{/*
Several replicas must lock what they work on where all of them see it. Locks in files belong to one pod. Use Postgres or
Redis.
*/}}
{{ define "elsa.rules.replicas_without_shared_locks" -}}
{{- $replicas := include "elsa.serverReplicas" . | atoi -}}
{{- if and (gt $replicas 1) (gt (int (include "elsa.program" . | fromJson).maxReplicas) 1) (eq .Values.locks.provider "File") }}
locks.provider	{{ $replicas }} replicas of the server need locks that they share, and File is a folder of one pod; set it to {{ (include "elsa.program" . | fromJson).locks | join " or " }}
{{- end }}
{{- end }}
