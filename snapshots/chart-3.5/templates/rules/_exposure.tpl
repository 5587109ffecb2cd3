{{/*
A line for each bundled store in use whose Service leads outside.
*/}}
{{ define "elsa.storesOutside" -}}
{{- if and (eq .context.Values.database.provider "PostgreSql") (eq .context.Values.postgresql.mode "bundled") (ne .context.Values.postgresql.service.type "ClusterIP") }}
postgresql.service.type	a Service of type {{ .context.Values.postgresql.service.type }} {{ .sentence }}
{{- end }}
{{- if and (eq .context.Values.locks.provider "Redis") (eq .context.Values.redis.mode "bundled") (ne .context.Values.redis.service.type "ClusterIP") }}
redis.service.type	a Service of type {{ .context.Values.redis.service.type }} {{ .sentence }}
{{- end }}
{{- if and (eq .context.Values.rabbitmq.mode "bundled") (ne .context.Values.rabbitmq.service.type "ClusterIP") }}
rabbitmq.service.type	a Service of type {{ .context.Values.rabbitmq.service.type }} {{ .sentence }}
{{- end }}
{{- end }}
