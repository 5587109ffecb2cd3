{{- /* @severity error */ -}}
{{/*
A class of volumes that could not make any: Ceph has to be told which cluster, pool and Secrets to use.
*/}}
{{ define "elsa.rules.storage_not_possible" -}}
{{- if and .Values.cluster.create (eq .Values.storage.platform "bare-metal") (eq .Values.storage.bareMetalDriver "rook-ceph.rbd.csi.ceph.com") }}
{{- if or (not (hasKey .Values.storage.bareMetalParameters "clusterID")) (not (hasKey .Values.storage.bareMetalParameters "pool")) }}
storage.bareMetalParameters	is without clusterID or pool, and Ceph makes no volume without them; set both, and the Secrets of csi.storage.k8s.io, as your Ceph cluster calls them
{{- end }}
{{- if not (hasKey .Values.storage.bareMetalSnapshotParameters "clusterID") }}
storage.bareMetalSnapshotParameters	is without clusterID, and Ceph takes no snapshot without it; set it, and the Secrets of csi.storage.k8s.io, as your Ceph cluster calls them
{{- end }}
{{- end }}
{{- end }}
