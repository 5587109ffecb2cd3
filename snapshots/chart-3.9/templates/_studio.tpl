{{/*
Settings of a separate Studio.
*/}}
{{ define "elsa.studioSettings" -}}
# The browser calls the API itself, so this is the public address, without a slash at the end.
{{ (include "elsa.release" . | fromJson).studio.backendUrlSetting }}: {{ printf "%s/elsa/api" (include "elsa.serverUrl" .) | quote }}
{{ include "elsa.runtimeSettings" (dict "context" . "home" (include "elsa.release" . | fromJson).studio.home "agent" false) }}
{{- end }}
