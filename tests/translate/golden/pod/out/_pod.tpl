{{/*
The pod of every workload.
@param w values.server
@param of program
*/}}
{{- define "elsa.podSpec" -}}
{{- if .context.Values.imagePullSecrets }}
imagePullSecrets:
  {{- range $secret := .context.Values.imagePullSecrets }}
  - name: {{ $secret | quote }}
  {{- end }}
{{- end }}
automountServiceAccountToken: false
{{- if .test }}
restartPolicy: Never
{{- end }}
securityContext:
  runAsUser: {{ int .of.user }}
  fsGroup: {{ int .of.user }}
{{- with .w.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
containers:
  - name: {{ .component }}
    image: {{ include "elsa.image" (dict "context" .context "image" .w.image "known" .of.image) }}
    imagePullPolicy: {{ .w.image.pullPolicy }}
    {{- with .command }}
    {{- . | nindent 4 }}
    {{- end }}
    {{- if or .w.env .w.settings }}
    env:
      {{- range $key, $value := .w.settings }}
      - name: {{ $key | quote }}
        value: {{ $value | quote }}
      {{- end }}
      - name: ELSA_VERSION
        value: {{ .context.Chart.AppVersion | quote }}
      {{- with .w.env }}
      {{- toYaml . | nindent 6 }}
      {{- end }}
    {{- end }}
    ports:
      - name: http
        containerPort: {{ int .w.port }}
    {{- if not .test }}
    readinessProbe:
      httpGet:
        path: {{ .of.probe | quote }}
        port: http
    {{- end }}
    {{- with .w.resources }}
    resources:
      {{- toYaml . | nindent 6 }}
    {{- end }}
    volumeMounts:
      {{- range $path := .of.writable }}
      - name: {{ include "elsa.volumeName" (dict "context" $.context "path" $path) | quote }}
        mountPath: {{ $path | quote }}
      {{- end }}
volumes:
  {{- range $path := .of.writable }}
  - name: {{ include "elsa.volumeName" (dict "context" $.context "path" $path) | quote }}
    emptyDir: {}
  {{- end }}
{{- end }}

{{- /* A volume's name for a path: `/app/App_Data` gives `app-app-data`. */}}
{{- define "elsa.volumeName" -}}
{{ .path | trimPrefix "/" | replace "/" "-" | replace "_" "-" | lower }}
{{- end }}

{{- /* What the test runs. */}}
{{- define "elsa.testCommand" -}}
command: [sh, -euc]
args:
  - |-
    curl -fsS "http://server:{{ int .Values.tests.port }}/elsa/api"
{{- end }}
