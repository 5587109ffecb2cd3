{{- /* @severity warning */ -}}
{{/*
How long a preStop hook takes is known only if it sleeps. Whatever it takes is missing from the grace period, which is made
for the shutdown alone.
*/}}
{{ define "elsa.rules.pre_stop_hook" -}}
{{- if (.Values.server.lifecycle.preStop).exec }}
server.lifecycle.preStop.exec	takes its time from the grace period, which is made for the shutdown alone; see that it ends within a few seconds, or sleep in its place
{{- end }}
{{- if (.Values.server.lifecycle.preStop).httpGet }}
server.lifecycle.preStop.httpGet	takes its time from the grace period, which is made for the shutdown alone; see that it ends within a few seconds, or sleep in its place
{{- end }}
{{- end }}
