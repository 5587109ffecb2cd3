{{/*
The most replicas of the server.
*/}}
{{ define "elsa.serverReplicas" -}}
{{- if ne .Values.server.autoscaling.type "none" -}}
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
{{- if gt (int .Values.exposure.maxBodyMebibytes) 28 }}
Kestrel__Limits__MaxRequestBodySize: {{ mul (int .Values.exposure.maxBodyMebibytes) 1048576 | quote }}
{{- end }}
# The workstation collector saves 75 MiB at the same rate.
DOTNET_gcServer: "0"
{{- end }}
{{ include "elsa.runtimeSettings" (dict "context" . "home" (include "elsa.program" . | fromJson).home "agent" (and (eq .Values.openTelemetry.type "operator") (ne .Values.server.program "host"))) }}
{{- if eq .Values.openTelemetry.type "exporter" }}
{{ include "elsa.telemetrySettings" . }}
{{- end }}
{{- if include "elsa.serverCaSources" . | trim }}
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
Settings of the .NET runtime. `agent` says that something loads itself into the program as a profiler: without it, nobody can.
*/}}
{{ define "elsa.runtimeSettings" -}}
{{- if and .agent (not .context.Values.diagnostics.enabled) -}}
# OpenTelemetry's agent is a profiler: 0 would keep it out, so the rest is turned off one by one.
DOTNET_EnableDiagnostics: "1"
DOTNET_EnableDiagnostics_IPC: "0"
DOTNET_EnableDiagnostics_Debugger: "0"
{{- else -}}
DOTNET_EnableDiagnostics: {{ ternary "1" "0" .context.Values.diagnostics.enabled | quote }}
{{- end }}
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
{{ include "elsa.postgresqlPassword" (dict "context" . "name" "POSTGRESQL_PASSWORD") }}
- name: ConnectionStrings__PostgreSql
  value: {{ include "elsa.postgresqlConnection" . | quote }}
{{- else if eq .Values.database.provider "SqlServer" }}
{{ include "elsa.secretEnv" (dict "context" . "name" "SQLSERVER_PASSWORD" "secret" (include "elsa.secretName" (dict "context" . "secret" .Values.secrets.sqlserver "id" "sqlserver")) "key" .Values.secrets.sqlserver.keys.password) }}
- name: ConnectionStrings__SqlServer
  value: {{ include "elsa.sqlserverConnection" . | quote }}
{{- else if eq .Values.database.provider "MySql" }}
{{ include "elsa.secretEnv" (dict "context" . "name" "MYSQL_PASSWORD" "secret" (include "elsa.secretName" (dict "context" . "secret" .Values.secrets.mysql "id" "mysql")) "key" .Values.secrets.mysql.keys.password) }}
- name: ConnectionStrings__MySql
  value: {{ include "elsa.mysqlConnection" . | quote }}
{{- end }}
{{- if eq .Values.locks.provider "Redis" }}
{{ include "elsa.secretEnv" (dict "context" . "name" "REDIS_PASSWORD" "secret" (include "elsa.secretName" (dict "context" . "secret" .Values.secrets.redis "id" "redis")) "key" .Values.secrets.redis.keys.password) }}
- name: ConnectionStrings__Redis
  value: {{ include "elsa.redisConnection" . | quote }}
{{- end }}
{{- if eq .Values.rabbitmq.mode "operator" }}
{{ include "elsa.secretEnv" (dict "context" . "name" "RABBITMQ_USER" "secret" (printf "%s-rabbitmq-default-user" (include "elsa.fullname" .)) "key" "username") }}
{{ include "elsa.secretEnv" (dict "context" . "name" "RABBITMQ_PASSWORD" "secret" (printf "%s-rabbitmq-default-user" (include "elsa.fullname" .)) "key" "password") }}
{{- else if ne .Values.rabbitmq.mode "none" }}
{{ include "elsa.secretEnv" (dict "context" . "name" "RABBITMQ_PASSWORD" "secret" (include "elsa.secretName" (dict "context" . "secret" .Values.secrets.rabbitmq "id" "rabbitmq")) "key" .Values.secrets.rabbitmq.keys.password) }}
{{- end }}
{{- if ne .Values.rabbitmq.mode "none" }}
- name: ConnectionStrings__RabbitMq
  value: {{ include "elsa.rabbitmqConnection" . | quote }}
{{- end }}
{{- if eq .Values.openTelemetry.type "exporter" }}
{{ include "elsa.telemetryEnv" . }}
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
{{- if include "elsa.serverCaSources" . | trim }}
{{ include "elsa.caMount" . }}
{{- end }}
{{- end }}

{{/*
Volumes of the server's pods.
*/}}
{{ define "elsa.serverVolumes" -}}
{{ include "elsa.programVolumes" (dict "context" . "of" (include "elsa.program" . | fromJson)) | trim }}
{{- $authorities := include "elsa.serverCaSources" . | trim }}
{{- if $authorities }}
{{ include "elsa.caVolume" (dict "context" . "sources" $authorities) }}
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
{{- else if and (include "elsa.program" . | fromJson).waitForDatabase (eq .Values.database.provider "SqlServer") -}}
{{ include "elsa.waitForPort" (dict "context" . "host" .Values.sqlserver.host "port" (int .Values.sqlserver.port)) }}
{{- else if and (include "elsa.program" . | fromJson).waitForDatabase (eq .Values.database.provider "MySql") -}}
{{ include "elsa.waitForPort" (dict "context" . "host" .Values.mysql.host "port" (int .Values.mysql.port)) }}
{{- end -}}
{{ end }}

{{/*
Holds the server back until a port can be connected to.
*/}}
{{ define "elsa.waitForPort" -}}
- name: wait-for-database
  # For its bash, which opens connections by itself, so that no client of this database is needed: the image of PostgreSQL is
  # one that is chosen, mirrored and pinned by values already.
  image: {{ include "elsa.postgresqlImage" .context | quote }}
  imagePullPolicy: {{ .context.Values.postgresql.image.pullPolicy }}
  command: [bash, -c]
  args:
    - until timeout 3 bash -c '</dev/tcp/$DATABASE_HOST/$DATABASE_PORT' 2>/dev/null; do echo "waiting for $DATABASE_HOST:$DATABASE_PORT"; sleep 2; done
  env:
    - name: DATABASE_HOST
      value: {{ .host | quote }}
    - name: DATABASE_PORT
      value: {{ .port | quote }}
  {{- include "elsa.containerLimits" (dict "context" .context "w" .context.Values.server) | nindent 2 }}
{{- end }}

{{/*
For what outlives an uninstallation, unless the values say that it must not.
*/}}
{{ define "elsa.keepAnnotation" -}}
{{- if eq .Values.storage.claimRetention "Retain" -}}
# Uninstalling keeps the database.
helm.sh/resource-policy: keep
{{- end -}}
{{ end }}

{{/*
Marks a Secret that no check may take for a real one.
*/}}
{{ define "elsa.developmentAnnotation" -}}
# Everybody knows these: for a laptop only, and refused as soon as anything exposes Elsa.
elsakube/development-credentials: "true"
{{- end }}
