{{/*
Alerts about CPU and memory of the server, each only where the values say how much that is.
*/}}
{{ define "elsa.resourceAlerts" -}}
{{- $container := printf `namespace="%s",pod=~"%s-server-.+",container="server"` .Release.Namespace (include "elsa.fullname" .) -}}
{{- $bound := include "elsa.cpuBound" . -}}
{{- if $bound }}
{{- include "elsa.alert" (dict "context" .
  "name" "ElsaCpuNearLimit"
  "severity" "warning"
  "hold" "15m"
  "expr" (printf `sum by (namespace, pod, container) (rate(container_cpu_usage_seconds_total{%s,image!=""}[5m])) / on (namespace, pod, container) max by (namespace, pod, container) (kube_pod_container_resource_%s{%s,resource="cpu"}) > 0.8` $container $bound $container)
  "summary" "The Elsa server needs nearly all its CPU"
  "description" "{{ $labels.pod }} uses {{ $value | humanizePercentage }} of the CPU that its resources name. More replicas or more CPU; with a limit, requests get slow beyond it."
) }}
{{- end }}
{{- if eq $bound "limits" }}
{{- include "elsa.alert" (dict "context" .
  "name" "ElsaCpuThrottled"
  "severity" "info"
  "hold" "15m"
  "expr" (printf "sum by (namespace, pod, container) (increase(container_cpu_cfs_throttled_periods_total{%s}[5m])) / sum by (namespace, pod, container) (increase(container_cpu_cfs_periods_total{%s}[5m])) > 0.25" $container $container)
  "summary" "The Elsa server is slowed down by its CPU limit"
  "description" "{{ $labels.pod }} is stopped in {{ $value | humanizePercentage }} of its periods, though its mean use may be low. Raise the CPU limit or take it away."
) }}
{{- end }}
{{- if include "elsa.memoryBound" . }}
{{- include "elsa.alert" (dict "context" .
  "name" "ElsaMemoryNearLimit"
  "severity" "warning"
  "hold" "5m"
  "expr" (printf `max by (namespace, pod, container) (container_memory_working_set_bytes{%s,image!=""}) / on (namespace, pod, container) max by (namespace, pod, container) (kube_pod_container_resource_limits{%s,resource="memory"}) > 0.9` $container $container)
  "summary" "The Elsa server is near its memory limit"
  "description" "{{ $labels.pod }} uses {{ $value | humanizePercentage }} of its memory limit; beyond it the kernel kills it. .NET cleans up late, so watch whether it goes on: then raise the limit."
) }}
{{- end }}
{{- end }}

{{/*
What the server's CPU is measured by: `limits` or `requests`; nothing where the values name neither.
*/}}
{{ define "elsa.cpuBound" -}}
{{- if and .Values.server.resources.limits (hasKey .Values.server.resources.limits "cpu") -}}
limits
{{- else if and .Values.server.resources.requests (hasKey .Values.server.resources.requests "cpu") -}}
requests
{{- end -}}
{{ end }}

{{/*
Whether the server's memory has a limit: `yes`, or nothing.
*/}}
{{ define "elsa.memoryBound" -}}
{{- if and .Values.server.resources.limits (hasKey .Values.server.resources.limits "memory") -}}
yes
{{- end -}}
{{ end }}
