{{/*
Requests that the server answers, and those that its workflows send.
*/}}
{{ define "elsa.httpDashboard" -}}
{{ include "elsa.dashboard" (dict "context" .
  "id" "http"
  "title" "Elsa HTTP"
  "about" "Requests to the server, without probes and scrapes. Requests to workflows and to unknown paths have no route; those to the API have one."
  "variables" (include "elsa.serverVariables" .)
  "panels" (printf "%s%s%s%s%s" (include "elsa.httpSummary" .) (include "elsa.httpRequests" .) (include "elsa.httpLatency" .) (include "elsa.httpConnections" .) (include "elsa.httpCalls" .))
) }}
{{- end }}

{{/*
Four figures, and how much of the allowed errors is spent.
*/}}
{{ define "elsa.httpSummary" -}}
{{ include "elsa.panel" (dict "context" . "id" 1 "kind" "stat" "title" "Requests per second" "about" "All requests but probes and scrapes."
  "x" 0 "y" 0 "w" 4 "h" 4 "unit" "reqps" "limit" ""
  "queries" (include "elsa.query" (dict "context" . "ref" "A" "how" "range" "expr" "sum(rate(http_server_request_duration_seconds_count{H}[$__rate_interval]))" "legend" "requests"))
) }}
{{- include "elsa.panel" (dict "context" . "id" 2 "kind" "stat" "title" "Share of errors" "about" "Answers with a status of 500 or above. A workflow that faults is one too, so this also counts mistakes of its author."
  "x" 4 "y" 0 "w" 4 "h" 4 "unit" "percentunit" "limit" "0.01"
  "queries" (include "elsa.query" (dict "context" . "ref" "A" "how" "range" "expr" `(sum(rate(http_server_request_duration_seconds_count{H,http_response_status_code=~"5.."}[$__rate_interval])) or 0 * sum(rate(http_server_request_duration_seconds_count{H}[$__rate_interval]))) / (sum(rate(http_server_request_duration_seconds_count{H}[$__rate_interval])) > 0)` "legend" "errors"))
) }}
{{- include "elsa.panel" (dict "context" . "id" 3 "kind" "stat" "title" "95th percentile" "about" "95 of 100 requests are answered faster. Red above two seconds, where ElsaLatencyP95High fires."
  "x" 8 "y" 0 "w" 4 "h" 4 "unit" "s" "limit" "2"
  "queries" (include "elsa.query" (dict "context" . "ref" "A" "how" "range" "expr" "histogram_quantile(0.95, sum by (le) (rate(http_server_request_duration_seconds_bucket{H}[$__rate_interval])))" "legend" "p95"))
) }}
{{- include "elsa.panel" (dict "context" . "id" 4 "kind" "stat" "title" "Requests in flight" "about" "Requests that are being answered now. The scrape that asks is one in each pod and is taken away; a probe may be another."
  "x" 12 "y" 0 "w" 4 "h" 4 "unit" "short" "limit" ""
  "queries" (include "elsa.query" (dict "context" . "ref" "A" "how" "range" "expr" "sum(clamp_min(sum by (pod) (http_server_active_requests{H}) - 1, 0))" "legend" "requests"))
) }}
{{- include "elsa.panel" (dict "context" . "id" 5 "kind" "stat" "title" "Allowed errors spent" "about" "Share of the errors that the service level of {{ values.monitoring.slo.success }} per cent allows in 30 days which the last three days alone have used up. 0.1 is exactly as fast as allowed."
  "x" 16 "y" 0 "w" 4 "h" 4 "unit" "percentunit" "limit" "0.1"
  "queries" (include "elsa.query" (dict "context" . "ref" "A" "how" "instant" "expr" (printf `(sum(rate(http_server_request_duration_seconds_count{H,http_response_status_code=~"5.."}[3d])) or 0 * sum(rate(http_server_request_duration_seconds_count{H}[3d]))) / (sum(rate(http_server_request_duration_seconds_count{H}[3d])) > 0) / (1 - %s / 100) / 10` .Values.monitoring.slo.success) "legend" "spent"))
) }}
{{- include "elsa.panel" (dict "context" . "id" 6 "kind" "stat" "title" "Answered within half a second" "about" "Share of requests of the last day; the service level wants {{ values.monitoring.slo.latency }} per cent."
  "x" 20 "y" 0 "w" 4 "h" 4 "unit" "percentunit" "limit" ""
  "queries" (include "elsa.query" (dict "context" . "ref" "A" "how" "instant" "expr" `sum(rate(http_server_request_duration_seconds_bucket{H,le="0.5"}[1d])) / (sum(rate(http_server_request_duration_seconds_count{H}[1d])) > 0)` "legend" "fast"))
) }}
{{- end }}

{{/*
Rates and errors.
*/}}
{{ define "elsa.httpRequests" -}}
{{ include "elsa.panel" (dict "context" . "id" 7 "kind" "stacked" "title" "Requests by status" "about" "Requests per second by the status of the answer."
  "x" 0 "y" 4 "w" 12 "h" 8 "unit" "reqps" "limit" ""
  "queries" (include "elsa.query" (dict "context" . "ref" "A" "how" "range" "expr" "sum by (http_response_status_code) (rate(http_server_request_duration_seconds_count{H}[$__rate_interval]))" "legend" "{{http_response_status_code}}"))
) }}
{{- include "elsa.panel" (dict "context" . "id" 8 "kind" "timeseries" "title" "Share of errors of API and workflows" "about" "The API has routes and is the platform's own; requests without a route are workflows and unknown paths, where an author's mistake is a 500 too."
  "x" 12 "y" 4 "w" 12 "h" 8 "unit" "percentunit" "limit" "0.01"
  "queries" (printf "%s%s" (include "elsa.query" (dict "context" . "ref" "A" "how" "range" "expr" `(sum(rate(http_server_request_duration_seconds_count{H,http_route!="",http_response_status_code=~"5.."}[$__rate_interval])) or 0 * sum(rate(http_server_request_duration_seconds_count{H,http_route!=""}[$__rate_interval]))) / (sum(rate(http_server_request_duration_seconds_count{H,http_route!=""}[$__rate_interval])) > 0)` "legend" "API")) (include "elsa.query" (dict "context" . "ref" "B" "how" "range" "expr" `(sum(rate(http_server_request_duration_seconds_count{H,http_route="",http_response_status_code=~"5.."}[$__rate_interval])) or 0 * sum(rate(http_server_request_duration_seconds_count{H,http_route=""}[$__rate_interval]))) / (sum(rate(http_server_request_duration_seconds_count{H,http_route=""}[$__rate_interval])) > 0)` "legend" "workflows")))

)

 }}
{{- include "elsa.panel" (dict "context" . "id" 9 "kind" "timeseries" "title" "Busiest routes" "about" "The ten routes with the most requests per second; without a name are workflows and unknown paths."
  "x" 0 "y" 12 "w" 12 "h" 8 "unit" "reqps" "limit" ""
  "queries" (include "elsa.query" (dict "context" . "ref" "A" "how" "range" "expr" "topk(10, sum by (http_request_method, http_route) (rate(http_server_request_duration_seconds_count{H}[$__rate_interval])))" "legend" "{{http_request_method}} {{http_route}}"))
) }}
{{- include "elsa.panel" (dict "context" . "id" 10 "kind" "timeseries" "title" "Exceptions that reach the web server" "about" "Unhandled exceptions by type, as ASP.NET Core counts them."
  "x" 12 "y" 12 "w" 12 "h" 8 "unit" "cps" "limit" ""
  "queries" (include "elsa.query" (dict "context" . "ref" "A" "how" "range" "expr" "sum by (error_type) (rate(aspnetcore_diagnostics_exceptions_total{H}[$__rate_interval]))" "legend" "{{error_type}}"))
) }}
{{- end }}

{{/*
How long requests take.
*/}}
{{ define "elsa.httpLatency" -}}
{{ include "elsa.row" (dict "context" . "id" 11 "title" "Latency" "y" 20) }}
{{- include "elsa.panel" (dict "context" . "id" 12 "kind" "timeseries" "title" "Latency" "about" "Percentiles of all requests. Web sockets are left out: one is a single request without an end."
  "x" 0 "y" 21 "w" 12 "h" 8 "unit" "s" "limit" "2"
  "queries" (include "elsa.percentiles" (dict "context" . "histogram" "http_server_request_duration_seconds" "selector" `{H,http_route!~"/elsa/hubs/.*"}`))
) }}
{{- include "elsa.panel" (dict "context" . "id" 13 "kind" "heatmap" "title" "Spread of latency" "about" "Requests per second in each bucket of the histogram."
  "x" 12 "y" 21 "w" 12 "h" 8 "unit" "s" "limit" ""
  "queries" (include "elsa.query" (dict "context" . "ref" "A" "how" "heatmap" "expr" `sum by (le) (rate(http_server_request_duration_seconds_bucket{H,http_route!~"/elsa/hubs/.*"}[$__rate_interval]))` "legend" "{{le}}"))
) }}
{{- include "elsa.panel" (dict "context" . "id" 14 "kind" "timeseries" "title" "Slowest routes" "about" "95th percentile of the ten slowest routes; without a name are workflows and unknown paths."
  "x" 0 "y" 29 "w" 12 "h" 8 "unit" "s" "limit" "2"
  "queries" (include "elsa.query" (dict "context" . "ref" "A" "how" "range" "expr" `topk(10, histogram_quantile(0.95, sum by (le, http_request_method, http_route) (rate(http_server_request_duration_seconds_bucket{H,http_route!~"/elsa/hubs/.*"}[$__rate_interval]))))` "legend" "{{http_request_method}} {{http_route}}"))
) }}
{{- include "elsa.panel" (dict "context" . "id" 15 "kind" "timeseries" "title" "Share of slow requests" "about" "Slower than half a second, where the service level begins, and than two and a half seconds, of which ElsaLatencyHigh allows 5 per cent."
  "x" 12 "y" 29 "w" 12 "h" 8 "unit" "percentunit" "limit" "0.05"
  "queries" (printf "%s%s" (include "elsa.query" (dict "context" . "ref" "A" "how" "range" "expr" `1 - sum(rate(http_server_request_duration_seconds_bucket{H,le="0.5"}[$__rate_interval])) / (sum(rate(http_server_request_duration_seconds_count{H}[$__rate_interval])) > 0)` "legend" "over 0.5 s")) (include "elsa.query" (dict "context" . "ref" "B" "how" "range" "expr" `1 - sum(rate(http_server_request_duration_seconds_bucket{H,le="2.5"}[$__rate_interval])) / (sum(rate(http_server_request_duration_seconds_count{H}[$__rate_interval])) > 0)` "legend" "over 2.5 s")))

)

 }}
{{- end }}

{{/*
The web server's own figures.
*/}}
{{ define "elsa.httpConnections" -}}
{{ include "elsa.row" (dict "context" . "id" 16 "title" "Web server" "y" 37) }}
{{- include "elsa.panel" (dict "context" . "id" 17 "kind" "timeseries" "title" "Requests in flight" "about" "In each pod, without the scrape that asks."
  "x" 0 "y" 38 "w" 8 "h" 8 "unit" "short" "limit" ""
  "queries" (include "elsa.query" (dict "context" . "ref" "A" "how" "range" "expr" "clamp_min(sum by (pod) (http_server_active_requests{H}) - 1, 0)" "legend" "{{pod}}"))
) }}
{{- include "elsa.panel" (dict "context" . "id" 18 "kind" "timeseries" "title" "Connections" "about" "Open connections of each pod, those of probes and scrapes too."
  "x" 8 "y" 38 "w" 8 "h" 8 "unit" "short" "limit" ""
  "queries" (include "elsa.query" (dict "context" . "ref" "A" "how" "range" "expr" "sum by (pod) (kestrel_active_connections{H})" "legend" "{{pod}}"))
) }}
{{- include "elsa.panel" (dict "context" . "id" 19 "kind" "timeseries" "title" "Logins and tokens" "about" "Requests per second whose token or API key was looked at, by what came of it."
  "x" 16 "y" 38 "w" 8 "h" 8 "unit" "reqps" "limit" ""
  "queries" (include "elsa.query" (dict "context" . "ref" "A" "how" "range" "expr" "sum by (aspnetcore_authentication_result) (rate(aspnetcore_authentication_authenticate_duration_seconds_count{H}[$__rate_interval]))" "legend" "{{aspnetcore_authentication_result}}"))
) }}
{{- end }}

{{/*
Requests that workflows send.
*/}}
{{ define "elsa.httpCalls" -}}
{{ include "elsa.row" (dict "context" . "id" 20 "title" "Calls of workflows to other servers" "y" 46) }}
{{- include "elsa.panel" (dict "context" . "id" 21 "kind" "timeseries" "title" "Calls by server" "about" "Requests per second that the server sends, by the host name that it calls."
  "x" 0 "y" 47 "w" 8 "h" 8 "unit" "reqps" "limit" ""
  "queries" (include "elsa.query" (dict "context" . "ref" "A" "how" "range" "expr" "topk(10, sum by (server_address) (rate(http_client_request_duration_seconds_count{H}[$__rate_interval])))" "legend" "{{server_address}}"))
) }}
{{- include "elsa.panel" (dict "context" . "id" 22 "kind" "timeseries" "title" "Latency of calls" "about" "95th percentile by the host name that is called."
  "x" 8 "y" 47 "w" 8 "h" 8 "unit" "s" "limit" ""
  "queries" (include "elsa.query" (dict "context" . "ref" "A" "how" "range" "expr" "topk(10, histogram_quantile(0.95, sum by (le, server_address) (rate(http_client_request_duration_seconds_bucket{H}[$__rate_interval]))))" "legend" "{{server_address}}"))
) }}
{{- include "elsa.panel" (dict "context" . "id" 23 "kind" "timeseries" "title" "Failed calls" "about" "Calls per second that ended in a status of 400 or above, or in an error before any."
  "x" 16 "y" 47 "w" 8 "h" 8 "unit" "reqps" "limit" ""
  "queries" (include "elsa.query" (dict "context" . "ref" "A" "how" "range" "expr" `sum by (server_address, error_type) (rate(http_client_request_duration_seconds_count{H,error_type!=""}[$__rate_interval]))` "legend" "{{server_address}} {{error_type}}"))
) }}
{{- end }}
