{{/*
Labels and annotations of a workload's pods. `program` says which program of the catalogue runs in them.
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
  elsakube/program: {{ .program | quote }}
  # Pods are replaced when their settings change.
  checksum/config: {{ .config | sha256sum }}
  {{- range $key, $value := .w.podAnnotations }}
  {{ $key | quote }}: {{ $value | quote }}
  {{- end }}
{{- end }}

{{/*
The pod of every workload, so that siblings cannot drift. `w` is the workload's block of values; `env`, `container` and
`volumes` are YAML that only this workload has.
@param w values.server
*/}}
{{ define "elsa.podSpec" -}}
serviceAccountName: {{ .account }}
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
securityContext:
  runAsNonRoot: true
  runAsUser: {{ .user }}
  runAsGroup: {{ .user }}
  fsGroup: {{ .user }}
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile:
    type: RuntimeDefault
{{- with .w.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .w.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .w.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
containers:
  - name: {{ .component }}
    image: {{ .image }}
    imagePullPolicy: {{ .w.image.pullPolicy }}
    securityContext:
      allowPrivilegeEscalation: false
      readOnlyRootFilesystem: true
      capabilities:
        drop: [ALL]
    {{- if or .env .w.env }}
    env:
      {{- with .env }}
      {{- . | nindent 6 }}
      {{- end }}
      {{- with .w.env }}
      {{- toYaml . | nindent 6 }}
      {{- end }}
    {{- end }}
    {{- with .w.resources }}
    resources:
      {{- toYaml . | nindent 6 }}
    {{- end }}
    {{- .container | nindent 4 }}
volumes:
  {{- .volumes | nindent 2 }}
{{- end }}

{{/*
Ports, probes and writable folders of a container that runs a program of the catalogue; `mounts` are further ones.
@param program elsa.server
*/}}
{{ define "elsa.programContainer" -}}
envFrom:
  - configMapRef:
      name: {{ .config }}
ports:
  - name: http
    containerPort: {{ int .program.port }}
    protocol: TCP
startupProbe:
  httpGet:
    path: {{ .program.probes.startup | quote }}
    port: http
  periodSeconds: 5
  timeoutSeconds: 5
  # Two minutes: a quarter of a core needs more than 20 s to start.
  failureThreshold: 24
livenessProbe:
  httpGet:
    path: {{ .program.probes.liveness | quote }}
    port: http
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 6
readinessProbe:
  httpGet:
    path: {{ .program.probes.readiness | quote }}
    port: http
  periodSeconds: 5
  timeoutSeconds: 5
  failureThreshold: 3
volumeMounts:
  {{- range $path := .program.writable }}
  - name: {{ include "elsa.volumeName" (dict "context" $.context "path" $path) | quote }}
    mountPath: {{ $path | quote }}
  {{- end }}
  {{- with .mounts }}
  {{- . | nindent 2 }}
  {{- end }}
{{- end }}

{{/*
Scratch folders at the paths that a program must be able to write to.
@param program elsa.server
*/}}
{{ define "elsa.programVolumes" -}}
{{- range $path := .program.writable }}
- name: {{ include "elsa.volumeName" (dict "context" $.context "path" $path) | quote }}
  emptyDir:
    sizeLimit: 256Mi
{{- end }}
{{- end }}

{{/*
A volume's name for a path: `/app/App_Data` gives `app-app-data`.
*/}}
{{ define "elsa.volumeName" -}}
{{ .path | trimPrefix "/" | replace "/" "-" | replace "_" "-" | lower }}
{{- end }}
