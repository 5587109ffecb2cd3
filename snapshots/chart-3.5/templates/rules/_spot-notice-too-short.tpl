{{- /* @severity warning */ -}}
{{/*
A revocable node ends so many seconds after its cloud has said so. A server that takes longer to stop is cut off: its workflows
begin again elsewhere, or are lost.
*/}}
{{ define "elsa.rules.spot_notice_too_short" -}}
{{- $usual := ternary 120 15 (or (eq .Values.scheduling.spot "eks") (eq .Values.scheduling.spot "karpenter")) -}}
{{- $known := ternary 30 $usual (eq .Values.scheduling.spot "aks") -}}
{{- $notice := ternary (int .Values.scheduling.spotNoticeSeconds) $known (gt (int .Values.scheduling.spotNoticeSeconds) 0) -}}
{{- $drain := add (int .Values.server.shutdown.preStopDelaySeconds) (int .Values.server.shutdown.drainDeadlineSeconds) -}}
{{- if ne .Values.scheduling.spot "none" }}
{{- if (include "elsa.program" . | fromJson).drains }}
{{- if gt $drain $notice }}
server.shutdown.drainDeadlineSeconds	is {{ int .Values.server.shutdown.drainDeadlineSeconds }}, with server.shutdown.preStopDelaySeconds {{ $drain }} s in all, but a node of {{ .Values.scheduling.spot }} goes {{ $notice }} s after its notice, and running workflows are cut off; lower both, or set scheduling.spotNoticeSeconds if the notice is longer
{{- end }}
{{- else if gt (int .Values.server.shutdown.timeoutSeconds) $notice }}
server.shutdown.timeoutSeconds	is {{ int .Values.server.shutdown.timeoutSeconds }}, but a node of {{ .Values.scheduling.spot }} goes {{ $notice }} s after its notice, and running workflows are cut off; lower it, or set scheduling.spotNoticeSeconds if the notice is longer
{{- end }}
{{- end }}
{{- end }}
