{{- /* @severity error */ -}}
{{/*
Labels, annotations, variables and containers that the templates write themselves: a second one of the same name would break
the object, or contradict the value that the first one is made of.
*/}}
{{ define "elsa.rules.reserved_name" -}}
{{- include "elsa.reservedLabels" (dict "context" . "labels" .Values.commonLabels "path" "commonLabels") }}
{{- include "elsa.reservedAnnotations" (dict "context" . "annotations" .Values.commonAnnotations "path" "commonAnnotations") }}
{{- include "elsa.reservedInWorkload" (dict "context" . "w" .Values.server "path" "server" "component" "server" "init" "wait-for-database") }}
{{- include "elsa.reservedInService" (dict "context" . "service" .Values.server.service "path" "server") }}
{{- include "elsa.reservedInWorkload" (dict "context" . "w" .Values.studio "path" "studio" "component" "studio" "init" "") }}
{{- include "elsa.reservedInService" (dict "context" . "service" .Values.studio.service "path" "studio") }}
{{- include "elsa.reservedInWorkload" (dict "context" . "w" .Values.postgresql "path" "postgresql" "component" "postgresql" "init" "guard") }}
{{- include "elsa.reservedInService" (dict "context" . "service" .Values.postgresql.service "path" "postgresql") }}
{{- include "elsa.reservedInWorkload" (dict "context" . "w" .Values.redis "path" "redis" "component" "redis" "init" "password") }}
{{- include "elsa.reservedInService" (dict "context" . "service" .Values.redis.service "path" "redis") }}
{{- include "elsa.reservedInWorkload" (dict "context" . "w" .Values.rabbitmq "path" "rabbitmq" "component" "rabbitmq" "init" "setup") }}
{{- include "elsa.reservedInService" (dict "context" . "service" .Values.rabbitmq.service "path" "rabbitmq") }}
{{- include "elsa.reservedInWorkload" (dict "context" . "w" .Values.pgbouncer "path" "pgbouncer" "component" "pgbouncer" "init" "userlist") }}
{{- if .Values.pgbouncer.metrics.enabled }}
{{- include "elsa.reservedExporter" (dict "context" . "w" .Values.pgbouncer "path" "pgbouncer") }}
{{- end }}
{{- if .Values.monitoring.enabled }}
{{- include "elsa.reservedExporter" (dict "context" . "w" .Values.postgresql "path" "postgresql") }}
{{- include "elsa.reservedExporter" (dict "context" . "w" .Values.redis "path" "redis") }}
{{- end }}
{{- include "elsa.reservedLabels" (dict "context" . "labels" .Values.monitoring.labels "path" "monitoring.labels") }}
{{- include "elsa.reservedLabels" (dict "context" . "labels" .Values.monitoring.dashboards.labels "path" "monitoring.dashboards.labels") }}
{{- range $key, $value := .Values.monitoring.rules.labels }}
{{- if regexMatch "^(severity|long_window|short_window|alertname)$" $key }}
monitoring.rules.labels	{{ $key | quote }} is a label that the alerts have already; choose another name
{{- end }}
{{- end }}
{{- include "elsa.reservedInWorkload" (dict "context" . "w" .Values.backup "path" "backup" "component" "backup" "init" "dump") }}
{{- include "elsa.reservedStepNames" . }}
{{- include "elsa.reservedInPods" (dict "context" . "w" .Values.tests "path" "tests" "component" "test" "init" "") }}
{{- include "elsa.reservedLabels" (dict "context" . "labels" .Values.ingress.labels "path" "ingress.labels") }}
{{- include "elsa.reservedAnnotations" (dict "context" . "annotations" .Values.ingress.annotations "path" "ingress.annotations") }}
{{- include "elsa.reservedVariables" . }}
{{- end }}
