{{- /* @severity warning */ -}}
{{/*
A Prometheus of kube-prometheus-stack takes only monitors and rules that have the label `release` with its own name: all others
are there and do nothing.
*/}}
{{ define "elsa.rules.monitors_without_labels" -}}
{{- if and .Values.monitoring.enabled (not .Values.monitoring.labels) }}
monitoring.labels	is empty, and most Prometheus select monitors and rules by a label; write the one that yours asks for, such as release: kube-prometheus-stack, or any label if it asks for none
{{- end }}
{{- end }}
