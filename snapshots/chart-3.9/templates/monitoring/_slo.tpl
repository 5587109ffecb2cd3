{{/*
What may fail of a whole, for each objective that the values can name.
*/}}
{{ define "elsa.sloBudget" -}}
{{- if eq .objective "90" -}}
0.1
{{- else if eq .objective "95" -}}
0.05
{{- else if eq .objective "99" -}}
0.01
{{- else if eq .objective "99.5" -}}
0.005
{{- else if eq .objective "99.9" -}}
0.001
{{- else if eq .objective "99.95" -}}
0.0005
{{- end -}}
{{ end }}

{{/*
Requests, and the shares of them that failed or were slow, over a window. A share is 0 without failures, and nothing without
requests.
*/}}
{{ define "elsa.requestRecords" -}}
{{- $of := include "elsa.ofJob" (dict "context" .context "component" "server") -}}
{{- /* A web socket is one request without an end. */ -}}
{{- $http := printf `%s,http_route!~"/elsa/hubs/.*"` $of -}}
{{- $all := printf "namespace_job:http_server_requests:rate%s{%s}" .window $of -}}
{{- include "elsa.record" (dict "context" .context
  "name" (printf "namespace_job:http_server_requests:rate%s" .window)
  "expr" (printf "sum by (namespace, job) (rate(http_server_request_duration_seconds_count{%s}[%s]))" $http .window)
) }}
{{- include "elsa.record" (dict "context" .context
  "name" (printf "namespace_job:http_server_request_errors:ratio_rate%s" .window)
  "expr" (printf `(sum by (namespace, job) (rate(http_server_request_duration_seconds_count{%s,http_response_status_code=~"5.."}[%s])) or 0 * %s) / (%s > 0)` $http .window $all $all)
) }}
{{- include "elsa.record" (dict "context" .context
  "name" (printf "namespace_job:http_server_request_slow:ratio_rate%s" .window)
  "expr" (printf `1 - sum by (namespace, job) (rate(http_server_request_duration_seconds_bucket{%s,le="0.5"}[%s])) / (%s > 0)` $http .window $all)
) }}
{{- end }}

{{/*
Operations of the database that failed, over a window: one of the two things that stand for the connections that nobody counts.
*/}}
{{ define "elsa.databaseRecords" -}}
{{- $of := include "elsa.ofJob" (dict "context" .context "component" "server") -}}
{{- $all := printf "sum by (namespace, job) (rate(db_client_operation_duration_seconds_count{%s}[%s]))" $of .window -}}
{{- $failed := printf "sum by (namespace, job) (rate(db_client_operation_failed_total{%s}[%s]))" $of .window -}}
{{- $waited := printf "sum by (namespace, job) (rate(db_client_connection_npgsql_timeouts_total{%s}[%s]))" $of .window -}}
{{- include "elsa.record" (dict "context" .context
  "name" (printf "namespace_job:db_client_operation_failures:ratio_rate%s" .window)
  "expr" (printf "((%s or 0 * %s) + (%s or 0 * %s)) / (%s > 0)" $failed $all $waited $all $all)
) }}
{{- end }}

{{/*
The share of a window in which no replica was there.
*/}}
{{ define "elsa.availabilityRecord" -}}
{{- include "elsa.record" (dict "context" .context
  "name" (printf "namespace_deployment:elsa_server_unavailable:avg%s" .window)
  "expr" (printf "avg_over_time(namespace_deployment:elsa_server_unavailable:bool{%s}[%s])" (include "elsa.ofServerDeployment" .context) .window)
) }}
{{- end }}

{{/*
What selects the Deployment of the server.
*/}}
{{ define "elsa.ofServerDeployment" -}}
namespace="{{ .Release.Namespace }}",deployment="{{ include "elsa.fullname" . }}-server"
{{- end }}

{{/*
Series behind the objectives for requests.
*/}}
{{ define "elsa.requestSlo" -}}
{{- include "elsa.requestRecords" (dict "context" . "window" "5m") }}
{{- include "elsa.requestRecords" (dict "context" . "window" "30m") }}
{{- include "elsa.requestRecords" (dict "context" . "window" "1h") }}
{{- include "elsa.requestRecords" (dict "context" . "window" "2h") }}
{{- include "elsa.requestRecords" (dict "context" . "window" "6h") }}
{{- include "elsa.requestRecords" (dict "context" . "window" "1d") }}
{{- include "elsa.requestRecords" (dict "context" . "window" "3d") }}
{{- end }}

{{/*
Series behind the objective for availability, which every program has: they come from Kubernetes.
*/}}
{{ define "elsa.availabilitySlo" -}}
{{- include "elsa.record" (dict "context" .
  "name" "namespace_deployment:elsa_server_unavailable:bool"
  "expr" (printf "min by (namespace, deployment) (kube_deployment_status_replicas_available{%s}) == bool 0" (include "elsa.ofServerDeployment" .))
) }}
{{- include "elsa.availabilityRecord" (dict "context" . "window" "5m") }}
{{- include "elsa.availabilityRecord" (dict "context" . "window" "30m") }}
{{- include "elsa.availabilityRecord" (dict "context" . "window" "1h") }}
{{- include "elsa.availabilityRecord" (dict "context" . "window" "2h") }}
{{- include "elsa.availabilityRecord" (dict "context" . "window" "6h") }}
{{- include "elsa.availabilityRecord" (dict "context" . "window" "1d") }}
{{- include "elsa.availabilityRecord" (dict "context" . "window" "3d") }}
{{- end }}

{{/*
Series in place of an objective for database connections, of which nobody counts those that fail: whether PostgreSQL can be
logged in to, where its exporter says so, and the share of operations that failed.
*/}}
{{ define "elsa.databaseSlo" -}}
{{- $of := include "elsa.ofJob" (dict "context" . "component" "postgresql") -}}
{{- if include "elsa.cloudnativepg" . }}
{{- include "elsa.record" (dict "context" .
  "name" "namespace:postgres_unreachable:bool"
  "expr" (printf "max by (namespace) (cnpg_collector_up{%s} or (absent(cnpg_collector_up{%s}) - 1)) == bool 0" $of $of)
) }}
{{- else if and (eq .Values.database.provider "PostgreSql") (eq .Values.postgresql.mode "bundled") }}
{{- include "elsa.record" (dict "context" .
  "name" "namespace:postgres_unreachable:bool"
  "expr" (printf "max by (namespace) (pg_up{%s} or (absent(pg_up{%s}) - 1)) == bool 0" $of $of)
) }}
{{- end }}
{{- if and (include "elsa.program" . | fromJson).metricsPath (eq .Values.database.provider "PostgreSql") }}
{{- include "elsa.databaseRecords" (dict "context" . "window" "5m") }}
{{- include "elsa.databaseRecords" (dict "context" . "window" "30m") }}
{{- include "elsa.databaseRecords" (dict "context" . "window" "1h") }}
{{- include "elsa.databaseRecords" (dict "context" . "window" "2h") }}
{{- include "elsa.databaseRecords" (dict "context" . "window" "6h") }}
{{- include "elsa.databaseRecords" (dict "context" . "window" "1d") }}
{{- include "elsa.databaseRecords" (dict "context" . "window" "3d") }}
{{- end }}
{{- end }}
