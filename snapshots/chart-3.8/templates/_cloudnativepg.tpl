{{/*
Whether the CloudNativePG operator runs PostgreSQL: `yes`, or nothing.
*/}}
{{ define "elsa.cloudnativepg" -}}
{{- if and (eq .Values.database.provider "PostgreSql") (eq .Values.postgresql.mode "cloudnativepg") -}}
yes
{{- end -}}
{{ end }}

{{/*
What selects the servers of the cluster. Its poolers and the jobs that make new servers have the first label too.
*/}}
{{ define "elsa.cloudnativepgLabels" -}}
cnpg.io/cluster: {{ include "elsa.fullname" . }}-postgresql
cnpg.io/podRole: instance
{{- end }}

{{/*
How the operator makes the database. A collation of PostgreSQL's own cannot change with the image, as libc's does with its
Debian release, which breaks indexes; 16 has C alone.
*/}}
{{ define "elsa.cloudnativepgInitdb" -}}
database: {{ .Values.database.name | quote }}
# Owns it, and so may make schemas and tables; no more. The password is the operator's, in a Secret.
owner: {{ .Values.database.userName | quote }}
encoding: UTF8
{{- if ne .Values.postgresql.version "16" }}
localeProvider: builtin
builtinLocale: C.UTF-8
{{- end }}
dataChecksums: true
{{- end }}

{{/*
Settings of PostgreSQL, which the operator wants as strings.
*/}}
{{ define "elsa.cloudnativepgParameters" -}}
max_connections: {{ int .Values.postgresql.maxConnections | quote }}
{{- if not (hasKey .Values.cloudnativepg.parameters "shared_buffers") }}
# A quarter of the default memory limit.
shared_buffers: 256MB
{{- end }}
{{- range $name, $value := .Values.cloudnativepg.parameters }}
{{ $name | quote }}: {{ $value | quote }}
{{- end }}
{{- end }}

{{/*
The volume of a server, for data or the write-ahead log. The operator wants sizes as strings.
*/}}
{{ define "elsa.cloudnativepgStorage" -}}
{{- $class := include "elsa.storageClass" (dict "context" .context "own" .context.Values.postgresql.persistence.storageClass "tier" "fast") -}}
size: {{ .size | replace `"` "" | quote }}
{{- if $class }}
storageClass: {{ $class | quote }}
{{- end }}
{{- end }}

{{/*
Where the servers may stand.
*/}}
{{ define "elsa.cloudnativepgAffinity" -}}
{{- if eq .Values.cloudnativepg.spread "none" -}}
enablePodAntiAffinity: false
{{- else -}}
podAntiAffinityType: {{ .Values.cloudnativepg.spread }}
topologyKey: kubernetes.io/hostname
{{- end }}
{{- with .Values.postgresql.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.postgresql.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- $spot := include "elsa.spotAffinity" (dict "context" . "component" "postgresql") }}
{{- if .Values.postgresql.affinity.nodeAffinity }}
nodeAffinity:
  {{- toYaml .Values.postgresql.affinity.nodeAffinity | nindent 2 }}
{{- else if $spot }}
nodeAffinity:
  {{- $spot | nindent 2 }}
{{- end }}
{{- with .Values.postgresql.affinity.podAffinity }}
additionalPodAffinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.postgresql.affinity.podAntiAffinity }}
additionalPodAntiAffinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{/*
How the servers spread over zones; over nodes they do by their affinity.
*/}}
{{ define "elsa.cloudnativepgSpread" -}}
{{- if ne .Values.cloudnativepg.spread "none" -}}
{{ include "elsa.operatedSpread" (dict "context" . "topology" "topology.kubernetes.io/zone" "how" .Values.cloudnativepg.spread "labels" (include "elsa.cloudnativepgLabels" .)) }}
{{- end -}}
{{ end }}

{{/*
Where base backups and the write-ahead log go.
*/}}
{{ define "elsa.cloudnativepgStore" -}}
{{- $secret := include "elsa.secretName" (dict "context" . "secret" .Values.secrets.s3 "id" "s3") -}}
destinationPath: {{ printf "s3://%s%s" .Values.s3.bucket (ternary (printf "/%s" .Values.s3.prefix) "" (ne .Values.s3.prefix "")) | quote }}
{{- if .Values.s3.endpoint }}
endpointURL: {{ include "elsa.s3Endpoint" . | quote }}
{{- end }}
s3Credentials:
  {{- if eq .Values.s3.credentials "identity" }}
  inheritFromIAMRole: true
  {{- else }}
  accessKeyId:
    name: {{ $secret | quote }}
    key: {{ .Values.secrets.s3.keys.accessKeyId | quote }}
  secretAccessKey:
    name: {{ $secret | quote }}
    key: {{ .Values.secrets.s3.keys.secretAccessKey | quote }}
  {{- end }}
wal:
  compression: gzip
data:
  compression: gzip
{{- end }}

{{/*
The plugin's container beside each server: without this it would have neither requests nor limits.
*/}}
{{ define "elsa.cloudnativepgSidecar" -}}
resources:
  requests:
    cpu: {{ ternary "100m" "50m" (eq .Values.pods.qualityOfService "Guaranteed") | quote }}
    memory: {{ ternary "512Mi" "128Mi" (eq .Values.pods.qualityOfService "Guaranteed") | quote }}
  limits:
    {{- if eq .Values.pods.qualityOfService "Guaranteed" }}
    cpu: 100m
    {{- end }}
    memory: 512Mi
{{- if or .Values.s3.region .Values.s3.endpoint }}
env:
  {{- with .Values.s3.region }}
  - name: AWS_DEFAULT_REGION
    value: {{ . | quote }}
  {{- end }}
  {{- if .Values.s3.endpoint }}
  # Other storages than Amazon's refuse the checksums that its library adds unasked.
  - name: AWS_REQUEST_CHECKSUM_CALCULATION
    value: when_required
  - name: AWS_RESPONSE_CHECKSUM_VALIDATION
    value: when_required
  {{- end }}
{{- end }}
{{- end }}

{{/*
Settings of the operator's PgBouncer, which it wants as strings; the others are its own.
*/}}
{{ define "elsa.cloudnativepgPoolerParameters" -}}
max_client_conn: {{ int .Values.pooling.maxClientConnections | quote }}
# The first counts for each role, the second for all of them.
default_pool_size: {{ int .Values.pooling.maxDatabaseConnections | quote }}
max_db_connections: {{ int .Values.pooling.maxDatabaseConnections | quote }}
{{- if eq .Values.pooling.poolMode "transaction" }}
# Without it a statement that is prepared in one transaction is unknown in the next, which may have another connection.
max_prepared_statements: "200"
{{- end }}
# While PostgreSQL is away: seconds until the server is told so, and until the next attempt.
query_wait_timeout: "10"
server_login_retry: "2"
{{- end }}

{{/*
The pods of the operator's PgBouncer. They do not get our labels: our policies would cut them from the Kubernetes API, which
the operator's program in them calls.
*/}}
{{ define "elsa.cloudnativepgPoolerPod" -}}
metadata:
  labels:
    app.kubernetes.io/part-of: elsa
    {{- range $key, $value := .Values.pgbouncer.podLabels }}
    {{ $key | quote }}: {{ $value | quote }}
    {{- end }}
  {{- $hints := include "elsa.evictionHints" (dict "context" . "component" "pgbouncer") }}
  {{- if or $hints .Values.pgbouncer.podAnnotations }}
  annotations:
    {{- if $hints }}
    {{- $hints | nindent 4 }}
    {{- end }}
    {{- with .Values.pgbouncer.podAnnotations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- end }}
spec:
  {{- if .Values.imagePullSecrets }}
  imagePullSecrets:
    {{- range $secret := .Values.imagePullSecrets }}
    - name: {{ $secret | quote }}
    {{- end }}
  {{- end }}
  securityContext:
    runAsNonRoot: true
    {{- if .Values.pods.userIds }}
    runAsUser: 998
    runAsGroup: 996
    {{- end }}
    seccompProfile:
      type: RuntimeDefault
  {{- $priority := include "elsa.priorityClass" (dict "context" . "own" .Values.pgbouncer.priorityClassName "component" "pgbouncer") }}
  {{- if $priority }}
  priorityClassName: {{ $priority | quote }}
  {{- end }}
  {{- with .Values.pgbouncer.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .Values.pgbouncer.tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- if or .Values.pgbouncer.affinity (include "elsa.spotAffinity" (dict "context" . "component" "pgbouncer")) }}
  {{- include "elsa.affinity" (dict "context" . "w" .Values.pgbouncer "component" "pgbouncer") | nindent 2 }}
  {{- end }}
  {{- if or (ne .Values.pgbouncer.spread "none") .Values.pgbouncer.topologySpreadConstraints }}
  topologySpreadConstraints:
    {{- if ne .Values.pgbouncer.spread "none" }}
    {{- $selected := printf "cnpg.io/poolerName: %s-pooler" (include "elsa.fullname" .) }}
    {{- include "elsa.operatedSpread" (dict "context" . "topology" "topology.kubernetes.io/zone" "how" .Values.pgbouncer.spread "labels" $selected) | nindent 4 }}
    {{- include "elsa.operatedSpread" (dict "context" . "topology" "kubernetes.io/hostname" "how" .Values.pgbouncer.spread "labels" $selected) | nindent 4 }}
    {{- end }}
    {{- with .Values.pgbouncer.topologySpreadConstraints }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- end }}
  containers:
    - name: pgbouncer
      # The operator's own choice, 1.25.1, is crashed by a packet of somebody who need not log in (CVE-2026-6664).
      image: {{ include "elsa.pgbouncerImage" . | quote }}
      imagePullPolicy: {{ .Values.pgbouncer.image.pullPolicy }}
      {{- include "elsa.containerLimits" (dict "context" . "w" .Values.pgbouncer) | nindent 6 }}
{{- end }}
