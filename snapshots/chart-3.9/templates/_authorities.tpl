{{/*
The certificate of one authority, as a file of a projected volume.
*/}}
{{ define "elsa.caSource" -}}
- secret:
    name: {{ .secret | quote }}
    items:
      - key: ca.crt
        path: {{ .file }}.crt
{{- end }}

{{/*
Certificates of your own authorities, all keys of that Secret.
*/}}
{{ define "elsa.caBundleSource" -}}
{{- with .Values.caBundle.secretName -}}
- secret:
    name: {{ . | quote }}
{{- end -}}
{{ end }}

{{/*
The authority of a PostgreSQL that is not external.
*/}}
{{ define "elsa.postgresqlCaSource" -}}
{{- if and (eq .Values.database.provider "PostgreSql") (eq .Values.postgresql.mode "cloudnativepg") -}}
{{ include "elsa.caSource" (dict "context" . "secret" (printf "%s-postgresql-ca" (include "elsa.fullname" .)) "file" "postgresql") }}
{{- else if and (eq .Values.database.provider "PostgreSql") (eq .Values.postgresql.mode "bundled") .Values.postgresql.tlsSecretName -}}
{{ include "elsa.caSource" (dict "context" . "secret" .Values.postgresql.tlsSecretName "file" "postgresql") }}
{{- end -}}
{{ end }}

{{/*
What programs of PostgreSQL verify a server with: a volume's sources, or nothing.
*/}}
{{ define "elsa.databaseCaSources" -}}
{{- $bundle := include "elsa.caBundleSource" . -}}
{{- $postgresql := include "elsa.postgresqlCaSource" . -}}
{{ $bundle }}
{{- if and $bundle $postgresql }}
{{ end -}}
{{ $postgresql }}
{{- end }}

{{/*
What the server verifies its stores with, likewise.
*/}}
{{ define "elsa.serverCaSources" -}}
{{ include "elsa.caBundleSource" . }}
{{- if and (eq .Values.pooling.type "pgbouncer") .Values.pgbouncer.tlsSecretName }}
{{ include "elsa.caSource" (dict "context" . "secret" .Values.pgbouncer.tlsSecretName "file" "pgbouncer") }}
{{- else if and (ne .Values.pooling.type "pgbouncer") (include "elsa.postgresqlCaSource" .) }}
{{ include "elsa.postgresqlCaSource" . }}
{{- end }}
{{- if and (eq .Values.locks.provider "Redis") (eq .Values.redis.mode "bundled") .Values.redis.tlsSecretName }}
{{ include "elsa.caSource" (dict "context" . "secret" .Values.redis.tlsSecretName "file" "redis") }}
{{- end }}
{{- if and (or (eq .Values.rabbitmq.mode "bundled") (eq .Values.rabbitmq.mode "operator")) .Values.rabbitmq.tlsSecretName }}
{{ include "elsa.caSource" (dict "context" . "secret" .Values.rabbitmq.tlsSecretName "file" "rabbitmq") }}
{{- end }}
{{- end }}

{{/*
The volume with a store's own certificate and key.
*/}}
{{ define "elsa.tlsVolume" -}}
- name: tls
  secret:
    secretName: {{ .secret | quote }}
    # 0440. PostgreSQL refuses a key that others than its user and group may read.
    defaultMode: 288
{{- end }}

{{/*
Where it is mounted.
*/}}
{{ define "elsa.tlsMount" -}}
- name: tls
  mountPath: /etc/elsa/tls
  readOnly: true
{{- end }}

{{/*
The volume with the certificates of authorities.
*/}}
{{ define "elsa.caVolume" -}}
- name: ca
  projected:
    sources:
      {{- .sources | nindent 6 }}
{{- end }}

{{/*
Where it is mounted.
*/}}
{{ define "elsa.caMount" -}}
- name: ca
  mountPath: /etc/elsa/ca
  readOnly: true
{{- end }}
