{{/*
Name of the claim that holds the database; nothing where no claim of this installation does.
*/}}
{{ define "elsa.databaseClaim" -}}
{{- if and (eq .Values.database.provider "Sqlite") .Values.server.persistence.existingClaim -}}
{{ .Values.server.persistence.existingClaim }}
{{- else if eq .Values.database.provider "Sqlite" -}}
{{ include "elsa.fullname" . }}-server
{{- else if and (eq .Values.database.provider "PostgreSql") (eq .Values.postgresql.mode "bundled") -}}
data-{{ include "elsa.fullname" . }}-postgresql-0
{{- end -}}
{{ end }}

{{/*
The driver that makes volumes on the platform; nothing where nobody says which one.
*/}}
{{ define "elsa.storageDriver" -}}
{{- if eq .Values.storage.platform "eks" -}}
ebs.csi.aws.com
{{- else if eq .Values.storage.platform "aks" -}}
disk.csi.azure.com
{{- else if eq .Values.storage.platform "gke" -}}
pd.csi.storage.gke.io
{{- else if eq .Values.storage.platform "bare-metal" -}}
{{ .Values.storage.bareMetalDriver }}
{{- end -}}
{{ end }}

{{/*
Name of our VolumeSnapshotClass; nothing where we make none.
*/}}
{{ define "elsa.ownSnapshotClass" -}}
{{- $driver := include "elsa.storageDriver" . -}}
{{- if and .Values.cluster.create $driver (ne $driver "rancher.io/local-path") -}}
{{ .Values.storage.classPrefix }}-snapshots
{{- end -}}
{{ end }}

{{/*
A StorageClass of one tier. `parameters` are YAML, empty where the driver needs none.
*/}}
{{ define "elsa.storageClassObject" -}}
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: {{ .context.Values.storage.classPrefix }}-{{ .tier }}
  {{- include "elsa.marks" (dict "context" .context "component" "storage" "labels" .context.Values.commonLabels "annotations" .context.Values.commonAnnotations "fixed" "") | nindent 2 }}
provisioner: {{ include "elsa.storageDriver" .context | quote }}
{{- with .parameters }}
parameters:
  {{- . | nindent 2 }}
{{- end }}
reclaimPolicy: {{ .context.Values.storage.reclaimPolicy }}
{{- if ne (include "elsa.storageDriver" .context) "rancher.io/local-path" }}
allowVolumeExpansion: true
{{- end }}
# In the zone of the pod, which is known only when it has a node.
volumeBindingMode: WaitForFirstConsumer
{{- end }}

{{/*
What a tier is on the platform.
*/}}
{{ define "elsa.tierParameters" -}}
{{- if eq .context.Values.storage.platform "eks" -}}
# A volume of gp3 has 3000 operations a second whatever its size; for more it must have 2 GiB a thousand, which a small
# one has not. The fast tier has twice the usual 125 MiB/s.
type: gp3
encrypted: "true"
{{- if eq .tier "fast" }}
iops: "3000"
throughput: "250"
{{- end }}
{{- else if eq .context.Values.storage.platform "aks" -}}
skuName: {{ ternary "Premium_LRS" "StandardSSD_LRS" (eq .tier "fast") }}
{{- else if eq .context.Values.storage.platform "gke" -}}
type: {{ ternary "pd-ssd" "pd-balanced" (eq .tier "fast") }}
{{- else if .context.Values.storage.bareMetalParameters -}}
{{ toYaml .context.Values.storage.bareMetalParameters }}
{{- end -}}
{{ end }}
