{{/*
Alerts about what the server's own metrics tell of requests and threads.
*/}}
{{ define "elsa.serverAlerts" -}}
{{- $of := include "elsa.ofJob" (dict "context" . "component" "server") -}}
{{- /* A web socket is one request without an end. */ -}}
{{- $http := printf `%s,http_route!~"/elsa/hubs/.*"` $of -}}
{{- include "elsa.alert" (dict "context" .
  "name" "ElsaServerDown"
  "severity" "critical"
  "hold" "5m"
  "expr" (printf "sum by (namespace, job) (up{%s}) == 0 or absent(up{%s})" $of $of)
  "summary" "Prometheus reaches no Elsa server"
  "description" "No pod of {{ $labels.job }} in {{ $labels.namespace }} has answered Prometheus for five minutes: the server is down, or Prometheus cannot reach port 9464 of it. See whether its pods run and are ready."
) }}
{{- include "elsa.alert" (dict "context" .
  "name" "ElsaLatencyHigh"
  "severity" "warning"
  "hold" "10m"
  "expr" (printf `1 - sum by (namespace, job) (rate(http_server_request_duration_seconds_bucket{%s,le="2.5"}[5m])) / (sum by (namespace, job) (rate(http_server_request_duration_seconds_count{%s}[5m])) > 0.1) > 0.05` $http $http)
  "summary" "Elsa answers slowly"
  "description" "{{ $value | humanizePercentage }} of the requests to {{ $labels.job }} take longer than 2.5 seconds. Look at CPU, the database and its connection pool, and at which paths are slow."
) }}
{{- include "elsa.alert" (dict "context" .
  "name" "ElsaLatencyP95High"
  "severity" "warning"
  "hold" "10m"
  "expr" (printf "histogram_quantile(0.95, sum by (namespace, job, le) (rate(http_server_request_duration_seconds_bucket{%s}[5m]))) > 2" $http)
  "summary" "One request of twenty to Elsa takes two seconds"
  "description" "The 95th percentile of {{ $labels.job }} is {{ $value | humanizeDuration }}, interpolated between the edges 1 and 2.5 seconds. See ElsaLatencyHigh for the exact share."
) }}
{{- include "elsa.alert" (dict "context" .
  "name" "ElsaThreadPoolQueueing"
  "severity" "warning"
  "hold" "5m"
  "expr" (printf "min_over_time(dotnet_thread_pool_queue_length_total{%s}[5m]) > 50" $of)
  "summary" "Work waits for threads in Elsa"
  "description" "{{ $value }} pieces of work have waited for a thread of {{ $labels.pod }} for minutes: something blocks threads, or the CPU is too small. Look at CPU throttling, and take a dump with dotnet-dump."
) }}
{{- end }}

{{/*
Alerts about workflows. A counter that has never counted does not exist, and its first count is none to `increase`: hence the
form with `unless`.
*/}}
{{ define "elsa.workflowAlerts" -}}
{{- $of := include "elsa.ofJob" (dict "context" . "component" "server") -}}
{{- include "elsa.alert" (dict "context" .
  "name" "ElsaWorkflowFaultRateHigh"
  "severity" "critical"
  "hold" "5m"
  "expr" (printf "sum by (namespace, job) (rate(elsa_workflow_faulted_total{%s}[5m])) > 0.5" $of)
  "summary" "Workflows fault in numbers"
  "description" "{{ $value | humanize }} workflow runs a second fault in {{ $labels.job }}. If all definitions do, look at what they share: database, network, a service that they call."
) }}
{{- include "elsa.alert" (dict "context" .
  "name" "ElsaWorkflowFaulted"
  "severity" "info"
  "hold" ""
  "expr" (printf "sum by (namespace, workflow_definition_id) ((elsa_workflow_faulted_total{%s} unless last_over_time(elsa_workflow_faulted_total{%s}[1h] offset 10m)) or increase(elsa_workflow_faulted_total{%s}[10m])) > 0" $of $of $of)
  "summary" "A workflow has faulted"
  "description" "Definition {{ $labels.workflow_definition_id }} has faulted in the last ten minutes. Its incidents are in Studio, under the instance."
) }}
{{- include "elsa.alert" (dict "context" .
  "name" "ElsaWorkflowFaultRatioHigh"
  "severity" "warning"
  "hold" "10m"
  "expr" (include "elsa.faultRatio" .)
  "summary" "A workflow faults often"
  "description" "{{ $value | humanizePercentage }} of the runs of definition {{ $labels.workflow_definition_id }} that ended within half an hour have faulted. Look at the incidents of its instances in Studio."
) }}
{{- end }}

{{/*
Share of faulted runs of each definition, where more than three have faulted.
*/}}
{{ define "elsa.faultRatio" -}}
{{- $of := include "elsa.ofJob" (dict "context" . "component" "server") -}}
{{- $faulted := printf "sum by (namespace, workflow_definition_id) (increase(elsa_workflow_faulted_total{%s}[30m]))" $of -}}
{{- $completed := printf "sum by (namespace, workflow_definition_id) (increase(elsa_workflow_completed_total{%s}[30m]))" $of -}}
{{ $faulted }} / ({{ $faulted }} + ({{ $completed }} or 0 * {{ $faulted }})) > 0.05 and {{ $faulted }} > 3
{{- end }}

{{/*
Alerts about the server's connections to PostgreSQL.
*/}}
{{ define "elsa.poolAlerts" -}}
{{- $of := include "elsa.ofJob" (dict "context" . "component" "server") -}}
{{- include "elsa.alert" (dict "context" .
  "name" "ElsaDbPoolNearlyExhausted"
  "severity" "warning"
  "hold" "5m"
  "expr" (printf `sum by (namespace, pod) (db_client_connection_count{%s,db_client_connection_state="used"}) / sum by (namespace, pod) (db_client_connection_max{%s}) > 0.9` $of $of)
  "summary" "Elsa has hardly any database connections left"
  "description" "{{ $labels.pod }} uses {{ $value | humanizePercentage }} of its connection pool. Next come requests that wait for one. Look for slow queries and locks, or raise database.poolSize within what PostgreSQL takes."
) }}
{{- include "elsa.alert" (dict "context" .
  "name" "ElsaDbPoolTimeouts"
  "severity" "critical"
  "hold" ""
  "expr" (printf "sum by (namespace, job) ((db_client_connection_npgsql_timeouts_total{%s} unless last_over_time(db_client_connection_npgsql_timeouts_total{%s}[1h] offset 10m)) or increase(db_client_connection_npgsql_timeouts_total{%s}[10m])) > 0" $of $of $of)
  "summary" "Requests of Elsa fail for want of a database connection"
  "description" "{{ $labels.job }} waited in vain for a connection of its pool in the last ten minutes. Look for slow queries and locks in PostgreSQL, or raise database.poolSize."
) }}
{{- end }}
