{{/*
Whether a container has limits of CPU and memory. Empty if not.
@param resources values.server.resources
*/}}
{{ define "elsa.hasLimits" -}}
{{- if and .resources.limits (hasKey .resources.limits "cpu") (hasKey .resources.limits "memory") -}}
yes
{{- end -}}
{{- end }}

{{/*
A line for each container of a workload that keeps its pods from being Guaranteed.
@param w values.server
*/}}
{{ define "elsa.notGuaranteed" -}}
{{- if not (include "elsa.hasLimits" (dict "context" .context "resources" .w.resources)) }}
{{ .path }}.resources	pods.qualityOfService is Guaranteed, which needs limits of CPU and memory; set limits.cpu and limits.memory
{{- end }}
{{- range $container := .w.sidecars }}
{{- if not $container.resources }}
{{ $.path }}.sidecars	pods.qualityOfService is Guaranteed, which needs limits of CPU and memory for {{ $container.name | quote }} too; set them
{{- else if not (include "elsa.hasLimits" (dict "context" $.context "resources" $container.resources)) }}
{{ $.path }}.sidecars	pods.qualityOfService is Guaranteed, which needs limits of CPU and memory for {{ $container.name | quote }} too; set them
{{- end }}
{{- end }}
{{- range $container := .w.initContainers }}
{{- if not $container.resources }}
{{ $.path }}.initContainers	pods.qualityOfService is Guaranteed, which needs limits of CPU and memory for {{ $container.name | quote }} too; set them
{{- else if not (include "elsa.hasLimits" (dict "context" $.context "resources" $container.resources)) }}
{{ $.path }}.initContainers	pods.qualityOfService is Guaranteed, which needs limits of CPU and memory for {{ $container.name | quote }} too; set them
{{- end }}
{{- end }}
{{- end }}
