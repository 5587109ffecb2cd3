{{/*
Alerts about the bundled lock server. Its exporter answers even while it is away, so they ask for `redis_up`.
*/}}
{{ define "elsa.redisAlerts" -}}
{{- $of := include "elsa.ofJob" (dict "context" . "component" "redis") -}}
{{- include "elsa.alert" (dict "context" .
  "name" "ElsaRedisDown"
  "severity" "critical"
  "hold" "1m"
  "expr" (printf "redis_up{%s} == 0 or absent(redis_up{%s})" $of $of)
  "summary" "The lock server is away"
  "description" "The exporter of {{ $labels.job }} in {{ $labels.namespace }} cannot log in, or nothing answers Prometheus. All replicas of Elsa turn unready soon. Look at the pod, its log, and the password in its Secret."
) }}
{{- include "elsa.alert" (dict "context" .
  "name" "ElsaRedisMemoryHigh"
  "severity" "warning"
  "hold" "5m"
  "expr" (printf "redis_memory_used_bytes{%s} / (redis_memory_max_bytes{%s} > 0) > 0.9" $of $of)
  "summary" "The lock server is nearly full"
  "description" "{{ $labels.pod }} uses {{ $value | humanizePercentage }} of its memory; when it is full, it refuses new locks. Does something else keep its data there?"
) }}
{{- include "elsa.alert" (dict "context" .
  "name" "ElsaRedisEvictsKeys"
  "severity" "critical"
  "hold" ""
  "expr" (printf "increase(redis_evicted_keys_total{%s}[15m]) > 0" $of)
  "summary" "The lock server drops keys"
  "description" "{{ $labels.pod }} has dropped keys to make room, and a key may be a lock that is held: two replicas may do the same work. Set maxmemory-policy back to noeviction."
) }}
{{- end }}
