{{- /* @severity error */ -}}
{{/*
PgBouncer before 1.25.2 is crashed by one packet of somebody who need not log in (CVE-2026-6664).
*/}}
{{ define "elsa.rules.unpatched_image" -}}
{{- if and (ne .Values.pooling.type "none") (not .Values.pgbouncer.image.digest) (regexMatch "^v?1[.](([0-9]|1[0-9]|2[0-4])([.-]|$)|25([.][01])?(-|$))" .Values.pgbouncer.image.tag) }}
pgbouncer.image.tag	is {{ .Values.pgbouncer.image.tag }}, which anybody who reaches it can crash (CVE-2026-6664); name 1.25.2 or newer, or leave it empty
{{- end }}
{{- end }}
