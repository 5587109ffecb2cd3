{{- /* @severity error */ -}}
{{/*
Several replicas need shared locks.
*/}}
{{- define "elsa.rules.replicas_without_locks" -}}
{{- if and (gt (int .Values.replicaCount) 1) (eq .Values.locks "none") }}
replicaCount	{{ int .Values.replicaCount }} replicas need shared locks; set locks to postgres
{{- end }}
{{- end }}
