{{/*
Alerts about volumes and backups.
*/}}
{{ define "elsa.storageAlerts" -}}
{{- $name := include "elsa.fullname" . -}}
{{- $claims := include "elsa.claimPattern" . -}}
{{- $age := mul (int .Values.monitoring.rules.backupHours) 3600 -}}
{{- $job := printf `namespace="%s",cronjob="%s-backup"` .Release.Namespace $name -}}
{{- if $claims }}
{{- $volumes := printf `namespace="%s",persistentvolumeclaim=~"%s"` .Release.Namespace $claims }}
{{- include "elsa.alert" (dict "context" .
  "name" "ElsaVolumeAlmostFull"
  "severity" "critical"
  "hold" "5m"
  "expr" (printf "kubelet_volume_stats_available_bytes{%s} / kubelet_volume_stats_capacity_bytes{%s} < 0.05" $volumes $volumes)
  "summary" "A volume of Elsa is almost full"
  "description" "{{ $labels.persistentvolumeclaim }} has {{ $value | humanizePercentage }} left. A full one stops its database. Enlarge the claim, if its class allows that, or clean up."
) }}
{{- end }}
{{- if ne .Values.backup.type "none" }}
{{- include "elsa.alert" (dict "context" .
  "name" "ElsaBackupTooOld"
  "severity" "critical"
  "hold" "10m"
  "expr" (printf "time() - kube_cronjob_status_last_successful_time{%s} > %d or (time() - kube_cronjob_created{%s} > %d unless on (namespace, cronjob) kube_cronjob_status_last_successful_time{%s})" $job $age $job $age $job)
  "summary" "The last dump of the database is too old"
  "description" "{{ $labels.cronjob }} has not succeeded for {{ $value | humanizeDuration }}, or never since it is there. Look at its jobs and their logs."
) }}
{{- end }}
{{- if .Values.velero.enabled }}
{{- include "elsa.alert" (dict "context" .
  "name" "ElsaVeleroBackupTooOld"
  "severity" "critical"
  "hold" "10m"
  "expr" (printf `time() - max by (schedule) (velero_backup_last_successful_timestamp{schedule="%s.%s"}) > %d` .Release.Namespace $name $age)
  "summary" "The last backup by Velero is too old"
  "description" "Schedule {{ $labels.schedule }} has had no complete backup for {{ $value | humanizeDuration }}. Look at its backups with `velero backup describe`."
) }}
{{- end }}
{{- end }}

{{/*
Names of the claims of this installation, as an expression; nothing where there are none.
*/}}
{{ define "elsa.claimPattern" -}}
{{- $name := include "elsa.fullname" . -}}
{{- if and (eq .Values.database.provider "Sqlite") .Values.server.persistence.existingClaim -}}
{{ .Values.server.persistence.existingClaim }}
{{- else if eq .Values.database.provider "Sqlite" -}}
{{ $name }}-server
{{- else if or (and (eq .Values.database.provider "PostgreSql") (ne .Values.postgresql.mode "external")) (eq .Values.rabbitmq.mode "bundled") (eq .Values.rabbitmq.mode "operator") (eq .Values.backup.type "volume") -}}
(data-|persistence-)?{{ $name }}-(postgresql|rabbitmq|backup).*
{{- end -}}
{{ end }}
