{{- /* @severity error */ -}}
{{/*
A preStop hook runs before SIGTERM and takes its time from the grace period, which is made for the shutdown alone: killed
in the middle of it, running workflows are lost. The host delays by itself, with `server.shutdown.preStopDelaySeconds`.
*/}}
{{ define "elsa.rules.grace_period_too_short" -}}
{{- $published := ternary (include "elsa.release" . | fromJson).combined (include "elsa.release" . | fromJson).server (eq .Values.studio.mode "combined") -}}
{{- $program := ternary (include "elsa.release" . | fromJson).host $published (eq .Values.server.program "host") -}}
{{- $spare := ternary (sub 15 (int $program.shutdownSeconds)) 15 (eq .Values.server.program "host") -}}
{{- $advice := ternary "remove it and raise server.shutdown.preStopDelaySeconds" "shorten it" (eq .Values.server.program "host") -}}
{{- if and .Values.server.lifecycle.preStop .Values.server.lifecycle.preStop.sleep }}
{{- if gt (int .Values.server.lifecycle.preStop.sleep.seconds) $spare }}
server.lifecycle.preStop.sleep	{{ int .Values.server.lifecycle.preStop.sleep.seconds }} s before the shutdown are more than the {{ $spare }} s that the grace period has to spare, so running workflows would be killed; {{ $advice }}
{{- end }}
{{- end }}
{{- end }}
