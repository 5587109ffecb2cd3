{{- /* @severity error */ -}}
{{/*
A preStop hook runs before SIGTERM and takes its time from the grace period, which is made for the shutdown alone: killed
in the middle of it, running workflows are lost. The host delays by itself, with `server.shutdown.preStopDelaySeconds`.
*/}}
{{ define "elsa.rules.grace_period_too_short" -}}
{{- $spare := ternary (sub 15 (int (include "elsa.program" . | fromJson).shutdownSeconds)) 15 (include "elsa.program" . | fromJson).drains -}}
{{- $advice := ternary "remove it and raise server.shutdown.preStopDelaySeconds" "shorten it" (include "elsa.program" . | fromJson).drains -}}
{{- if and .Values.server.lifecycle.preStop .Values.server.lifecycle.preStop.sleep }}
{{- if gt (int .Values.server.lifecycle.preStop.sleep.seconds) $spare }}
server.lifecycle.preStop.sleep	{{ int .Values.server.lifecycle.preStop.sleep.seconds }} s before the shutdown are more than the {{ $spare }} s that the grace period has to spare, so running workflows would be killed; {{ $advice }}
{{- end }}
{{- end }}
{{- end }}
