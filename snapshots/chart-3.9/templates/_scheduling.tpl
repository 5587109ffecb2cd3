{{/*
Whether pods of a component are a store, or a way to one. Empty if not.
*/}}
{{ define "elsa.isStore" -}}
{{- if or (eq .component "postgresql") (eq .component "redis") (eq .component "rabbitmq") (eq .component "pgbouncer") -}}
yes
{{- end -}}
{{ end }}

{{/*
Priority class of a component's pods: their own, or the one that we make; nothing leaves it to the cluster.
*/}}
{{ define "elsa.priorityClass" -}}
{{- if .own -}}
{{ .own }}
{{- else if and .context.Values.scheduling.priorityClasses .context.Values.cluster.create -}}
{{- if or (eq .component "server") (eq .component "studio") -}}
{{ include "elsa.priorityClassName" (dict "context" .context "tier" .component) }}
{{- else if include "elsa.isStore" (dict "context" .context "component" .component) -}}
{{ include "elsa.priorityClassName" (dict "context" .context "tier" "stores") }}
{{- end -}}
{{- end -}}
{{ end }}

{{/*
Name of a priority class of ours. The whole cluster shares it; no namespace has a dot, so no two are alike.
*/}}
{{ define "elsa.priorityClassName" -}}
{{ .context.Release.Namespace }}.{{ include "elsa.fullname" .context }}-{{ .tier }}
{{- end }}

{{/*
A priority class. Its value cannot be changed later.
*/}}
{{ define "elsa.priorityClassObject" -}}
apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata:
  name: {{ include "elsa.priorityClassName" (dict "context" .context "tier" .tier) | quote }}
  {{- include "elsa.marks" (dict "context" .context "component" "scheduling" "labels" .context.Values.commonLabels "annotations" .context.Values.commonAnnotations "fixed" "") | nindent 2 }}
description: {{ .description | quote }}
value: {{ .value }}
globalDefault: false
{{- if .context.Values.scheduling.preemption }}
preemptionPolicy: PreemptLowerPriority
{{- else }}
# It comes first in the queue and is evicted last, but pushes nobody off a node.
preemptionPolicy: Never
{{- end }}
{{- end }}

{{/*
Label, and usual taint, of revocable nodes.
*/}}
{{ define "elsa.spotKey" -}}
{{- if eq .Values.scheduling.spot "eks" -}}
eks.amazonaws.com/capacityType
{{- else if eq .Values.scheduling.spot "aks" -}}
kubernetes.azure.com/scalesetpriority
{{- else if eq .Values.scheduling.spot "gke" -}}
cloud.google.com/gke-spot
{{- else if eq .Values.scheduling.spot "karpenter" -}}
karpenter.sh/capacity-type
{{- end -}}
{{ end }}

{{/*
Value of that label.
*/}}
{{ define "elsa.spotValue" -}}
{{- if eq .Values.scheduling.spot "eks" -}}
SPOT
{{- else if eq .Values.scheduling.spot "gke" -}}
true
{{- else -}}
spot
{{- end -}}
{{ end }}

{{/*
Lets server and Studio onto revocable nodes. AKS taints them so; elsewhere it is the taint that clouds and Karpenter advise.
*/}}
{{ define "elsa.spotToleration" -}}
{{- if ne .context.Values.scheduling.spot "none" -}}
{{- if or (eq .component "server") (eq .component "studio") -}}
- key: {{ include "elsa.spotKey" .context }}
  operator: Equal
  value: {{ include "elsa.spotValue" .context | quote }}
  effect: NoSchedule
{{- end -}}
{{- end -}}
{{ end }}

{{/*
Which nodes a component's pods are for: server and Studio rather for revocable ones, stores never.
*/}}
{{ define "elsa.spotAffinity" -}}
{{- if ne .context.Values.scheduling.spot "none" -}}
{{- if or (eq .component "server") (eq .component "studio") -}}
preferredDuringSchedulingIgnoredDuringExecution:
  - weight: 50
    preference:
      matchExpressions:
        - key: {{ include "elsa.spotKey" .context }}
          operator: In
          values: [{{ include "elsa.spotValue" .context | quote }}]
{{- else if include "elsa.isStore" (dict "context" .context "component" .component) -}}
requiredDuringSchedulingIgnoredDuringExecution:
  nodeSelectorTerms:
    - matchExpressions:
        # Also true of nodes without the label.
        - key: {{ include "elsa.spotKey" .context }}
          operator: NotIn
          values: [{{ include "elsa.spotValue" .context | quote }}]
{{- end -}}
{{- end -}}
{{ end }}

{{/*
Affinity of a workload's pods; asked for only where it or `elsa.spotAffinity` is not empty.
@param w values.server
*/}}
{{ define "elsa.affinity" -}}
{{- $spot := include "elsa.spotAffinity" (dict "context" .context "component" .component) -}}
affinity:
  {{- if .w.affinity.nodeAffinity }}
  nodeAffinity:
    {{- toYaml .w.affinity.nodeAffinity | nindent 4 }}
  {{- else if $spot }}
  nodeAffinity:
    {{- $spot | nindent 4 }}
  {{- end }}
  {{- with .w.affinity.podAffinity }}
  podAffinity:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .w.affinity.podAntiAffinity }}
  podAntiAffinity:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end }}

{{/*
Whether cluster-autoscaler and Karpenter may move a component's pods. Without a word cluster-autoscaler leaves every node alone
that a pod with a scratch volume runs on.
*/}}
{{ define "elsa.evictionHints" -}}
{{- if .context.Values.scheduling.evictionHints -}}
{{- if or (eq .component "server") (eq .component "studio") (eq .component "pgbouncer") -}}
cluster-autoscaler.kubernetes.io/safe-to-evict: "true"
{{- else if and (include "elsa.isStore" (dict "context" .context "component" .component)) .context.Values.scheduling.storesEvictable -}}
cluster-autoscaler.kubernetes.io/safe-to-evict: "true"
{{- else -}}
# A store that is moved is away until its volume has followed; what runs once would begin again.
cluster-autoscaler.kubernetes.io/safe-to-evict: "false"
karpenter.sh/do-not-disrupt: "true"
{{- end -}}
{{- end -}}
{{ end }}
