{{/*
Image of PostgreSQL: the newest patch version of the major one, with its Debian release.
*/}}
{{ define "elsa.postgresqlImage" -}}
{{- $registry := .Values.imageRegistry | default .Values.postgresql.image.registry | default "docker.io" -}}
{{- $repository := .Values.postgresql.image.repository | default "library/postgres" -}}
{{- $newer := ternary "18.6-trixie" "17.11-trixie" (eq .Values.postgresql.version "18") -}}
{{- $tag := ternary "16.15-trixie" $newer (eq .Values.postgresql.version "16") -}}
{{ $registry }}/{{ $repository }}:{{ .Values.postgresql.image.tag | default $tag }}
{{- with .Values.postgresql.image.digest -}}
@{{ . }}
{{- end -}}
{{ end }}

{{/*
Image of the lock server.
*/}}
{{ define "elsa.redisImage" -}}
{{- $registry := .Values.imageRegistry | default .Values.redis.image.registry | default "docker.io" -}}
{{- $product := ternary "valkey/valkey" "library/redis" (eq .Values.redis.product "Valkey") -}}
{{- $tag := ternary "9.1.2-trixie" "8.2.9-trixie" (eq .Values.redis.product "Valkey") -}}
{{ $registry }}/{{ .Values.redis.image.repository | default $product }}:{{ .Values.redis.image.tag | default $tag }}
{{- with .Values.redis.image.digest -}}
@{{ . }}
{{- end -}}
{{ end }}

{{/*
Image of RabbitMQ.
*/}}
{{ define "elsa.rabbitmqImage" -}}
{{- $registry := .Values.imageRegistry | default .Values.rabbitmq.image.registry | default "docker.io" -}}
{{- $repository := .Values.rabbitmq.image.repository | default "library/rabbitmq" -}}
{{ $registry }}/{{ $repository }}:{{ .Values.rabbitmq.image.tag | default "4.2.9" }}
{{- with .Values.rabbitmq.image.digest -}}
@{{ . }}
{{- end -}}
{{ end }}

{{/*
Image of PgBouncer. None before 1.25.2: a packet of somebody who need not log in crashes it.
*/}}
{{ define "elsa.pgbouncerImage" -}}
{{- $registry := .Values.imageRegistry | default .Values.pgbouncer.image.registry | default "ghcr.io" -}}
{{- $repository := .Values.pgbouncer.image.repository | default "cloudnative-pg/pgbouncer" -}}
{{ $registry }}/{{ $repository }}:{{ .Values.pgbouncer.image.tag | default "1.25.2-trixie" }}
{{- with .Values.pgbouncer.image.digest -}}
@{{ . }}
{{- end -}}
{{ end }}

{{/*
Image of PgBouncer's exporter.
*/}}
{{ define "elsa.pgbouncerExporterImage" -}}
{{- $image := .Values.pgbouncer.metrics.image -}}
{{- $registry := .Values.imageRegistry | default $image.registry | default "quay.io" -}}
{{ $registry }}/{{ $image.repository | default "prometheuscommunity/pgbouncer-exporter" }}:{{ $image.tag | default "v0.12.1" }}
{{- with $image.digest -}}
@{{ . }}
{{- end -}}
{{ end }}
