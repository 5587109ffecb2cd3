{{- /* @severity error */ -}}
{{/*
Pods of a priority class that nobody has made are refused; the whole cluster shares these classes.
*/}}
{{ define "elsa.rules.priority_classes_not_made" -}}
{{- if and .Values.scheduling.priorityClasses (not .Values.cluster.create) }}
scheduling.priorityClasses	is true, but cluster.create is false, so nobody would make the classes, and pods that name them would be refused; set cluster.create to true, or name classes that exist in priorityClassName of each workload
{{- end }}
{{- end }}
