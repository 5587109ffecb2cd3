{{- /* @severity error */ -}}
{{/*
A tag that moves, or that upstream uses for another product.
*/}}
{{ define "elsa.rules.floating_tag" -}}
{{- $program := ternary (include "elsa.release" . | fromJson).combined (include "elsa.release" . | fromJson).server (eq .Values.studio.mode "combined") -}}
{{- range $tag := $program.refusedTags }}
{{- if and (eq $.Values.server.image.tag $tag) (not $.Values.server.image.digest) }}
server.image.tag	the tag {{ $tag }} is not an image of Elsa {{ (include "elsa.release" $ | fromJson).release }}: name an exact version or a digest
{{- end }}
{{- end }}
{{- if eq .Values.studio.mode "separate" }}
{{- range $tag := (include "elsa.release" . | fromJson).studio.refusedTags }}
{{- if and (eq $.Values.studio.image.tag $tag) (not $.Values.studio.image.digest) }}
studio.image.tag	the tag {{ $tag }} is not an image of Elsa {{ (include "elsa.release" $ | fromJson).release }}: name an exact version or a digest
{{- end }}
{{- end }}
{{- end }}
{{- if and (eq .Values.tests.image.tag "latest") (not .Values.tests.image.digest) }}
tests.image.tag	the tag latest moves: name an exact version or a digest
{{- end }}
{{- end }}
