{{/*
The scripts of both jobs. They take what they need from variables, and hand the dump's name on in /scratch/name.
*/}}
{{ define "elsa.backupScripts" -}}
dump.sh: |
  {{- include "elsa.dumpScript" . | nindent 2 }}
{{- if .Values.backup.restoreTest }}
test.sh: |
  {{- include "elsa.restoreTestScript" . | nindent 2 }}
{{- end }}
{{- if eq .Values.backup.type "s3" }}
upload.sh: |
  {{- include "elsa.uploadScript" . | nindent 2 }}
fetch.sh: |
  {{- include "elsa.fetchScript" . | nindent 2 }}
{{- else }}
keep.sh: |
  {{- include "elsa.keepScript" . | nindent 2 }}
{{- end }}
restore.sh: |
  {{- include "elsa.restoreScript" . | nindent 2 }}
{{- end }}

{{/*
How each script of PostgreSQL's image begins.
*/}}
{{ define "elsa.scriptHead" -}}
set -euo pipefail
umask 027
fail() { printf '%s\n' "$@" >&2; exit 1; }
# As the first process of its container it would ignore the signal otherwise.
trap 'exit 143' TERM
{{- end }}

{{/*
Majors of client and server, for the sentences about them. libpq takes one file of authorities.
*/}}
{{ define "elsa.scriptConnection" -}}
if [ -d /etc/elsa/ca ]; then cat /etc/elsa/ca/* >/scratch/ca.crt; fi
ask() { psql --no-psqlrc --quiet --no-align --tuples-only --set ON_ERROR_STOP=1 --command "$1"; }
client=$(pg_dump --version | sed 's/^[^)]*) \([0-9]*\).*/\1/')
server=$(ask 'SHOW server_version_num') || fail "Database $PGDATABASE at $PGHOST does not let $PGUSER in."
server=$((server / 10000))
{{- end }}

{{/*
Dumps to a hidden file.
*/}}
{{ define "elsa.dumpScript" -}}
# shellcheck shell=bash
# Dumps Elsa's database to a hidden file, which counts only when a later step gives it its name.
{{ include "elsa.scriptHead" . }}

# What killed runs have left: older than a run can get.
find /backup -maxdepth 1 -type f -name ".$PREFIX-????????T??????Z.dump*" -mmin "+$((DEADLINE_SECONDS / 60 + 1))" -delete

{{ include "elsa.scriptConnection" . }}
[ "$server" -le "$client" ] ||
  fail "The server is PostgreSQL $server, and pg_dump is $client, which cannot read it. Set postgresql.version to \"$server\"."

name=$PREFIX-$(date -u +%Y%m%dT%H%M%SZ).dump
part=/backup/.$name
[ ! -e "/backup/$name" ] || fail "There is a dump $name already."
trap '[ -s /scratch/name ] || rm -f "$part" "$part.sha256"' EXIT
rm -f /scratch/name

pg_dump --format=custom --lock-wait-timeout=60000 --file="$part" || fail "The dump failed."
# Listing a damaged dump succeeds; only reading all of it does not.
pg_restore --file=/dev/null "$part" || fail "The dump cannot be read back."
sum=$(sha256sum <"$part")
printf '%s  %s\n' "${sum%% *}" "$name" >"$part.sha256"
sync "$part" "$part.sha256"
echo "$name" >/scratch/name
echo "Dumped $PGDATABASE at $PGHOST (PostgreSQL $server): $(stat -c %s "$part") bytes."
{{- end }}

{{/*
Restores the dump into a PostgreSQL of its own.
*/}}
{{ define "elsa.restoreTestScript" -}}
# shellcheck shell=bash
# Restores the dump into a PostgreSQL inside this pod, which nobody else can reach.
{{ include "elsa.scriptHead" . }}

name=$(cat /scratch/name)
# Should the dump fail the test, it does not stay.
good=
trap '[ -n "$good" ] || rm -f "/backup/.$name" "/backup/.$name.sha256"' EXIT

# initdb wants a name for its user, whatever number the cluster has given it.
if ! getent passwd "$(id -u)" >/dev/null; then
  printf 'postgres:x:%s:%s::/scratch:/bin/sh\n' "$(id -u)" "$(id -g)" >/scratch/passwd
  printf 'postgres:x:%s:\n' "$(id -g)" >/scratch/group
  for library in /usr/lib/*/libnss_wrapper.so; do
    export LD_PRELOAD=$library NSS_WRAPPER_PASSWD=/scratch/passwd NSS_WRAPPER_GROUP=/scratch/group
  done
fi

home=/scratch/test
rm -rf "$home"
mkdir -m 700 "$home"
export PGHOST=$home PGPORT=5432 PGUSER=postgres PGDATABASE=restored
unset PGPASSWORD PGSSLMODE PGSSLROOTCERT
initdb --pgdata="$home/data" --username=postgres --auth=trust --encoding=UTF8 --locale=C --no-sync \
  --set=huge_pages=off --set=shared_buffers=32MB >"$home/log" 2>&1 || { cat "$home/log" >&2; fail "initdb failed."; }
settings="-c listen_addresses= -c unix_socket_directories=$home -c huge_pages=off -c shared_buffers=32MB -c fsync=off"
pg_ctl --pgdata="$home/data" --wait --silent --log="$home/log" \
  --options="$settings -c max_wal_size=256MB -c max_parallel_workers_per_gather=0 -c max_parallel_maintenance_workers=0" start ||
  { cat "$home/log" >&2; fail "The server of the test does not start."; }

finish() {
  pg_ctl --pgdata="$home/data" --mode=immediate --silent stop || true
  rm -rf "$home"
  [ -n "$good" ] || rm -f "/backup/.$name" "/backup/.$name.sha256"
}
trap finish EXIT

createdb --template=template0 restored
pg_restore --dbname=restored --exit-on-error --no-owner --no-privileges --no-comments "/backup/.$name" ||
  fail "The dump does not restore."
expected=$(pg_restore --list "/backup/.$name" | grep -cE '^[0-9]+; [0-9]+ [0-9]+ TABLE DATA ' || true)
found=$(psql --no-psqlrc --quiet --no-align --tuples-only --command "
  SELECT count(*) FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
  WHERE c.relkind = 'r' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'")
[ "$found" -ge "$expected" ] || fail "The dump has $expected tables, and $found came back."
good=yes
echo "Restored the dump into a database of its own: $found tables."
{{- end }}

{{/*
Gives the dump its name on the volume.
*/}}
{{ define "elsa.keepScript" -}}
# shellcheck shell=bash
# Gives the dump its name, and deletes those whose time is over.
{{ include "elsa.scriptHead" . }}

name=$(cat /scratch/name)
cd /backup
mv ".$name" "$name"
# It counts from here on.
mv ".$name.sha256" "$name.sha256"
sha256sum --check --status "$name.sha256" || fail "The volume does not give back what was written to it."
echo "Kept $name."

{{ include "elsa.cutoffScript" . }}
for file in "$PREFIX"-????????T??????Z.dump; do
  if is_old "$file"; then
    rm -f "$file.sha256" "$file"
    echo "Deleted $file."
  fi
done
{{- end }}

{{/*
Which dumps have had their time: by their names, which no copying changes. The dump of this run never has.
*/}}
{{ define "elsa.cutoffScript" -}}
[ "$RETENTION_DAYS" -gt 0 ] || exit 0
cutoff=$(date -u -d "@$(($(date +%s) - RETENTION_DAYS * 86400))" +%Y%m%d%H%M%S)
is_old() {
  stamp=${1#"$PREFIX-"}
  stamp=${stamp%Z.dump}
  stamp=${stamp%T*}${stamp#*T}
  case $stamp in *[!0-9]*) return 1 ;; esac
  [ "$1" != "$name" ] && [ "$stamp" -lt "$cutoff" ]
}
{{- end }}

{{/*
Carries the dump to the storage.
*/}}
{{ define "elsa.uploadScript" -}}
# shellcheck shell=sh
# Uploads the dump, compares what has arrived, and deletes those whose time is over. Its checksum goes last: a dump without
# one is not whole.
set -eu
fail() { printf '%s\n' "$@" >&2; exit 1; }
trap 'exit 143' TERM

name=$(cat /scratch/name)
rclone copyto "/backup/.$name" "$TARGET/$name" || fail "The dump was not uploaded."
rclone cat "$TARGET/$name" | sha256sum >/scratch/arrived
read -r arrived _ </scratch/arrived
read -r sum _ <"/backup/.$name.sha256"
[ "$arrived" = "$sum" ] || fail "What has arrived is not what was sent. Nothing was deleted."
rclone copyto "/backup/.$name.sha256" "$TARGET/$name.sha256" || fail "The checksum was not uploaded."
echo "Uploaded $name."

{{ include "elsa.cutoffScript" . }}
rclone lsf --files-only --include "$PREFIX-????????T??????Z.dump" "$TARGET" >/scratch/all
while read -r file; do
  if is_old "$file"; then
    rclone delete --include "/$file" --include "/$file.sha256" "$TARGET"
    echo "Deleted $file."
  fi
done </scratch/all
{{- end }}

{{/*
Brings a dump and its checksum from the storage.
*/}}
{{ define "elsa.fetchScript" -}}
# shellcheck shell=sh
# Brings a dump and its checksum from the storage.
set -eu
fail() { printf '%s\n' "$@" >&2; exit 1; }
trap 'exit 143' TERM

name=$RESTORE_FILE
if [ -z "$name" ]; then
  rclone lsf --files-only --include "$PREFIX-????????T??????Z.dump" "$TARGET" >/scratch/all || fail "$TARGET cannot be listed."
  name=$(sort /scratch/all | tail -n 1)
  [ -n "$name" ] || fail "There is no dump $PREFIX-….dump in $TARGET."
fi
rclone copyto "$TARGET/$name" "/backup/$name" || fail "$name cannot be fetched from $TARGET."
rclone copyto "$TARGET/$name.sha256" "/backup/$name.sha256" ||
  fail "$name has no checksum beside it, so it was not uploaded whole. Name another one with backup.restoreFile."
echo "Fetched $name."
{{- end }}

{{/*
Replaces what the database holds by a dump.
*/}}
{{ define "elsa.restoreScript" -}}
# shellcheck shell=bash
# Replaces what Elsa's role owns in the database by what a dump holds: all of it, or on any failure nothing.
{{ include "elsa.scriptHead" . }}

cd /backup
name=$RESTORE_FILE
if [ -z "$name" ]; then
  for file in "$PREFIX"-????????T??????Z.dump; do
    [ ! -e "$file" ] || name=$file
  done
  [ -n "$name" ] || fail "There is no dump $PREFIX-….dump."
fi
[ -f "$name" ] || fail "There is no dump $name."
[ -f "$name.sha256" ] ||
  fail "$name has no checksum beside it, so it may not be whole. Name another one with backup.restoreFile. Nothing was changed."
read -r expected _ <"$name.sha256" || true
sum=$(sha256sum <"$name")
[ "${sum%% *}" = "$expected" ] || fail "$name is not what its checksum says: it is damaged. Nothing was changed."

{{ include "elsa.scriptConnection" . }}
pg_restore --list "$name" >/scratch/list ||
  fail "pg_restore $client cannot read $name: it is no dump, or was made by a newer version. Nothing was changed."
from=$(sed -n 's/^; *Dumped from database version: \([0-9]*\).*/\1/p' /scratch/list)
[ "${from:-0}" -le "$server" ] ||
  fail "$name is of PostgreSQL $from, and the server is $server, which is older. Nothing was changed."
pg_restore --file=/dev/null "$name" || fail "$name is damaged. Nothing was changed."

others="FROM pg_stat_activity WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()"
count=$(ask "SELECT count(*) $others")
if [ "$count" -gt 0 ]; then
  ask "SELECT coalesce(host(client_addr), 'local') || ' ' || application_name $others" >&2
  fail "$count other sessions of $PGUSER are connected, from the addresses above. End them first, and try again:" "$STOP" \
    "Nothing was changed."
fi

# Dropped is what the role owns, not only what the dump has: tables that a newer Elsa has added would be in its way.
echo "Restoring $name into database $PGDATABASE at $PGHOST."
{
  cat <<'SQL'
BEGIN;
SET LOCAL client_min_messages = error;
DO $do$
DECLARE
  me oid := (SELECT oid FROM pg_roles WHERE rolname = current_user);
  line text;
BEGIN
  FOREACH line IN ARRAY ARRAY(
    SELECT format('DROP SCHEMA %I CASCADE', nspname) FROM pg_namespace
    WHERE nspowner = me AND nspname <> 'public' AND nspname !~ '^pg_')
  LOOP EXECUTE line; END LOOP;
  FOREACH line IN ARRAY ARRAY(
    SELECT format('DROP %s IF EXISTS %I.%I CASCADE', CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW'
      WHEN 'S' THEN 'SEQUENCE' WHEN 'f' THEN 'FOREIGN TABLE' ELSE 'TABLE' END, n.nspname, c.relname)
    FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE c.relowner = me AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND n.nspname !~ '^pg_'
      AND NOT EXISTS (SELECT FROM pg_depend AS d WHERE d.objid = c.oid AND d.deptype IN ('e', 'i'))
    ORDER BY c.relkind = 'S', c.oid)
  LOOP EXECUTE line; END LOOP;
  FOREACH line IN ARRAY ARRAY(
    SELECT format('DROP ROUTINE IF EXISTS %s CASCADE', p.oid::regprocedure)
    FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace
    WHERE p.proowner = me AND n.nspname !~ '^pg_'
      AND NOT EXISTS (SELECT FROM pg_depend AS d WHERE d.objid = p.oid AND d.deptype = 'e'))
  LOOP EXECUTE line; END LOOP;
  FOREACH line IN ARRAY ARRAY(
    SELECT format('DROP TYPE IF EXISTS %I.%I CASCADE', n.nspname, t.typname)
    FROM pg_type AS t JOIN pg_namespace AS n ON n.oid = t.typnamespace LEFT JOIN pg_class AS c ON c.oid = t.typrelid
    WHERE t.typowner = me AND n.nspname !~ '^pg_' AND (t.typtype IN ('e', 'd', 'r') OR c.relkind = 'c')
      AND NOT EXISTS (SELECT FROM pg_depend AS d WHERE d.objid = t.oid AND d.deptype = 'e'))
  LOOP EXECUTE line; END LOOP;
  PERFORM lo_unlink(oid) FROM pg_largeobject_metadata WHERE lomowner = me;
END
$do$;
SQL
  # In the same transaction, whose COMMIT it writes when it has come to the end: without that line all is undone.
  pg_restore --single-transaction --no-owner --no-comments --file=- "$name"
} | psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --output=/dev/null || fail "The restore failed. Nothing was changed."
tables=$(ask "SELECT count(*) FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
  WHERE c.relkind = 'r' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'")
echo "Restored $name: $tables tables. Elsa can be started again."
{{- end }}
