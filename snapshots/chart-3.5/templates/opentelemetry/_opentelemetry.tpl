{{/*
Where the server sends traces, metrics and logs.
*/}}
{{ define "elsa.telemetryEndpoint" -}}
{{- if .Values.openTelemetry.collector.create -}}
http://{{ include "elsa.fullname" . }}-collector:4318
{{- else -}}
{{ .Values.openTelemetry.endpoint }}:{{ int .Values.openTelemetry.port }}
{{- end -}}
{{ end }}

{{/*
The share of traces that is kept, from 0 to 1.
*/}}
{{ define "elsa.sampleShare" -}}
{{- $percent := int .Values.openTelemetry.samplePercent -}}
{{- if gt $percent 99 -}}
1.00
{{- else if gt $percent 9 -}}
0.{{ $percent }}
{{- else -}}
0.0{{ $percent }}
{{- end -}}
{{ end }}

{{/*
Settings of the host's own exporter. Its SDK would speak gRPC if nobody said otherwise.
*/}}
{{ define "elsa.telemetrySettings" -}}
OTEL_EXPORTER_OTLP_ENDPOINT: {{ include "elsa.telemetryEndpoint" . | quote }}
OTEL_EXPORTER_OTLP_PROTOCOL: http/protobuf
OTEL_SERVICE_NAME: {{ printf "%s-server" (include "elsa.fullname" .) | quote }}
OTEL_TRACES_SAMPLER: parentbased_traceidratio
OTEL_TRACES_SAMPLER_ARG: {{ include "elsa.sampleShare" . | quote }}
{{- end }}

{{/*
What tells the host's pods apart.
*/}}
{{ define "elsa.telemetryEnv" -}}
- name: POD_NAME
  valueFrom:
    fieldRef:
      fieldPath: metadata.name
- name: OTEL_RESOURCE_ATTRIBUTES
  value: "service.namespace={{ .Release.Namespace }},k8s.namespace.name={{ .Release.Namespace }},k8s.pod.name=$(POD_NAME)"
{{- end }}

{{/*
Annotations by which OpenTelemetry's operator knows what to put into the server's pods: the host has an SDK and wants its
settings alone, a published image has none and gets the agent.
*/}}
{{ define "elsa.injection" -}}
instrumentation.opentelemetry.io/container-names: server
instrumentation.opentelemetry.io/{{ ternary "inject-sdk" "inject-dotnet" (eq .Values.server.program "host") }}: {{ include "elsa.fullname" . | quote }}
{{- end }}

{{/*
Labels of the pods of a collector that the operator makes.
*/}}
{{ define "elsa.collectorInstance" -}}
{{ printf "%s.%s" .Release.Namespace (include "elsa.fullname" .) | trunc 63 }}
{{- end }}

{{/*
Way of the server to its collector.
*/}}
{{ define "elsa.telemetryEgress" -}}
{{- if .Values.openTelemetry.collector.create -}}
- to:
    - podSelector:
        matchLabels:
          app.kubernetes.io/component: opentelemetry-collector
          app.kubernetes.io/instance: {{ include "elsa.collectorInstance" . | quote }}
  ports:
    {{- include "elsa.policyPort" (dict "context" . "port" 4318) | nindent 4 }}
{{- else -}}
{{ include "elsa.externalEgress" (dict "context" . "port" (int .Values.openTelemetry.port)) }}
{{- end -}}
{{ end }}
