{{/*
A line for each demand of Pod Security `restricted` that a workload's own security contexts, which replace ours, leave out.
@param w values.server
*/}}
{{ define "elsa.weakenedSecurity" -}}
{{- if .w.podSecurityContext }}
{{- if and (not .w.podSecurityContext.runAsNonRoot) (not .w.securityContext.runAsNonRoot) }}
{{ .path }}.podSecurityContext	replaces ours without runAsNonRoot: true, so the container may run as root; add it
{{- end }}
{{- if and (not .w.podSecurityContext.seccompProfile) (not .w.securityContext.seccompProfile) }}
{{ .path }}.podSecurityContext	replaces ours without a seccompProfile, so the container may make any system call; add type: RuntimeDefault
{{- end }}
{{- end }}
{{- if .w.securityContext }}
{{- if .w.securityContext.privileged }}
{{ .path }}.securityContext	makes the container privileged, which is root on the node; remove privileged
{{- end }}
{{- if or (not (hasKey .w.securityContext "allowPrivilegeEscalation")) .w.securityContext.allowPrivilegeEscalation }}
{{ .path }}.securityContext	replaces ours without allowPrivilegeEscalation: false; add it
{{- end }}
{{- if not (and .w.securityContext.capabilities .w.securityContext.capabilities.drop (has "ALL" .w.securityContext.capabilities.drop)) }}
{{ .path }}.securityContext	replaces ours without capabilities.drop: [ALL]; add it
{{- end }}
{{- end }}
{{- end }}
