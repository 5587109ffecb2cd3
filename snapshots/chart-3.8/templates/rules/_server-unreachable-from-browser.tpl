{{- /* @severity error */ -}}
{{/*
Studio's pages call the API from the user's browser, so the browser must reach the server's address from Studio's.
*/}}
{{ define "elsa.rules.server_unreachable_from_browser" -}}
{{- if eq .Values.studio.mode "separate" }}
{{- if and .Values.studio.publicUrl (not .Values.server.publicUrl) }}
server.publicUrl	is empty while Studio has a public address: a browser elsewhere cannot reach {{ include "elsa.serverUrl" . }}; set it to the server's public address
{{- end }}
{{- if and (hasPrefix "https://" .Values.studio.publicUrl) (hasPrefix "http://" .Values.server.publicUrl) }}
server.publicUrl	browsers do not let a page from {{ .Values.studio.publicUrl }} call plain HTTP at {{ .Values.server.publicUrl }}; serve both with TLS
{{- end }}
{{- if and .Values.studio.publicUrl (eq .Values.studio.publicUrl .Values.server.publicUrl) (eq .Values.server.workflowsPath "/workflows") }}
server.workflowsPath	/workflows belongs to Studio's pages where server and Studio share an address; choose another path, such as /wf
{{- end }}
{{- end }}
{{- if regexMatch `\.(svc|cluster\.local)(:|$)` .Values.server.publicUrl }}
server.publicUrl	{{ .Values.server.publicUrl }} is a name inside the cluster, which no browser can resolve; set the public address
{{- end }}
{{- if and (eq .Values.studio.mode "combined") (eq .Values.server.workflowsPath "/workflows") }}
server.workflowsPath	/workflows belongs to Studio's pages, which the combined image serves; choose another path, such as /wf
{{- end }}
{{- end }}
