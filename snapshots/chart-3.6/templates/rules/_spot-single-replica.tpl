{{- /* @severity warning */ -}}
{{/*
A revocable node goes when its cloud wants it back, whatever a PodDisruptionBudget says. With one pod everything stops then.
*/}}
{{ define "elsa.rules.spot_single_replica" -}}
{{- if ne .Values.scheduling.spot "none" }}
{{- if eq (int .Values.server.replicaCount) 1 }}
server.replicaCount	is 1, and the one pod may stand on a node of {{ .Values.scheduling.spot }} that goes at any time; set it to 2 or more, or set scheduling.spot to none
{{- end }}
{{- if and (eq .Values.studio.mode "separate") (eq (int .Values.studio.replicaCount) 1) }}
studio.replicaCount	is 1, and the one pod may stand on a node of {{ .Values.scheduling.spot }} that goes at any time; set it to 2 or more, or set scheduling.spot to none
{{- end }}
{{- end }}
{{- end }}
