{{/*
Where the volume is mounted. From 18 on the image keeps each major version in a folder of its own below it, and refuses to
start with a volume at the old place.
*/}}
{{ define "elsa.postgresqlMount" -}}
{{ ternary "/var/lib/postgresql" "/var/lib/postgresql/data" (eq .Values.postgresql.version "18") }}
{{- end }}

{{/*
Marks a volume whose first start has not come to its end: the image takes whatever it finds then for a finished database.
*/}}
{{ define "elsa.postgresqlMark" -}}
{{ include "elsa.postgresqlMount" . }}/.initializing
{{- end }}

{{/*
Files of PostgreSQL that are no secret.
*/}}
{{ define "elsa.postgresqlConfig" -}}
postgresql.conf: |
  listen_addresses = '*'
  port = 5432
  unix_socket_directories = '/var/run/postgresql'
  hba_file = '/etc/postgresql/pg_hba.conf'
  password_encryption = 'scram-sha-256'
  max_connections = {{ int .Values.postgresql.maxConnections }}
  # A quarter of the default memory limit. For another one: postgresql.args, where `-c shared_buffers=...` wins.
  shared_buffers = 256MB
  # A node that offers huge pages gives none to a pod that has not asked for them: Bus error.
  huge_pages = off
  # No logging_collector: the log goes to standard error, and from there to the cluster's logs.
  log_line_prefix = '%m [%p] %q%u@%d '
  log_lock_waits = on
  {{- if .Values.postgresql.tlsSecretName }}
  ssl = on
  ssl_cert_file = '/etc/elsa/tls/tls.crt'
  ssl_key_file = '/etc/elsa/tls/tls.key'
  {{- end }}
pg_hba.conf: |
  # Passwords for everybody, also inside the pod: what initdb writes trusts every container of it.
  {{- if .Values.postgresql.tlsSecretName }}
  # No line lets in a connection without TLS.
  {{- end }}
  # TYPE  DATABASE  USER  ADDRESS  METHOD
  local   all       all            scram-sha-256
  {{- if .Values.postgresql.tlsSecretName }}
  hostssl all       all   all      scram-sha-256
  {{- else }}
  host    all       all   all      scram-sha-256
  {{- end }}
init.sh: |
  # shellcheck shell=bash
  # The image runs this once, on an empty volume, before the server can be reached: Elsa's role and the database that it
  # owns. The role may do anything in there, and nothing elsewhere.
  psql --no-psqlrc --set ON_ERROR_STOP=1 --username postgres --dbname postgres \
    --set owner={{ .Values.database.userName }} --set database={{ .Values.database.name }} <<'SQL'
  \getenv password ELSA_PASSWORD
  -- A statement that fails is logged, and this one holds the password.
  SET log_min_error_statement = panic;
  CREATE ROLE :"owner" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'password';
  CREATE DATABASE :"database" OWNER :"owner";
  REVOKE CONNECT, TEMPORARY ON DATABASE :"database" FROM PUBLIC;
  SQL
  rm -f {{ include "elsa.postgresqlMark" . }}
{{- end }}

{{/*
Where the data are. The image of 18 knows; before it they must not be in the root of the volume, where lost+found is.
*/}}
{{ define "elsa.postgresqlData" -}}
{{- if ne .Values.postgresql.version "18" -}}
- name: PGDATA
  value: {{ include "elsa.postgresqlMount" . }}/pgdata
{{- end -}}
{{ end }}

{{/*
Options of initdb. Checksums find what a disk has broken, and a collation of PostgreSQL's own cannot change with the image,
as libc's does with its Debian release, which breaks indexes; 16 has C alone.
*/}}
{{ define "elsa.postgresqlInitdb" -}}
--auth-local=scram-sha-256 --auth-host=scram-sha-256 --data-checksums --set=huge_pages=off --encoding=UTF8
{{- if eq .Values.postgresql.version "16" }} --locale=C{{ else }} --locale-provider=builtin --builtin-locale=C.UTF-8{{ end -}}
{{ end }}

{{/*
Variables of PostgreSQL; the image reads them on an empty volume only. Later a password is changed by ALTER ROLE, and the
Secret after it.
*/}}
{{ define "elsa.postgresqlEnv" -}}
{{- $secret := include "elsa.secretName" (dict "context" . "secret" .Values.secrets.postgresql "id" "postgresql") -}}
{{ include "elsa.secretEnv" (dict "context" . "name" "POSTGRES_PASSWORD" "secret" $secret "key" .Values.secrets.postgresql.keys.superuserPassword) }}
{{ include "elsa.secretEnv" (dict "context" . "name" "ELSA_PASSWORD" "secret" $secret "key" .Values.secrets.postgresql.keys.password) }}
- name: POSTGRES_INITDB_ARGS
  value: {{ include "elsa.postgresqlInitdb" . | quote }}
{{- if ne .Values.postgresql.version "18" }}
{{ include "elsa.postgresqlData" . }}
{{- end }}
{{- if not .Values.pods.userIds }}
# initdb wants a name for its user, and the image needs a place to write one down.
- name: TMPDIR
  value: /dev/shm
{{- end }}
{{- end }}

{{/*
Refuses a volume that the image would spoil or ignore: 18 makes a new, empty database beside the data of 17.
*/}}
{{ define "elsa.postgresqlInitContainers" -}}
{{- $claim := printf "data-%s-postgresql-0" (include "elsa.fullname" .) -}}
- name: guard
  image: {{ include "elsa.postgresqlImage" . | quote }}
  imagePullPolicy: {{ .Values.postgresql.image.pullPolicy }}
  command: [sh, -euc]
  args:
    - |-
      mount={{ include "elsa.postgresqlMount" . }}
      mark={{ include "elsa.postgresqlMark" . }}
      fail() { printf '%s\n' "$@" >&2; exit 1; }

      [ "$PG_MAJOR" = {{ .Values.postgresql.version }} ] ||
        fail "postgresql.version is {{ .Values.postgresql.version }}, but postgresql.image is PostgreSQL $PG_MAJOR. Set them alike."

      if [ -e "$mark" ] && [ -n "$(ls -A "$PGDATA" 2>/dev/null || true)" ]; then
        fail "The first start on this volume was interrupted. The database of Elsa was never made, so nothing is lost:" \
          "delete the claim {{ $claim }} and this pod."
      fi
      if [ -s "$PGDATA/PG_VERSION" ] && [ "$(cat "$PGDATA/PG_VERSION")" = "$PG_MAJOR" ]; then
        echo "The volume holds PostgreSQL $PG_MAJOR."
        exit 0
      fi
      # Errors are those of lost+found, which only root may read.
      found=$(find "$mount" -maxdepth 3 -name PG_VERSION 2>/dev/null || true)
      if [ -n "$found" ]; then
        old=$(printf '%s\n' "$found" | head -n 1 | xargs cat)
        fail "The volume holds a database of PostgreSQL $old, the image is $PG_MAJOR. Nothing was changed." \
          "To go on with it, set postgresql.version to \"$old\"." \
          "To upgrade: while $old runs, dump the database with the newer version's pg_dump; delete the claim {{ $claim }}" \
          "and this pod; start $PG_MAJOR, and restore the dump into it."
      fi
      echo "The volume is empty: the first start of PostgreSQL $PG_MAJOR."
      touch "$mark"
  {{- if ne .Values.postgresql.version "18" }}
  env:
    {{- include "elsa.postgresqlData" . | nindent 4 }}
  {{- end }}
  {{- include "elsa.containerLimits" (dict "context" . "w" .Values.postgresql) | nindent 2 }}
  volumeMounts:
    - name: data
      mountPath: {{ include "elsa.postgresqlMount" . }}
{{- end }}

{{/*
Arguments of the image's entry point, which makes a database on an empty volume and then becomes the server.
*/}}
{{ define "elsa.postgresqlArguments" -}}
args: [-c, config_file=/etc/postgresql/postgresql.conf]
{{- end }}

{{/*
Port of PostgreSQL's container.
*/}}
{{ define "elsa.postgresqlPorts" -}}
- name: postgresql
  containerPort: 5432
  protocol: TCP
{{- end }}

{{/*
Asks whether PostgreSQL accepts connections, without a password and without taking one: a query would fail when all are in
use. Over TCP, which it does not serve while it sets itself up.
*/}}
{{ define "elsa.postgresqlAsk" -}}
pg_isready -h 127.0.0.1 -U {{ .Values.database.userName }} -d {{ .Values.database.name }}
{{- end }}

{{/*
Ten minutes to make the database, or to recover. If making it was interrupted, the image would start a server without
Elsa's role on the next attempt.
*/}}
{{ define "elsa.postgresqlStartup" -}}
exec:
  command:
    - sh
    - -c
    - |-
      if [ -e {{ include "elsa.postgresqlMark" . }} ]; then echo "the database of Elsa is not made yet"; exit 1; fi
      exec {{ include "elsa.postgresqlAsk" . }}
periodSeconds: 10
timeoutSeconds: 5
failureThreshold: 60
{{- end }}

{{/*
No answer for three minutes. A server that answers "not now" (1) is recovering or stopping: killing it does not help.
*/}}
{{ define "elsa.postgresqlLiveness" -}}
exec:
  command:
    - sh
    - -c
    - {{ printf "%s; test $? -lt 2" (include "elsa.postgresqlAsk" .) | quote }}
periodSeconds: 30
timeoutSeconds: 5
failureThreshold: 6
{{- end }}

{{/*
Whether it accepts connections.
*/}}
{{ define "elsa.postgresqlReadiness" -}}
exec:
  command: [pg_isready, -h, 127.0.0.1, -U, {{ .Values.database.userName | quote }}, -d, {{ .Values.database.name | quote }}]
periodSeconds: 10
timeoutSeconds: 5
failureThreshold: 3
{{- end }}

{{/*
Mounts of PostgreSQL.
*/}}
{{ define "elsa.postgresqlMounts" -}}
- name: data
  mountPath: {{ include "elsa.postgresqlMount" . }}
- name: config
  mountPath: /etc/postgresql
  readOnly: true
- name: init
  mountPath: /docker-entrypoint-initdb.d
  readOnly: true
- name: run
  mountPath: /var/run/postgresql
- name: shm
  mountPath: /dev/shm
{{- if .Values.postgresql.tlsSecretName }}
{{ include "elsa.tlsMount" . }}
{{- end }}
{{- end }}

{{/*
Volumes of PostgreSQL's pod beside the claim.
*/}}
{{ define "elsa.postgresqlVolumes" -}}
- name: config
  configMap:
    name: {{ include "elsa.fullname" . }}-postgresql
    items:
      - key: postgresql.conf
        path: postgresql.conf
      - key: pg_hba.conf
        path: pg_hba.conf
- name: init
  configMap:
    name: {{ include "elsa.fullname" . }}-postgresql
    items:
      - key: init.sh
        path: init.sh
- name: run
  emptyDir:
    sizeLimit: 16Mi
# Parallel queries meet here; the runtime's own 64 MiB are too few. Counts as memory of the container.
- name: shm
  emptyDir:
    medium: Memory
    sizeLimit: 256Mi
{{- if .Values.postgresql.tlsSecretName }}
{{ include "elsa.tlsVolume" (dict "context" . "secret" .Values.postgresql.tlsSecretName) }}
{{- end }}
{{- end }}
