{{- /* @severity error */ -}}
{{/*
The program takes one published password from whatever user, and no setting changes that: who reaches it is its administrator
and runs code in its pod. It must not be reachable from outside; use kubectl port-forward, or another Elsa release.
*/}}
{{ define "elsa.rules.fixed_public_credentials" -}}
{{- if eq (include "elsa.program" . | fromJson).identity "fixed" }}
{{- $harm := printf "whoever reaches %s is its administrator, with any user name and the password `password`, and no setting changes that" (include "elsa.program" . | fromJson).title -}}
{{- if ne .Values.server.service.type "ClusterIP" }}
server.service.type	is {{ .Values.server.service.type }}, and {{ $harm }}; set it to ClusterIP and use kubectl port-forward, or choose another Elsa release
{{- end }}
{{- if and (eq .Values.studio.mode "separate") (ne .Values.studio.service.type "ClusterIP") }}
studio.service.type	is {{ .Values.studio.service.type }}, and {{ $harm }}; set it to ClusterIP and use kubectl port-forward, or choose another Elsa release
{{- end }}
{{- if ne .Values.exposure.type "none" }}
exposure.type	is {{ .Values.exposure.type }}, and {{ $harm }}; set it to none and use kubectl port-forward, or choose another Elsa release
{{- end }}
{{- if .Values.server.publicUrl }}
server.publicUrl	is a public address, and {{ $harm }}; leave it empty and use kubectl port-forward, or choose another Elsa release
{{- end }}
{{- if .Values.studio.publicUrl }}
studio.publicUrl	is a public address, and {{ $harm }}; leave it empty and use kubectl port-forward, or choose another Elsa release
{{- end }}
{{- end }}
{{- end }}
