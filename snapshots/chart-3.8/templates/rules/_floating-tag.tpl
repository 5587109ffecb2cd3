{{- /* @severity error */ -}}
{{/*
A tag that moves changes the program under a running installation, or is another product: `latest` of Elsa's images follows
the previews of Elsa 4. A digest pins the image whatever the tag says.
*/}}
{{ define "elsa.rules.floating_tag" -}}
{{- $published := ternary (include "elsa.release" . | fromJson).combined (include "elsa.release" . | fromJson).server (eq .Values.studio.mode "combined") -}}
{{- $program := ternary (include "elsa.release" . | fromJson).host $published (eq .Values.server.program "host") -}}
{{- include "elsa.refusedTag" (dict "context" . "image" .Values.server.image "refused" $program.refusedTags "path" "server.image") }}
{{- if eq .Values.studio.mode "separate" }}
{{- include "elsa.refusedTag" (dict "context" . "image" .Values.studio.image "refused" (include "elsa.release" . | fromJson).studio.refusedTags "path" "studio.image") }}
{{- end }}
{{- if eq .Values.database.provider "PostgreSql" }}
{{- include "elsa.floatingTag" (dict "context" . "image" .Values.postgresql.image "path" "postgresql.image") }}
{{- end }}
{{- if and (eq .Values.server.program "host") (eq .Values.locks.provider "Redis") (eq .Values.redis.mode "bundled") }}
{{- include "elsa.floatingTag" (dict "context" . "image" .Values.redis.image "path" "redis.image") }}
{{- end }}
{{- if and (eq .Values.server.program "host") (eq .Values.rabbitmq.mode "bundled") }}
{{- include "elsa.floatingTag" (dict "context" . "image" .Values.rabbitmq.image "path" "rabbitmq.image") }}
{{- end }}
{{- include "elsa.floatingTag" (dict "context" . "image" .Values.tests.image "path" "tests.image") }}
{{- end }}
