{{- /* @severity error */ -}}
{{/*
Studio's pages call the API from the user's browser. So the browser must be able to reach the server's address from where
it reaches Studio, and with TLS if Studio is served with TLS.
*/}}
{{ define "elsa.rules.server_unreachable_from_browser" -}}
{{- if ne .Values.studio.mode "none" -}}
{{- $server := include "elsa.serverUrl" . -}}
{{- $studio := include "elsa.studioUrl" . -}}
{{- $local := regexMatch `^https?://(localhost|127\.[0-9.]+)(:|$)` $server -}}
{{- if and $local (not (regexMatch `^https?://(localhost|127\.[0-9.]+)(:|$)` $studio)) }}
server.publicUrl	Studio is at {{ $studio }}, but the server at {{ $server }}, which is the user's own machine for a browser; set it to the server's public address
{{- else if and (hasPrefix "https://" $studio) (hasPrefix "http://" $server) (not $local) }}
{{ ternary "server.publicUrl" "exposure.tls.enabled" (ne .Values.server.publicUrl "") }}	browsers do not let a page from {{ $studio }} call plain HTTP at {{ $server }}; serve both with TLS
{{- end }}
{{- if regexMatch `\.(svc|cluster\.local)(:|$)` $server }}
{{ ternary "server.publicUrl" "exposure.host" (ne .Values.server.publicUrl "") }}	{{ $server }} is a name inside the cluster, which no browser can resolve; set the public address
{{- end }}
{{- end }}
{{- end }}
