{{- /* @severity error */ -}}
{{/*
More server replicas than the program was seen to run correctly. In a published image each replica fires every timer and
serves its own, stale copy of the workflows. Run as many as the program can, or the host, which can run many.
*/}}
{{ define "elsa.rules.replicas_not_supported" -}}
{{- $many := and (include "elsa.release" . | fromJson).host.available (eq .Values.server.program "stock") -}}
{{- $advice := ternary ", or set server.program to host, which can run many" "" $many -}}
{{- if gt (int .Values.server.replicaCount) (int (include "elsa.program" . | fromJson).maxReplicas) }}
server.replicaCount	{{ (include "elsa.program" . | fromJson).title }} can run {{ int (include "elsa.program" . | fromJson).maxReplicas }} replica, not {{ int .Values.server.replicaCount }}: each replica would fire every timer and answer with its own stale workflows; set it to {{ int (include "elsa.program" . | fromJson).maxReplicas }}{{ $advice }}
{{- end }}
{{- if and (eq .Values.server.autoscaling.type "hpa") (gt (int .Values.server.autoscaling.maxReplicas) (int (include "elsa.program" . | fromJson).maxReplicas)) }}
server.autoscaling.maxReplicas	{{ (include "elsa.program" . | fromJson).title }} can run {{ int (include "elsa.program" . | fromJson).maxReplicas }} replica, not {{ int .Values.server.autoscaling.maxReplicas }}: each replica would fire every timer and answer with its own stale workflows; set server.autoscaling.type to none{{ $advice }}
{{- end }}
{{- end }}
