{{/*
Alerts about the way in: its certificate, what is seen from outside, and what scales the server behind it. The namespace of the
object may have become another label there, so they ask for its name.
*/}}
{{ define "elsa.entranceAlerts" -}}
{{- $name := include "elsa.fullname" . -}}
{{- if or .Values.certManager.enabled .Values.certManager.stores.enabled }}
{{- include "elsa.alert" (dict "context" .
  "name" "ElsaCertificateExpiring"
  "severity" "warning"
  "hold" "1h"
  "expr" (printf `(certmanager_certificate_expiration_timestamp_seconds{name=~"%s(-(postgresql|redis|rabbitmq|pgbouncer))?"} > 0) - time() < 14 * 86400` $name)
  "summary" "The certificate of Elsa runs out"
  "description" "Certificate {{ $labels.name }} runs out in {{ $value | humanizeDuration }}, and cert-manager should have renewed it by now. Look at the Certificate, its requests and the issuer."
) }}
{{- end }}
{{- if include "elsa.probed" . }}
{{- $probe := printf `job="%s-public",namespace="%s"` $name .Release.Namespace }}
{{- include "elsa.alert" (dict "context" .
  "name" "ElsaPublicEndpointDown"
  "severity" "critical"
  "hold" "1m"
  "expr" (printf "avg_over_time(probe_success{%s}[5m]) < 0.5" $probe)
  "summary" "Elsa does not answer from outside"
  "description" "More than half of the requests to {{ $labels.instance }} within five minutes have failed. If the server is there, look at the way in: DNS, load balancer, controller, certificate."
) }}
{{- include "elsa.alert" (dict "context" .
  "name" "ElsaPublicCertificateExpiring"
  "severity" "critical"
  "hold" "1h"
  "expr" (printf "probe_ssl_earliest_cert_expiry{%s} - time() < 7 * 86400" $probe)
  "summary" "The certificate that Elsa is served with runs out"
  "description" "What {{ $labels.instance }} serves runs out in {{ $value | humanizeDuration }}. If its Secret holds a newer one, the controller has not loaded it."
) }}
{{- end }}
{{- if eq .Values.server.autoscaling.type "keda" }}
{{- include "elsa.alert" (dict "context" .
  "name" "ElsaKedaScalerErrors"
  "severity" "warning"
  "hold" "10m"
  "expr" (printf `sum by (scaledObject, scaler) (increase(keda_scaler_detail_errors_total{scaledObject="%s-server"}[10m])) > 2` $name)
  "summary" "KEDA cannot measure what it scales by"
  "description" "Scaler {{ $labels.scaler }} of {{ $labels.scaledObject }} fails: the number of replicas stays, or falls back. Look at the ScaledObject and at the log of KEDA."
) }}
{{- end }}
{{- end }}

{{/*
Whether a blackbox exporter asks for the public address: `yes`, or nothing. There is none to ask for where everybody forwards a
port.
*/}}
{{ define "elsa.probed" -}}
{{- if and .Values.monitoring.probe.url (or (ne .Values.exposure.type "none") .Values.server.publicUrl) -}}
yes
{{- end -}}
{{ end }}
