{{/*
Settings of the server that are no secret; every one is read by the program.
*/}}
{{ define "elsa.serverSettings" -}}
{{- $program := ternary (include "elsa.release" . | fromJson).combined (include "elsa.release" . | fromJson).server (eq .Values.studio.mode "combined") -}}
ConnectionStrings__Sqlite: "Data Source=/data/elsa.sqlite.db;Cache=Shared"
DatabaseProvider: Sqlite
DOTNET_EnableDiagnostics: "0"
DOTNET_SHUTDOWNTIMEOUTSECONDS: {{ int .Values.server.shutdownTimeoutSeconds | quote }}
HOME: {{ $program.home | quote }}
Http__BasePath: {{ .Values.server.workflowsPath | quote }}
Http__BaseUrl: {{ include "elsa.serverUrl" . | quote }}
{{- if $program.studio }}
# The browser calls the API itself, so this is the public address.
{{ $program.backendUrlSetting }}: {{ printf "%s/elsa/api" (include "elsa.serverUrl" .) | quote }}
{{- end }}
{{- end }}

{{/*
The administrator and the signing key, from their Secret.
*/}}
{{ define "elsa.serverEnv" -}}
- name: Identity__AdminUser__UserName
  valueFrom:
    secretKeyRef:
      name: {{ include "elsa.identitySecret" . | quote }}
      key: {{ .Values.secrets.identity.keys.adminUserName | quote }}
- name: Identity__AdminUser__Password
  valueFrom:
    secretKeyRef:
      name: {{ include "elsa.identitySecret" . | quote }}
      key: {{ .Values.secrets.identity.keys.adminPassword | quote }}
- name: Identity__Tokens__SigningKey
  valueFrom:
    secretKeyRef:
      name: {{ include "elsa.identitySecret" . | quote }}
      key: {{ .Values.secrets.identity.keys.signingKey | quote }}
{{- end }}

{{/*
Where the database volume is mounted.
*/}}
{{ define "elsa.serverMounts" -}}
- name: data
  mountPath: /data
{{- end }}

{{/*
Volumes of the server's pod.
@param program elsa.server
*/}}
{{ define "elsa.serverVolumes" -}}
{{ include "elsa.programVolumes" (dict "context" .context "program" .program) | trim }}
- name: data
  persistentVolumeClaim:
    {{- with .context.Values.server.persistence.existingClaim }}
    claimName: {{ . | quote }}
    {{- else }}
    claimName: {{ include "elsa.fullname" .context }}-server
    {{- end }}
{{- end }}

{{/*
For what must outlive an uninstallation.
*/}}
{{ define "elsa.keepAnnotation" -}}
# Uninstalling keeps the database.
helm.sh/resource-policy: keep
{{- end }}

{{/*
Marks a Secret that no check may take for a real one.
*/}}
{{ define "elsa.developmentAnnotation" -}}
# Everybody knows these: for a laptop only, and refused as soon as anything exposes Elsa.
elsakube/development-credentials: "true"
{{- end }}
