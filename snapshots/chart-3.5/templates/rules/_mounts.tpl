{{/*
A line for each volume and mount of a user's that has the name or the path of one of ours, which `volumes` and `mounts` list
as YAML.
@param w values.server
*/}}
{{ define "elsa.reservedMounts" -}}
{{- $names := printf "%s\n" (.volumes | replace `"` "") -}}
{{- $paths := printf "%s\n" (.mounts | replace `"` "") -}}
{{- range $volume := .w.volumes }}
{{- if contains (printf "- name: %s\n" $volume.name) $names }}
{{ $.path }}.volumes	{{ $volume.name | quote }} is the name of one of our volumes; choose another name
{{- end }}
{{- end }}
{{- range $mount := .w.volumeMounts }}
{{- if contains (printf "mountPath: %s\n" ($mount.mountPath | trimSuffix "/")) $paths }}
{{ $.path }}.volumeMounts	{{ $mount.mountPath | quote }} is where one of our volumes is mounted; choose another path
{{- end }}
{{- end }}
{{- end }}
