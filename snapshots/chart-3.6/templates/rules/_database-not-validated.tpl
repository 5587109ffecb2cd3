{{- /* @severity warning */ -}}
{{/*
A database that the program has, but that upstream has not validated.
*/}}
{{ define "elsa.rules.database_not_validated" -}}
{{- if and (eq .Values.database.provider "MySql") (has "MySql" (include "elsa.program" . | fromJson).databases) }}
database.provider	is MySql, which upstream has not validated for {{ (include "elsa.program" . | fromJson).title }}; set it to PostgreSql or SqlServer, or try all that you need first
{{- end }}
{{- end }}
