{{- /* @severity error */ -}}
{{/*
Telemetry that nobody sends, or that ends in a collector which keeps it.
*/}}
{{ define "elsa.rules.telemetry_not_possible" -}}
{{- $collector := .Values.openTelemetry.collector }}
{{- if and (eq .Values.openTelemetry.type "exporter") (ne .Values.server.program "host") }}
openTelemetry.type	is exporter, but {{ (include "elsa.program" . | fromJson).title }} has none built in; set it to operator, whose agent can be added to a published image, or run the host
{{- end }}
{{- if and $collector.create (eq .Values.openTelemetry.type "none") }}
openTelemetry.collector.create	is true, but openTelemetry.type is none, so nothing is sent to it; set openTelemetry.type
{{- else if and $collector.create (not $collector.backend) }}
openTelemetry.collector.backend	is empty, so the collector has nowhere to hand on what it gets; set the address of what keeps your traces
{{- end }}
{{- end }}
