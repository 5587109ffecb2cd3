{{/*
All groups of rules that this installation has something for.
*/}}
{{ define "elsa.ruleGroups" -}}
{{- include "elsa.ruleGroup" (dict "context" . "name" "elsa-replicas" "rules" (include "elsa.replicaAlerts" .)) }}
{{- include "elsa.ruleGroup" (dict "context" . "name" "elsa-pods" "rules" (include "elsa.podAlerts" .)) }}
{{- include "elsa.ruleGroup" (dict "context" . "name" "elsa-resources" "rules" (include "elsa.resourceAlerts" .)) }}
{{- include "elsa.ruleGroup" (dict "context" . "name" "elsa-storage" "rules" (include "elsa.storageAlerts" .)) }}
{{- include "elsa.ruleGroup" (dict "context" . "name" "elsa-entrance" "rules" (include "elsa.entranceAlerts" .)) }}
{{- if (include "elsa.program" . | fromJson).metricsPath }}
{{- include "elsa.ruleGroup" (dict "context" . "name" "elsa-server" "rules" (include "elsa.serverAlerts" .)) }}
{{- include "elsa.ruleGroup" (dict "context" . "name" "elsa-workflows" "rules" (include "elsa.workflowAlerts" .)) }}
{{- if eq .Values.database.provider "PostgreSql" }}
{{- include "elsa.ruleGroup" (dict "context" . "name" "elsa-pool" "rules" (include "elsa.poolAlerts" .)) }}
{{- end }}
{{- end }}
{{- if include "elsa.cloudnativepg" . }}
{{- include "elsa.ruleGroup" (dict "context" . "name" "elsa-postgresql" "rules" (include "elsa.cloudnativepgAlerts" .)) }}
{{- else if and (eq .Values.database.provider "PostgreSql") (eq .Values.postgresql.mode "bundled") }}
{{- include "elsa.ruleGroup" (dict "context" . "name" "elsa-postgresql" "rules" (include "elsa.postgresqlAlerts" .)) }}
{{- end }}
{{- if and (eq .Values.pooling.type "pgbouncer") .Values.pgbouncer.metrics.enabled }}
{{- include "elsa.ruleGroup" (dict "context" . "name" "elsa-pgbouncer" "rules" (include "elsa.pgbouncerAlerts" .)) }}
{{- else if eq .Values.pooling.type "cloudnativepg" }}
{{- include "elsa.ruleGroup" (dict "context" . "name" "elsa-pgbouncer" "rules" (include "elsa.poolerAlerts" .)) }}
{{- end }}
{{- if and (eq .Values.locks.provider "Redis") (eq .Values.redis.mode "bundled") }}
{{- include "elsa.ruleGroup" (dict "context" . "name" "elsa-redis" "rules" (include "elsa.redisAlerts" .)) }}
{{- end }}
{{- if or (eq .Values.rabbitmq.mode "bundled") (eq .Values.rabbitmq.mode "operator") }}
{{- include "elsa.ruleGroup" (dict "context" . "name" "elsa-rabbitmq" "rules" (include "elsa.rabbitmqAlerts" .)) }}
{{- end }}
{{- include "elsa.ruleGroup" (dict "context" . "name" "elsa-slo-availability" "rules" (printf "%s%s" (include "elsa.availabilitySlo" .) (include "elsa.availabilityBurn" .))) }}
{{- if (include "elsa.program" . | fromJson).metricsPath }}
{{- include "elsa.ruleGroup" (dict "context" . "name" "elsa-slo-requests" "rules" (printf "%s%s" (include "elsa.requestSlo" .) (include "elsa.requestBurn" .))) }}
{{- end }}
{{- include "elsa.ruleGroup" (dict "context" . "name" "elsa-slo-database" "rules" (printf "%s%s" (include "elsa.databaseSlo" .) (include "elsa.databaseBurn" .))) }}
{{- end }}
