{{- /* @severity error */ -}}
{{/*
The image that holds server and Studio cannot be run safely in this Elsa release. Run them apart.
*/}}
{{ define "elsa.rules.combined_not_available" -}}
{{- if and (eq .Values.studio.mode "combined") (eq .Values.server.program "stock") (not (include "elsa.release" . | fromJson).combined.available) }}
studio.mode	is combined, which is not available for Elsa {{ (include "elsa.release" . | fromJson).release }}: {{ (include "elsa.release" . | fromJson).combined.unavailableBecause }}; set it to separate
{{- end }}
{{- end }}
