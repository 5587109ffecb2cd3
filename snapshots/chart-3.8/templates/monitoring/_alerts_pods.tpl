{{/*
Alerts about containers that end and begin again, for all pods of this installation.
*/}}
{{ define "elsa.podAlerts" -}}
{{- $pods := printf `namespace="%s",pod=~"%s-(server|studio|postgresql|redis|rabbitmq|pgbouncer|pooler|backup|restore)-.+"` .Release.Namespace (include "elsa.fullname" .) -}}
{{- $container := printf `namespace="%s",pod=~"%s-server-.+",container="server"` .Release.Namespace (include "elsa.fullname" .) -}}
{{- include "elsa.alert" (dict "context" .
  "name" "ElsaContainerRestarted"
  "severity" "warning"
  "hold" ""
  "expr" (printf "increase(kube_pod_container_status_restarts_total{%s}[15m]) > 0" $container)
  "summary" "The Elsa server was restarted"
  "description" "Container {{ $labels.container }} of {{ $labels.pod }} ended and was started again within fifteen minutes. Its last log is `kubectl logs --previous`."
) }}
{{- include "elsa.alert" (dict "context" .
  "name" "ElsaContainerOomKilled"
  "severity" "critical"
  "hold" ""
  "expr" (printf `kube_pod_container_status_last_terminated_reason{%s,reason="OOMKilled"} == 1 and on (namespace, pod, container) increase(kube_pod_container_status_restarts_total{%s}[15m]) > 0` $pods $pods)
  "summary" "A container of Elsa was killed for want of memory"
  "description" "Container {{ $labels.container }} of {{ $labels.pod }} exceeded its memory limit. Work that it held is lost or begins again; raise the limit, or find what grew."
) }}
{{- include "elsa.alert" (dict "context" .
  "name" "ElsaCrashLoop"
  "severity" "critical"
  "hold" "10m"
  "expr" (printf `max_over_time(kube_pod_container_status_waiting_reason{%s,reason="CrashLoopBackOff"}[5m]) >= 1` $pods)
  "summary" "A container of Elsa does not stay up"
  "description" "Container {{ $labels.container }} of {{ $labels.pod }} ends each time it is started. Its last log is `kubectl logs --previous`."
) }}
{{- end }}

{{/*
Alerts about missing pods. A program that must not overlap with its successor is away during every update.
*/}}
{{ define "elsa.replicaAlerts" -}}
{{- $name := include "elsa.fullname" . -}}
{{- $server := printf `namespace="%s",deployment="%s-server"` .Release.Namespace $name -}}
{{- $studio := printf `namespace="%s",deployment="%s-studio"` .Release.Namespace $name -}}
{{- $scaled := printf `namespace="%s",horizontalpodautoscaler=~"(keda-hpa-)?%s-(server|studio)"` .Release.Namespace $name -}}
{{- $budgets := printf `namespace="%s",poddisruptionbudget=~"%s-.+"` .Release.Namespace $name -}}
{{- include "elsa.alert" (dict "context" .
  "name" "ElsaServerNoReplica"
  "severity" "critical"
  "hold" (ternary "1m" "5m" (include "elsa.program" . | fromJson).overlap)
  "expr" (printf "kube_deployment_status_replicas_available{%s} == 0 and kube_deployment_spec_replicas{%s} > 0" $server $server)
  "summary" "No replica of the Elsa server is there"
  "description" "Deployment {{ $labels.deployment }} wants pods and none is ready: nobody is served. Look at its pods and their events."
) }}
{{- if eq .Values.studio.mode "separate" }}
{{- include "elsa.alert" (dict "context" .
  "name" "ElsaStudioNoReplica"
  "severity" "warning"
  "hold" "5m"
  "expr" (printf "kube_deployment_status_replicas_available{%s} == 0 and kube_deployment_spec_replicas{%s} > 0" $studio $studio)
  "summary" "No replica of Studio is there"
  "description" "Deployment {{ $labels.deployment }} wants pods and none is ready. Workflows go on; nobody can design or look at them."
) }}
{{- end }}
{{- if or (ne .Values.server.autoscaling.type "none") (and (eq .Values.studio.mode "separate") (ne .Values.studio.autoscaling.type "none")) }}
{{- include "elsa.alert" (dict "context" .
  "name" "ElsaAutoscalerAtMaximum"
  "severity" "warning"
  "hold" "15m"
  "expr" (printf "kube_horizontalpodautoscaler_status_current_replicas{%s} == kube_horizontalpodautoscaler_spec_max_replicas{%s} and kube_horizontalpodautoscaler_spec_max_replicas{%s} > kube_horizontalpodautoscaler_spec_min_replicas{%s}" $scaled $scaled $scaled $scaled)
  "summary" "Elsa cannot scale any further"
  "description" "{{ $labels.horizontalpodautoscaler }} has had all its {{ $value }} pods for fifteen minutes. Raise maxReplicas, after a look at what the database takes."
) }}
{{- end }}
{{- if or .Values.server.disruptionBudget.enabled .Values.studio.disruptionBudget.enabled (eq .Values.pooling.type "pgbouncer") (include "elsa.cloudnativepg" .) (eq .Values.rabbitmq.mode "operator") }}
{{- include "elsa.alert" (dict "context" .
  "name" "ElsaPdbViolated"
  "severity" "warning"
  "hold" "15m"
  "expr" (printf "kube_poddisruptionbudget_status_current_healthy{%s} < kube_poddisruptionbudget_status_desired_healthy{%s}" $budgets $budgets)
  "summary" "Fewer pods of Elsa are healthy than must be"
  "description" "{{ $labels.poddisruptionbudget }} has {{ $value }} healthy pods, too few: nodes cannot be drained meanwhile. Look at the pods that are not ready."
) }}
{{- end }}
{{- end }}
