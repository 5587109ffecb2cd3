{{/*
Whether a container asks for a resource; a limit without a request counts as one. Empty if not.
@param resources values.server.resources
*/}}
{{ define "elsa.asksFor" -}}
{{- if and .resources.requests (hasKey .resources.requests .resource) -}}
yes
{{- else if and .resources.limits (hasKey .resources.limits .resource) -}}
yes
{{- end -}}
{{- end }}

{{/*
A line for each use of a resource that an autoscaler could not measure.
@param w values.server
*/}}
{{ define "elsa.unmeasured" -}}
{{- if and (gt (int .w.autoscaling.cpuUtilization) 0) (not (include "elsa.asksFor" (dict "context" .context "resources" .w.resources "resource" "cpu"))) }}
{{ .path }}.resources	the autoscaler measures CPU use against resources.requests.cpu, and there is none; set it, such as to 500m, or set {{ .path }}.autoscaling.cpuUtilization to 0
{{- end }}
{{- if and (gt (int .w.autoscaling.memoryUtilization) 0) (not (include "elsa.asksFor" (dict "context" .context "resources" .w.resources "resource" "memory"))) }}
{{ .path }}.resources	the autoscaler measures memory use against resources.requests.memory, and there is none; set it, such as to 384Mi, or set {{ .path }}.autoscaling.memoryUtilization to 0
{{- end }}
{{- end }}

{{/*
A line if an autoscaler has nothing to look at.
@param w values.server
*/}}
{{ define "elsa.withoutMetric" -}}
{{- if and (lt (int .w.autoscaling.cpuUtilization) 1) (lt (int .w.autoscaling.memoryUtilization) 1) (not .w.autoscaling.metrics) }}
{{ .path }}.autoscaling.cpuUtilization	is 0, and {{ .path }}.autoscaling looks at nothing else, so the number of pods would never change; set it, such as to 70, or set {{ .path }}.autoscaling.type to none
{{- end }}
{{- end }}

{{/*
A line for each resource that two autoscalers of a workload would change between them.
@param w values.server
*/}}
{{ define "elsa.collision" -}}
{{- if and (ne .w.autoscaling.type "none") (ne .w.verticalAutoscaling.mode "none") (ne .w.verticalAutoscaling.mode "Off") }}
{{- if and (gt (int .w.autoscaling.cpuUtilization) 0) (ne .w.verticalAutoscaling.resources "memory") }}
{{ .path }}.verticalAutoscaling.resources	is {{ .w.verticalAutoscaling.resources }}, but {{ .path }}.autoscaling counts pods by CPU use in per cent of the request, which this changes; set it to memory, or set {{ .path }}.verticalAutoscaling.mode to Off, or {{ .path }}.autoscaling.cpuUtilization to 0
{{- end }}
{{- if and (gt (int .w.autoscaling.memoryUtilization) 0) (ne .w.verticalAutoscaling.resources "cpu") }}
{{ .path }}.verticalAutoscaling.resources	is {{ .w.verticalAutoscaling.resources }}, but {{ .path }}.autoscaling counts pods by memory use in per cent of the request, which this changes; set it to cpu, or set {{ .path }}.verticalAutoscaling.mode to Off, or {{ .path }}.autoscaling.memoryUtilization to 0
{{- end }}
{{- end }}
{{- end }}

{{/*
A line for each bound that an autoscaler cannot work with.
@param w values.server
*/}}
{{ define "elsa.wrongBounds" -}}
{{- if lt (int .w.replicaCount) 1 }}
{{ .path }}.replicaCount	is 0, and an autoscaler keeps at least 1 pod; set it to 1 or more, or set {{ .path }}.autoscaling.type to none
{{- end }}
{{- if lt (int .w.autoscaling.maxReplicas) (int .w.replicaCount) }}
{{ .path }}.autoscaling.maxReplicas	is {{ int .w.autoscaling.maxReplicas }}, less than the {{ int .w.replicaCount }} of {{ .path }}.replicaCount, which is the least; set it to {{ int .w.replicaCount }} or more
{{- end }}
{{- end }}

{{/*
A line if a workload's budget lets no pod be evicted.
@param w values.server
*/}}
{{ define "elsa.blockedDrain" -}}
{{- if and .w.disruptionBudget.enabled (gt (int .w.replicaCount) 1) (lt (int .w.disruptionBudget.maxUnavailable) 1) }}
{{ .path }}.disruptionBudget.maxUnavailable	is 0, so no node with one of these pods can ever be drained; set it to 1, or set {{ .path }}.disruptionBudget.enabled to false
{{- end }}
{{- end }}

{{/*
A line if a workload's budget lets all pods be evicted at once.
@param w values.server
*/}}
{{ define "elsa.emptyBudget" -}}
{{- if and .w.disruptionBudget.enabled (gt (int .w.replicaCount) 1) (ge (int .w.disruptionBudget.maxUnavailable) (int .w.replicaCount)) }}
{{ .path }}.disruptionBudget.maxUnavailable	is {{ int .w.disruptionBudget.maxUnavailable }}, and there may be no more than {{ int .w.replicaCount }} pods, so drains may take all of them at once; set it to less than {{ .path }}.replicaCount
{{- end }}
{{- end }}
