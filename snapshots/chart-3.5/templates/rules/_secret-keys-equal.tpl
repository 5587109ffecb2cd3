{{- /* @severity error */ -}}
{{/*
One key of a Secret cannot hold two values. Secrets may share a name, but then all their keys must differ.
*/}}
{{ define "elsa.rules.secret_keys_equal" -}}
{{- $identity := printf "%s/" (include "elsa.secretName" (dict "context" . "secret" .Values.secrets.identity "id" "identity")) -}}
{{- $postgresql := printf "%s/" (include "elsa.secretName" (dict "context" . "secret" .Values.secrets.postgresql "id" "postgresql")) -}}
{{- $redis := printf "%s/" (include "elsa.secretName" (dict "context" . "secret" .Values.secrets.redis "id" "redis")) -}}
{{- $rabbitmq := printf "%s/" (include "elsa.secretName" (dict "context" . "secret" .Values.secrets.rabbitmq "id" "rabbitmq")) -}}
{{- /* Each key is compared with those before it. */ -}}
{{- $one := printf " %s%s " $identity .Values.secrets.identity.keys.adminUserName -}}
{{- include "elsa.takenKey" (dict "context" . "taken" $one "key" (printf "%s%s" $identity .Values.secrets.identity.keys.adminPassword) "path" "secrets.identity.keys.adminPassword") }}
{{- $two := printf "%s%s%s " $one $identity .Values.secrets.identity.keys.adminPassword -}}
{{- include "elsa.takenKey" (dict "context" . "taken" $two "key" (printf "%s%s" $identity .Values.secrets.identity.keys.adminPasswordSalt) "path" "secrets.identity.keys.adminPasswordSalt") }}
{{- $three := printf "%s%s%s " $two $identity .Values.secrets.identity.keys.adminPasswordSalt -}}
{{- include "elsa.takenKey" (dict "context" . "taken" $three "key" (printf "%s%s" $identity .Values.secrets.identity.keys.adminPasswordHash) "path" "secrets.identity.keys.adminPasswordHash") }}
{{- $four := printf "%s%s%s " $three $identity .Values.secrets.identity.keys.adminPasswordHash -}}
{{- include "elsa.takenKey" (dict "context" . "taken" $four "key" (printf "%s%s" $identity .Values.secrets.identity.keys.signingKey) "path" "secrets.identity.keys.signingKey") }}
{{- $five := printf "%s%s%s " $four $identity .Values.secrets.identity.keys.signingKey -}}
{{- include "elsa.takenKey" (dict "context" . "taken" $five "key" (printf "%s%s" $postgresql .Values.secrets.postgresql.keys.password) "path" "secrets.postgresql.keys.password") }}
{{- $six := printf "%s%s%s " $five $postgresql .Values.secrets.postgresql.keys.password -}}
{{- include "elsa.takenKey" (dict "context" . "taken" $six "key" (printf "%s%s" $postgresql .Values.secrets.postgresql.keys.superuserPassword) "path" "secrets.postgresql.keys.superuserPassword") }}
{{- $seven := printf "%s%s%s " $six $postgresql .Values.secrets.postgresql.keys.superuserPassword -}}
{{- include "elsa.takenKey" (dict "context" . "taken" $seven "key" (printf "%s%s" $redis .Values.secrets.redis.keys.password) "path" "secrets.redis.keys.password") }}
{{- $eight := printf "%s%s%s " $seven $redis .Values.secrets.redis.keys.password -}}
{{- include "elsa.takenKey" (dict "context" . "taken" $eight "key" (printf "%s%s" $rabbitmq .Values.secrets.rabbitmq.keys.password) "path" "secrets.rabbitmq.keys.password") }}
{{- $nine := printf "%s%s%s " $eight $rabbitmq .Values.secrets.rabbitmq.keys.password -}}
{{- include "elsa.takenKey" (dict "context" . "taken" $nine "key" (printf "%s%s" $rabbitmq .Values.secrets.rabbitmq.keys.erlangCookie) "path" "secrets.rabbitmq.keys.erlangCookie") }}
{{- $ten := printf "%s%s%s " $nine $rabbitmq .Values.secrets.rabbitmq.keys.erlangCookie -}}
{{- include "elsa.takenKey" (dict "context" . "taken" $ten "key" (printf "%s/%s" (include "elsa.secretName" (dict "context" . "secret" .Values.secrets.pgbouncer "id" "pgbouncer")) .Values.secrets.pgbouncer.keys.statsPassword) "path" "secrets.pgbouncer.keys.statsPassword") }}
{{- $eleven := printf "%s%s/%s " $ten (include "elsa.secretName" (dict "context" . "secret" .Values.secrets.pgbouncer "id" "pgbouncer")) .Values.secrets.pgbouncer.keys.statsPassword -}}
{{- $sqlserver := printf "%s/%s" (include "elsa.secretName" (dict "context" . "secret" .Values.secrets.sqlserver "id" "sqlserver")) .Values.secrets.sqlserver.keys.password -}}
{{- include "elsa.takenKey" (dict "context" . "taken" $eleven "key" $sqlserver "path" "secrets.sqlserver.keys.password") }}
{{- include "elsa.takenKey" (dict "context" . "taken" (printf "%s%s " $eleven $sqlserver) "key" (printf "%s/%s" (include "elsa.secretName" (dict "context" . "secret" .Values.secrets.mysql "id" "mysql")) .Values.secrets.mysql.keys.password) "path" "secrets.mysql.keys.password") }}
{{- end }}
