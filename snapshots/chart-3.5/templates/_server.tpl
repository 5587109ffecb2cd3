{{/*
The most replicas of the server.
*/}}
{{ define "elsa.serverReplicas" -}}
{{- if eq .Values.server.autoscaling.type "hpa" -}}
{{ int .Values.server.autoscaling.maxReplicas }}
{{- else -}}
{{ int .Values.server.replicaCount }}
{{- end -}}
{{ end }}

{{/*
Settings of the server that are no secret; every one is read by the program.
*/}}
{{ define "elsa.serverSettings" -}}
DatabaseProvider: {{ .Values.database.provider }}
{{- if eq .Values.database.provider "Sqlite" }}
ConnectionStrings__Sqlite: "Data Source=/data/elsa.sqlite.db;Cache=Shared"
{{- end }}
Http__BaseUrl: {{ include "elsa.serverUrl" . | quote }}
Http__BasePath: {{ .Values.server.workflowsPath | quote }}
{{- if (include "elsa.program" . | fromJson).backendUrlSetting }}
# The browser calls the API itself, so this is the public address.
{{ (include "elsa.program" . | fromJson).backendUrlSetting }}: {{ printf "%s/elsa/api" (include "elsa.serverUrl" .) | quote }}
{{- end }}
{{- if (include "elsa.program" . | fromJson).lockSetting }}
{{ (include "elsa.program" . | fromJson).lockSetting }}: {{ .Values.locks.provider }}
{{- end }}
{{- $shipped := include "elsa.shippedIdentity" . }}
{{- if $shipped }}
{{ $shipped }}
{{- end }}
{{- if (include "elsa.program" . | fromJson).messages }}
# The host refuses to start several replicas that could not tell each other of changes.
Cluster__Replicas: {{ include "elsa.serverReplicas" . | quote }}
{{- end }}
{{- if (include "elsa.program" . | fromJson).drains }}
Shutdown__PreStopDelay: {{ include "elsa.duration" (dict "context" . "seconds" (int .Values.server.shutdown.preStopDelaySeconds)) | quote }}
Shutdown__DrainDeadline: {{ include "elsa.duration" (dict "context" . "seconds" (int .Values.server.shutdown.drainDeadlineSeconds)) | quote }}
{{- else }}
DOTNET_SHUTDOWNTIMEOUTSECONDS: {{ int .Values.server.shutdown.timeoutSeconds | quote }}
{{- end }}
{{- if eq .Values.server.program "host" }}
{{- if and (eq .Values.studio.mode "separate") (ne (include "elsa.studioUrl" .) (include "elsa.serverUrl" .)) }}
# Studio's pages call the API from their own address.
Cors__AllowedOrigins__0: {{ include "elsa.studioUrl" . | quote }}
{{- end }}
# The workstation collector saves 75 MiB at the same rate.
DOTNET_gcServer: "0"
{{- end }}
{{ include "elsa.runtimeSettings" (dict "context" . "home" (include "elsa.program" . | fromJson).home) }}
{{- if .Values.caBundle.secretName }}
SSL_CERT_DIR: /etc/elsa/ca
{{- end }}
{{- with .Values.proxy.http }}
HTTP_PROXY: {{ . | quote }}
{{- end }}
{{- with .Values.proxy.https }}
HTTPS_PROXY: {{ . | quote }}
{{- end }}
{{- with .Values.proxy.noProxy }}
NO_PROXY: {{ . | quote }}
{{- end }}
{{- end }}

{{/*
Settings of the .NET runtime.
*/}}
{{ define "elsa.runtimeSettings" -}}
DOTNET_EnableDiagnostics: {{ ternary "1" "0" .context.Values.diagnostics.enabled | quote }}
{{- with .home }}
HOME: {{ . | quote }}
{{- end }}
{{- end }}

{{/*
Secrets of the server, and the settings that are made of them.
*/}}
{{ define "elsa.serverEnv" -}}
{{ include "elsa.identityEnv" . }}
{{- if eq .Values.database.provider "PostgreSql" }}
{{ include "elsa.secretEnv" (dict "context" . "name" "POSTGRESQL_PASSWORD" "secret" (include "elsa.secretName" (dict "context" . "secret" .Values.secrets.postgresql "id" "postgresql")) "key" .Values.secrets.postgresql.keys.password) }}
- name: ConnectionStrings__PostgreSql
  value: {{ include "elsa.postgresqlConnection" . | quote }}
{{- end }}
{{- if eq .Values.locks.provider "Redis" }}
{{ include "elsa.secretEnv" (dict "context" . "name" "REDIS_PASSWORD" "secret" (include "elsa.secretName" (dict "context" . "secret" .Values.secrets.redis "id" "redis")) "key" .Values.secrets.redis.keys.password) }}
- name: ConnectionStrings__Redis
  value: {{ include "elsa.redisConnection" . | quote }}
{{- end }}
{{- if ne .Values.rabbitmq.mode "none" }}
{{ include "elsa.secretEnv" (dict "context" . "name" "RABBITMQ_PASSWORD" "secret" (include "elsa.secretName" (dict "context" . "secret" .Values.secrets.rabbitmq "id" "rabbitmq")) "key" .Values.secrets.rabbitmq.keys.password) }}
- name: ConnectionStrings__RabbitMq
  value: {{ include "elsa.rabbitmqConnection" . | quote }}
{{- end }}
{{- end }}

{{/*
Asks whether the start is complete. A sample workflow that the image ships says it better than the program's own paths.
*/}}
{{ define "elsa.serverStartup" -}}
{{- if (include "elsa.program" . | fromJson).startupWorkflow -}}
# A sample workflow of the image: it answers 200 only when the start is complete, / as soon as the
# port is open. Each 200 leaves a finished instance behind, so no other probe asks for it.
{{ include "elsa.httpProbe" (dict "context" . "path" (printf "%s%s" .Values.server.workflowsPath (include "elsa.program" . | fromJson).startupWorkflow) "port" "http" "period" 5 "failures" 24) }}
{{- else -}}
{{ include "elsa.httpProbe" (dict "context" . "path" (include "elsa.program" . | fromJson).probes.startup "port" (include "elsa.program" . | fromJson).probes.port "period" 5 "failures" 24) }}
{{- end -}}
{{ end }}

{{/*
Mounts of the server.
*/}}
{{ define "elsa.serverMounts" -}}
{{ include "elsa.programMounts" (dict "context" . "of" (include "elsa.program" . | fromJson)) | trim }}
{{- if eq .Values.database.provider "Sqlite" }}
- name: data
  mountPath: /data
{{- end }}
{{- if .Values.caBundle.secretName }}
- name: ca
  mountPath: /etc/elsa/ca
  readOnly: true
{{- end }}
{{- end }}

{{/*
Volumes of the server's pods.
*/}}
{{ define "elsa.serverVolumes" -}}
{{ include "elsa.programVolumes" (dict "context" . "of" (include "elsa.program" . | fromJson)) | trim }}
{{- with .Values.caBundle.secretName }}
- name: ca
  secret:
    secretName: {{ . | quote }}
{{- end }}
{{- if eq .Values.database.provider "Sqlite" }}
- name: data
  persistentVolumeClaim:
    {{- with .Values.server.persistence.existingClaim }}
    claimName: {{ . | quote }}
    {{- else }}
    claimName: {{ include "elsa.fullname" . }}-server
    {{- end }}
{{- end }}
{{- end }}

{{/*
Holds the server back until its database answers: a published image that is started before it never heals.
*/}}
{{ define "elsa.serverInitContainers" -}}
{{- if and (include "elsa.program" . | fromJson).waitForDatabase (eq .Values.database.provider "PostgreSql") -}}
- name: wait-for-database
  image: {{ include "elsa.postgresqlImage" . | quote }}
  imagePullPolicy: {{ .Values.postgresql.image.pullPolicy }}
  command: [sh, -c]
  args:
    - until pg_isready --quiet --timeout=3; do echo "waiting for $PGHOST:$PGPORT"; sleep 2; done
  env:
    - name: PGHOST
      value: {{ include "elsa.postgresqlHost" . | quote }}
    - name: PGPORT
      value: {{ include "elsa.postgresqlPort" . | quote }}
    - name: PGUSER
      value: {{ .Values.database.userName | quote }}
    - name: PGDATABASE
      value: {{ .Values.database.name | quote }}
  {{- include "elsa.containerLimits" (dict "context" . "w" .Values.server) | nindent 2 }}
{{- end -}}
{{ end }}

{{/*
For what must outlive an uninstallation.
*/}}
{{ define "elsa.keepAnnotation" -}}
# Uninstalling keeps the database.
helm.sh/resource-policy: keep
{{- end }}

{{/*
Marks a Secret that no check may take for a real one.
*/}}
{{ define "elsa.developmentAnnotation" -}}
# Everybody knows these: for a laptop only, and refused as soon as anything exposes Elsa.
elsakube/development-credentials: "true"
{{- end }}
