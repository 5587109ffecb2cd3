{{- /* @severity warning */ -}}
{{/*
A security context of your own replaces ours as a whole. What Pod Security restricted demands has to be said again, or a
namespace that enforces it refuses the pods, and one that does not lets them do more than they need.
*/}}
{{ define "elsa.rules.weakened_security" -}}
{{- if eq .Values.namespace.podSecurity "privileged" }}
namespace.podSecurity	is privileged, which lets every pod of the namespace do anything on its node; set it to restricted, or to baseline if something in the pods needs more
{{- end }}
{{- include "elsa.weakenedSecurity" (dict "context" . "w" .Values.server "path" "server") }}
{{- if eq .Values.studio.mode "separate" }}
{{- include "elsa.weakenedSecurity" (dict "context" . "w" .Values.studio "path" "studio") }}
{{- end }}
{{- if and (eq .Values.database.provider "PostgreSql") (ne .Values.postgresql.mode "external") }}
{{- include "elsa.weakenedSecurity" (dict "context" . "w" .Values.postgresql "path" "postgresql") }}
{{- end }}
{{- if and (eq .Values.locks.provider "Redis") (eq .Values.redis.mode "bundled") }}
{{- include "elsa.weakenedSecurity" (dict "context" . "w" .Values.redis "path" "redis") }}
{{- end }}
{{- if eq .Values.rabbitmq.mode "bundled" }}
{{- include "elsa.weakenedSecurity" (dict "context" . "w" .Values.rabbitmq "path" "rabbitmq") }}
{{- end }}
{{- if ne .Values.pooling.type "none" }}
{{- include "elsa.weakenedSecurity" (dict "context" . "w" .Values.pgbouncer "path" "pgbouncer") }}
{{- end }}
{{- if ne .Values.backup.type "none" }}
{{- include "elsa.weakenedSecurity" (dict "context" . "w" .Values.backup "path" "backup") }}
{{- end }}
{{- include "elsa.weakenedSecurity" (dict "context" . "w" .Values.tests "path" "tests") }}
{{- end }}
