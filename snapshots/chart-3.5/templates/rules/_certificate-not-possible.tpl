{{- /* @severity error */ -}}
{{/*
cert-manager would make no certificate, or nobody would serve it: there is no issuer, it has nothing to sign with, it cannot prove
whose name it is, or the way in does not read Secrets of this namespace.
*/}}
{{ define "elsa.rules.certificate_not_possible" -}}
{{- $public := .Values.certManager.issuer -}}
{{- $stores := .Values.certManager.stores -}}
{{- if .Values.certManager.enabled }}
{{- if eq .Values.exposure.type "none" }}
certManager.enabled	is true, but nothing leads outside; set exposure.type, or certManager.stores.enabled for stores alone
{{- else if not .Values.exposure.tls.enabled }}
certManager.enabled	is true, but exposure.tls.enabled is false, so nothing serves a certificate; set both to true
{{- else if and (eq .Values.exposure.type "ingress") (eq .Values.ingress.preset "alb") }}
certManager.enabled	is true, but Amazon's balancer takes certificates from ACM alone; set it to false
{{- else if and (eq .Values.exposure.type "gateway") .Values.gateway.namespace (ne .Values.gateway.namespace .Release.Namespace) }}
certManager.enabled	makes the certificate in the namespace of the installation, but the Gateway of {{ .Values.gateway.namespace }} reads its own; make it there, or set gateway.create
{{- end }}
{{- if and (eq $public.create "none") (not $public.name) }}
certManager.issuer.name	is empty, and no issuer is made; set it to the name of yours, or set certManager.issuer.create
{{- end }}
{{- if and (ne $public.create "none") (eq $public.kind "ClusterIssuer") (not .Values.cluster.create) }}
certManager.issuer.kind	a ClusterIssuer is made with cluster.create only; set that to true, or this to Issuer
{{- end }}
{{- if and (eq $public.create "acme") (eq .Values.certManager.acme.solver "dns01") (not .Values.certManager.acme.dns01) }}
certManager.acme.dns01	is empty, so cert-manager cannot write to your DNS; set it to a provider, such as route53
{{- end }}
{{- if and (eq $public.create "acme") (eq .Values.certManager.acme.solver "http01") (eq .Values.exposure.type "gateway") (not .Values.gateway.httpListener) }}
certManager.acme.solver	is http01, and the ACME service asks over plain HTTP, but gateway.httpListener is empty; name that listener, or use dns01
{{- end }}
{{- end }}
{{- if $stores.enabled }}
{{- if not (include "elsa.storeCertificates" . | trim) }}
certManager.stores.enabled	is true, but no bundled store in use has a tlsSecretName; set it, such as postgresql.tlsSecretName
{{- end }}
{{- if and (eq $stores.issuer.create "none") (not $stores.issuer.name) }}
certManager.stores.issuer.name	is empty, and no issuer is made; set it to the name of yours, or set certManager.stores.issuer.create
{{- end }}
{{- if and (ne $stores.issuer.create "none") (eq $stores.issuer.kind "ClusterIssuer") (not .Values.cluster.create) }}
certManager.stores.issuer.kind	a ClusterIssuer is made with cluster.create only; set that to true, or this to Issuer
{{- end }}
{{- include "elsa.sharedCertificate" . }}
{{- end }}
{{- if and (not .Values.certManager.ca.secretName) (or (and .Values.certManager.enabled (eq $public.create "ca")) (and $stores.enabled (eq $stores.issuer.create "ca"))) }}
certManager.ca.secretName	is empty, but an issuer would sign with it; set it to a Secret with tls.crt and tls.key of your authority
{{- end }}
{{- if and .Values.certManager.enabled $stores.enabled (ne $public.create "none") (ne $stores.issuer.create "none") (eq $public.kind $stores.issuer.kind) (eq (include "elsa.publicIssuer" .) (include "elsa.storesIssuer" .)) }}
certManager.stores.issuer.name	is that of certManager.issuer too, and both would be made; choose another one, or set certManager.stores.issuer.create to none
{{- end }}
{{- end }}
