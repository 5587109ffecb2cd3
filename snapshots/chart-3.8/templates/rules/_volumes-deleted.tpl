{{- /* @severity warning */ -}}
{{/*
Uninstalling, or deleting a StatefulSet to change it, takes the data along. With public credentials there are none to keep.
*/}}
{{ define "elsa.rules.volumes_deleted" -}}
{{- if and (eq .Values.storage.claimRetention "Delete") (ne .Values.secrets.source "development") }}
storage.claimRetention	is Delete, so uninstalling deletes the data; set it to Retain, and delete claims by hand
{{- end }}
{{- end }}
