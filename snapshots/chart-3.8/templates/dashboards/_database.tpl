{{/*
The database from both its ends: the pool of connections in each server, PostgreSQL itself, and a pooler between them. Only
what this installation has is shown.
*/}}
{{ define "elsa.databaseDashboard" -}}
{{- $server := ternary 21 0 (ne (include "elsa.program" . | fromJson).metricsPath "") -}}
{{- $pooler := ternary 21 0 (ne .Values.postgresql.mode "external") -}}
{{ include "elsa.dashboard" (dict "context" .
  "id" "database"
  "title" "Elsa database"
  "about" "The pool of connections of each server, PostgreSQL, and a pooler between them. No metric counts connections that fail: see whether PostgreSQL is reachable, and the share of failed commands."
  "variables" (include "elsa.databaseVariables" .)
  "panels" (printf "%s%s%s%s" (include "elsa.poolPanels" .) (include "elsa.postgresqlPanels" (dict "context" . "y" $server)) (include "elsa.cloudnativepgPanels" (dict "context" . "y" $server)) (include "elsa.poolerPanels" (dict "context" . "y" (add $server $pooler))))
) }}
{{- end }}

{{/*
The server's variables where it shows figures, and the jobs by which Prometheus knows PostgreSQL and a pooler.
*/}}
{{ define "elsa.databaseVariables" -}}
{{- $up := ternary "pg_up" "cnpg_collector_up" (eq .Values.postgresql.mode "bundled") -}}
{{- if (include "elsa.program" . | fromJson).metricsPath -}}
{{ include "elsa.serverVariables" . }}
{{- else if ne .Values.postgresql.mode "external" -}}
{{ include "elsa.oneOf" (dict "context" . "name" "namespace" "label" "Namespace" "series" (printf "label_values(%s, namespace)" $up) "first" .Release.Namespace) }}
{{- else -}}
{{ include "elsa.oneOf" (dict "context" . "name" "namespace" "label" "Namespace" "series" "label_values(pgbouncer_up, namespace)" "first" .Release.Namespace) }}
{{- end -}}
{{- if ne .Values.postgresql.mode "external" -}}
{{ include "elsa.oneOf" (dict "context" . "name" "database" "label" "PostgreSQL" "series" (printf `label_values(%s{namespace="$namespace"}, job)` $up) "first" (printf "%s-postgresql" (include "elsa.fullname" .))) }}
{{- end -}}
{{- if eq (include "elsa.poolerMetrics" .) "pgbouncer" -}}
{{ include "elsa.oneOf" (dict "context" . "name" "pooler" "label" "Pooler" "series" `label_values(pgbouncer_up{namespace="$namespace"}, job)` "first" (printf "%s-pgbouncer" (include "elsa.fullname" .))) }}
{{- else if eq (include "elsa.poolerMetrics" .) "cloudnativepg" -}}
{{ include "elsa.oneOf" (dict "context" . "name" "pooler" "label" "Pooler" "series" `label_values(cnpg_pgbouncer_pools_maxwait{namespace="$namespace"}, job)` "first" (printf "%s-pooler" (include "elsa.fullname" .))) }}
{{- end -}}
{{ end }}

{{/*
The pool of connections in each server, as Npgsql counts it.
*/}}
{{ define "elsa.poolPanels" -}}
{{- if (include "elsa.program" . | fromJson).metricsPath -}}
{{ include "elsa.row" (dict "context" . "id" 1 "title" "Pool of the server" "y" 0) }}
{{- include "elsa.panel" (dict "context" . "id" 2 "kind" "stat" "title" "Fullest pool" "about" "Share of the connections that a pod may open which are in use, of the fullest pod. Red above 90 per cent, where ElsaDbPoolNearlyExhausted fires."
  "x" 0 "y" 1 "w" 4 "h" 4 "unit" "percentunit" "limit" "0.9"
  "queries" (include "elsa.query" (dict "context" . "ref" "A" "how" "range" "expr" `max(sum by (pod) (db_client_connection_count{H,db_client_connection_state="used"}) / sum by (pod) (db_client_connection_max{H}))` "legend" "in use"))
) }}
{{- include "elsa.panel" (dict "context" . "id" 3 "kind" "stat" "title" "Waiting for a connection" "about" "Commands that wait since their pod's pool is full."
  "x" 4 "y" 1 "w" 4 "h" 4 "unit" "short" "limit" "1"
  "queries" (include "elsa.query" (dict "context" . "ref" "A" "how" "range" "expr" "sum(db_client_connection_npgsql_pending_requests{H})" "legend" "waiting"))
) }}
{{- include "elsa.panel" (dict "context" . "id" 4 "kind" "stat" "title" "Gave up waiting" "about" "Commands of the last hour that found no connection in time and failed. ElsaDbPoolTimeouts fires at the first."
  "x" 8 "y" 1 "w" 4 "h" 4 "unit" "short" "limit" "1"
  "queries" (include "elsa.query" (dict "context" . "ref" "A" "how" "instant" "expr" "sum(increase(db_client_connection_npgsql_timeouts_total{H}[1h])) or vector(0)" "legend" "timeouts"))
) }}
{{- include "elsa.panel" (dict "context" . "id" 5 "kind" "stat" "title" "Commands per second" "about" "Commands that the servers send to the database."
  "x" 12 "y" 1 "w" 4 "h" 4 "unit" "ops" "limit" ""
  "queries" (include "elsa.query" (dict "context" . "ref" "A" "how" "range" "expr" "sum(rate(db_client_operation_duration_seconds_count{H}[$__rate_interval]))" "legend" "commands"))
) }}
{{- include "elsa.panel" (dict "context" . "id" 6 "kind" "stat" "title" "95th percentile" "about" "95 of 100 commands take less time."
  "x" 16 "y" 1 "w" 4 "h" 4 "unit" "s" "limit" ""
  "queries" (include "elsa.query" (dict "context" . "ref" "A" "how" "range" "expr" "histogram_quantile(0.95, sum by (le) (rate(db_client_operation_duration_seconds_bucket{H}[$__rate_interval])))" "legend" "p95"))
) }}
{{- include "elsa.panel" (dict "context" . "id" 7 "kind" "stat" "title" "Failed commands" "about" "Share of commands that PostgreSQL answered with an error. Some are normal, as a row that two replicas try to write: learn the usual level first. Connections that fail are not among them."
  "x" 20 "y" 1 "w" 4 "h" 4 "unit" "percentunit" "limit" ""
  "queries" (include "elsa.query" (dict "context" . "ref" "A" "how" "range" "expr" "(sum(rate(db_client_operation_failed_total{H}[$__rate_interval])) or 0 * sum(rate(db_client_operation_duration_seconds_count{H}[$__rate_interval]))) / (sum(rate(db_client_operation_duration_seconds_count{H}[$__rate_interval])) > 0)" "legend" "failed"))
) }}
{{- include "elsa.panel" (dict "context" . "id" 8 "kind" "timeseries" "title" "Use of the pool" "about" "Share of the connections of each pod that are in use."
  "x" 0 "y" 5 "w" 12 "h" 8 "unit" "percentunit" "limit" "0.9"
  "queries" (include "elsa.query" (dict "context" . "ref" "A" "how" "range" "expr" `sum by (pod) (db_client_connection_count{H,db_client_connection_state="used"}) / sum by (pod) (db_client_connection_max{H})` "legend" "{{pod}}"))
) }}
{{- include "elsa.panel" (dict "context" . "id" 9 "kind" "stacked" "title" "Connections" "about" "Connections of all pods, in use and idle: what PostgreSQL or the pooler has to keep."
  "x" 12 "y" 5 "w" 12 "h" 8 "unit" "short" "limit" ""
  "queries" (include "elsa.query" (dict "context" . "ref" "A" "how" "range" "expr" "sum by (db_client_connection_state) (db_client_connection_count{H})" "legend" "{{db_client_connection_state}}"))
) }}
{{- include "elsa.panel" (dict "context" . "id" 10 "kind" "timeseries" "title" "Duration of commands" "about" "Percentiles of all commands."
  "x" 0 "y" 13 "w" 8 "h" 8 "unit" "s" "limit" ""
  "queries" (include "elsa.percentiles" (dict "context" . "histogram" "db_client_operation_duration_seconds" "selector" "{H}"))
) }}
{{- include "elsa.panel" (dict "context" . "id" 11 "kind" "timeseries" "title" "Commands" "about" "Commands per second of each pod."
  "x" 8 "y" 13 "w" 8 "h" 8 "unit" "ops" "limit" ""
  "queries" (include "elsa.query" (dict "context" . "ref" "A" "how" "range" "expr" "sum by (pod) (rate(db_client_operation_duration_seconds_count{H}[$__rate_interval]))" "legend" "{{pod}}"))
) }}
{{- include "elsa.panel" (dict "context" . "id" 12 "kind" "timeseries" "title" "New connections" "about" "Connections per second that each pod opens. A pool that works opens few."
  "x" 16 "y" 13 "w" 8 "h" 8 "unit" "cps" "limit" ""
  "queries" (include "elsa.query" (dict "context" . "ref" "A" "how" "range" "expr" "sum by (pod) (rate(db_client_connection_npgsql_create_time_seconds_count{H}[$__rate_interval]))" "legend" "{{pod}}"))
) }}
{{- end -}}
{{ end }}

{{/*
The bundled PostgreSQL, by its exporter.
*/}}
{{ define "elsa.postgresqlPanels" -}}
{{- if eq .context.Values.postgresql.mode "bundled" -}}
{{ include "elsa.row" (dict "context" .context "id" 20 "title" "PostgreSQL" "y" .y) }}
{{- include "elsa.panel" (dict "context" .context "id" 21 "kind" "stat" "title" "Reachable" "about" "Whether the exporter reaches PostgreSQL. It answers Prometheus even if not, with this figure alone."
  "x" 0 "y" (add .y 1) "w" 4 "h" 4 "unit" "bool_yes_no" "limit" ""
  "queries" (include "elsa.query" (dict "context" .context "ref" "A" "how" "range" "expr" "min(pg_up{D})" "legend" "reachable"))
) }}
{{- include "elsa.panel" (dict "context" .context "id" 22 "kind" "stat" "title" "Connections" "about" "Share of max_connections that is in use. Red above 90 per cent, where ElsaPostgresConnectionsHigh fires."
  "x" 4 "y" (add .y 1) "w" 4 "h" 4 "unit" "percentunit" "limit" "0.9"
  "queries" (include "elsa.query" (dict "context" .context "ref" "A" "how" "range" "expr" "max(sum by (instance) (pg_stat_database_numbackends{D}) / on (instance) max by (instance) (pg_settings_max_connections{D}))" "legend" "in use"))
) }}
{{- include "elsa.panel" (dict "context" .context "id" 23 "kind" "stat" "title" "Size" "about" "Size of all databases on disk, without the log of writes."
  "x" 8 "y" (add .y 1) "w" 4 "h" 4 "unit" "bytes" "limit" ""
  "queries" (include "elsa.query" (dict "context" .context "ref" "A" "how" "range" "expr" "sum(pg_database_size_bytes{D})" "legend" "size"))
) }}
{{- include "elsa.panel" (dict "context" .context "id" 24 "kind" "stat" "title" "Volume in use" "about" "Share of the volume that is full. Red above 95 per cent, where ElsaVolumeAlmostFull fires."
  "x" 12 "y" (add .y 1) "w" 4 "h" 4 "unit" "percentunit" "limit" "0.95"
  "queries" (include "elsa.query" (dict "context" .context "ref" "A" "how" "range" "expr" `max(1 - kubelet_volume_stats_available_bytes{N,persistentvolumeclaim=~".*-postgresql-.*"} / kubelet_volume_stats_capacity_bytes{N,persistentvolumeclaim=~".*-postgresql-.*"})` "legend" "in use"))
) }}
{{- include "elsa.panel" (dict "context" .context "id" 25 "kind" "stat" "title" "Deadlocks" "about" "Transactions of the last hour that PostgreSQL ended since they waited for each other."
  "x" 16 "y" (add .y 1) "w" 4 "h" 4 "unit" "short" "limit" "1"
  "queries" (include "elsa.query" (dict "context" .context "ref" "A" "how" "instant" "expr" "sum(increase(pg_stat_database_deadlocks{D}[1h]))" "legend" "deadlocks"))
) }}
{{- include "elsa.panel" (dict "context" .context "id" 26 "kind" "stat" "title" "Rolled back" "about" "Share of transactions that were rolled back."
  "x" 20 "y" (add .y 1) "w" 4 "h" 4 "unit" "percentunit" "limit" ""
  "queries" (include "elsa.query" (dict "context" .context "ref" "A" "how" "range" "expr" "sum(rate(pg_stat_database_xact_rollback{D}[$__rate_interval])) / (sum(rate(pg_stat_database_xact_commit{D}[$__rate_interval])) + sum(rate(pg_stat_database_xact_rollback{D}[$__rate_interval])) > 0)" "legend" "rolled back"))
) }}
{{- include "elsa.panel" (dict "context" .context "id" 27 "kind" "timeseries" "title" "Connections by database" "about" "Open connections, and how many PostgreSQL allows."
  "x" 0 "y" (add .y 5) "w" 12 "h" 8 "unit" "short" "limit" ""
  "queries" (printf "%s%s" (include "elsa.query" (dict "context" .context "ref" "A" "how" "range" "expr" `sum by (datname) (pg_stat_database_numbackends{D,datname!=""})` "legend" "{{datname}}")) (include "elsa.query" (dict "context" .context "ref" "B" "how" "range" "expr" "max(pg_settings_max_connections{D})" "legend" "max_connections")))

)

 }}
{{- include "elsa.panel" (dict "context" .context "id" 28 "kind" "timeseries" "title" "Transactions" "about" "Transactions per second of all databases."
  "x" 12 "y" (add .y 5) "w" 12 "h" 8 "unit" "ops" "limit" ""
  "queries" (printf "%s%s" (include "elsa.query" (dict "context" .context "ref" "A" "how" "range" "expr" "sum(rate(pg_stat_database_xact_commit{D}[$__rate_interval]))" "legend" "committed")) (include "elsa.query" (dict "context" .context "ref" "B" "how" "range" "expr" "sum(rate(pg_stat_database_xact_rollback{D}[$__rate_interval]))" "legend" "rolled back")))

)

 }}
{{- include "elsa.panel" (dict "context" .context "id" 29 "kind" "stacked" "title" "Locks" "about" "Locks of PostgreSQL by mode, without those that are not held by anybody."
  "x" 0 "y" (add .y 13) "w" 12 "h" 8 "unit" "short" "limit" ""
  "queries" (include "elsa.query" (dict "context" .context "ref" "A" "how" "range" "expr" "sum by (mode) (pg_locks_count{D}) > 0" "legend" "{{mode}}"))
) }}
{{- include "elsa.panel" (dict "context" .context "id" 30 "kind" "stacked" "title" "Size by database" "about" "Size on disk. Elsa keeps finished instances and their logs until retention deletes them."
  "x" 12 "y" (add .y 13) "w" 12 "h" 8 "unit" "bytes" "limit" ""
  "queries" (include "elsa.query" (dict "context" .context "ref" "A" "how" "range" "expr" "max by (datname) (pg_database_size_bytes{D})" "legend" "{{datname}}"))
) }}
{{- end -}}
{{ end }}

{{/*
A cluster of the CloudNativePG operator, by its own exporter.
*/}}
{{ define "elsa.cloudnativepgPanels" -}}
{{- if eq .context.Values.postgresql.mode "cloudnativepg" -}}
{{ include "elsa.row" (dict "context" .context "id" 40 "title" "PostgreSQL (CloudNativePG)" "y" .y) }}
{{- include "elsa.panel" (dict "context" .context "id" 41 "kind" "stat" "title" "Instances" "about" "Instances that answer, primary and replicas."
  "x" 0 "y" (add .y 1) "w" 4 "h" 4 "unit" "short" "limit" ""
  "queries" (include "elsa.query" (dict "context" .context "ref" "A" "how" "range" "expr" "sum(cnpg_collector_up{D})" "legend" "instances"))
) }}
{{- include "elsa.panel" (dict "context" .context "id" 42 "kind" "stat" "title" "Connections" "about" "Share of max_connections that is in use, of the fullest instance. Red above 90 per cent, where ElsaPostgresConnectionsHigh fires."
  "x" 4 "y" (add .y 1) "w" 4 "h" 4 "unit" "percentunit" "limit" "0.9"
  "queries" (include "elsa.query" (dict "context" .context "ref" "A" "how" "range" "expr" `max(sum by (pod) (cnpg_backends_total{D}) / on (pod) max by (pod) (cnpg_pg_settings_setting{D,name="max_connections"}))` "legend" "in use"))
) }}
{{- include "elsa.panel" (dict "context" .context "id" 43 "kind" "stat" "title" "Replication lag" "about" "How far the slowest replica is behind: what a failover may lose if it is not synchronous. Red above a minute, where ElsaCnpgReplicationLag fires."
  "x" 8 "y" (add .y 1) "w" 4 "h" 4 "unit" "s" "limit" "60"
  "queries" (include "elsa.query" (dict "context" .context "ref" "A" "how" "range" "expr" "max(max by (pod) (cnpg_pg_replication_lag{D}) and on (pod) cnpg_pg_replication_in_recovery{D} == 1)" "legend" "lag"))
) }}
{{- include "elsa.panel" (dict "context" .context "id" 44 "kind" "stat" "title" "Streaming replicas" "about" "Replicas that are connected to the primary."
  "x" 12 "y" (add .y 1) "w" 4 "h" 4 "unit" "short" "limit" ""
  "queries" (include "elsa.query" (dict "context" .context "ref" "A" "how" "range" "expr" "max(cnpg_pg_replication_streaming_replicas{D})" "legend" "replicas"))
) }}
{{- include "elsa.panel" (dict "context" .context "id" 45 "kind" "stat" "title" "Log archived" "about" "Time since a file of the log of writes was archived; it grows while nothing is written, and for ever without backups."
  "x" 16 "y" (add .y 1) "w" 4 "h" 4 "unit" "s" "limit" ""
  "queries" (include "elsa.query" (dict "context" .context "ref" "A" "how" "instant" "expr" "time() - max(cnpg_pg_stat_archiver_last_archived_time{D} > 0)" "legend" "archived"))
) }}
{{- include "elsa.panel" (dict "context" .context "id" 46 "kind" "stat" "title" "Volume in use" "about" "Share of the fullest volume that is full. Red above 95 per cent, where ElsaVolumeAlmostFull fires."
  "x" 20 "y" (add .y 1) "w" 4 "h" 4 "unit" "percentunit" "limit" "0.95"
  "queries" (include "elsa.query" (dict "context" .context "ref" "A" "how" "range" "expr" `max(1 - kubelet_volume_stats_available_bytes{N,persistentvolumeclaim=~".*-postgresql-.*"} / kubelet_volume_stats_capacity_bytes{N,persistentvolumeclaim=~".*-postgresql-.*"})` "legend" "in use"))
) }}
{{- include "elsa.panel" (dict "context" .context "id" 47 "kind" "stacked" "title" "Connections by state" "about" "Connections of all instances. Those idle in a transaction hold locks."
  "x" 0 "y" (add .y 5) "w" 12 "h" 8 "unit" "short" "limit" ""
  "queries" (include "elsa.query" (dict "context" .context "ref" "A" "how" "range" "expr" "sum by (state) (cnpg_backends_total{D})" "legend" "{{state}}"))
) }}
{{- include "elsa.panel" (dict "context" .context "id" 48 "kind" "timeseries" "title" "Replication lag by instance" "about" "How far each instance is behind the primary."
  "x" 12 "y" (add .y 5) "w" 12 "h" 8 "unit" "s" "limit" "60"
  "queries" (include "elsa.query" (dict "context" .context "ref" "A" "how" "range" "expr" "max by (pod) (cnpg_pg_replication_lag{D})" "legend" "{{pod}}"))
) }}
{{- include "elsa.panel" (dict "context" .context "id" 49 "kind" "timeseries" "title" "Connections by instance" "about" "Open connections of each instance, by database."
  "x" 0 "y" (add .y 13) "w" 12 "h" 8 "unit" "short" "limit" ""
  "queries" (include "elsa.query" (dict "context" .context "ref" "A" "how" "range" "expr" "sum by (pod, datname) (cnpg_backends_total{D})" "legend" "{{pod}} {{datname}}"))
) }}
{{- include "elsa.panel" (dict "context" .context "id" 50 "kind" "timeseries" "title" "Time since the log was archived" "about" "Of each instance that archives. ElsaCnpgWalArchiveFailing fires when a failure is newer than the last success."
  "x" 12 "y" (add .y 13) "w" 12 "h" 8 "unit" "s" "limit" ""
  "queries" (include "elsa.query" (dict "context" .context "ref" "A" "how" "range" "expr" "time() - max by (pod) (cnpg_pg_stat_archiver_last_archived_time{D} > 0)" "legend" "{{pod}}"))
) }}
{{- end -}}
{{ end }}

{{/*
PgBouncer, ours or the operator's.
*/}}
{{ define "elsa.poolerPanels" -}}
{{- $pooler := include "elsa.poolerMetrics" .context -}}
{{- if eq $pooler "pgbouncer" -}}
{{ include "elsa.row" (dict "context" .context "id" 60 "title" "PgBouncer" "y" .y) }}
{{- include "elsa.panel" (dict "context" .context "id" 61 "kind" "timeseries" "title" "Clients" "about" "Connections of servers to PgBouncer: those with a connection of PostgreSQL and those that wait for one."
  "x" 0 "y" (add .y 1) "w" 8 "h" 8 "unit" "short" "limit" ""
  "queries" (printf "%s%s" (include "elsa.query" (dict "context" .context "ref" "A" "how" "range" "expr" `sum by (database) (pgbouncer_pools_client_active_connections{L,database!="pgbouncer"})` "legend" "{{database}} active")) (include "elsa.query" (dict "context" .context "ref" "B" "how" "range" "expr" `sum by (database) (pgbouncer_pools_client_waiting_connections{L,database!="pgbouncer"})` "legend" "{{database}} waiting")))

)

 }}
{{- include "elsa.panel" (dict "context" .context "id" 62 "kind" "stacked" "title" "Connections to PostgreSQL" "about" "Those that work for a client and those that are free."
  "x" 8 "y" (add .y 1) "w" 8 "h" 8 "unit" "short" "limit" ""
  "queries" (printf "%s%s" (include "elsa.query" (dict "context" .context "ref" "A" "how" "range" "expr" `sum(pgbouncer_pools_server_active_connections{L,database!="pgbouncer"})` "legend" "active")) (include "elsa.query" (dict "context" .context "ref" "B" "how" "range" "expr" `sum(pgbouncer_pools_server_idle_connections{L,database!="pgbouncer"})` "legend" "idle")))

)

 }}
{{- include "elsa.panel" (dict "context" .context "id" 63 "kind" "timeseries" "title" "Longest wait" "about" "How long the first client in the queue has waited. ElsaPgBouncerWaiting fires above five seconds."
  "x" 16 "y" (add .y 1) "w" 8 "h" 8 "unit" "s" "limit" "5"
  "queries" (include "elsa.query" (dict "context" .context "ref" "A" "how" "range" "expr" `max by (pod, database) (pgbouncer_pools_client_maxwait_seconds{L,database!="pgbouncer"})` "legend" "{{pod}} {{database}}"))
) }}
{{- include "elsa.panel" (dict "context" .context "id" 64 "kind" "timeseries" "title" "Queries" "about" "Queries per second that PgBouncer handed on."
  "x" 0 "y" (add .y 9) "w" 12 "h" 8 "unit" "ops" "limit" ""
  "queries" (include "elsa.query" (dict "context" .context "ref" "A" "how" "range" "expr" `sum by (pod) (rate(pgbouncer_stats_totals_queries_pooled_total{L,database!="pgbouncer"}[$__rate_interval]))` "legend" "{{pod}}"))
) }}
{{- include "elsa.panel" (dict "context" .context "id" 65 "kind" "timeseries" "title" "Time spent waiting" "about" "Seconds per second that clients waited, all of them together: above one, on average more than one waits."
  "x" 12 "y" (add .y 9) "w" 12 "h" 8 "unit" "short" "limit" ""
  "queries" (include "elsa.query" (dict "context" .context "ref" "A" "how" "range" "expr" `sum by (pod) (rate(pgbouncer_stats_totals_client_wait_seconds_total{L,database!="pgbouncer"}[$__rate_interval]))` "legend" "{{pod}}"))
) }}
{{- else if eq $pooler "cloudnativepg" -}}
{{ include "elsa.row" (dict "context" .context "id" 60 "title" "PgBouncer (CloudNativePG)" "y" .y) }}
{{- include "elsa.panel" (dict "context" .context "id" 61 "kind" "timeseries" "title" "Waiting clients" "about" "Connections of servers that wait for one of PostgreSQL."
  "x" 0 "y" (add .y 1) "w" 12 "h" 8 "unit" "short" "limit" ""
  "queries" (include "elsa.query" (dict "context" .context "ref" "A" "how" "range" "expr" "sum by (pod) (cnpg_pgbouncer_pools_cl_waiting{L})" "legend" "{{pod}}"))
) }}
{{- include "elsa.panel" (dict "context" .context "id" 62 "kind" "timeseries" "title" "Longest wait" "about" "How long the first client in the queue has waited."
  "x" 12 "y" (add .y 1) "w" 12 "h" 8 "unit" "s" "limit" "5"
  "queries" (include "elsa.query" (dict "context" .context "ref" "A" "how" "range" "expr" "max by (pod) (cnpg_pgbouncer_pools_maxwait{L})" "legend" "{{pod}}"))
) }}
{{- end -}}
{{ end }}
