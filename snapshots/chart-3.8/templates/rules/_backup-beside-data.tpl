{{- /* @severity warning */ -}}
{{/*
Velero leaves its snapshots where the volumes are: whatever takes the volumes away takes the backups with them.
*/}}
{{ define "elsa.rules.backup_beside_data" -}}
{{- if and .Values.velero.enabled (not .Values.velero.moveSnapshots) }}
velero.moveSnapshots	is false, so backups of volumes are lost together with them; set it to true, unless the storage itself copies snapshots elsewhere
{{- end }}
{{- end }}
