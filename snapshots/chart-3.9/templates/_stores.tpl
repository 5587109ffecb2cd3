{{/*
The Service that governs a store's StatefulSet: it gives the pod a name of its own in DNS. Clients use the other Service.
@param service values.postgresql.service
*/}}
{{ define "elsa.headlessSpec" -}}
clusterIP: None
{{- with .service.ipFamilyPolicy }}
ipFamilyPolicy: {{ . }}
{{- end }}
selector:
  {{- include "elsa.selectorLabels" (dict "context" .context "component" .component) | nindent 2 }}
ports:
  - name: {{ .port }}
    port: {{ .number }}
    targetPort: {{ .port }}
    protocol: TCP
    appProtocol: {{ .protocol }}
{{- end }}

{{/*
What all StatefulSets of stores have in common. One replica: a second one would be another, empty server.
*/}}
{{ define "elsa.storeSet" -}}
serviceName: {{ include "elsa.fullname" .context }}-{{ .component }}-headless
replicas: 1
revisionHistoryLimit: 5
# In order, which is the default, a pod that cannot start would never be replaced by one with better settings.
podManagementPolicy: Parallel
updateStrategy:
  type: RollingUpdate
selector:
  matchLabels:
    {{- include "elsa.selectorLabels" (dict "context" .context "component" .component) | nindent 4 }}
{{- end }}

{{/*
The class of a volume: its own, or what the platform has for its tier, `fast` or `standard`; nothing leaves it to the cluster.
*/}}
{{ define "elsa.storageClass" -}}
{{- if .own -}}
{{ .own }}
{{- else if and (ne .context.Values.storage.platform "none") .context.Values.cluster.create -}}
{{ .context.Values.storage.classPrefix }}-{{ .tier }}
{{- else if eq .context.Values.storage.platform "aks" -}}
{{ ternary "managed-csi-premium" "managed-csi" (eq .tier "fast") }}
{{- else if eq .context.Values.storage.platform "gke" -}}
{{ ternary "premium-rwo" "standard-rwo" (eq .tier "fast") }}
{{- end -}}
{{ end }}

{{/*
What a claim asks for. `own` is the class that its values name, and `snapshot` what it begins with; empty where they name none.
*/}}
{{ define "elsa.claimSpec" -}}
{{- $class := include "elsa.storageClass" (dict "context" .context "own" .own "tier" .tier) -}}
accessModes: [ReadWriteOnce]
{{- if $class }}
storageClassName: {{ $class | quote }}
{{- end }}
resources:
  requests:
    storage: {{ .size }}
{{- with .snapshot }}
dataSource:
  apiGroup: snapshot.storage.k8s.io
  kind: VolumeSnapshot
  name: {{ . | quote }}
{{- end }}
{{- end }}

{{/*
The claim of a store's pod.
@param persistence values.postgresql.persistence
*/}}
{{ define "elsa.storeClaim" -}}
{{- if eq .context.Values.storage.claimRetention "Retain" -}}
# Neither uninstalling nor scaling to zero deletes the data.
{{- else -}}
# Uninstalling deletes the data.
{{- end }}
persistentVolumeClaimRetentionPolicy:
  whenDeleted: {{ .context.Values.storage.claimRetention }}
  whenScaled: Retain
volumeClaimTemplates:
  # With apiVersion and kind, which the API server would add: GitOps tools would see a difference for ever.
  - apiVersion: v1
    kind: PersistentVolumeClaim
    metadata:
      name: data
    spec:
      {{- include "elsa.claimSpec" (dict "context" .context "own" .persistence.storageClass "tier" .tier "size" (toJson .persistence.size) "snapshot" .persistence.fromSnapshot) | nindent 6 }}
{{- end }}
