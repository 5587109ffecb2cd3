{{- /* @severity error */ -}}
{{/*
A program runs as many replicas as it was seen to run correctly.
*/}}
{{ define "elsa.rules.replicas_not_supported" -}}
{{- $program := ternary (include "elsa.release" . | fromJson).combined (include "elsa.release" . | fromJson).server (eq .Values.studio.mode "combined") -}}
{{- if gt (int .Values.server.replicaCount) (int $program.maxReplicas) }}
server.replicaCount	{{ $program.title }} can run {{ int $program.maxReplicas }} replica, not {{ int .Values.server.replicaCount }}: each replica would fire every timer and answer with its own stale workflows
{{- end }}
{{- end }}
