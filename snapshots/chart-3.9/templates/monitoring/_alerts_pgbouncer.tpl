{{/*
Alerts about PgBouncer. Its exporter answers even while PgBouncer is away, so they ask for `pgbouncer_up`.
*/}}
{{ define "elsa.pgbouncerAlerts" -}}
{{- $of := include "elsa.ofJob" (dict "context" . "component" "pgbouncer") -}}
{{- include "elsa.alert" (dict "context" .
  "name" "ElsaPgBouncerDown"
  "severity" "critical"
  "hold" "2m"
  "expr" (printf "max by (namespace, job) (pgbouncer_up{%s}) == 0 or absent(pgbouncer_up{%s})" $of $of)
  "summary" "PgBouncer is away"
  "description" "No pod of {{ $labels.job }} in {{ $labels.namespace }} lets its exporter in, or none answers Prometheus. Elsa reaches its database through it alone. Look at its pods and their logs."
) }}
{{- include "elsa.alert" (dict "context" .
  "name" "ElsaPgBouncerWaiting"
  "severity" "warning"
  "hold" "2m"
  "expr" (printf `max by (namespace, pod, database) (pgbouncer_pools_client_maxwait_seconds{%s,database!="pgbouncer"}) > 5` $of)
  "summary" "Elsa waits for database connections"
  "description" "Clients of {{ $labels.pod }} have waited {{ $value | humanizeDuration }} for a connection to {{ $labels.database }}. Look for long transactions, or raise pooling.maxDatabaseConnections."
) }}
{{- end }}

{{/*
The same for the operator's PgBouncer.
*/}}
{{ define "elsa.poolerAlerts" -}}
{{- $of := include "elsa.ofJob" (dict "context" . "component" "pooler") -}}
{{- include "elsa.alert" (dict "context" .
  "name" "ElsaPgBouncerDown"
  "severity" "critical"
  "hold" "2m"
  "expr" (printf "sum by (namespace, job) (up{%s}) == 0 or absent(up{%s})" $of $of)
  "summary" "PgBouncer is away"
  "description" "No pod of {{ $labels.job }} in {{ $labels.namespace }} answers Prometheus. Elsa reaches its database through them alone. Look at the Pooler, its pods and the operator."
) }}
{{- include "elsa.alert" (dict "context" .
  "name" "ElsaPgBouncerWaiting"
  "severity" "warning"
  "hold" "2m"
  "expr" (printf `max by (namespace, pod, database) (cnpg_pgbouncer_pools_maxwait{%s,database!="pgbouncer"}) > 5` $of)
  "summary" "Elsa waits for database connections"
  "description" "Clients of {{ $labels.pod }} have waited {{ $value | humanizeDuration }} for a connection to {{ $labels.database }}. Look for long transactions, or raise pooling.maxDatabaseConnections."
) }}
{{- end }}
