{{/*
A line if a volume would have to begin with a snapshot that its driver cannot read.
*/}}
{{ define "elsa.frozenVolume" -}}
{{- if .snapshot }}
{{ .path }}.persistence.fromSnapshot	names a snapshot, and rancher.io/local-path knows none; leave it empty, or set storage.bareMetalDriver to another driver
{{- end }}
{{- end }}
