{{/*
A line for each label that begins like those of the templates.
@param labels values.commonLabels
*/}}
{{ define "elsa.reservedLabels" -}}
{{- range $key, $value := .labels }}
{{- if hasPrefix "app.kubernetes.io/" $key }}
{{ $.path }}	{{ $key | quote }} begins with app.kubernetes.io/, like the labels that the templates set; choose another name
{{- end }}
{{- end }}
{{- end }}

{{/*
A line for each annotation that begins like those of the templates.
@param annotations values.commonAnnotations
*/}}
{{ define "elsa.reservedAnnotations" -}}
{{- range $key, $value := .annotations }}
{{- if or (hasPrefix "elsakube/" $key) (hasPrefix "checksum/" $key) (hasPrefix "helm.sh/" $key) }}
{{ $.path }}	{{ $key | quote }} begins with elsakube/, checksum/ or helm.sh/, like the annotations that the templates set; choose another name
{{- end }}
{{- end }}
{{- end }}

{{/*
A line for each reserved name among the labels and annotations of a workload's own object, and in its pods.
@param w values.server
*/}}
{{ define "elsa.reservedInWorkload" -}}
{{- include "elsa.reservedLabels" (dict "context" .context "labels" .w.labels "path" (printf "%s.labels" .path)) }}
{{- include "elsa.reservedAnnotations" (dict "context" .context "annotations" .w.annotations "path" (printf "%s.annotations" .path)) }}
{{- include "elsa.reservedInPods" (dict "context" .context "w" .w "path" .path "component" .component "init" .init) }}
{{- end }}

{{/*
A line for each reserved name among a workload's pod labels, annotations and containers; `init` is our own init container.
@param w values.server
*/}}
{{ define "elsa.reservedInPods" -}}
{{- include "elsa.reservedLabels" (dict "context" .context "labels" .w.podLabels "path" (printf "%s.podLabels" .path)) }}
{{- include "elsa.reservedAnnotations" (dict "context" .context "annotations" .w.podAnnotations "path" (printf "%s.podAnnotations" .path)) }}
{{- include "elsa.reservedAnnotations" (dict "context" .context "annotations" .w.serviceAccount.annotations "path" (printf "%s.serviceAccount.annotations" .path)) }}
{{- range $container := .w.sidecars }}
{{- if eq $container.name $.component }}
{{ $.path }}.sidecars	{{ $container.name | quote }} is the name of our own container; choose another name
{{- end }}
{{- end }}
{{- range $container := .w.initContainers }}
{{- if or (eq $container.name $.component) (eq $container.name $.init) }}
{{ $.path }}.initContainers	{{ $container.name | quote }} is the name of a container of our own; choose another name
{{- end }}
{{- end }}
{{- end }}

{{/*
A line if a container beside a workload has the name of our exporter.
@param w values.server
*/}}
{{ define "elsa.reservedExporter" -}}
{{- range $container := .w.sidecars }}
{{- if eq $container.name "metrics" }}
{{ $.path }}.sidecars	"metrics" is the name of our own container; choose another name
{{- end }}
{{- end }}
{{- end }}

{{/*
A line for each reserved name among a Service's labels and annotations.
@param service values.server.service
*/}}
{{ define "elsa.reservedInService" -}}
{{- include "elsa.reservedLabels" (dict "context" .context "labels" .service.labels "path" (printf "%s.service.labels" .path)) }}
{{- include "elsa.reservedAnnotations" (dict "context" .context "annotations" .service.annotations "path" (printf "%s.service.annotations" .path)) }}
{{- end }}

{{/*
A line for each variable of the server that the templates set. .NET ignores the case of most.
*/}}
{{ define "elsa.reservedVariables" -}}
{{- range $variable := .Values.server.env }}
{{- $name := $variable.name | lower }}
{{- if or (eq $name "identity__tokens__signingkey")
  (and (eq (include "elsa.program" $ | fromJson).identity "bootstrap-admin") (regexMatch "^identity__adminuser__(username|password)$" $name))
  (and (eq (include "elsa.program" $ | fromJson).identity "configured-users") (regexMatch "^identity__users__0__(name|hashedpassword|hashedpasswordsalt)$" $name)) }}
server.env	{{ $variable.name | quote }} comes from the Secret of secrets.identity; change it there
{{- else if regexMatch "^(connectionstrings__postgresql|postgresql_password)$" $name }}
server.env	{{ $variable.name | quote }} is made of database, postgresql and secrets.postgresql; change it there
{{- else if regexMatch "^(connectionstrings__sqlserver|sqlserver_password)$" $name }}
server.env	{{ $variable.name | quote }} is made of database, sqlserver and secrets.sqlserver; change it there
{{- else if regexMatch "^(connectionstrings__mysql|mysql_password)$" $name }}
server.env	{{ $variable.name | quote }} is made of database, mysql and secrets.mysql; change it there
{{- else if regexMatch "^(connectionstrings__redis|redis_password)$" $name }}
server.env	{{ $variable.name | quote }} is made of redis and secrets.redis; change it there
{{- else if regexMatch "^(connectionstrings__rabbitmq|rabbitmq_password)$" $name }}
server.env	{{ $variable.name | quote }} is made of rabbitmq and secrets.rabbitmq; change it there
{{- else if regexMatch "^(databaseprovider|connectionstrings__sqlite)$" $name }}
server.env	{{ $variable.name | quote }} follows database.provider; change it there
{{- else if and (eq (include "elsa.program" $ | fromJson).identity "configured-users") (regexMatch "^identity__applications__0__" $name) }}
server.env	{{ $variable.name | quote }} would let in again an application that the image ships; begin with the next number
{{- else if eq $name "runtime__distributedlocking__provider" }}
server.env	{{ $variable.name | quote }} follows locks.provider; change it there
{{- else if eq $name "cluster__replicas" }}
server.env	{{ $variable.name | quote }} follows server.replicaCount and server.autoscaling; change it there
{{- else if regexMatch "^(http__baseurl|backend__url)$" $name }}
server.env	{{ $variable.name | quote }} follows server.publicUrl and exposure; change it there
{{- else if eq $name "http__basepath" }}
server.env	{{ $variable.name | quote }} follows server.workflowsPath; change it there
{{- else if regexMatch "^(shutdown__(prestopdelay|draindeadline)|dotnet_shutdowntimeoutseconds)$" $name }}
server.env	{{ $variable.name | quote }} follows server.shutdown, like the grace period; change it there
{{- else if and (eq $.Values.openTelemetry.type "exporter") (regexMatch "^(pod_name|otel_(exporter_otlp_(endpoint|protocol)|service_name|resource_attributes|traces_sampler(_arg)?))$" $name) }}
server.env	{{ $variable.name | quote }} follows openTelemetry; change it there, or set openTelemetry.type to none and all of them yourself
{{- end }}
{{- range $user := (include "elsa.program" $ | fromJson).unusedUsers }}
{{- if hasPrefix (printf "identity__users__%s__" $user) $name }}
server.env	{{ $variable.name | quote }} would let in again a user whom the image ships; choose a number that it has not used
{{- end }}
{{- end }}
{{- end }}
{{- range $variable := .Values.studio.env }}
{{- if eq ($variable.name | lower) ((include "elsa.release" $ | fromJson).studio.backendUrlSetting | lower) }}
studio.env	{{ $variable.name | quote }} follows server.publicUrl and exposure; change it there
{{- end }}
{{- end }}
{{- range $variable := .Values.postgresql.env }}
{{- if regexMatch "^(POSTGRES_(PASSWORD|USER|DB|INITDB_ARGS)|ELSA_PASSWORD|PGDATA)$" $variable.name }}
postgresql.env	{{ $variable.name | quote }} would make another database than Elsa looks for; remove it, and see database and secrets.postgresql
{{- end }}
{{- end }}
{{- range $variable := .Values.redis.env }}
{{- if eq $variable.name "REDISCLI_AUTH" }}
redis.env	{{ $variable.name | quote }} comes from the Secret of secrets.redis; change it there
{{- end }}
{{- end }}
{{- range $variable := .Values.rabbitmq.env }}
{{- if eq $variable.name "RABBITMQ_CONFIG_FILE" }}
rabbitmq.env	{{ $variable.name | quote }} is set by the templates; remove it
{{- end }}
{{- end }}
{{- range $variable := .Values.backup.env }}
{{- if regexMatch "^(PG(HOST|PORT|DATABASE|USER|PASSWORD|SSLMODE|SSLROOTCERT|CONNECT_TIMEOUT)|PREFIX|DEADLINE_SECONDS|RETENTION_DAYS|RESTORE_FILE|STOP|TARGET|RCLONE_CONFIG.*|RCLONE_S3_NO_CHECK_BUCKET|AWS_ACCESS_KEY_ID|AWS_SECRET_ACCESS_KEY|SSL_CERT_DIR)$" $variable.name }}
backup.env	{{ $variable.name | quote }} is made of backup, s3, database and secrets; change it there
{{- end }}
{{- end }}
{{- range $variable := .Values.tests.env }}
{{- if regexMatch "^(SERVER|ADMIN_USER|ADMIN_PASSWORD)$" $variable.name }}
tests.env	{{ $variable.name | quote }} is set by the templates; choose another name
{{- end }}
{{- end }}
{{- end }}

{{/*
A line for each container of a user's that has the name of one of the jobs' own.
*/}}
{{ define "elsa.reservedStepNames" -}}
{{- range $container := .Values.backup.initContainers }}
{{- if regexMatch "^(test|fetch|restore)$" $container.name }}
backup.initContainers	{{ $container.name | quote }} is the name of a container of our own; choose another name
{{- end }}
{{- end }}
{{- range $container := .Values.backup.sidecars }}
{{- if regexMatch "^(dump|test|fetch|restore)$" $container.name }}
backup.sidecars	{{ $container.name | quote }} is the name of a container of our own; choose another name
{{- end }}
{{- end }}
{{- end }}
