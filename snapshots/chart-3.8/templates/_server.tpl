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
@param program elsa.server
*/}}
{{ define "elsa.serverSettings" -}}
DatabaseProvider: {{ .context.Values.database.provider }}
{{- if eq .context.Values.database.provider "Sqlite" }}
ConnectionStrings__Sqlite: "Data Source=/data/elsa.sqlite.db;Cache=Shared"
{{- end }}
Http__BaseUrl: {{ include "elsa.serverUrl" .context | quote }}
Http__BasePath: {{ .context.Values.server.workflowsPath | quote }}
{{- if .program.studio }}
# The browser calls the API itself, so this is the public address.
{{ .program.backendUrlSetting }}: {{ printf "%s/elsa/api" (include "elsa.serverUrl" .context) | quote }}
{{- end }}
{{- if eq .context.Values.server.program "host" }}
Runtime__DistributedLocking__Provider: {{ .context.Values.locks.provider }}
# The host refuses to start several replicas that could not tell each other of changes.
Cluster__Replicas: {{ include "elsa.serverReplicas" .context | quote }}
Shutdown__PreStopDelay: {{ include "elsa.duration" (dict "context" .context "seconds" (int .context.Values.server.shutdown.preStopDelaySeconds)) | quote }}
Shutdown__DrainDeadline: {{ include "elsa.duration" (dict "context" .context "seconds" (int .context.Values.server.shutdown.drainDeadlineSeconds)) | quote }}
{{- if and (eq .context.Values.studio.mode "separate") (ne (include "elsa.studioUrl" .context) (include "elsa.serverUrl" .context)) }}
# Studio's pages call the API from their own address.
Cors__AllowedOrigins__0: {{ include "elsa.studioUrl" .context | quote }}
{{- end }}
# The workstation collector saves 75 MiB at the same rate.
DOTNET_gcServer: "0"
{{- else }}
DOTNET_SHUTDOWNTIMEOUTSECONDS: {{ int .context.Values.server.shutdown.timeoutSeconds | quote }}
{{- end }}
{{ include "elsa.runtimeSettings" (dict "context" .context "home" .program.home) }}
{{- if .context.Values.caBundle.secretName }}
SSL_CERT_DIR: /etc/elsa/ca
{{- end }}
{{- with .context.Values.proxy.http }}
HTTP_PROXY: {{ . | quote }}
{{- end }}
{{- with .context.Values.proxy.https }}
HTTPS_PROXY: {{ . | quote }}
{{- end }}
{{- with .context.Values.proxy.noProxy }}
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
{{- $identity := include "elsa.secretName" (dict "context" . "secret" .Values.secrets.identity "id" "identity") -}}
{{ include "elsa.secretEnv" (dict "context" . "name" "Identity__AdminUser__UserName" "secret" $identity "key" .Values.secrets.identity.keys.adminUserName) }}
{{ include "elsa.secretEnv" (dict "context" . "name" "Identity__AdminUser__Password" "secret" $identity "key" .Values.secrets.identity.keys.adminPassword) }}
{{ include "elsa.secretEnv" (dict "context" . "name" "Identity__Tokens__SigningKey" "secret" $identity "key" .Values.secrets.identity.keys.signingKey) }}
{{- if eq .Values.database.provider "PostgreSql" }}
{{ include "elsa.secretEnv" (dict "context" . "name" "POSTGRESQL_PASSWORD" "secret" (include "elsa.secretName" (dict "context" . "secret" .Values.secrets.postgresql "id" "postgresql")) "key" .Values.secrets.postgresql.keys.password) }}
- name: ConnectionStrings__PostgreSql
  value: {{ include "elsa.postgresqlConnection" . | quote }}
{{- end }}
{{- if and (eq .Values.server.program "host") (eq .Values.locks.provider "Redis") }}
{{ include "elsa.secretEnv" (dict "context" . "name" "REDIS_PASSWORD" "secret" (include "elsa.secretName" (dict "context" . "secret" .Values.secrets.redis "id" "redis")) "key" .Values.secrets.redis.keys.password) }}
- name: ConnectionStrings__Redis
  value: {{ include "elsa.redisConnection" . | quote }}
{{- end }}
{{- if and (eq .Values.server.program "host") (ne .Values.rabbitmq.mode "none") }}
{{ include "elsa.secretEnv" (dict "context" . "name" "RABBITMQ_PASSWORD" "secret" (include "elsa.secretName" (dict "context" . "secret" .Values.secrets.rabbitmq "id" "rabbitmq")) "key" .Values.secrets.rabbitmq.keys.password) }}
- name: ConnectionStrings__RabbitMq
  value: {{ include "elsa.rabbitmqConnection" . | quote }}
{{- end }}
{{- end }}

{{/*
Mounts of the server.
@param program elsa.server
*/}}
{{ define "elsa.serverMounts" -}}
{{ include "elsa.programMounts" (dict "context" .context "program" .program) | trim }}
{{- if eq .context.Values.database.provider "Sqlite" }}
- name: data
  mountPath: /data
{{- end }}
{{- if .context.Values.caBundle.secretName }}
- name: ca
  mountPath: /etc/elsa/ca
  readOnly: true
{{- end }}
{{- end }}

{{/*
Volumes of the server's pods.
@param program elsa.server
*/}}
{{ define "elsa.serverVolumes" -}}
{{ include "elsa.programVolumes" (dict "context" .context "program" .program) | trim }}
{{- with .context.Values.caBundle.secretName }}
- name: ca
  secret:
    secretName: {{ . | quote }}
{{- end }}
{{- if eq .context.Values.database.provider "Sqlite" }}
- name: data
  persistentVolumeClaim:
    {{- with .context.Values.server.persistence.existingClaim }}
    claimName: {{ . | quote }}
    {{- else }}
    claimName: {{ include "elsa.fullname" .context }}-server
    {{- end }}
{{- end }}
{{- end }}

{{/*
Holds the server back until its database answers: a published image that is started before it never heals.
@param program elsa.server
*/}}
{{ define "elsa.serverInitContainers" -}}
{{- if and .program.waitForDatabase (eq .context.Values.database.provider "PostgreSql") -}}
- name: wait-for-database
  image: {{ include "elsa.postgresqlImage" .context | quote }}
  imagePullPolicy: {{ .context.Values.postgresql.image.pullPolicy }}
  command: [sh, -c]
  args:
    - until pg_isready --quiet --timeout=3; do echo "waiting for $PGHOST:$PGPORT"; sleep 2; done
  env:
    - name: PGHOST
      value: {{ include "elsa.postgresqlHost" .context | quote }}
    - name: PGPORT
      value: {{ include "elsa.postgresqlPort" .context | quote }}
    - name: PGUSER
      value: {{ .context.Values.database.userName | quote }}
    - name: PGDATABASE
      value: {{ .context.Values.database.name | quote }}
  {{- include "elsa.containerLimits" (dict "context" .context "w" .context.Values.server) | nindent 2 }}
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
