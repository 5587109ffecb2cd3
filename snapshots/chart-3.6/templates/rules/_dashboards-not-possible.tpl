{{- /* @severity error */ -}}
{{/*
Dashboards that no Grafana would ever show, or that Kubernetes would refuse.
*/}}
{{ define "elsa.rules.dashboards_not_possible" -}}
{{- $dashboards := .Values.monitoring.dashboards }}
{{- if and (eq $dashboards.type "grafana-operator") (not .Values.monitoring.enabled) }}
monitoring.dashboards.type	is grafana-operator, but monitoring.enabled is false, so there are no dashboards; set monitoring.enabled, or set it to none
{{- else if and (eq $dashboards.type "grafana-operator") (not (include "elsa.dashboardsOfServer" .)) (not (include "elsa.dashboardOfDatabase" .)) }}
monitoring.dashboards.type	is grafana-operator, but {{ (include "elsa.program" . | fromJson).title }} shows no figures and neither does a database of this installation, so there are no dashboards; set it to none
{{- end }}
{{- if and .Values.monitoring.enabled (eq $dashboards.type "sidecar") }}
{{- if not $dashboards.labels }}
monitoring.dashboards.labels	is empty, and Grafana's sidecar finds dashboards by a label; set the one that it looks for, or set monitoring.dashboards.type to none
{{- end }}
{{- range $key, $value := $dashboards.labels }}
{{- if not (regexMatch "^([a-z0-9]([a-z0-9.-]*[a-z0-9])?/)?[A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?$" $key) }}
monitoring.dashboards.labels	{{ $key | quote }} is no name of a label; use letters, digits, dots, underscores and hyphens
{{- end }}
{{- if not (regexMatch "^([A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?)?$" $value) }}
monitoring.dashboards.labels	{{ $value | quote }} is no value of a label; use letters, digits, dots, underscores and hyphens
{{- end }}
{{- end }}
{{- end }}
{{- end }}
