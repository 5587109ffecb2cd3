{{- /* @severity error */ -}}
{{/*
A snapshot of something that is not there, by a driver that takes none, or with a name that no object can have.
*/}}
{{ define "elsa.rules.snapshot_not_possible" -}}
{{- $claim := include "elsa.databaseClaim" . -}}
{{- $frozen := and (eq .Values.storage.platform "bare-metal") (eq .Values.storage.bareMetalDriver "rancher.io/local-path") -}}
{{- range $name, $wanted := .Values.snapshots.names }}
{{- if $wanted }}
{{- if or (not (regexMatch "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$" $name)) (regexMatch "^.{64}" $name) }}
snapshots.names	{{ $name | quote }} is a part of an object's name; use lower-case letters, digits and hyphens, 63 at the most
{{- end }}
{{- if and (eq $.Values.database.provider "PostgreSql") (eq $.Values.postgresql.mode "cloudnativepg") }}
snapshots.names	{{ $name | quote }} would be of one server's volume, which the operator names and replaces; remove it and see cloudnativepg.backup
{{- else if not $claim }}
snapshots.names	{{ $name | quote }} has nothing to be taken of, as the database is outside the installation; remove it
{{- else if $frozen }}
snapshots.names	{{ $name | quote }} cannot be taken, as rancher.io/local-path knows no snapshots; remove it, or set storage.bareMetalDriver to another driver
{{- end }}
{{- end }}
{{- end }}
{{- if and (eq .Values.rabbitmq.mode "operator") .Values.rabbitmq.persistence.fromSnapshot }}
rabbitmq.persistence.fromSnapshot	is for a bundled server; the operator's nodes begin empty and agree with each other, so leave it empty
{{- end }}
{{- if $frozen }}
{{- include "elsa.frozenVolume" (dict "context" . "snapshot" .Values.server.persistence.fromSnapshot "path" "server") }}
{{- include "elsa.frozenVolume" (dict "context" . "snapshot" .Values.postgresql.persistence.fromSnapshot "path" "postgresql") }}
{{- include "elsa.frozenVolume" (dict "context" . "snapshot" .Values.rabbitmq.persistence.fromSnapshot "path" "rabbitmq") }}
{{- end }}
{{- end }}
