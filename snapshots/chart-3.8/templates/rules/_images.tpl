{{/*
A line if the tag of an image that is not Elsa's moves: one without a minor version does.
@param image values.server.image
*/}}
{{ define "elsa.floatingTag" -}}
{{- if and .image.tag (not .image.digest) (regexMatch "^(latest|stable|edge|main|master|alpine|trixie|bookworm|[0-9]+)(-[a-z]+)?$" .image.tag) }}
{{ .path }}.tag	the tag {{ .image.tag }} moves to other versions; name a full version or a digest, or leave it empty
{{- end }}
{{- end }}

{{/*
A line if the tag of one of Elsa's images is refused by the catalogue.
@param image values.server.image
@param refused elsa.server.refusedTags
*/}}
{{ define "elsa.refusedTag" -}}
{{- if and (not .image.digest) .image.tag (has .image.tag .refused) }}
{{ .path }}.tag	the tag {{ .image.tag }} moves, if not to other releases than Elsa {{ (include "elsa.release" .context | fromJson).release }}, then to other builds; name an exact tag or a digest
{{- end }}
{{- end }}

{{/*
A line if nobody maintains an image any more.
@param image values.server.image
*/}}
{{ define "elsa.abandonedImage" -}}
{{- $repository := printf "%s/%s" .image.registry .image.repository -}}
{{- if and (contains "bitnami" $repository) (regexMatch "(^|/)(bitnami|bitnamilegacy)/" $repository) }}
{{ .path }}.repository	Bitnami took its public images away in September 2025: they get no more updates, and expect other variables and folders than ours; leave it empty, or name your copy of the image that an empty one means
{{- else if and (contains "elsaworkflows" $repository) (regexMatch "(^|/)elsaworkflows/elsa-(server-v3|studio-v3|server-and-studio-v3|v3)$" $repository) }}
{{ .path }}.repository	{{ .image.repository }} is an early image of Elsa 3, not the program that this release is known by; leave it empty
{{- end }}
{{- end }}
