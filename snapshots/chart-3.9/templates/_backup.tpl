{{/*
What a program of PostgreSQL needs to reach Elsa's database as Elsa's role, past any pooler.
*/}}
{{ define "elsa.backupDatabaseEnv" -}}
- name: PGHOST
  value: {{ include "elsa.postgresqlHost" . | quote }}
- name: PGPORT
  value: {{ include "elsa.postgresqlPort" . | quote }}
- name: PGDATABASE
  value: {{ .Values.database.name | quote }}
- name: PGUSER
  value: {{ .Values.database.userName | quote }}
{{ include "elsa.postgresqlPassword" (dict "context" . "name" "PGPASSWORD") }}
- name: PGSSLMODE
  value: {{ include "elsa.postgresqlLibpqMode" . }}
{{- if include "elsa.databaseCaSources" . }}
# One file for all authorities, which the script makes.
- name: PGSSLROOTCERT
  value: /scratch/ca.crt
{{- end }}
- name: PGCONNECT_TIMEOUT
  value: "15"
{{- end }}

{{/*
How dumps are named, and how long a run may take.
*/}}
{{ define "elsa.backupEnv" -}}
- name: PREFIX
  value: {{ include "elsa.fullname" . | quote }}
- name: DEADLINE_SECONDS
  value: {{ int .Values.backup.deadlineSeconds | quote }}
{{- end }}

{{/*
Address of a storage that is not Amazon's.
*/}}
{{ define "elsa.s3Endpoint" -}}
{{ .Values.s3.endpoint }}:{{ int .Values.s3.port }}
{{- end }}

{{/*
Configuration of rclone, which needs no file.
*/}}
{{ define "elsa.backupStorageEnv" -}}
- name: TARGET
  value: {{ printf "s3:%s/%s" .Values.s3.bucket .Values.s3.prefix | trimSuffix "/" | quote }}
- name: RCLONE_CONFIG
  value: /dev/null
- name: RCLONE_CONFIG_S3_TYPE
  value: s3
- name: RCLONE_CONFIG_S3_PROVIDER
  value: {{ ternary "Other" "AWS" (ne .Values.s3.endpoint "") }}
{{- if .Values.s3.endpoint }}
- name: RCLONE_CONFIG_S3_ENDPOINT
  value: {{ include "elsa.s3Endpoint" . | quote }}
{{- end }}
{{- with .Values.s3.region }}
- name: RCLONE_CONFIG_S3_REGION
  value: {{ . | quote }}
{{- end }}
- name: RCLONE_CONFIG_S3_ENV_AUTH
  value: "true"
# The bucket is there: no right to make one is needed.
- name: RCLONE_S3_NO_CHECK_BUCKET
  value: "true"
{{- if eq .Values.s3.credentials "secret" }}
{{- $secret := include "elsa.secretName" (dict "context" . "secret" .Values.secrets.s3 "id" "s3") }}
{{ include "elsa.secretEnv" (dict "context" . "name" "AWS_ACCESS_KEY_ID" "secret" $secret "key" .Values.secrets.s3.keys.accessKeyId) }}
{{ include "elsa.secretEnv" (dict "context" . "name" "AWS_SECRET_ACCESS_KEY" "secret" $secret "key" .Values.secrets.s3.keys.secretAccessKey) }}
{{- end }}
{{- if .Values.caBundle.secretName }}
# Beside the image's own authorities.
- name: SSL_CERT_DIR
  value: /etc/elsa/ca
{{- end }}
{{- end }}

{{/*
Mounts of our containers of both jobs. `writes` says whether they may write dumps.
*/}}
{{ define "elsa.backupMounts" -}}
- name: scripts
  mountPath: /etc/elsa/backup
  readOnly: true
- name: backup
  mountPath: /backup
  {{- if not .writes }}
  readOnly: true
  {{- end }}
- name: scratch
  mountPath: /scratch
{{- if include "elsa.databaseCaSources" .context }}
{{ include "elsa.caMount" .context }}
{{- end }}
{{- end }}

{{/*
Volumes of both jobs' pods. `writes` says whether dumps may be written.
*/}}
{{ define "elsa.backupVolumes" -}}
- name: scripts
  configMap:
    name: {{ include "elsa.fullname" .context }}-backup
- name: backup
  {{- if eq .context.Values.backup.type "volume" }}
  persistentVolumeClaim:
    claimName: {{ .context.Values.backup.persistence.existingClaim | default (printf "%s-backup" (include "elsa.fullname" .context)) | quote }}
    {{- if not .writes }}
    readOnly: true
    {{- end }}
  {{- else }}
  emptyDir:
    sizeLimit: {{ toJson .context.Values.backup.scratchSize }}
  {{- end }}
- name: scratch
  emptyDir:
    sizeLimit: {{ toJson .context.Values.backup.scratchSize }}
{{- if include "elsa.databaseCaSources" .context }}
{{ include "elsa.caVolume" (dict "context" .context "sources" (include "elsa.databaseCaSources" .context)) }}
{{- end }}
{{- end }}

{{/*
An init container that runs one of the scripts with PostgreSQL's programs.
*/}}
{{ define "elsa.backupPostgresqlStep" -}}
- name: {{ .name }}
  image: {{ include "elsa.postgresqlImage" .context | quote }}
  imagePullPolicy: {{ .context.Values.postgresql.image.pullPolicy }}
  command: [bash, /etc/elsa/backup/{{ .name }}.sh]
  {{- with .env }}
  env:
    {{- . | nindent 4 }}
  {{- end }}
  {{- include "elsa.containerLimits" (dict "context" .context "w" .context.Values.backup) | nindent 2 }}
  volumeMounts:
    {{- include "elsa.backupMounts" (dict "context" .context "writes" true) | nindent 4 }}
{{- end }}

{{/*
Makes a dump and, if asked to, restores it into a database of its own, before it is kept.
*/}}
{{ define "elsa.backupInitContainers" -}}
{{ include "elsa.backupPostgresqlStep" (dict "context" . "name" "dump" "env" (printf "%s\n%s" (include "elsa.backupEnv" .) (include "elsa.backupDatabaseEnv" .))) }}
{{- if .Values.backup.restoreTest }}
{{ include "elsa.backupPostgresqlStep" (dict "context" . "name" "test" "env" "") }}
{{- end }}
{{- end }}

{{/*
Brings a dump from the storage.
*/}}
{{ define "elsa.restoreInitContainers" -}}
{{- if eq .Values.backup.type "s3" -}}
- name: fetch
  image: {{ include "elsa.rcloneImage" . | quote }}
  imagePullPolicy: {{ .Values.backup.image.pullPolicy }}
  command: [sh, /etc/elsa/backup/fetch.sh]
  env:
    {{- include "elsa.restoreEnv" . | nindent 4 }}
    {{- include "elsa.backupStorageEnv" . | nindent 4 }}
  {{- include "elsa.containerLimits" (dict "context" . "w" .Values.backup) | nindent 2 }}
  volumeMounts:
    {{- include "elsa.backupMounts" (dict "context" . "writes" true) | nindent 4 }}
{{- end -}}
{{ end }}

{{/*
Which dump to restore.
*/}}
{{ define "elsa.restoreEnv" -}}
- name: PREFIX
  value: {{ include "elsa.fullname" . | quote }}
# Empty means the newest.
- name: RESTORE_FILE
  value: {{ .Values.backup.restoreFile | quote }}
{{- end }}

{{/*
How to end all of Elsa's sessions, for whoever has forgotten it.
*/}}
{{ define "elsa.restoreAdvice" -}}
kubectl --namespace {{ .Release.Namespace }} scale deployment/{{ include "elsa.fullname" . }}-server --replicas=0
{{- if eq .Values.pooling.type "pgbouncer" }}
kubectl --namespace {{ .Release.Namespace }} scale deployment/{{ include "elsa.fullname" . }}-pgbouncer --replicas=0
{{- end }}
{{- end }}

{{/*
What both CronJobs say about their runs.
*/}}
{{ define "elsa.backupPolicy" -}}
concurrencyPolicy: Forbid
successfulJobsHistoryLimit: 3
failedJobsHistoryLimit: 3
{{- end }}

{{/*
The main container of the backup: it carries the dump away, or gives it its name on the volume.
*/}}
{{ define "elsa.backupImage" -}}
{{- if eq .Values.backup.type "s3" -}}
{{ include "elsa.rcloneImage" . }}
{{- else -}}
{{ include "elsa.postgresqlImage" . }}
{{- end -}}
{{ end }}

{{/*
What it runs.
*/}}
{{ define "elsa.backupArguments" -}}
{{- if eq .Values.backup.type "s3" -}}
command: [sh, /etc/elsa/backup/upload.sh]
{{- else -}}
command: [bash, /etc/elsa/backup/keep.sh]
{{- end -}}
{{ end }}

{{/*
Its variables.
*/}}
{{ define "elsa.backupMainEnv" -}}
- name: PREFIX
  value: {{ include "elsa.fullname" . | quote }}
- name: RETENTION_DAYS
  value: {{ int .Values.backup.retentionDays | quote }}
{{- if eq .Values.backup.type "s3" }}
{{ include "elsa.backupStorageEnv" . }}
{{- end }}
{{- end }}

{{/*
Variables of the restore.
*/}}
{{ define "elsa.restoreMainEnv" -}}
{{ include "elsa.restoreEnv" . }}
- name: STOP
  value: {{ include "elsa.restoreAdvice" . | quote }}
{{ include "elsa.backupDatabaseEnv" . }}
{{- end }}

{{/*
The ways of one job's pods: to PostgreSQL, and to the storage.
*/}}
{{ define "elsa.backupEgress" -}}
podSelector:
  matchLabels:
    {{- include "elsa.selectorLabels" (dict "context" .context "component" .component) | nindent 4 }}
policyTypes: [Egress]
egress:
  {{- include "elsa.postgresqlEgress" .context | nindent 2 }}
  {{- if eq .context.Values.backup.type "s3" }}
  {{- include "elsa.storageEgress" .context | nindent 2 }}
  {{- end }}
{{- end }}

{{/*
Ways to the storage, and to whoever hands out credentials for an identity. A policy knows no host names, so of any address.
*/}}
{{ define "elsa.storageEgress" -}}
{{- $port := ternary (int .Values.s3.port) 443 (ne .Values.s3.endpoint "") -}}
{{ include "elsa.externalEgress" (dict "context" . "port" $port) }}
{{- if eq .Values.s3.credentials "identity" }}
{{- if ne $port 443 }}
{{ include "elsa.externalEgress" (dict "context" . "port" 443) }}
{{- end }}
# The agent of EKS Pod Identity.
- to:
    - ipBlock:
        cidr: 169.254.170.23/32
    - ipBlock:
        cidr: "fd00:ec2::23/128"
  ports:
    {{- include "elsa.policyPort" (dict "context" . "port" 80) | nindent 4 }}
{{- end }}
{{- end }}
