{{/*
Alerts about bundled PostgreSQL. Its exporter answers even while PostgreSQL is away, so they ask for `pg_up`.
*/}}
{{ define "elsa.postgresqlAlerts" -}}
{{- $of := include "elsa.ofJob" (dict "context" . "component" "postgresql") -}}
{{- include "elsa.alert" (dict "context" .
  "name" "ElsaPostgresDown"
  "severity" "critical"
  "hold" "2m"
  "expr" (printf "pg_up{%s} == 0 or absent(pg_up{%s})" $of $of)
  "summary" "PostgreSQL is away"
  "description" "The exporter of {{ $labels.job }} in {{ $labels.namespace }} cannot log in, or nothing answers Prometheus. Elsa serves nothing without it. Look at the pod, its log, and the password in its Secret."
) }}
{{- include "elsa.alert" (dict "context" .
  "name" "ElsaPostgresConnectionsHigh"
  "severity" "warning"
  "hold" "5m"
  "expr" (printf "sum by (namespace, pod) (pg_stat_database_numbackends{%s}) / on (namespace, pod) max by (namespace, pod) (pg_settings_max_connections{%s}) > 0.9" $of $of)
  "summary" "PostgreSQL has hardly any connections left"
  "description" "{{ $value | humanizePercentage }} of the connections of {{ $labels.pod }} are in use; the next client may be refused. See database.poolSize times replicas, or put a pooler in between."
) }}
{{- end }}

{{/*
Alerts about PostgreSQL of the CloudNativePG operator.
*/}}
{{ define "elsa.cloudnativepgAlerts" -}}
{{- $of := include "elsa.ofJob" (dict "context" . "component" "postgresql") -}}
{{- include "elsa.alert" (dict "context" .
  "name" "ElsaPostgresDown"
  "severity" "critical"
  "hold" "2m"
  "expr" (printf "max by (namespace, job) (cnpg_collector_up{%s}) == 0 or absent(cnpg_collector_up{%s})" $of $of)
  "summary" "PostgreSQL is away"
  "description" "No server of {{ $labels.job }} in {{ $labels.namespace }} is up, or none answers Prometheus. Elsa serves nothing without it. Look at the Cluster, at its pods and at the operator."
) }}
{{- include "elsa.alert" (dict "context" .
  "name" "ElsaPostgresInstanceMissing"
  "severity" "warning"
  "hold" "10m"
  "expr" (printf "count by (namespace, job) (cnpg_collector_up{%s} == 1) < %d" $of (int .Values.cloudnativepg.instances))
  "summary" "A server of the PostgreSQL cluster is missing"
  "description" "Only {{ $value }} servers of {{ $labels.job }} are up. The next failure may stop Elsa. Look at the Cluster and its pods."
) }}
{{- include "elsa.alert" (dict "context" .
  "name" "ElsaPostgresConnectionsHigh"
  "severity" "warning"
  "hold" "5m"
  "expr" (printf `sum by (namespace, pod) (cnpg_backends_total{%s}) / on (namespace, pod) max by (namespace, pod) (cnpg_pg_settings_setting{%s,name="max_connections"}) > 0.9` $of $of)
  "summary" "PostgreSQL has hardly any connections left"
  "description" "{{ $value | humanizePercentage }} of the connections of {{ $labels.pod }} are in use; the next client may be refused. See database.poolSize times replicas, or put a pooler in between."
) }}
{{- include "elsa.alert" (dict "context" .
  "name" "ElsaCnpgReplicationLag"
  "severity" "warning"
  "hold" "5m"
  "expr" (printf "max by (namespace, pod) (cnpg_pg_replication_lag{%s}) > 60 and on (namespace, pod) cnpg_pg_replication_in_recovery{%s} == 1" $of $of)
  "summary" "A PostgreSQL replica is far behind"
  "description" "{{ $labels.pod }} is {{ $value | humanizeDuration }} behind; a failover to it would lose that much. Look at its disk, its CPU and the network."
) }}
{{- if .Values.cloudnativepg.backup.enabled }}
{{- include "elsa.alert" (dict "context" .
  "name" "ElsaCnpgWalArchiveFailing"
  "severity" "critical"
  "hold" "10m"
  "expr" (printf "cnpg_pg_stat_archiver_last_failed_time{%s} - cnpg_pg_stat_archiver_last_archived_time{%s} > 1" $of $of)
  "summary" "The write-ahead log is not archived"
  "description" "The last attempt of {{ $labels.pod }} to archive has failed. The log stays on its volume until that is full, and a restore ends where the archive does. Look at the plugin, the bucket and its keys."
) }}
{{- include "elsa.alert" (dict "context" .
  "name" "ElsaCnpgBackupTooOld"
  "severity" "critical"
  "hold" "10m"
  "expr" (printf "time() - max by (namespace) (barman_cloud_cloudnative_pg_io_last_available_backup_timestamp{%s}) > %d" $of (mul (int .Values.monitoring.rules.backupHours) 3600))
  "summary" "The last base backup of PostgreSQL is too old"
  "description" "The newest base backup in {{ $labels.namespace }} is {{ $value | humanizeDuration }} old. Look at the ScheduledBackup and its Backups."
) }}
{{- end }}
{{- end }}
