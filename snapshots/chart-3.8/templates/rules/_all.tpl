{{/*
Every value that breaks a rule, a line each: `[rule] path: sentence`.
*/}}
{{ define "elsa.rules.errors" -}}
{{- $development_credentials_exposed := include "elsa.rules.development_credentials_exposed" . | trim }}
{{- if $development_credentials_exposed }}
[development-credentials-exposed] {{ $development_credentials_exposed | replace "\t" ": " | replace "\n" "\n[development-credentials-exposed] " }}
{{- end }}
{{- $floating_tag := include "elsa.rules.floating_tag" . | trim }}
{{- if $floating_tag }}
[floating-tag] {{ $floating_tag | replace "\t" ": " | replace "\n" "\n[floating-tag] " }}
{{- end }}
{{- $invalid_name := include "elsa.rules.invalid_name" . | trim }}
{{- if $invalid_name }}
[invalid-name] {{ $invalid_name | replace "\t" ": " | replace "\n" "\n[invalid-name] " }}
{{- end }}
{{- $replicas_not_supported := include "elsa.rules.replicas_not_supported" . | trim }}
{{- if $replicas_not_supported }}
[replicas-not-supported] {{ $replicas_not_supported | replace "\t" ": " | replace "\n" "\n[replicas-not-supported] " }}
{{- end }}
{{- $reserved_name := include "elsa.rules.reserved_name" . | trim }}
{{- if $reserved_name }}
[reserved-name] {{ $reserved_name | replace "\t" ": " | replace "\n" "\n[reserved-name] " }}
{{- end }}
{{- $secret_keys_equal := include "elsa.rules.secret_keys_equal" . | trim }}
{{- if $secret_keys_equal }}
[secret-keys-equal] {{ $secret_keys_equal | replace "\t" ": " | replace "\n" "\n[secret-keys-equal] " }}
{{- end }}
{{- $server_unreachable_from_browser := include "elsa.rules.server_unreachable_from_browser" . | trim }}
{{- if $server_unreachable_from_browser }}
[server-unreachable-from-browser] {{ $server_unreachable_from_browser | replace "\t" ": " | replace "\n" "\n[server-unreachable-from-browser] " }}
{{- end }}
{{- end }}

{{/*
Every value that a rule warns of, a line each: `[rule] path: sentence`.
*/}}
{{ define "elsa.rules.warnings" -}}
{{- $exposed_without_tls := include "elsa.rules.exposed_without_tls" . | trim }}
{{- if $exposed_without_tls }}
[exposed-without-tls] {{ $exposed_without_tls | replace "\t" ": " | replace "\n" "\n[exposed-without-tls] " }}
{{- end }}
{{- end }}
