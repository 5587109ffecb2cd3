{{/*
Whether anything shows the figures of server programs: the published images show none.
*/}}
{{ define "elsa.dashboardsOfServer" -}}
{{- if and .Values.monitoring.enabled (ne .Values.monitoring.dashboards.type "none") (include "elsa.program" . | fromJson).metricsPath -}}
true
{{- end -}}
{{ end }}

{{/*
Whether anything shows the figures of a database: the host's pool of connections, PostgreSQL or a pooler.
*/}}
{{ define "elsa.dashboardOfDatabase" -}}
{{- if and .Values.monitoring.enabled (ne .Values.monitoring.dashboards.type "none") (eq .Values.database.provider "PostgreSql") -}}
{{- if or (include "elsa.program" . | fromJson).metricsPath (ne .Values.postgresql.mode "external") (include "elsa.poolerMetrics" .) -}}
true
{{- end -}}
{{- end -}}
{{ end }}

{{/*
The pooler that shows figures, if any.
*/}}
{{ define "elsa.poolerMetrics" -}}
{{- if eq .Values.database.provider "PostgreSql" -}}
{{- if eq .Values.pooling.type "cloudnativepg" -}}
cloudnativepg
{{- else if and (eq .Values.pooling.type "pgbouncer") .Values.pgbouncer.metrics.enabled -}}
pgbouncer
{{- end -}}
{{- end -}}
{{ end }}

{{/*
A ConfigMap that Grafana's sidecar reads. It writes all files of a cluster into one folder, so the key is one that no other
installation has.
*/}}
{{ define "elsa.dashboardConfigMap" -}}
apiVersion: v1
kind: ConfigMap
metadata:
  {{- include "elsa.metadata" (dict "context" .context "name" (printf "%s-dashboard-%s" (include "elsa.fullname" .context) .id) "component" "monitoring" "labels" .context.Values.monitoring.dashboards.labels "annotations" .context.Values.commonAnnotations "fixed" (include "elsa.dashboardFolder" .context | trim)) | nindent 2 }}
data:
  {{ .context.Release.Namespace }}-{{ include "elsa.fullname" .context }}-{{ .id }}.json: |-
    {{- .model | nindent 4 }}
# A panel that Grafana saved can be exported and compared with this.
{{- end }}

{{/*
The sidecar's folder.
*/}}
{{ define "elsa.dashboardFolder" -}}
{{- if .Values.monitoring.dashboards.folder -}}
{{ .Values.monitoring.dashboards.folderAnnotation }}: {{ .Values.monitoring.dashboards.folder | quote }}
{{- end -}}
{{ end }}

{{/*
A dashboard that Grafana's operator writes into the Grafanas that it selects.
*/}}
{{ define "elsa.grafanaDashboard" -}}
apiVersion: grafana.integreatly.org/v1beta1
kind: GrafanaDashboard
metadata:
  {{- include "elsa.metadata" (dict "context" .context "name" (printf "%s-%s" (include "elsa.fullname" .context) .id) "component" "monitoring" "labels" .context.Values.commonLabels "annotations" .context.Values.commonAnnotations "fixed" "") | nindent 2 }}
spec:
  # Cannot be changed: the operator wants the object deleted and made again.
  {{- with .context.Values.monitoring.dashboards.instanceSelector }}
  instanceSelector:
    matchLabels:
      {{- toYaml . | nindent 6 }}
  {{- else }}
  instanceSelector: {}
  {{- end }}
  allowCrossNamespaceImport: {{ .context.Values.monitoring.dashboards.allowCrossNamespaceImport }}
  {{- with .context.Values.monitoring.dashboards.folder }}
  folder: {{ . | quote }}
  {{- end }}
  json: |-
    {{- .model | nindent 4 }}
# A panel that Grafana saved can be exported and compared with this.
{{- end }}

{{/*
The model of a dashboard. Two installations in one Grafana differ in uid and title. A comma stands after each variable and
each panel; the last ones are taken away here.
*/}}
{{ define "elsa.dashboard" -}}
{{- $installation := printf "%s/%s" .context.Release.Namespace (include "elsa.fullname" .context) -}}
{
  "id": null,
  "uid": "elsa-{{ .id }}-{{ $installation | sha256sum | trunc 8 }}",
  "title": {{ printf "%s (%s)" .title $installation | quote }},
  "description": {{ .about | quote }},
  "tags": ["elsa"],
  "schemaVersion": 39,
  "editable": true,
  "graphTooltip": 1,
  "timezone": "",
  "refresh": "1m",
  "time": { "from": "now-6h", "to": "now" },
  "annotations": { "list": [] },
  "links": [
    { "type": "dashboards", "title": "Elsa", "tags": ["elsa"], "asDropdown": true, "includeVars": true, "keepTime": true, "targetBlank": false, "icon": "external link", "tooltip": "", "url": "" }
  ],
  "templating": {
    "list": [
      { "name": "datasource", "label": "Data source", "type": "datasource", "query": "prometheus", "regex": "", "multi": false, "includeAll": false, "hide": 0, "refresh": 1, "current": {}, "options": [] },
      {{- .variables | trim | trimSuffix "," | nindent 6 }}
    ]
  },
  "panels": [
    {{- .panels | trim | trimSuffix "," | nindent 4 }}
  ]
}
{{- end }}

{{/*
A variable of which one value is chosen: this installation's at first, and another one's can be looked at.
*/}}
{{ define "elsa.oneOf" -}}
{
  "name": "{{ .name }}", "label": "{{ .label }}", "type": "query", "hide": 0, "refresh": 2, "sort": 1, "regex": "", "multi": false, "includeAll": false,
  "datasource": { "type": "prometheus", "uid": "${datasource}" },
  "definition": {{ .series | quote }},
  "query": { "query": {{ .series | quote }}, "refId": "{{ .name }}" },
  "current": { "text": {{ .first | quote }}, "value": {{ .first | quote }} }
},
{{ end }}

{{/*
A variable of which several values can be chosen, all of them at first.
*/}}
{{ define "elsa.manyOf" -}}
{
  "name": "{{ .name }}", "label": "{{ .label }}", "type": "query", "hide": 0, "refresh": 2, "sort": 1, "regex": "", "multi": true, "includeAll": true, "allValue": ".+",
  "datasource": { "type": "prometheus", "uid": "${datasource}" },
  "definition": {{ .series | quote }},
  "query": { "query": {{ .series | quote }}, "refId": "{{ .name }}" },
  "current": { "text": ["All"], "value": ["$__all"] }
},
{{ end }}

{{/*
Namespace, job and pods of the server.
*/}}
{{ define "elsa.serverVariables" -}}
{{ include "elsa.oneOf" (dict "context" . "name" "namespace" "label" "Namespace" "series" "label_values(dotnet_process_cpu_count, namespace)" "first" .Release.Namespace) }}
{{- include "elsa.oneOf" (dict "context" . "name" "job" "label" "Job" "series" `label_values(dotnet_process_cpu_count{namespace="$namespace"}, job)` "first" (printf "%s-server" (include "elsa.fullname" .))) }}
{{- include "elsa.manyOf" (dict "context" . "name" "pod" "label" "Pod" "series" `label_values(dotnet_process_cpu_count{namespace="$namespace", job="$job"}, pod)`) }}
{{- end }}

{{/*
A heading over the panels that follow.
*/}}
{{ define "elsa.row" -}}
{ "id": {{ .id }}, "type": "row", "title": {{ .title | quote }}, "collapsed": false, "gridPos": { "h": 1, "w": 24, "x": 0, "y": {{ .y }} }, "panels": [] },
{{ end }}

{{/*
A panel. `kind` is Grafana's type, or `stacked` for lines that lie upon each other; above `limit`, unless that is empty, a
figure is red.
*/}}
{{ define "elsa.panel" -}}
{
  "id": {{ .id }},
  "type": "{{ ternary "timeseries" .kind (eq .kind "stacked") }}",
  "title": {{ .title | quote }},
  "description": {{ .about | quote }},
  "datasource": { "type": "prometheus", "uid": "${datasource}" },
  "gridPos": { "h": {{ .h }}, "w": {{ .w }}, "x": {{ .x }}, "y": {{ .y }} },
  "fieldConfig": {
    "defaults": {
      "unit": "{{ .unit }}",
      {{- if or (eq .kind "timeseries") (eq .kind "stacked") }}
      "min": 0,
      {{- end }}
      {{- if eq .kind "stat" }}
      "noValue": "-",
      {{- end }}
      {{- if .limit }}
      "color": { "mode": "{{ ternary "thresholds" "palette-classic" (eq .kind "stat") }}" },
      "thresholds": { "mode": "absolute", "steps": [{ "color": "green", "value": null }, { "color": "red", "value": {{ .limit }} }] },
      {{- end }}
      "custom": { {{ include "elsa.drawing" (dict "context" .context "kind" .kind "limit" .limit) | trim }} }
    },
    "overrides": []
  },
  "options": { {{ include "elsa.panelOptions" (dict "context" .context "kind" .kind "unit" .unit) | trim }} },
  {{- if eq .kind "table" }}
  "transformations": [{ "id": "merge", "options": {} }],
  {{- end }}
  "targets": [
    {{- .queries | trim | trimSuffix "," | nindent 4 }}
  ]
},
{{ end }}

{{/*
How the lines of a panel are drawn.
*/}}
{{ define "elsa.drawing" -}}
{{- if or (eq .kind "timeseries") (eq .kind "stacked") -}}
"drawStyle": "line", "lineWidth": 1, "showPoints": "never", "spanNulls": false, "fillOpacity": {{ ternary "30" "8" (eq .kind "stacked") }}, "stacking": { "group": "A", "mode": "{{ ternary "normal" "none" (eq .kind "stacked") }}" }
{{- if .limit -}}
, "thresholdsStyle": { "mode": "dashed" }
{{- end -}}
{{- else if eq .kind "table" -}}
"align": "auto", "filterable": true
{{- end -}}
{{ end }}

{{/*
The options of a kind of panel.
*/}}
{{ define "elsa.panelOptions" -}}
{{- if or (eq .kind "timeseries") (eq .kind "stacked") -}}
"legend": { "displayMode": "list", "placement": "bottom", "showLegend": true, "calcs": [] }, "tooltip": { "mode": "multi", "sort": "desc" }
{{- else if eq .kind "stat" -}}
"reduceOptions": { "calcs": ["lastNotNull"], "fields": "", "values": false }, "colorMode": "value", "graphMode": "area", "justifyMode": "auto", "orientation": "auto", "textMode": "auto"
{{- else if eq .kind "heatmap" -}}
"calculate": false, "cellGap": 1, "color": { "mode": "scheme", "scheme": "Oranges", "steps": 64 }, "legend": { "show": true }, "tooltip": { "mode": "single", "yHistogram": false }, "yAxis": { "axisPlacement": "left", "unit": "{{ .unit }}" }
{{- else if eq .kind "table" -}}
"showHeader": true, "cellHeight": "sm"
{{- end -}}
{{ end }}

{{/*
A query of a panel. `{H` stands for the beginning of a selector of the host's series, `{P` of those that Kubernetes has of its
pods, `{D` of those of the database, `{L` of those of the pooler, `{N` of all of the namespace. `how` is one of `range`, `instant`, `heatmap` and `table`.
*/}}
{{ define "elsa.query" -}}
{{- $series := .expr | replace "{H" `{namespace="$namespace",job="$job",pod=~"$pod"` | replace "{P" `{namespace="$namespace",pod=~"$pod"` | replace "{D" `{namespace="$namespace",job="$database"` | replace "{L" `{namespace="$namespace",job="$pooler"` | replace "{N" `{namespace="$namespace"` -}}
{ "refId": "{{ .ref }}", "datasource": { "type": "prometheus", "uid": "${datasource}" }, "expr": {{ $series | quote }}, "legendFormat": {{ .legend | quote }}, "format": "{{ ternary "heatmap" (ternary "table" "time_series" (eq .how "table")) (eq .how "heatmap") }}", "range": {{ ternary "true" "false" (or (eq .how "range") (eq .how "heatmap")) }}, "instant": {{ ternary "true" "false" (or (eq .how "instant") (eq .how "table")) }} },
{{ end }}

{{/*
Median, 95th and 99th percentile of a histogram of the host.
*/}}
{{ define "elsa.percentiles" -}}
{{ include "elsa.query" (dict "context" .context "ref" "A" "how" "range" "expr" (printf "histogram_quantile(0.5, sum by (le) (rate(%s_bucket%s[$__rate_interval])))" .histogram .selector) "legend" "p50") }}
{{- include "elsa.query" (dict "context" .context "ref" "B" "how" "range" "expr" (printf "histogram_quantile(0.95, sum by (le) (rate(%s_bucket%s[$__rate_interval])))" .histogram .selector) "legend" "p95") }}
{{- include "elsa.query" (dict "context" .context "ref" "C" "how" "range" "expr" (printf "histogram_quantile(0.99, sum by (le) (rate(%s_bucket%s[$__rate_interval])))" .histogram .selector) "legend" "p99") }}
{{- end }}
