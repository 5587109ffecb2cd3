{{/*
Labels and annotations of a workload's pods. `runs` says which program of the catalogue runs in them, if it is one of
Elsa's; `config` is what they must be replaced for.
@param w values.server
*/}}
{{ define "elsa.podMetadata" -}}
labels:
  {{- include "elsa.selectorLabels" (dict "context" .context "component" .component) | nindent 2 }}
  app.kubernetes.io/part-of: elsa
  {{- range $key, $value := .w.podLabels }}
  {{ $key | quote }}: {{ $value | quote }}
  {{- end }}
annotations:
  {{- with .runs }}
  elsakube/program: {{ . | quote }}
  {{- end }}
  {{- if and (eq .context.Values.openTelemetry.type "operator") (eq .component "server") }}
  {{- include "elsa.injection" .context | nindent 2 }}
  {{- end }}
  # Pods are replaced when their settings change.
  checksum/config: {{ .config | sha256sum }}
  {{- $hints := include "elsa.evictionHints" (dict "context" .context "component" .component) }}
  {{- if $hints }}
  {{- $hints | nindent 2 }}
  {{- end }}
  {{- range $key, $value := .w.podAnnotations }}
  {{ $key | quote }}: {{ $value | quote }}
  {{- end }}
{{- end }}

{{/*
The pod of every workload, so that siblings cannot drift. `w` is the workload's block of values; the strings are YAML that
only this workload has, and empty where it has none. A `preStop` of the user's replaces ours.
@param w values.server
*/}}
{{ define "elsa.podSpec" -}}
serviceAccountName: {{ include "elsa.accountName" (dict "context" .context "w" .w "component" .component) | quote }}
# Nothing in the pod calls the Kubernetes API.
automountServiceAccountToken: false
# Variables of other Services would end up in the program's configuration.
enableServiceLinks: false
{{- if .context.Values.imagePullSecrets }}
imagePullSecrets:
  {{- range $secret := .context.Values.imagePullSecrets }}
  - name: {{ $secret | quote }}
  {{- end }}
{{- end }}
{{- with .w.podSecurityContext }}
securityContext:
  {{- toYaml . | nindent 2 }}
{{- else }}
securityContext:
  runAsNonRoot: true
  {{- if .context.Values.pods.userIds }}
  runAsUser: {{ .user }}
  runAsGroup: {{ .user }}
  fsGroup: {{ .user }}
  {{- end }}
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile:
    type: RuntimeDefault
{{- end }}
{{- $priority := include "elsa.priorityClass" (dict "context" .context "own" .w.priorityClassName "component" .component) }}
{{- if $priority }}
priorityClassName: {{ $priority | quote }}
{{- end }}
{{- with .w.runtimeClassName }}
runtimeClassName: {{ . | quote }}
{{- end }}
{{- with .w.hostAliases }}
hostAliases:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .w.dnsConfig }}
dnsConfig:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .w.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- $spot := include "elsa.spotToleration" (dict "context" .context "component" .component) }}
{{- if or $spot .w.tolerations }}
tolerations:
  {{- if $spot }}
  {{- $spot | nindent 2 }}
  {{- end }}
  {{- with .w.tolerations }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end }}
{{- if or .w.affinity (include "elsa.spotAffinity" (dict "context" .context "component" .component)) }}
{{ include "elsa.affinity" (dict "context" .context "w" .w "component" .component) }}
{{- end }}
{{- if or .spread .w.topologySpreadConstraints }}
topologySpreadConstraints:
  {{- with .spread }}
  {{- . | nindent 2 }}
  {{- end }}
  {{- with .w.topologySpreadConstraints }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end }}
{{- if or .initContainers .w.initContainers }}
initContainers:
  {{- with .initContainers }}
  {{- . | nindent 2 }}
  {{- end }}
  {{- with .w.initContainers }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end }}
containers:
  - name: {{ .component }}
    image: {{ .image | quote }}
    imagePullPolicy: {{ .w.image.pullPolicy }}
    {{- with .w.command }}
    command:
      {{- toYaml . | nindent 6 }}
    {{- end }}
    {{- with .w.args }}
    args:
      {{- toYaml . | nindent 6 }}
    {{- end }}
    {{- if and .arguments (not .w.command) (not .w.args) }}
    {{- .arguments | nindent 4 }}
    {{- end }}
    {{- if or .envFrom .w.envFrom }}
    envFrom:
      {{- with .envFrom }}
      {{- . | nindent 6 }}
      {{- end }}
      {{- with .w.envFrom }}
      {{- toYaml . | nindent 6 }}
      {{- end }}
    {{- end }}
    {{- if or .env .w.env }}
    env:
      {{- with .env }}
      {{- . | nindent 6 }}
      {{- end }}
      {{- with .w.env }}
      {{- toYaml . | nindent 6 }}
      {{- end }}
    {{- end }}
    {{- with .ports }}
    ports:
      {{- . | nindent 6 }}
    {{- end }}
    {{- if .w.probes.startup }}
    startupProbe:
      {{- toYaml .w.probes.startup | nindent 6 }}
    {{- else if .startup }}
    startupProbe:
      {{- .startup | nindent 6 }}
    {{- end }}
    {{- if .w.probes.liveness }}
    livenessProbe:
      {{- toYaml .w.probes.liveness | nindent 6 }}
    {{- else if .liveness }}
    livenessProbe:
      {{- .liveness | nindent 6 }}
    {{- end }}
    {{- if .w.probes.readiness }}
    readinessProbe:
      {{- toYaml .w.probes.readiness | nindent 6 }}
    {{- else if .readiness }}
    readinessProbe:
      {{- .readiness | nindent 6 }}
    {{- end }}
    {{- if or .preStop .w.lifecycle }}
    lifecycle:
      {{- if and .preStop (not .w.lifecycle.preStop) }}
      preStop:
        {{- .preStop | nindent 8 }}
      {{- end }}
      {{- with .w.lifecycle }}
      {{- toYaml . | nindent 6 }}
      {{- end }}
    {{- end }}
    {{- include "elsa.containerLimits" (dict "context" .context "w" .w) | nindent 4 }}
    volumeMounts:
      {{- .mounts | nindent 6 }}
      {{- with .w.volumeMounts }}
      {{- toYaml . | nindent 6 }}
      {{- end }}
  {{- with .sidecars }}
  {{- . | nindent 2 }}
  {{- end }}
  {{- with .w.sidecars }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
volumes:
  {{- with .w.volumes }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
  {{- .volumes | nindent 2 }}
{{- end }}

{{/*
What a container of a workload may do and use; also for the init containers that we add to it.
@param w values.server
*/}}
{{ define "elsa.containerLimits" -}}
{{- with .w.securityContext -}}
securityContext:
  {{- toYaml . | nindent 2 }}
{{- else -}}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities:
    drop: [ALL]
{{- end }}
{{- if .w.resources }}
{{ include "elsa.resources" (dict "context" .context "resources" .w.resources) }}
{{- end }}
{{- end }}

{{/*
What a container asks for, and the most that it gets.
@param resources values.server.resources
*/}}
{{ define "elsa.resources" -}}
resources:
  {{- if and (eq .context.Values.pods.qualityOfService "Guaranteed") .resources.limits }}
  limits:
    {{- toYaml .resources.limits | nindent 4 }}
  # Equal to the limits: Guaranteed.
  requests:
    {{- toYaml .resources.limits | nindent 4 }}
  {{- else }}
  {{- toYaml .resources | nindent 2 }}
  {{- end }}
{{- end }}

{{/*
A container that shows Prometheus what another one of its pod does. It has probes of its own, but none that makes the pod
unready: without figures the pod still works.
@param metrics values.pgbouncer.metrics
*/}}
{{ define "elsa.exporter" -}}
- name: metrics
  image: {{ .image | quote }}
  imagePullPolicy: {{ .metrics.image.pullPolicy }}
  {{- with .arguments }}
  {{- . | nindent 2 }}
  {{- end }}
  env:
    {{- .env | nindent 4 }}
  ports:
    - name: metrics
      containerPort: {{ .port }}
      protocol: TCP
  livenessProbe:
    tcpSocket:
      port: metrics
    periodSeconds: 30
    timeoutSeconds: 3
    failureThreshold: 3
  securityContext:
    allowPrivilegeEscalation: false
    readOnlyRootFilesystem: true
    capabilities:
      drop: [ALL]
  {{- if .metrics.resources }}
  {{- include "elsa.resources" (dict "context" .context "resources" .metrics.resources) | nindent 2 }}
  {{- end }}
{{- end }}

{{/*
The ServiceAccount of a workload's pods.
@param w values.server
*/}}
{{ define "elsa.accountName" -}}
{{- if .w.serviceAccount.name -}}
{{ .w.serviceAccount.name }}
{{- else if .w.serviceAccount.create -}}
{{ include "elsa.fullname" .context }}-{{ .component }}
{{- else -}}
default
{{- end -}}
{{ end }}

{{/*
Constraints that spread a workload's pods over zones and nodes. The pods of an old and a new version do not count for each
other, so that a rolling update cannot lock itself out. Over nodes only if possible: a full node would hold pods back for ever.
No minDomains: where fewer zones than that are left, each takes one pod alone, however many are needed.
*/}}
{{ define "elsa.spread" -}}
{{- if ne .how "none" -}}
- topologyKey: topology.kubernetes.io/zone
  maxSkew: 1
  whenUnsatisfiable: {{ ternary "DoNotSchedule" "ScheduleAnyway" (eq .how "required") }}
  nodeTaintsPolicy: Honor
  matchLabelKeys: [pod-template-hash]
  labelSelector:
    matchLabels:
      {{- include "elsa.selectorLabels" (dict "context" .context "component" .component) | nindent 6 }}
- topologyKey: kubernetes.io/hostname
  maxSkew: 1
  whenUnsatisfiable: ScheduleAnyway
  nodeTaintsPolicy: Honor
  matchLabelKeys: [pod-template-hash]
  labelSelector:
    matchLabels:
      {{- include "elsa.selectorLabels" (dict "context" .context "component" .component) | nindent 6 }}
{{- end -}}
{{ end }}

{{/*
How a rolling update goes. Where zones must be even, a new pod may find its zone full of old ones, which do not go before it is
ready: one may then be missing.
*/}}
{{ define "elsa.rollingUpdate" -}}
type: RollingUpdate
rollingUpdate:
  maxSurge: 1
  maxUnavailable: {{ ternary 1 0 (and (eq .how "required") (gt .replicas 1)) }}
{{- end }}

{{/*
A constraint that spreads pods which an operator makes: they have its labels alone.
*/}}
{{ define "elsa.operatedSpread" -}}
- topologyKey: {{ .topology }}
  maxSkew: 1
  whenUnsatisfiable: {{ ternary "DoNotSchedule" "ScheduleAnyway" (eq .how "required") }}
  labelSelector:
    matchLabels:
      {{- .labels | nindent 6 }}
{{- end }}

{{/*
A volume's name for a path: `/app/App_Data` gives `app-app-data`.
*/}}
{{ define "elsa.volumeName" -}}
{{ .path | trimPrefix "/" | replace "/" "-" | replace "_" "-" | lower }}
{{- end }}
