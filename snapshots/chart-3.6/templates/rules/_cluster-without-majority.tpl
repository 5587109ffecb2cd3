{{- /* @severity warning */ -}}
{{/*
Nodes of RabbitMQ agree by majority. An even number bears the loss of no more nodes than the odd one below it, and of two the
loss of either stops both.
*/}}
{{ define "elsa.rules.cluster_without_majority" -}}
{{- $nodes := int .Values.rabbitmqCluster.replicaCount -}}
{{- $odd := mod $nodes 2 -}}
{{- if and (eq .Values.rabbitmq.mode "operator") (eq $odd 0) }}
rabbitmqCluster.replicaCount	is {{ $nodes }}, of which a majority is left after the loss of no more nodes than of {{ sub $nodes 1 }}; set it to {{ add $nodes 1 }}, or to {{ sub $nodes 1 }}
{{- end }}
{{- end }}
