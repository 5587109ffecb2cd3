{{/*
A line for each certificate whose Secret is another one's.
*/}}
{{ define "elsa.sharedCertificate" -}}
{{- $made := include "elsa.storeCertificates" . -}}
{{- $public := ternary (printf " %s " (include "elsa.exposureSecret" .)) " " (ne (include "elsa.publicCertificate" .) "") -}}
{{- $first := ternary (printf "%s%s " $public .Values.postgresql.tlsSecretName) $public (contains "postgresql" $made) -}}
{{- $second := ternary (printf "%s%s " $first .Values.redis.tlsSecretName) $first (contains "redis" $made) -}}
{{- $third := ternary (printf "%s%s " $second .Values.rabbitmq.tlsSecretName) $second (contains "rabbitmq" $made) -}}
{{- if contains "postgresql" $made }}
{{- include "elsa.takenCertificate" (dict "context" . "taken" $public "secret" .Values.postgresql.tlsSecretName "path" "postgresql") }}
{{- end }}
{{- if contains "redis" $made }}
{{- include "elsa.takenCertificate" (dict "context" . "taken" $first "secret" .Values.redis.tlsSecretName "path" "redis") }}
{{- end }}
{{- if contains "rabbitmq" $made }}
{{- include "elsa.takenCertificate" (dict "context" . "taken" $second "secret" .Values.rabbitmq.tlsSecretName "path" "rabbitmq") }}
{{- end }}
{{- if contains "pgbouncer" $made }}
{{- include "elsa.takenCertificate" (dict "context" . "taken" $third "secret" .Values.pgbouncer.tlsSecretName "path" "pgbouncer") }}
{{- end }}
{{- end }}

{{/*
A line if a Secret is among those that have a certificate already, with blanks around each.
*/}}
{{ define "elsa.takenCertificate" -}}
{{- if contains (printf " %s " .secret) .taken }}
{{ .path }}.tlsSecretName	{{ .secret }} gets another certificate already, and cert-manager writes one into a Secret; choose another name
{{- end }}
{{- end }}
