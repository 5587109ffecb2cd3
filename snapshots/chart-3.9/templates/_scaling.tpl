{{/*
What a HorizontalPodAutoscaler does with a workload.
@param w values.server
*/}}
{{ define "elsa.autoscalerSpec" -}}
scaleTargetRef:
  apiVersion: apps/v1
  kind: Deployment
  name: {{ include "elsa.fullname" .context }}-{{ .component }}
minReplicas: {{ int .w.replicaCount }}
maxReplicas: {{ int .w.autoscaling.maxReplicas }}
metrics:
  {{- if gt (int .w.autoscaling.cpuUtilization) 0 }}
  {{- include "elsa.utilization" (dict "context" .context "component" .component "resource" "cpu" "percent" (int .w.autoscaling.cpuUtilization)) | nindent 2 }}
  {{- end }}
  {{- if gt (int .w.autoscaling.memoryUtilization) 0 }}
  {{- include "elsa.utilization" (dict "context" .context "component" .component "resource" "memory" "percent" (int .w.autoscaling.memoryUtilization)) | nindent 2 }}
  {{- end }}
  {{- with .w.autoscaling.metrics }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
behavior:
  {{- include "elsa.scalingBehavior" (dict "context" .context "w" .w) | nindent 2 }}
{{- end }}

{{/*
Use of a resource by our own container: a sidecar, perhaps one that somebody else adds, would blur the figure, and without a
request there would be none.
*/}}
{{ define "elsa.utilization" -}}
- type: ContainerResource
  containerResource:
    container: {{ .component }}
    name: {{ .resource }}
    target:
      type: Utilization
      averageUtilization: {{ .percent }}
{{- end }}

{{/*
How fast pods come and go.
@param w values.server
*/}}
{{ define "elsa.scalingBehavior" -}}
{{- with .w.autoscaling.behavior -}}
{{ toYaml . }}
{{- else -}}
scaleUp:
  stabilizationWindowSeconds: {{ int .w.autoscaling.scaleUpSeconds }}
scaleDown:
  stabilizationWindowSeconds: {{ int .w.autoscaling.scaleDownSeconds }}
  policies:
    # One after the other: each drains first.
    - type: Pods
      value: 1
      periodSeconds: 60
{{- end -}}
{{ end }}

{{/*
What a VerticalPodAutoscaler does with a workload: with our own container alone, and with its requests alone. .NET reads the memory
limit when it starts, so one that grows later is of no use, and one that shrinks kills.
@param w values.server
*/}}
{{ define "elsa.verticalSpec" -}}
targetRef:
  apiVersion: apps/v1
  kind: Deployment
  name: {{ include "elsa.fullname" .context }}-{{ .component }}
updatePolicy:
  updateMode: {{ .w.verticalAutoscaling.mode | quote }}
resourcePolicy:
  containerPolicies:
    - containerName: {{ .component }}
      {{- if eq .w.verticalAutoscaling.resources "both" }}
      controlledResources: [cpu, memory]
      {{- else }}
      controlledResources: [{{ .w.verticalAutoscaling.resources }}]
      {{- end }}
      {{- if eq .context.Values.pods.qualityOfService "Guaranteed" }}
      # Requests stay equal to limits.
      controlledValues: RequestsAndLimits
      {{- else }}
      controlledValues: RequestsOnly
      {{- end }}
      {{- with .w.verticalAutoscaling.minAllowed }}
      minAllowed:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with .w.verticalAutoscaling.maxAllowed }}
      maxAllowed:
        {{- toYaml . | nindent 8 }}
      {{- end }}
    # Whatever stands beside it.
    - containerName: "*"
      mode: "Off"
{{- end }}

{{/*
Host name of PostgreSQL itself for KEDA, which runs in another namespace.
*/}}
{{ define "elsa.kedaHost" -}}
{{ include "elsa.postgresqlHost" . }}
{{- if ne .Values.postgresql.mode "external" -}}
.{{ .Release.Namespace }}.svc
{{- end -}}
{{ end }}

{{/*
How KEDA connects, as its driver calls it.
*/}}
{{ define "elsa.kedaSslMode" -}}
{{- if eq .Values.keda.sslMode "VerifyFull" -}}
verify-full
{{- else if eq .Values.keda.sslMode "VerifyCA" -}}
verify-ca
{{- else if .Values.keda.sslMode -}}
{{ .Values.keda.sslMode | lower }}
{{- else -}}
{{ include "elsa.postgresqlLibpqMode" . }}
{{- end -}}
{{ end }}

{{/*
How many timers and delays are due that no replica has begun. Quartz counts ticks of a tenth of a microsecond from the year 1, and
all replicas share the work, unlike that of Elsa's bookmark queue, which one of them does alone.
*/}}
{{ define "elsa.kedaQuery" -}}
{{- with .Values.keda.query -}}
{{ . }}
{{- else -}}
SELECT count(*) FROM quartz.qrtz_triggers WHERE trigger_state = 'WAITING' AND next_fire_time < 621355968000000000 + (extract(epoch FROM now()) * 10000000)::bigint
{{- end -}}
{{ end }}

{{/*
Use of a resource by the server's own container, as KEDA has it.
*/}}
{{ define "elsa.kedaUtilization" -}}
- type: {{ .resource }}
  metricType: Utilization
  metadata:
    containerName: server
    value: {{ .percent | quote }}
{{- end }}

{{/*
Whether KEDA changes the number of servers: `keda`, or nothing.
*/}}
{{ define "elsa.keda" -}}
{{- if and (eq .Values.server.autoscaling.type "keda") (eq .Values.database.provider "PostgreSql") -}}
keda
{{- end -}}
{{ end }}
