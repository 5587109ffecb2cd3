{{/*
The .NET runtime of the server's pods, beside what Kubernetes gives them.
*/}}
{{ define "elsa.dotnetDashboard" -}}
{{ include "elsa.dashboard" (dict "context" .
  "id" "dotnet"
  "title" "Elsa .NET runtime"
  "about" "Processor, memory, garbage collection and threads of the server's pods. Limits, restarts and throttling need kube-state-metrics and the kubelet's metrics, as kube-prometheus-stack has them."
  "variables" (include "elsa.serverVariables" .)
  "panels" (printf "%s%s%s%s" (include "elsa.dotnetSummary" .) (include "elsa.dotnetResources" .) (include "elsa.dotnetCollector" .) (include "elsa.dotnetThreads" .))
) }}
{{- end }}

{{/*
Figures of all pods.
*/}}
{{ define "elsa.dotnetSummary" -}}
{{ include "elsa.panel" (dict "context" . "id" 1 "kind" "stat" "title" "Pods" "about" "Pods whose figures arrive."
  "x" 0 "y" 0 "w" 4 "h" 4 "unit" "short" "limit" ""
  "queries" (include "elsa.query" (dict "context" . "ref" "A" "how" "range" "expr" "count(dotnet_process_cpu_count{H})" "legend" "pods"))
) }}
{{- include "elsa.panel" (dict "context" . "id" 2 "kind" "stat" "title" "Processor" "about" "Cores in use by all pods."
  "x" 4 "y" 0 "w" 4 "h" 4 "unit" "short" "limit" ""
  "queries" (include "elsa.query" (dict "context" . "ref" "A" "how" "range" "expr" "sum(rate(dotnet_process_cpu_time_seconds_total{H}[$__rate_interval]))" "legend" "cores"))
) }}
{{- include "elsa.panel" (dict "context" . "id" 3 "kind" "stat" "title" "Largest pod" "about" "Memory of the largest process."
  "x" 8 "y" 0 "w" 4 "h" 4 "unit" "bytes" "limit" ""
  "queries" (include "elsa.query" (dict "context" . "ref" "A" "how" "range" "expr" "max(dotnet_process_memory_working_set_bytes{H})" "legend" "memory"))
) }}
{{- include "elsa.panel" (dict "context" . "id" 4 "kind" "stat" "title" "Time in garbage collection" "about" "Share of time in which the program stands still for the collector, of the pod that has most of it."
  "x" 12 "y" 0 "w" 4 "h" 4 "unit" "percentunit" "limit" "0.1"
  "queries" (include "elsa.query" (dict "context" . "ref" "A" "how" "range" "expr" "max(rate(dotnet_gc_pause_time_seconds_total{H}[$__rate_interval]))" "legend" "pauses"))
) }}
{{- include "elsa.panel" (dict "context" . "id" 5 "kind" "stat" "title" "Waiting work" "about" "Longest queue of the thread pool. Red above 50, where ElsaThreadPoolQueueing fires if it lasts."
  "x" 16 "y" 0 "w" 4 "h" 4 "unit" "short" "limit" "50"
  "queries" (include "elsa.query" (dict "context" . "ref" "A" "how" "range" "expr" "max(dotnet_thread_pool_queue_length_total{H})" "legend" "items"))
) }}
{{- include "elsa.panel" (dict "context" . "id" 6 "kind" "stat" "title" "Restarts" "about" "Restarts of the server's containers in the last hour; a pod that was replaced does not count."
  "x" 20 "y" 0 "w" 4 "h" 4 "unit" "short" "limit" "1"
  "queries" (include "elsa.query" (dict "context" . "ref" "A" "how" "instant" "expr" `sum(increase(kube_pod_container_status_restarts_total{P,container="server"}[1h]))` "legend" "restarts"))
) }}
{{- end }}

{{/*
Processor and memory.
*/}}
{{ define "elsa.dotnetResources" -}}
{{ include "elsa.panel" (dict "context" . "id" 7 "kind" "timeseries" "title" "Processor" "about" "Cores in use by each pod, and what a pod asks for."
  "x" 0 "y" 4 "w" 8 "h" 8 "unit" "short" "limit" ""
  "queries" (printf "%s%s" (include "elsa.query" (dict "context" . "ref" "A" "how" "range" "expr" "sum by (pod) (rate(dotnet_process_cpu_time_seconds_total{H}[$__rate_interval]))" "legend" "{{pod}}")) (include "elsa.query" (dict "context" . "ref" "B" "how" "range" "expr" `max(kube_pod_container_resource_requests{P,container="server",resource="cpu"})` "legend" "requested")))

)

 }}
{{- include "elsa.panel" (dict "context" . "id" 8 "kind" "timeseries" "title" "Memory" "about" "What the kubelet counts against the limit. The runtime collects harder as it comes near: 97 per cent has done no harm."
  "x" 8 "y" 4 "w" 8 "h" 8 "unit" "bytes" "limit" ""
  "queries" (printf "%s%s" (include "elsa.query" (dict "context" . "ref" "A" "how" "range" "expr" `max by (pod) (container_memory_working_set_bytes{P,container="server",image!=""})` "legend" "{{pod}}")) (include "elsa.query" (dict "context" . "ref" "B" "how" "range" "expr" `max(kube_pod_container_resource_limits{P,container="server",resource="memory"})` "legend" "limit")))

)

 }}
{{- include "elsa.panel" (dict "context" . "id" 9 "kind" "timeseries" "title" "Throttled" "about" "Share of periods in which a pod was held back by its processor limit; without a limit there is nothing to see."
  "x" 16 "y" 4 "w" 8 "h" 8 "unit" "percentunit" "limit" "0.25"
  "queries" (include "elsa.query" (dict "context" . "ref" "A" "how" "range" "expr" `sum by (pod) (increase(container_cpu_cfs_throttled_periods_total{P,container="server"}[$__rate_interval])) / sum by (pod) (increase(container_cpu_cfs_periods_total{P,container="server"}[$__rate_interval]))` "legend" "{{pod}}"))
) }}
{{- end }}

{{/*
The garbage collector.
*/}}
{{ define "elsa.dotnetCollector" -}}
{{ include "elsa.row" (dict "context" . "id" 10 "title" "Garbage collection" "y" 12) }}
{{- include "elsa.panel" (dict "context" . "id" 11 "kind" "timeseries" "title" "Allocation" "about" "Bytes per second that each pod allocates: what makes the collector work."
  "x" 0 "y" 13 "w" 8 "h" 8 "unit" "Bps" "limit" ""
  "queries" (include "elsa.query" (dict "context" . "ref" "A" "how" "range" "expr" "sum by (pod) (rate(dotnet_gc_heap_total_allocated_bytes_total{H}[$__rate_interval]))" "legend" "{{pod}}"))
) }}
{{- include "elsa.panel" (dict "context" . "id" 12 "kind" "timeseries" "title" "Collections" "about" "Collections per second by generation. Many of gen2 mean that memory is short."
  "x" 8 "y" 13 "w" 8 "h" 8 "unit" "ops" "limit" ""
  "queries" (include "elsa.query" (dict "context" . "ref" "A" "how" "range" "expr" "sum by (gc_heap_generation) (rate(dotnet_gc_collections_total{H}[$__rate_interval]))" "legend" "{{gc_heap_generation}}"))
) }}
{{- include "elsa.panel" (dict "context" . "id" 13 "kind" "timeseries" "title" "Pauses" "about" "Share of time in which each pod stands still for the collector."
  "x" 16 "y" 13 "w" 8 "h" 8 "unit" "percentunit" "limit" "0.1"
  "queries" (include "elsa.query" (dict "context" . "ref" "A" "how" "range" "expr" "sum by (pod) (rate(dotnet_gc_pause_time_seconds_total{H}[$__rate_interval]))" "legend" "{{pod}}"))
) }}
{{- include "elsa.panel" (dict "context" . "id" 14 "kind" "stacked" "title" "Heap" "about" "Size of each generation after the last collection, of all pods together."
  "x" 0 "y" 21 "w" 8 "h" 8 "unit" "bytes" "limit" ""
  "queries" (include "elsa.query" (dict "context" . "ref" "A" "how" "range" "expr" "sum by (gc_heap_generation) (dotnet_gc_last_collection_heap_size_bytes{H})" "legend" "{{gc_heap_generation}}"))
) }}
{{- include "elsa.panel" (dict "context" . "id" 15 "kind" "timeseries" "title" "Fragmentation" "about" "Free space between objects after the last collection, of all pods together."
  "x" 8 "y" 21 "w" 8 "h" 8 "unit" "bytes" "limit" ""
  "queries" (include "elsa.query" (dict "context" . "ref" "A" "how" "range" "expr" "sum by (gc_heap_generation) (dotnet_gc_last_collection_heap_fragmentation_size_bytes{H})" "legend" "{{gc_heap_generation}}"))
) }}
{{- include "elsa.panel" (dict "context" . "id" 16 "kind" "timeseries" "title" "Committed" "about" "Memory that the collector holds in each pod, used or not."
  "x" 16 "y" 21 "w" 8 "h" 8 "unit" "bytes" "limit" ""
  "queries" (include "elsa.query" (dict "context" . "ref" "A" "how" "range" "expr" "sum by (pod) (dotnet_gc_last_collection_memory_committed_size_bytes{H})" "legend" "{{pod}}"))
) }}
{{- end }}

{{/*
Threads, locks and exceptions.
*/}}
{{ define "elsa.dotnetThreads" -}}
{{ include "elsa.row" (dict "context" . "id" 17 "title" "Threads, locks and exceptions" "y" 29) }}
{{- include "elsa.panel" (dict "context" . "id" 18 "kind" "timeseries" "title" "Waiting work" "about" "Queue of the thread pool of each pod. One that stays long means that threads wait for something, most often for the database."
  "x" 0 "y" 30 "w" 8 "h" 8 "unit" "short" "limit" "50"
  "queries" (include "elsa.query" (dict "context" . "ref" "A" "how" "range" "expr" "sum by (pod) (dotnet_thread_pool_queue_length_total{H})" "legend" "{{pod}}"))
) }}
{{- include "elsa.panel" (dict "context" . "id" 19 "kind" "timeseries" "title" "Threads" "about" "Threads of the pool of each pod."
  "x" 8 "y" 30 "w" 8 "h" 8 "unit" "short" "limit" ""
  "queries" (include "elsa.query" (dict "context" . "ref" "A" "how" "range" "expr" "sum by (pod) (dotnet_thread_pool_thread_count_total{H})" "legend" "{{pod}}"))
) }}
{{- include "elsa.panel" (dict "context" . "id" 20 "kind" "timeseries" "title" "Completed work" "about" "Items per second that the thread pool has done."
  "x" 16 "y" 30 "w" 8 "h" 8 "unit" "ops" "limit" ""
  "queries" (include "elsa.query" (dict "context" . "ref" "A" "how" "range" "expr" "sum by (pod) (rate(dotnet_thread_pool_work_item_count_total{H}[$__rate_interval]))" "legend" "{{pod}}"))
) }}
{{- include "elsa.panel" (dict "context" . "id" 21 "kind" "timeseries" "title" "Exceptions" "about" "Exceptions per second by type, caught ones too; an exception that is thrown again counts again."
  "x" 0 "y" 38 "w" 12 "h" 8 "unit" "cps" "limit" ""
  "queries" (include "elsa.query" (dict "context" . "ref" "A" "how" "range" "expr" "topk(10, sum by (error_type) (rate(dotnet_exceptions_total{H}[$__rate_interval])))" "legend" "{{error_type}}"))
) }}
{{- include "elsa.panel" (dict "context" . "id" 22 "kind" "timeseries" "title" "Lock contention" "about" "Times per second that a thread had to wait for a lock inside the process; locks between replicas are not among them."
  "x" 12 "y" 38 "w" 6 "h" 8 "unit" "cps" "limit" ""
  "queries" (include "elsa.query" (dict "context" . "ref" "A" "how" "range" "expr" "sum by (pod) (rate(dotnet_monitor_lock_contentions_total{H}[$__rate_interval]))" "legend" "{{pod}}"))
) }}
{{- include "elsa.panel" (dict "context" . "id" 23 "kind" "timeseries" "title" "Compilation" "about" "Share of time that goes into compiling: high after a start, and after new workflows with C# expressions."
  "x" 18 "y" 38 "w" 6 "h" 8 "unit" "percentunit" "limit" ""
  "queries" (include "elsa.query" (dict "context" . "ref" "A" "how" "range" "expr" "sum by (pod) (rate(dotnet_jit_compilation_time_seconds_total{H}[$__rate_interval]))" "legend" "{{pod}}"))
) }}
{{- end }}
