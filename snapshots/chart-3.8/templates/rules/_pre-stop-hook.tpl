{{- /* @severity warning */ -}}
{{/*
How long a preStop hook takes is known only if it sleeps. Whatever it takes is missing from the grace period, which is made
for the shutdown alone. PgBouncer has a hook of its own, which another one replaces.
*/}}
{{ define "elsa.rules.pre_stop_hook" -}}
{{- if (.Values.server.lifecycle.preStop).exec }}
server.lifecycle.preStop.exec	takes its time from the grace period, which is made for the shutdown alone; see that it ends within a few seconds, or sleep in its place
{{- end }}
{{- if (.Values.server.lifecycle.preStop).httpGet }}
server.lifecycle.preStop.httpGet	takes its time from the grace period, which is made for the shutdown alone; see that it ends within a few seconds, or sleep in its place
{{- end }}
{{- if and (eq .Values.pooling.type "pgbouncer") .Values.pgbouncer.lifecycle.preStop }}
pgbouncer.lifecycle.preStop	replaces ours, with which running transactions come to their end; see that it sends SIGINT to PgBouncer and waits pgbouncer.shutdown.drainSeconds, or remove it
{{- end }}
{{- end }}
