{{- /* @severity error */ -}}
{{/*
One key of a Secret cannot hold two values.
*/}}
{{ define "elsa.rules.secret_keys_equal" -}}
{{- $keys := .Values.secrets.identity.keys -}}
{{- if eq $keys.adminUserName $keys.adminPassword }}
secrets.identity.keys.adminPassword	is {{ $keys.adminPassword }}, like the key of adminUserName; the keys of one Secret must differ
{{- end }}
{{- if or (eq $keys.signingKey $keys.adminPassword) (eq $keys.signingKey $keys.adminUserName) }}
secrets.identity.keys.signingKey	is {{ $keys.signingKey }}, like another key; the keys of one Secret must differ
{{- end }}
{{- end }}
