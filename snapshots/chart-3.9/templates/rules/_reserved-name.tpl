{{- /* @severity error */ -}}
{{/*
Labels, annotations, variables and keys that the templates write themselves: a second one would break the object.
*/}}
{{ define "elsa.rules.reserved_name" -}}
{{- range $key, $value := .Values.commonLabels }}
{{- if hasPrefix "app.kubernetes.io/" $key }}
commonLabels	{{ $key | quote }} is set by the templates, like every label that begins with app.kubernetes.io/; choose another name
{{- end }}
{{- end }}
{{- range $key, $value := .Values.server.podLabels }}
{{- if hasPrefix "app.kubernetes.io/" $key }}
server.podLabels	{{ $key | quote }} is set by the templates, like every label that begins with app.kubernetes.io/; choose another name
{{- end }}
{{- end }}
{{- range $key, $value := .Values.studio.podLabels }}
{{- if hasPrefix "app.kubernetes.io/" $key }}
studio.podLabels	{{ $key | quote }} is set by the templates, like every label that begins with app.kubernetes.io/; choose another name
{{- end }}
{{- end }}
{{- range $key, $value := .Values.tests.podLabels }}
{{- if hasPrefix "app.kubernetes.io/" $key }}
tests.podLabels	{{ $key | quote }} is set by the templates, like every label that begins with app.kubernetes.io/; choose another name
{{- end }}
{{- end }}
{{- range $key, $value := .Values.commonAnnotations }}
{{- if or (hasPrefix "elsakube/" $key) (hasPrefix "checksum/" $key) (hasPrefix "helm.sh/" $key) }}
commonAnnotations	{{ $key | quote }} is set by the templates, like every annotation that begins with elsakube/, checksum/ or helm.sh/; choose another name
{{- end }}
{{- end }}
{{- range $key, $value := .Values.server.service.annotations }}
{{- if or (hasPrefix "elsakube/" $key) (hasPrefix "checksum/" $key) (hasPrefix "helm.sh/" $key) }}
server.service.annotations	{{ $key | quote }} is set by the templates, like every annotation that begins with elsakube/, checksum/ or helm.sh/; choose another name
{{- end }}
{{- end }}
{{- range $key, $value := .Values.server.serviceAccount.annotations }}
{{- if or (hasPrefix "elsakube/" $key) (hasPrefix "checksum/" $key) (hasPrefix "helm.sh/" $key) }}
server.serviceAccount.annotations	{{ $key | quote }} is set by the templates, like every annotation that begins with elsakube/, checksum/ or helm.sh/; choose another name
{{- end }}
{{- end }}
{{- range $key, $value := .Values.server.podAnnotations }}
{{- if or (hasPrefix "elsakube/" $key) (hasPrefix "checksum/" $key) (hasPrefix "helm.sh/" $key) }}
server.podAnnotations	{{ $key | quote }} is set by the templates, like every annotation that begins with elsakube/, checksum/ or helm.sh/; choose another name
{{- end }}
{{- end }}
{{- range $key, $value := .Values.studio.service.annotations }}
{{- if or (hasPrefix "elsakube/" $key) (hasPrefix "checksum/" $key) (hasPrefix "helm.sh/" $key) }}
studio.service.annotations	{{ $key | quote }} is set by the templates, like every annotation that begins with elsakube/, checksum/ or helm.sh/; choose another name
{{- end }}
{{- end }}
{{- range $key, $value := .Values.studio.serviceAccount.annotations }}
{{- if or (hasPrefix "elsakube/" $key) (hasPrefix "checksum/" $key) (hasPrefix "helm.sh/" $key) }}
studio.serviceAccount.annotations	{{ $key | quote }} is set by the templates, like every annotation that begins with elsakube/, checksum/ or helm.sh/; choose another name
{{- end }}
{{- end }}
{{- range $key, $value := .Values.studio.podAnnotations }}
{{- if or (hasPrefix "elsakube/" $key) (hasPrefix "checksum/" $key) (hasPrefix "helm.sh/" $key) }}
studio.podAnnotations	{{ $key | quote }} is set by the templates, like every annotation that begins with elsakube/, checksum/ or helm.sh/; choose another name
{{- end }}
{{- end }}
{{- range $key, $value := .Values.tests.podAnnotations }}
{{- if or (hasPrefix "elsakube/" $key) (hasPrefix "checksum/" $key) (hasPrefix "helm.sh/" $key) }}
tests.podAnnotations	{{ $key | quote }} is set by the templates, like every annotation that begins with elsakube/, checksum/ or helm.sh/; choose another name
{{- end }}
{{- end }}
{{- range $variable := .Values.server.env }}
{{- if or (eq $variable.name "Identity__AdminUser__UserName") (eq $variable.name "Identity__AdminUser__Password") (eq $variable.name "Identity__Tokens__SigningKey") }}
server.env	{{ $variable.name | quote }} comes from the Secret of secrets.identity; change it there
{{- end }}
{{- end }}
{{- range $variable := .Values.tests.env }}
{{- if or (eq $variable.name "SERVER") (eq $variable.name "ADMIN_USER") (eq $variable.name "ADMIN_PASSWORD") }}
tests.env	{{ $variable.name | quote }} is set by the templates; choose another name
{{- end }}
{{- end }}
{{- end }}
