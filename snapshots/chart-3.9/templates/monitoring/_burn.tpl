{{/*
Alerts that the budget of an objective is burning: the share of bad ones is so many times what the objective allows, over a long
window, and still is over a short one. `series` is the recorded share without its window, `of` selects it; `guard` says what
keeps single events from counting, `requests` or `time`.
*/}}
{{ define "elsa.burnRates" -}}
{{- /* Of 90 per cent, 14.4 times the rest is more than all there is. */ -}}
{{- if ne .objective "90" }}
{{- include "elsa.burnRate" (dict "context" .context "name" .name "objective" .objective "series" .series "of" .of "guard" .guard "summary" .summary "what" .what
  "long" "1h" "short" "5m" "seconds" 3600 "factor" "14.4" "severity" "critical" "hold" "2m" "spent" "2 %" "gone" "two days"
) }}
{{- end }}
{{- include "elsa.burnRate" (dict "context" .context "name" .name "objective" .objective "series" .series "of" .of "guard" .guard "summary" .summary "what" .what
  "long" "6h" "short" "30m" "seconds" 21600 "factor" "6" "severity" "critical" "hold" "5m" "spent" "5 %" "gone" "five days"
) }}
{{- include "elsa.burnRate" (dict "context" .context "name" .name "objective" .objective "series" .series "of" .of "guard" .guard "summary" .summary "what" .what
  "long" "1d" "short" "2h" "seconds" 86400 "factor" "3" "severity" "warning" "hold" "15m" "spent" "10 %" "gone" "ten days"
) }}
{{- include "elsa.burnRate" (dict "context" .context "name" .name "objective" .objective "series" .series "of" .of "guard" .guard "summary" .summary "what" .what
  "long" "3d" "short" "6h" "seconds" 259200 "factor" "1" "severity" "warning" "hold" "1h" "spent" "10 %" "gone" "a month"
) }}
{{- end }}

{{/*
One pair of windows. Prometheus computes the threshold, from the numbers that it comes of.
*/}}
{{ define "elsa.burnRate" -}}
{{- $rate := printf "%s * %s" .factor (include "elsa.sloBudget" (dict "context" .context "objective" .objective)) -}}
{{- $over := printf "{%s} > %s" .of $rate -}}
{{- include "elsa.alertRule" (dict "context" .context
  "name" .name
  "severity" .severity
  "labels" (printf "long_window: %s\nshort_window: %s" .long .short)
  "hold" .hold
  "expr" (printf "%s%s%s\nand\n%s%s%s\nand %s" .series .long $over .series .short $over (include "elsa.burnGuard" (dict "context" .context "guard" .guard "long" .long "seconds" .seconds "rate" $rate)))
  "summary" .summary
  "description" (printf "Over %s, %s The objective is %s %%: at this rate its budget of 30 days is gone in %s, and %s of it is." .long .what .objective .gone .spent)
) }}
{{- end }}

{{/*
What keeps single events from counting: with few requests, one failure is a large share of them, so more than five failures'
worth must have come; of the samples that say whether a replica is there, more than two must be bad.
*/}}
{{ define "elsa.burnGuard" -}}
{{- if eq .guard "requests" -}}
on (namespace, job) namespace_job:http_server_requests:rate{{ .long }}{ {{- include "elsa.ofJob" (dict "context" .context "component" "server") -}} } > 5 / ({{ .rate }} * {{ .seconds }})
{{- else -}}
sum_over_time(namespace_deployment:elsa_server_unavailable:bool{ {{- include "elsa.ofServerDeployment" .context -}} }[{{ .long }}]) > 2
{{- end -}}
{{ end }}

{{/*
Alerts of the objectives for requests.
*/}}
{{ define "elsa.requestBurn" -}}
{{- $of := include "elsa.ofJob" (dict "context" . "component" "server") -}}
{{- include "elsa.burnRates" (dict "context" .
  "name" "ElsaSuccessBudgetBurning"
  "objective" .Values.monitoring.slo.success
  "series" "namespace_job:http_server_request_errors:ratio_rate"
  "of" $of
  "guard" "requests"
  "summary" "Elsa fails more requests than its objective allows"
  "what" "{{ $value | humanizePercentage }} of the requests to {{ $labels.job }} have failed with a status of 5xx. A workflow that faults is one, too: see whether it is the API or single workflows."
) }}
{{- include "elsa.burnRates" (dict "context" .
  "name" "ElsaLatencyBudgetBurning"
  "objective" .Values.monitoring.slo.latency
  "series" "namespace_job:http_server_request_slow:ratio_rate"
  "of" $of
  "guard" "requests"
  "summary" "Elsa is slower than its objective allows"
  "what" "{{ $value | humanizePercentage }} of the requests to {{ $labels.job }} have taken longer than half a second. Look at CPU, the database and its connection pool, and at which paths are slow."
) }}
{{- end }}

{{/*
Alerts of the objective for availability.
*/}}
{{ define "elsa.availabilityBurn" -}}
{{- include "elsa.burnRates" (dict "context" .
  "name" "ElsaAvailabilityBudgetBurning"
  "objective" .Values.monitoring.slo.availability
  "series" "namespace_deployment:elsa_server_unavailable:avg"
  "of" (include "elsa.ofServerDeployment" .)
  "guard" "time"
  "summary" "The Elsa server is away longer than its objective allows"
  "what" "no replica of {{ $labels.deployment }} was there in {{ $value | humanizePercentage }} of the time. Look at its pods, their events and the last updates."
) }}
{{- end }}

{{/*
Alerts in place of an objective for database connections: whether PostgreSQL can be logged in to, and how many operations fail.
*/}}
{{ define "elsa.databaseBurn" -}}
{{- $bad := printf `namespace:postgres_unreachable:bool{namespace="%s"}` .Release.Namespace -}}
{{- $failing := "namespace_job:db_client_operation_failures:ratio_rate" -}}
{{- $of := printf "{%s}" (include "elsa.ofJob" (dict "context" . "component" "server")) -}}
{{- if and (eq .Values.database.provider "PostgreSql") (ne .Values.postgresql.mode "external") }}
{{- include "elsa.alert" (dict "context" .
  "name" "ElsaDatabaseUnreachable"
  "severity" "critical"
  "hold" ""
  "expr" (printf "sum_over_time(%s[10m]) >= 2" $bad)
  "summary" "PostgreSQL could not be logged in to"
  "description" "At {{ $value }} of the checks within ten minutes nobody could log in to PostgreSQL in {{ $labels.namespace }}. Connections that fail are counted nowhere; this stands for them. See ElsaPostgresDown."
) }}
{{- include "elsa.alert" (dict "context" .
  "name" "ElsaDatabaseBudgetSpent"
  "severity" "warning"
  "hold" "1h"
  "expr" (printf "avg_over_time(%s[30d]) > 0.0001\nand on (namespace) last_over_time(%s[1h] offset 7d) >= 0" $bad $bad)
  "summary" "PostgreSQL was away for longer than a month's budget"
  "description" "PostgreSQL in {{ $labels.namespace }} was away for {{ $value | humanizePercentage }} of the last 30 days, or of what Prometheus keeps of them: more than 0.01 %. A ticket, not an outage."
) }}
{{- end }}
{{- if and (include "elsa.program" . | fromJson).metricsPath (eq .Values.database.provider "PostgreSql") }}
{{- include "elsa.alert" (dict "context" .
  "name" "ElsaDatabaseOperationsFailing"
  "severity" "warning"
  "hold" "10m"
  "expr" (printf "%s5m%s > 0.05\nand\n%s1h%s > 0.05" $failing $of $failing $of)
  "summary" "Operations of Elsa on its database fail"
  "description" "{{ $value | humanizePercentage }} of the operations of {{ $labels.job }} have failed, or waited in vain for a connection. Some that fail are normal: know your own level first. Look at the log of PostgreSQL."
) }}
{{- end }}
{{- end }}
