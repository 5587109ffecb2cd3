{{/*
Whether a container asks for CPU; a limit without a request counts as one. Empty if not.
@param resources values.server.resources
*/}}
{{ define "elsa.asksForCpu" -}}
{{- if and .resources.requests (hasKey .resources.requests "cpu") -}}
yes
{{- else if and .resources.limits (hasKey .resources.limits "cpu") -}}
yes
{{- end -}}
{{- end }}

{{/*
A line for each container of a workload that an autoscaler could not measure.
@param w values.server
*/}}
{{ define "elsa.unmeasured" -}}
{{- if not (include "elsa.asksForCpu" (dict "context" .context "resources" .w.resources)) }}
{{ .path }}.resources	the autoscaler measures CPU use against resources.requests.cpu, and there is none; set it, such as to 500m
{{- end }}
{{- range $container := .w.sidecars }}
{{- if not $container.resources }}
{{ $.path }}.sidecars	the autoscaler measures the CPU use of all containers, and {{ $container.name | quote }} has no resources.requests.cpu; set it, such as to 10m
{{- else if not (include "elsa.asksForCpu" (dict "context" $.context "resources" $container.resources)) }}
{{ $.path }}.sidecars	the autoscaler measures the CPU use of all containers, and {{ $container.name | quote }} has no resources.requests.cpu; set it, such as to 10m
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
