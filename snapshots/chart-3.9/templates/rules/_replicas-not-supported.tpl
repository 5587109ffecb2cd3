{{- /* @severity error */ -}}
{{/*
More server replicas than the program was seen to run correctly. In a published image each replica serves its
own, stale copy of the workflows, and in most it fires every timer too. Run as many as the program can, or the host, which can run many.
*/}}
{{ define "elsa.rules.replicas_not_supported" -}}
{{- $many := and (include "elsa.release" . | fromJson).host.available (eq .Values.server.program "stock") -}}
{{- /* With timers in one database each fires once; what a replica has read of the workflows it keeps all the same. */ -}}
{{- $timers := ternary "" "fire every timer and " (ne (include "elsa.program" . | fromJson).lockSetting "") -}}
{{- $advice := ternary ", or set server.program to host, which can run many" "" $many -}}
{{- if gt (int .Values.server.replicaCount) (int (include "elsa.program" . | fromJson).maxReplicas) }}
server.replicaCount	{{ (include "elsa.program" . | fromJson).title }} can run {{ int (include "elsa.program" . | fromJson).maxReplicas }} replica, not {{ int .Values.server.replicaCount }}: each replica would {{ $timers }}answer with its own stale workflows; set it to {{ int (include "elsa.program" . | fromJson).maxReplicas }}{{ $advice }}
{{- end }}
{{- if and (ne .Values.server.autoscaling.type "none") (gt (int .Values.server.autoscaling.maxReplicas) (int (include "elsa.program" . | fromJson).maxReplicas)) }}
server.autoscaling.maxReplicas	{{ (include "elsa.program" . | fromJson).title }} can run {{ int (include "elsa.program" . | fromJson).maxReplicas }} replica, not {{ int .Values.server.autoscaling.maxReplicas }}: each replica would {{ $timers }}answer with its own stale workflows; set server.autoscaling.type to none{{ $advice }}
{{- end }}
{{- end }}
