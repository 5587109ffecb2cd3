{{- /* @severity warning */ -}}
{{/*
A value that every site must replace still is an example: it begins with REPLACE- or ends in example.com.
*/}}
{{ define "elsa.rules.placeholder" -}}
{{- if .Values.imageRegistry }}
{{- include "elsa.placeholder" (dict "context" . "text" .Values.imageRegistry "path" "imageRegistry" "what" "your registry") }}
{{- else }}
{{- include "elsa.placeholder" (dict "context" . "text" (.Values.server.image.registry | default (include "elsa.program" . | fromJson).image.registry) "path" "server.image.registry" "what" "the registry that you push the server's image to") }}
{{- if eq .Values.studio.mode "separate" }}
{{- include "elsa.placeholder" (dict "context" . "text" .Values.studio.image.registry "path" "studio.image.registry" "what" "your registry") }}
{{- end }}
{{- if and (eq .Values.database.provider "PostgreSql") (eq .Values.postgresql.mode "bundled") }}
{{- include "elsa.placeholder" (dict "context" . "text" .Values.postgresql.image.registry "path" "postgresql.image.registry" "what" "your registry") }}
{{- end }}
{{- if and (eq .Values.locks.provider "Redis") (eq .Values.redis.mode "bundled") }}
{{- include "elsa.placeholder" (dict "context" . "text" .Values.redis.image.registry "path" "redis.image.registry" "what" "your registry") }}
{{- end }}
{{- if or (eq .Values.rabbitmq.mode "bundled") (eq .Values.rabbitmq.mode "operator") }}
{{- include "elsa.placeholder" (dict "context" . "text" .Values.rabbitmq.image.registry "path" "rabbitmq.image.registry" "what" "your registry") }}
{{- end }}
{{- if ne .Values.pooling.type "none" }}
{{- include "elsa.placeholder" (dict "context" . "text" .Values.pgbouncer.image.registry "path" "pgbouncer.image.registry" "what" "your registry") }}
{{- if .Values.pgbouncer.metrics.enabled }}
{{- include "elsa.placeholder" (dict "context" . "text" .Values.pgbouncer.metrics.image.registry "path" "pgbouncer.metrics.image.registry" "what" "your registry") }}
{{- end }}
{{- end }}
{{- if eq .Values.backup.type "s3" }}
{{- include "elsa.placeholder" (dict "context" . "text" .Values.backup.image.registry "path" "backup.image.registry" "what" "your registry") }}
{{- end }}
{{- if and .Values.monitoring.enabled (eq .Values.database.provider "PostgreSql") (eq .Values.postgresql.mode "bundled") }}
{{- include "elsa.placeholder" (dict "context" . "text" .Values.monitoring.exporters.postgresql.image.registry "path" "monitoring.exporters.postgresql.image.registry" "what" "your registry") }}
{{- end }}
{{- if and .Values.monitoring.enabled (eq .Values.locks.provider "Redis") (eq .Values.redis.mode "bundled") }}
{{- include "elsa.placeholder" (dict "context" . "text" .Values.monitoring.exporters.redis.image.registry "path" "monitoring.exporters.redis.image.registry" "what" "your registry") }}
{{- end }}
{{- include "elsa.placeholder" (dict "context" . "text" .Values.tests.image.registry "path" "tests.image.registry" "what" "your registry") }}
{{- end }}
{{- /* A digest says which image it is, whatever the tag. */ -}}
{{- if not .Values.server.image.digest }}
{{- include "elsa.placeholder" (dict "context" . "text" (.Values.server.image.tag | default (include "elsa.program" . | fromJson).image.tag) "path" "server.image.tag" "what" (printf "a tag of %s, or set server.image.digest" (.Values.server.image.repository | default (include "elsa.program" . | fromJson).image.repository))) }}
{{- end }}
{{- if and (eq .Values.studio.mode "separate") (not .Values.studio.image.digest) }}
{{- include "elsa.placeholder" (dict "context" . "text" (.Values.studio.image.tag | default (include "elsa.release" . | fromJson).studio.image.tag) "path" "studio.image.tag" "what" (printf "a tag of %s, or set studio.image.digest" (.Values.studio.image.repository | default (include "elsa.release" . | fromJson).studio.image.repository))) }}
{{- end }}
{{- if ne .Values.exposure.type "none" }}
{{- include "elsa.placeholder" (dict "context" . "text" .Values.exposure.host "path" "exposure.host" "what" "the server's host name") }}
{{- if eq .Values.studio.mode "separate" }}
{{- include "elsa.placeholder" (dict "context" . "text" .Values.exposure.studioHost "path" "exposure.studioHost" "what" "Studio's host name") }}
{{- end }}
{{- end }}
{{- if eq .Values.exposure.type "gateway" }}
{{- include "elsa.placeholder" (dict "context" . "text" .Values.gateway.name "path" "gateway.name" "what" "the name of a Gateway, or set gateway.create and gateway.className") }}
{{- end }}
{{- include "elsa.placeholder" (dict "context" . "text" .Values.server.publicUrl "path" "server.publicUrl" "what" "the server's public address") }}
{{- if eq .Values.studio.mode "separate" }}
{{- include "elsa.placeholder" (dict "context" . "text" .Values.studio.publicUrl "path" "studio.publicUrl" "what" "Studio's public address") }}
{{- end }}
{{- if and (eq .Values.database.provider "PostgreSql") (eq .Values.postgresql.mode "external") }}
{{- include "elsa.placeholder" (dict "context" . "text" .Values.postgresql.host "path" "postgresql.host" "what" "the host name of PostgreSQL") }}
{{- end }}
{{- if eq .Values.database.provider "SqlServer" }}
{{- include "elsa.placeholder" (dict "context" . "text" .Values.sqlserver.host "path" "sqlserver.host" "what" "the host name of SQL Server") }}
{{- else if eq .Values.database.provider "MySql" }}
{{- include "elsa.placeholder" (dict "context" . "text" .Values.mysql.host "path" "mysql.host" "what" "the host name of MySQL") }}
{{- end }}
{{- if and (eq .Values.locks.provider "Redis") (eq .Values.redis.mode "external") }}
{{- include "elsa.placeholder" (dict "context" . "text" .Values.redis.host "path" "redis.host" "what" "the host name of the lock server") }}
{{- end }}
{{- if eq .Values.rabbitmq.mode "external" }}
{{- include "elsa.placeholder" (dict "context" . "text" .Values.rabbitmq.host "path" "rabbitmq.host" "what" "the host name of RabbitMQ") }}
{{- end }}
{{- if eq .Values.backup.type "s3" }}
{{- include "elsa.placeholder" (dict "context" . "text" .Values.s3.bucket "path" "s3.bucket" "what" "the name of your bucket") }}
{{- include "elsa.placeholder" (dict "context" . "text" .Values.s3.endpoint "path" "s3.endpoint" "what" "the address of your storage") }}
{{- end }}
{{- include "elsa.placeholder" (dict "context" . "text" .Values.proxy.http "path" "proxy.http" "what" "your proxy") }}
{{- include "elsa.placeholder" (dict "context" . "text" .Values.proxy.https "path" "proxy.https" "what" "your proxy") }}
{{- end }}
