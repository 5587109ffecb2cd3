{{/*
Alerts about RabbitMQ, bundled or of its operator.
*/}}
{{ define "elsa.rabbitmqAlerts" -}}
{{- $of := include "elsa.ofJob" (dict "context" . "component" "rabbitmq") -}}
{{- include "elsa.alert" (dict "context" .
  "name" "ElsaRabbitMqDown"
  "severity" "critical"
  "hold" "2m"
  "expr" (printf "absent(rabbitmq_identity_info{%s})" $of)
  "summary" "RabbitMQ is away"
  "description" "No node of {{ $labels.job }} in {{ $labels.namespace }} answers Prometheus. Changes of workflows reach other replicas late, and replicas that start now wait for it. Look at its pods."
) }}
{{- include "elsa.alert" (dict "context" .
  "name" "ElsaRabbitMqAlarm"
  "severity" "critical"
  "hold" "1m"
  "expr" (printf "max by (namespace, pod) (rabbitmq_alarms_memory_used_watermark{%s}) == 1 or max by (namespace, pod) (rabbitmq_alarms_free_disk_space_watermark{%s}) == 1" $of $of)
  "summary" "RabbitMQ holds its publishers back"
  "description" "{{ $labels.pod }} is short of memory or disk and takes no messages until that is over. Look at its volume, its memory, and at queues that nobody reads."
) }}
{{- end }}
