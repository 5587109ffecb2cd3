{{- /* @severity error */ -}}
{{/*
The path below which workflows answer HTTP must not be one that something else answers: `/elsa` is the API's, and where
Studio has the same host name, `/workflows`, `/_framework` and `/_content` are Studio's. ASP.NET ignores the case.
*/}}
{{ define "elsa.rules.workflows_path_taken" -}}
{{- $path := .Values.server.workflowsPath | lower -}}
{{- $oneHost := and (ne .Values.exposure.type "none") (or (eq .Values.exposure.studioHost "") (eq .Values.exposure.studioHost .Values.exposure.host)) -}}
{{- $shared := or (eq .Values.studio.mode "combined") (and (eq .Values.studio.mode "separate") (or $oneHost (eq (include "elsa.studioUrl" .) (include "elsa.serverUrl" .)))) -}}
{{- if or (eq $path "/elsa") (hasPrefix "/elsa/" $path) }}
server.workflowsPath	{{ .Values.server.workflowsPath }} belongs to the API, which has all paths below /elsa; choose another path, such as /wf
{{- else if and $shared (regexMatch "^/(workflows|_framework|_content)(/|$)" $path) }}
server.workflowsPath	{{ .Values.server.workflowsPath }} belongs to Studio's pages where server and Studio share an address; choose another path, such as /wf
{{- end }}
{{- end }}
