{{/*
Configuration of PgBouncer that is no secret.
*/}}
{{ define "elsa.pgbouncerConfig" -}}
pgbouncer.ini: |
  [databases]
  {{ .Values.database.name }} = host={{ include "elsa.postgresqlHost" . }} port={{ include "elsa.postgresqlPort" . }} dbname={{ .Values.database.name }}

  [pgbouncer]
  listen_addr = *
  listen_port = 6432
  # No files, on a read-only root: the log goes to standard error.
  logfile =
  pidfile =
  unix_socket_dir =
  auth_type = scram-sha-256
  # An init container has written it, and whatever else is in /run/pgbouncer.
  auth_file = /run/pgbouncer/userlist.txt
  pool_mode = {{ .Values.pooling.poolMode }}
  {{- if eq .Values.pooling.poolMode "transaction" }}
  # Without it a statement that is prepared in one transaction is unknown in the next, which may have another connection.
  max_prepared_statements = 200
  {{- end }}
  max_client_conn = {{ int .Values.pooling.maxClientConnections }}
  # The first counts for each role, the second for all of them.
  default_pool_size = {{ int .Values.pooling.maxDatabaseConnections }}
  max_db_connections = {{ int .Values.pooling.maxDatabaseConnections }}
  # While PostgreSQL is away: seconds until the server is told so, and until the next attempt. The defaults, 120 and 15, are
  # beyond what readiness and callers wait for.
  query_wait_timeout = 10
  server_login_retry = 2
  # Some clients send it with each connection; any parameter that is neither known nor named here is refused.
  ignore_startup_parameters = extra_float_digits
  server_tls_sslmode = {{ include "elsa.postgresqlLibpqMode" . }}
  {{- if include "elsa.pgbouncerVerifies" . }}
  server_tls_ca_file = /run/pgbouncer/ca.crt
  {{- end }}
  {{- if .Values.pgbouncer.tlsSecretName }}
  client_tls_sslmode = require
  client_tls_cert_file = /etc/elsa/tls/tls.crt
  client_tls_key_file = /etc/elsa/tls/tls.key
  # Clients need no certificate. But it does not start without this file, or the public authorities that its image lacks.
  client_tls_ca_file = /etc/elsa/tls/ca.crt
  {{- end }}
  {{- if .Values.pgbouncer.metrics.enabled }}
  # May look, but not change anything.
  stats_users = stats
  {{- end }}
{{- end }}

{{/*
Whether PgBouncer verifies PostgreSQL's certificate: `yes`, or nothing.
*/}}
{{ define "elsa.pgbouncerVerifies" -}}
{{- if include "elsa.postgresqlLibpqMode" . | hasPrefix "verify" -}}
yes
{{- end -}}
{{ end }}

{{/*
The program itself: the image's entry point is a shell that keeps signals from it.
*/}}
{{ define "elsa.pgbouncerArguments" -}}
command: [/usr/bin/pgbouncer, /etc/pgbouncer/pgbouncer.ini]
{{- end }}

{{/*
A variable with the password of the user that reads statistics.
*/}}
{{ define "elsa.pgbouncerStatsPassword" -}}
{{ include "elsa.secretEnv" (dict "context" . "name" "STATS_PASSWORD" "secret" (include "elsa.secretName" (dict "context" . "secret" .Values.secrets.pgbouncer "id" "pgbouncer")) "key" .Values.secrets.pgbouncer.keys.statsPassword) }}
{{- end }}

{{/*
Writes what PgBouncer reads of the Secrets: passwords with their names, and all authorities in one file. What has changed
since counts when the pod is replaced.
*/}}
{{ define "elsa.pgbouncerInitContainers" -}}
- name: userlist
  image: {{ include "elsa.pgbouncerImage" . | quote }}
  imagePullPolicy: {{ .Values.pgbouncer.image.pullPolicy }}
  command: [sh, -euc]
  args:
    - |-
      umask 077
      # A line that PgBouncer cannot read would let nobody in, and it would run on all the same.
      check() {
        case $1 in
          '' | *[[:cntrl:]]*) echo "The password of $2 is empty or has control characters in it." >&2; exit 1 ;;
        esac
      }
      user() { printf '"%s" "%s"\n' "$2" "$(printf %s "$1" | sed 's/"/""/g')"; }
      check "$POSTGRESQL_PASSWORD" {{ .Values.database.userName }}
      user "$POSTGRESQL_PASSWORD" {{ .Values.database.userName }} >/run/pgbouncer/userlist.txt
      {{- if .Values.pgbouncer.metrics.enabled }}
      check "$STATS_PASSWORD" stats
      user "$STATS_PASSWORD" stats >>/run/pgbouncer/userlist.txt
      {{- end }}
      {{- if include "elsa.pgbouncerVerifies" . }}
      for file in /etc/elsa/ca/*; do cat "$file"; echo; done >/run/pgbouncer/ca.crt
      {{- end }}
  env:
    {{- include "elsa.postgresqlPassword" (dict "context" . "name" "POSTGRESQL_PASSWORD") | nindent 4 }}
    {{- if .Values.pgbouncer.metrics.enabled }}
    {{- include "elsa.pgbouncerStatsPassword" . | nindent 4 }}
    {{- end }}
  {{- include "elsa.containerLimits" (dict "context" . "w" .Values.pgbouncer) | nindent 2 }}
  volumeMounts:
    - name: run
      mountPath: /run/pgbouncer
    {{- if include "elsa.pgbouncerVerifies" . }}
    {{- include "elsa.caMount" . | nindent 4 }}
    {{- end }}
{{- end }}

{{/*
Port of PgBouncer's container.
*/}}
{{ define "elsa.pgbouncerPorts" -}}
- name: pgbouncer
  containerPort: 6432
  protocol: TCP
{{- end }}

{{/*
Whether it accepts connections; nothing about PostgreSQL, whose outage no restart of PgBouncer heals.
*/}}
{{ define "elsa.pgbouncerProbe" -}}
tcpSocket:
  port: pgbouncer
periodSeconds: 10
timeoutSeconds: 3
failureThreshold: {{ .failures }}
{{- end }}

{{/*
Lets running transactions end. SIGTERM, which comes when this is over, cuts those that remain.
*/}}
{{ define "elsa.pgbouncerPreStop" -}}
exec:
  command:
    - sh
    - -c
    # By then no new connections come. After SIGINT it ends with the last transaction, in session mode with the last client.
    - sleep 5; kill -INT 1; sleep {{ int .Values.pgbouncer.shutdown.drainSeconds }}
{{- end }}

{{/*
Mounts of PgBouncer: it writes nowhere.
*/}}
{{ define "elsa.pgbouncerMounts" -}}
- name: config
  mountPath: /etc/pgbouncer
  readOnly: true
- name: run
  mountPath: /run/pgbouncer
  readOnly: true
{{- if .Values.pgbouncer.tlsSecretName }}
- name: tls
  mountPath: /etc/elsa/tls
  readOnly: true
{{- end }}
{{- end }}

{{/*
Volumes of PgBouncer's pods.
*/}}
{{ define "elsa.pgbouncerVolumes" -}}
- name: config
  configMap:
    name: {{ include "elsa.fullname" . }}-pgbouncer
- name: run
  emptyDir:
    medium: Memory
    sizeLimit: 1Mi
{{- if include "elsa.pgbouncerVerifies" . }}
{{ include "elsa.caVolume" (dict "context" . "sources" (include "elsa.databaseCaSources" .)) }}
{{- end }}
{{- with .Values.pgbouncer.tlsSecretName }}
- name: tls
  secret:
    secretName: {{ . | quote }}
{{- end }}
{{- end }}

{{/*
The exporter beside PgBouncer, or nothing. It connects inside the pod, so it does not verify the certificate there.
*/}}
{{ define "elsa.pgbouncerSidecars" -}}
{{- if .Values.pgbouncer.metrics.enabled -}}
{{ include "elsa.exporter" (dict "context" .
  "metrics" .Values.pgbouncer.metrics
  "image" (include "elsa.pgbouncerExporterImage" .)
  "arguments" ""
  "env" (include "elsa.pgbouncerExporterEnv" .)
  "port" 9127
) }}
{{- end -}}
{{ end }}

{{/*
Variables of the exporter.
*/}}
{{ define "elsa.pgbouncerExporterEnv" -}}
{{ include "elsa.pgbouncerStatsPassword" . }}
- name: PGBOUNCER_EXPORTER_CONNECTION_STRING
  value: postgres://stats:$(STATS_PASSWORD)@127.0.0.1:6432/pgbouncer?sslmode={{ ternary "require" "disable" (ne .Values.pgbouncer.tlsSecretName "") }}
{{- end }}
