{{- /* @severity warning */ -}}
{{/*
Monitoring that watches nothing, or leaves out what would be watched: PgBouncer has a switch of its own, because its exporter
needs a Secret, and the published images of Elsa have no metrics.
*/}}
{{ define "elsa.rules.monitoring_without_effect" -}}
{{- $stores := or (and (eq .Values.database.provider "PostgreSql") (ne .Values.postgresql.mode "external")) (and (eq .Values.locks.provider "Redis") (eq .Values.redis.mode "bundled")) (eq .Values.rabbitmq.mode "bundled") (eq .Values.rabbitmq.mode "operator") (eq .Values.pooling.type "cloudnativepg") (and (eq .Values.pooling.type "pgbouncer") .Values.pgbouncer.metrics.enabled) }}
{{- if and .Values.monitoring.enabled (not .Values.monitoring.rules.enabled) (not (include "elsa.dashboardsOfServer" .)) (not (include "elsa.dashboardOfDatabase" .)) (not $stores) (eq (include "elsa.program" . | fromJson).metricsPath "") (not (include "elsa.probed" .)) }}
monitoring.enabled	makes nothing: {{ (include "elsa.program" . | fromJson).title }} has no metrics, and no store of this installation is here; set monitoring.rules.enabled, whose alerts about pods need none, or leave it out
{{- end }}
{{- if and .Values.monitoring.enabled (eq .Values.pooling.type "pgbouncer") (not .Values.pgbouncer.metrics.enabled) }}
pgbouncer.metrics.enabled	is false, so PgBouncer is not watched; set it, and make the Secret of secrets.pgbouncer
{{- end }}
{{- if and .Values.monitoring.enabled .Values.monitoring.probe.url (not (include "elsa.probed" .)) }}
monitoring.probe.url	has nothing to ask for: the server has no public address; set exposure.type or server.publicUrl
{{- end }}
{{- end }}
