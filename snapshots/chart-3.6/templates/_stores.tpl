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
    appProtocol: {{ .port }}
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
The claim of a store's pod.
@param persistence values.postgresql.persistence
*/}}
{{ define "elsa.storeClaim" -}}
# Neither uninstalling nor scaling to zero deletes the data.
persistentVolumeClaimRetentionPolicy:
  whenDeleted: Retain
  whenScaled: Retain
volumeClaimTemplates:
  # With apiVersion and kind, which the API server would add: GitOps tools would see a difference for ever.
  - apiVersion: v1
    kind: PersistentVolumeClaim
    metadata:
      name: data
    spec:
      accessModes: [ReadWriteOnce]
      {{- with .persistence.storageClass }}
      storageClassName: {{ . | quote }}
      {{- end }}
      resources:
        requests:
          storage: {{ toJson .persistence.size }}
{{- end }}
