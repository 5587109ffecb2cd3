{{/*
What workflows do.
*/}}
{{ define "elsa.workflowsDashboard" -}}
{{ include "elsa.dashboard" (dict "context" .
  "id" "workflows"
  "title" "Elsa workflows"
  "about" "Instances of workflows and the activities in them. Ends are successes and faults; cancelled and suspended instances count nowhere. How many run now, no metric says: that is a question to the database."
  "variables" (printf "%s%s" (include "elsa.serverVariables" .) (include "elsa.manyOf" (dict "context" . "name" "workflow" "label" "Workflow" "series" `label_values(elsa_workflow_started_total{namespace="$namespace", job="$job"}, workflow_definition_id)`)))
  "panels" (printf "%s%s%s%s%s" (include "elsa.workflowSummary" .) (include "elsa.workflowEnds" .) (include "elsa.workflowActivities" .) (include "elsa.workflowTable" .) (include "elsa.workflowMessages" .))
) }}
{{- end }}

{{/*
Figures of all workflows that are chosen.
*/}}
{{ define "elsa.workflowSummary" -}}
{{ include "elsa.panel" (dict "context" . "id" 1 "kind" "stat" "title" "Started" "about" "New instances per second; a resumed one is not new."
  "x" 0 "y" 0 "w" 4 "h" 4 "unit" "cps" "limit" ""
  "queries" (include "elsa.query" (dict "context" . "ref" "A" "how" "range" "expr" `sum(rate(elsa_workflow_started_total{H,workflow_definition_id=~"$workflow"}[$__rate_interval]))` "legend" "started"))
) }}
{{- include "elsa.panel" (dict "context" . "id" 2 "kind" "stat" "title" "Finished" "about" "Instances per second that came to their end without a fault."
  "x" 4 "y" 0 "w" 4 "h" 4 "unit" "cps" "limit" ""
  "queries" (include "elsa.query" (dict "context" . "ref" "A" "how" "range" "expr" `sum(rate(elsa_workflow_completed_total{H,workflow_definition_id=~"$workflow"}[$__rate_interval])) or vector(0)` "legend" "finished"))
) }}
{{- include "elsa.panel" (dict "context" . "id" 3 "kind" "stat" "title" "Faulted" "about" "Faults per second; an instance that is tried again and faults again counts twice. Red above one in two seconds, where ElsaWorkflowFaultRateHigh fires."
  "x" 8 "y" 0 "w" 4 "h" 4 "unit" "cps" "limit" "0.5"
  "queries" (include "elsa.query" (dict "context" . "ref" "A" "how" "range" "expr" `sum(rate(elsa_workflow_faulted_total{H,workflow_definition_id=~"$workflow"}[$__rate_interval])) or vector(0)` "legend" "faulted"))
) }}
{{- include "elsa.panel" (dict "context" . "id" 4 "kind" "stat" "title" "Share of faults" "about" "Faults among all ends of the last 30 minutes. Red above 5 per cent, where ElsaWorkflowFaultRatioHigh fires for a single workflow."
  "x" 12 "y" 0 "w" 4 "h" 4 "unit" "percentunit" "limit" "0.05"
  "queries" (include "elsa.query" (dict "context" . "ref" "A" "how" "range" "expr" `(sum(rate(elsa_workflow_faulted_total{H,workflow_definition_id=~"$workflow"}[30m])) or vector(0)) / (((sum(rate(elsa_workflow_faulted_total{H,workflow_definition_id=~"$workflow"}[30m])) or vector(0)) + (sum(rate(elsa_workflow_completed_total{H,workflow_definition_id=~"$workflow"}[30m])) or vector(0))) > 0)` "legend" "faults"))
) }}
{{- include "elsa.panel" (dict "context" . "id" 5 "kind" "stat" "title" "Activities, 95th percentile" "about" "95 of 100 activities take less time than this."
  "x" 16 "y" 0 "w" 4 "h" 4 "unit" "s" "limit" ""
  "queries" (include "elsa.query" (dict "context" . "ref" "A" "how" "range" "expr" `histogram_quantile(0.95, sum by (le) (rate(elsa_activity_duration_seconds_bucket{H,workflow_definition_id=~"$workflow"}[$__rate_interval])))` "legend" "p95"))
) }}
{{- include "elsa.panel" (dict "context" . "id" 6 "kind" "stat" "title" "Started and not ended" "about" "Instances that began in the time shown, less those that ended in it: rough, as cancelled ones count as open and a replaced pod takes its counters with it. The table WorkflowInstances knows exactly."
  "x" 20 "y" 0 "w" 4 "h" 4 "unit" "short" "limit" ""
  "queries" (include "elsa.query" (dict "context" . "ref" "A" "how" "instant" "expr" `sum(increase(elsa_workflow_started_total{H,workflow_definition_id=~"$workflow"}[$__range])) - (sum(increase(elsa_workflow_completed_total{H,workflow_definition_id=~"$workflow"}[$__range])) or vector(0)) - (sum(increase(elsa_workflow_faulted_total{H,workflow_definition_id=~"$workflow"}[$__range])) or vector(0))` "legend" "open"))
) }}
{{- end }}

{{/*
Beginnings and ends over time.
*/}}
{{ define "elsa.workflowEnds" -}}
{{ include "elsa.panel" (dict "context" . "id" 7 "kind" "timeseries" "title" "Instances" "about" "Beginnings and ends per second of all workflows that are chosen."
  "x" 0 "y" 4 "w" 12 "h" 8 "unit" "cps" "limit" ""
  "queries" (printf "%s%s%s" (include "elsa.query" (dict "context" . "ref" "A" "how" "range" "expr" `sum(rate(elsa_workflow_started_total{H,workflow_definition_id=~"$workflow"}[$__rate_interval]))` "legend" "started")) (include "elsa.query" (dict "context" . "ref" "B" "how" "range" "expr" `sum(rate(elsa_workflow_completed_total{H,workflow_definition_id=~"$workflow"}[$__rate_interval]))` "legend" "finished")) (include "elsa.query" (dict "context" . "ref" "C" "how" "range" "expr" `sum(rate(elsa_workflow_faulted_total{H,workflow_definition_id=~"$workflow"}[$__rate_interval]))` "legend" "faulted")))
) }}
{{- include "elsa.panel" (dict "context" . "id" 8 "kind" "timeseries" "title" "Faults by workflow" "about" "The ten workflows with the most faults per second."
  "x" 12 "y" 4 "w" 12 "h" 8 "unit" "cps" "limit" "0.5"
  "queries" (include "elsa.query" (dict "context" . "ref" "A" "how" "range" "expr" `topk(10, sum by (workflow_definition_id, workflow_name) (rate(elsa_workflow_faulted_total{H,workflow_definition_id=~"$workflow"}[$__rate_interval])))` "legend" "{{workflow_name}} {{workflow_definition_id}}"))
) }}
{{- include "elsa.panel" (dict "context" . "id" 9 "kind" "timeseries" "title" "Busiest workflows" "about" "The ten workflows with the most new instances per second."
  "x" 0 "y" 12 "w" 12 "h" 8 "unit" "cps" "limit" ""
  "queries" (include "elsa.query" (dict "context" . "ref" "A" "how" "range" "expr" `topk(10, sum by (workflow_definition_id, workflow_name) (rate(elsa_workflow_started_total{H,workflow_definition_id=~"$workflow"}[$__rate_interval])))` "legend" "{{workflow_name}} {{workflow_definition_id}}"))
) }}
{{- include "elsa.panel" (dict "context" . "id" 10 "kind" "timeseries" "title" "Share of faults by workflow" "about" "Faults among the ends of the last 30 minutes, where a workflow had any fault. ElsaWorkflowFaultRatioHigh fires above 5 per cent and three faults."
  "x" 12 "y" 12 "w" 12 "h" 8 "unit" "percentunit" "limit" "0.05"
  "queries" (include "elsa.query" (dict "context" . "ref" "A" "how" "range" "expr" `sum by (workflow_definition_id) (increase(elsa_workflow_faulted_total{H,workflow_definition_id=~"$workflow"}[30m])) / ((sum by (workflow_definition_id) (increase(elsa_workflow_faulted_total{H,workflow_definition_id=~"$workflow"}[30m])) + (sum by (workflow_definition_id) (increase(elsa_workflow_completed_total{H,workflow_definition_id=~"$workflow"}[30m])) or 0 * sum by (workflow_definition_id) (increase(elsa_workflow_faulted_total{H,workflow_definition_id=~"$workflow"}[30m])))) > 0)` "legend" "{{workflow_definition_id}}"))
) }}
{{- end }}

{{/*
Activities: how many, how long, and which of them fault.
*/}}
{{ define "elsa.workflowActivities" -}}
{{ include "elsa.row" (dict "context" . "id" 11 "title" "Activities" "y" 20) }}
{{- include "elsa.panel" (dict "context" . "id" 12 "kind" "timeseries" "title" "Duration of activities" "about" "Percentiles over all types. Beyond 2000 combinations of labels the host lumps them together, so with near a thousand workflows these are incomplete."
  "x" 0 "y" 21 "w" 12 "h" 8 "unit" "s" "limit" ""
  "queries" (include "elsa.percentiles" (dict "context" . "histogram" "elsa_activity_duration_seconds" "selector" `{H,workflow_definition_id=~"$workflow"}`))
) }}
{{- include "elsa.panel" (dict "context" . "id" 13 "kind" "heatmap" "title" "Spread of durations" "about" "Activities per second in each bucket of the histogram, from 5 milliseconds to a minute."
  "x" 12 "y" 21 "w" 12 "h" 8 "unit" "s" "limit" ""
  "queries" (include "elsa.query" (dict "context" . "ref" "A" "how" "heatmap" "expr" `sum by (le) (rate(elsa_activity_duration_seconds_bucket{H,workflow_definition_id=~"$workflow"}[$__rate_interval]))` "legend" "{{le}}"))
) }}
{{- include "elsa.panel" (dict "context" . "id" 14 "kind" "timeseries" "title" "Slowest types" "about" "95th percentile of the ten slowest types of activity."
  "x" 0 "y" 29 "w" 8 "h" 8 "unit" "s" "limit" ""
  "queries" (include "elsa.query" (dict "context" . "ref" "A" "how" "range" "expr" `topk(10, histogram_quantile(0.95, sum by (le, workflow_activity_type) (rate(elsa_activity_duration_seconds_bucket{H,workflow_definition_id=~"$workflow"}[$__rate_interval]))))` "legend" "{{workflow_activity_type}}"))
) }}
{{- include "elsa.panel" (dict "context" . "id" 15 "kind" "timeseries" "title" "Busiest types" "about" "Activities per second of the ten types that run most."
  "x" 8 "y" 29 "w" 8 "h" 8 "unit" "cps" "limit" ""
  "queries" (include "elsa.query" (dict "context" . "ref" "A" "how" "range" "expr" `topk(10, sum by (workflow_activity_type) (rate(elsa_activity_duration_seconds_count{H,workflow_definition_id=~"$workflow"}[$__rate_interval])))` "legend" "{{workflow_activity_type}}"))
) }}
{{- include "elsa.panel" (dict "context" . "id" 16 "kind" "timeseries" "title" "Faulted activities" "about" "Faults per second by type of activity: where a workflow breaks."
  "x" 16 "y" 29 "w" 8 "h" 8 "unit" "cps" "limit" ""
  "queries" (include "elsa.query" (dict "context" . "ref" "A" "how" "range" "expr" `sum by (workflow_activity_type) (rate(elsa_activity_duration_seconds_count{H,workflow_definition_id=~"$workflow",workflow_activity_faulted="true"}[$__rate_interval]))` "legend" "{{workflow_activity_type}}"))
) }}
{{- end }}

{{/*
A line for each workflow.
*/}}
{{ define "elsa.workflowTable" -}}
{{ include "elsa.row" (dict "context" . "id" 17 "title" "Each workflow" "y" 37) }}
{{- include "elsa.panel" (dict "context" . "id" 18 "kind" "table" "title" "Instances in the time shown" "about" "Started, finished and faulted in the time that the dashboard shows. A counter that has just come into being lacks its first step."
  "x" 0 "y" 38 "w" 24 "h" 9 "unit" "short" "limit" ""
  "queries" (printf "%s%s%s" (include "elsa.query" (dict "context" . "ref" "started" "how" "table" "expr" `sum by (workflow_definition_id, workflow_name) (increase(elsa_workflow_started_total{H,workflow_definition_id=~"$workflow"}[$__range]))` "legend" "started")) (include "elsa.query" (dict "context" . "ref" "finished" "how" "table" "expr" `sum by (workflow_definition_id, workflow_name) (increase(elsa_workflow_completed_total{H,workflow_definition_id=~"$workflow"}[$__range]))` "legend" "finished")) (include "elsa.query" (dict "context" . "ref" "faulted" "how" "table" "expr" `sum by (workflow_definition_id, workflow_name) (increase(elsa_workflow_faulted_total{H,workflow_definition_id=~"$workflow"}[$__range]))` "legend" "faulted")))
) }}
{{- end }}

{{/*
Messages by which replicas tell each other of changes.
*/}}
{{ define "elsa.workflowMessages" -}}
{{- if ne .Values.rabbitmq.mode "none" -}}
{{ include "elsa.row" (dict "context" . "id" 19 "title" "Messages between replicas" "y" 47) }}
{{- include "elsa.panel" (dict "context" . "id" 20 "kind" "timeseries" "title" "Received messages" "about" "Messages per second by type; a change of a workflow sends some to every replica."
  "x" 0 "y" 48 "w" 12 "h" 8 "unit" "cps" "limit" ""
  "queries" (include "elsa.query" (dict "context" . "ref" "A" "how" "range" "expr" "sum by (messaging_masstransit_message_type) (rate(messaging_masstransit_consume_ea_total{H}[$__rate_interval]))" "legend" "{{messaging_masstransit_message_type}}"))
) }}
{{- include "elsa.panel" (dict "context" . "id" 21 "kind" "timeseries" "title" "Handling of messages" "about" "95th percentile of the time that a replica takes for a message."
  "x" 12 "y" 48 "w" 12 "h" 8 "unit" "ms" "limit" ""
  "queries" (include "elsa.query" (dict "context" . "ref" "A" "how" "range" "expr" "histogram_quantile(0.95, sum by (le, messaging_masstransit_message_type) (rate(messaging_masstransit_consume_duration_milliseconds_bucket{H}[$__rate_interval])))" "legend" "{{messaging_masstransit_message_type}}"))
) }}
{{- end -}}
{{ end }}
