{{- /* @severity error */ -}}
{{/*
The host is written for one Elsa release and was measured on it alone. On another release run the published image: the
profile `stock` sets all that it needs.
*/}}
{{ define "elsa.rules.host_not_available" -}}
{{- if and (eq .Values.server.program "host") (not (include "elsa.release" . | fromJson).host.available) }}
server.program	is host, which is not available for Elsa {{ (include "elsa.release" . | fromJson).release }}: {{ (include "elsa.release" . | fromJson).host.unavailableBecause }}; set it to stock (with profiles: add stock, as in `--profile prod,stock`), or choose an Elsa release that has a host
{{- end }}
{{- end }}
