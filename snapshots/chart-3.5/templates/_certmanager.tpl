{{/*
Name of the issuer of the exposure's certificate.
*/}}
{{ define "elsa.publicIssuer" -}}
{{ .Values.certManager.issuer.name | default (printf "%s-public" (include "elsa.fullname" .)) }}
{{- end }}

{{/*
Name of the issuer of the stores' certificates.
*/}}
{{ define "elsa.storesIssuer" -}}
{{ .Values.certManager.stores.issuer.name | default (printf "%s-stores" (include "elsa.fullname" .)) }}
{{- end }}

{{/*
Whether the exposure's certificate is made by cert-manager.
*/}}
{{ define "elsa.publicCertificate" -}}
{{- if and .Values.certManager.enabled (ne .Values.exposure.type "none") .Values.exposure.tls.enabled -}}
yes
{{- end -}}
{{ end }}

{{/*
Kind of the issuer of that certificate that we make; empty for none.
*/}}
{{ define "elsa.publicIssuerKind" -}}
{{- if and (include "elsa.publicCertificate" .) (ne .Values.certManager.issuer.create "none") -}}
{{- if or (eq .Values.certManager.issuer.kind "Issuer") .Values.cluster.create -}}
{{ .Values.certManager.issuer.kind }}
{{- end -}}
{{- end -}}
{{ end }}

{{/*
Kind of the issuer of the stores' certificates that we make; empty for none.
*/}}
{{ define "elsa.storesIssuerKind" -}}
{{- if and (ne .Values.certManager.stores.issuer.create "none") (include "elsa.storeCertificates" . | trim) -}}
{{- if or (eq .Values.certManager.stores.issuer.kind "Issuer") .Values.cluster.create -}}
{{ .Values.certManager.stores.issuer.kind }}
{{- end -}}
{{- end -}}
{{ end }}

{{/*
The stores whose certificates cert-manager makes, a word each.
*/}}
{{ define "elsa.storeCertificates" -}}
{{- if .Values.certManager.stores.enabled }}
{{- if and (eq .Values.database.provider "PostgreSql") (eq .Values.postgresql.mode "bundled") .Values.postgresql.tlsSecretName }}
postgresql
{{- end }}
{{- if and (eq .Values.locks.provider "Redis") (eq .Values.redis.mode "bundled") .Values.redis.tlsSecretName }}
redis
{{- end }}
{{- if and (or (eq .Values.rabbitmq.mode "bundled") (eq .Values.rabbitmq.mode "operator")) .Values.rabbitmq.tlsSecretName }}
rabbitmq
{{- end }}
{{- if and (eq .Values.pooling.type "pgbouncer") .Values.pgbouncer.tlsSecretName }}
pgbouncer
{{- end }}
{{- end }}
{{- end }}

{{/*
An issuer: of an ACME service, or of an authority of your own.
*/}}
{{ define "elsa.issuerSpec" -}}
{{- if eq .create "ca" -}}
ca:
  secretName: {{ .context.Values.certManager.ca.secretName | quote }}
{{- else -}}
acme:
  server: {{ .context.Values.certManager.acme.server | quote }}
  {{- with .context.Values.certManager.acme.email }}
  email: {{ . | quote }}
  {{- end }}
  # The key of the account; cert-manager makes it.
  privateKeySecretRef:
    name: {{ printf "%s-account" .name | quote }}
  solvers:
    {{- include "elsa.acmeSolver" .context | nindent 4 }}
{{- end -}}
{{ end }}

{{/*
How to prove that the host names are ours.
*/}}
{{ define "elsa.acmeSolver" -}}
{{- if eq .Values.certManager.acme.solver "dns01" -}}
- dns01:
    {{- toYaml .Values.certManager.acme.dns01 | nindent 4 }}
# As `certManager.acme.dns01` says.
{{- else if eq .Values.exposure.type "gateway" -}}
- http01:
    gatewayHTTPRoute:
      parentRefs:
        {{- include "elsa.gatewayParent" (dict "context" . "section" .Values.gateway.httpListener) | nindent 8 }}
{{- else -}}
- http01:
    ingress:
      {{- include "elsa.solverIngress" . | nindent 6 }}
{{- end -}}
{{ end }}

{{/*
The Ingress by which cert-manager answers. Google's balancer has an address for each Ingress, so there it is ours.
*/}}
{{ define "elsa.solverIngress" -}}
{{- if eq (include "elsa.preset" .) "gce" -}}
name: {{ include "elsa.fullname" . | quote }}
{{- else if eq (include "elsa.preset" .) "agic" -}}
class: {{ include "elsa.ingressClass" . | quote }}
serviceType: ClusterIP
{{- else if eq .Values.exposure.type "traefik" -}}
ingressClassName: {{ .Values.ingress.className | default "traefik" | quote }}
serviceType: ClusterIP
{{- else if include "elsa.ingressClass" . -}}
ingressClassName: {{ include "elsa.ingressClass" . | quote }}
serviceType: ClusterIP
{{- else -}}
serviceType: ClusterIP
{{- end -}}
{{ end }}

{{/*
What certificates have in common. Keys are made anew with each one.
*/}}
{{ define "elsa.certificateSpec" -}}
secretName: {{ .secret | quote }}
issuerRef:
  group: cert-manager.io
  kind: {{ .kind }}
  name: {{ .issuer | quote }}
privateKey:
  algorithm: ECDSA
  size: 256
  rotationPolicy: Always
revisionHistoryLimit: 1
usages: [digital signature, key encipherment, server auth]
{{- end }}

{{/*
The certificate of a store: for the name by which its clients call it, and for those that others in the cluster use.
*/}}
{{ define "elsa.storeCertificate" -}}
{{- $name := printf "%s-%s" (include "elsa.fullname" .context) .component -}}
dnsNames:
  - {{ $name | quote }}
  - {{ printf "%s.%s.svc" $name .context.Release.Namespace | quote }}
{{ include "elsa.certificateSpec" (dict "context" .context "secret" .secret "kind" .context.Values.certManager.stores.issuer.kind "issuer" (include "elsa.storesIssuer" .context)) }}
{{- end }}
