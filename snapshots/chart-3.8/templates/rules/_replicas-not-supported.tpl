{{- /* @severity error */ -}}
{{/*
More server replicas than the program was seen to run correctly. In a published image each replica fires every timer and
serves its own, stale copy of the workflows. Run as many as the program can, or the host, which can run many.
*/}}
{{ define "elsa.rules.replicas_not_supported" -}}
{{- $published := ternary (include "elsa.release" . | fromJson).combined (include "elsa.release" . | fromJson).server (eq .Values.studio.mode "combined") -}}
{{- $program := ternary (include "elsa.release" . | fromJson).host $published (eq .Values.server.program "host") -}}
{{- $many := and (include "elsa.release" . | fromJson).host.available (eq .Values.server.program "stock") -}}
{{- $advice := ternary ", or set server.program to host, which can run many" "" $many -}}
{{- if gt (int .Values.server.replicaCount) (int $program.maxReplicas) }}
server.replicaCount	{{ $program.title }} can run {{ int $program.maxReplicas }} replica, not {{ int .Values.server.replicaCount }}: each replica would fire every timer and answer with its own stale workflows; set it to {{ int $program.maxReplicas }}{{ $advice }}
{{- end }}
{{- if and (eq .Values.server.autoscaling.type "hpa") (gt (int .Values.server.autoscaling.maxReplicas) (int $program.maxReplicas)) }}
server.autoscaling.maxReplicas	{{ $program.title }} can run {{ int $program.maxReplicas }} replica, not {{ int .Values.server.autoscaling.maxReplicas }}: each replica would fire every timer and answer with its own stale workflows; set server.autoscaling.type to none{{ $advice }}
{{- end }}
{{- end }}
