{{/*
Who may log in, and what signs the tokens: from a Secret, under the names that the program reads.
*/}}
{{ define "elsa.identityEnv" -}}
{{- $identity := include "elsa.secretName" (dict "context" . "secret" .Values.secrets.identity "id" "identity") -}}
{{- if eq (include "elsa.program" . | fromJson).identity "bootstrap-admin" -}}
{{ include "elsa.secretEnv" (dict "context" . "name" "Identity__AdminUser__UserName" "secret" $identity "key" .Values.secrets.identity.keys.adminUserName) }}
{{ include "elsa.secretEnv" (dict "context" . "name" "Identity__AdminUser__Password" "secret" $identity "key" .Values.secrets.identity.keys.adminPassword) }}
{{ else if eq (include "elsa.program" . | fromJson).identity "configured-users" -}}
{{ include "elsa.secretEnv" (dict "context" . "name" "Identity__Users__0__Name" "secret" $identity "key" .Values.secrets.identity.keys.adminUserName) }}
{{ include "elsa.secretEnv" (dict "context" . "name" "Identity__Users__0__HashedPassword" "secret" $identity "key" .Values.secrets.identity.keys.adminPasswordHash) }}
{{ include "elsa.secretEnv" (dict "context" . "name" "Identity__Users__0__HashedPasswordSalt" "secret" $identity "key" .Values.secrets.identity.keys.adminPasswordSalt) }}
{{ end -}}
{{ include "elsa.secretEnv" (dict "context" . "name" "Identity__Tokens__SigningKey" "secret" $identity "key" .Values.secrets.identity.keys.signingKey) }}
{{- end }}

{{/*
Shuts out whom the image ships beside the first user: a list is read item by item, so an item that is not set stays.
*/}}
{{ define "elsa.shippedIdentity" -}}
{{- if eq (include "elsa.program" . | fromJson).identity "configured-users" -}}
# The image ships further users and an application, with a password and an API key that everybody knows. Hashes of zeros
# shut them out: nothing is known whose SHA-256 is that. Items of your own begin behind them.
{{- range $user := (include "elsa.program" . | fromJson).unusedUsers }}
Identity__Users__{{ $user }}__HashedPassword: {{ include "elsa.zeros" $ | quote }}
Identity__Users__{{ $user }}__HashedPasswordSalt: {{ include "elsa.zeros" $ | quote }}
{{- end }}
Identity__Applications__0__ClientId: nobody
Identity__Applications__0__HashedApiKey: {{ include "elsa.zeros" . | quote }}
Identity__Applications__0__HashedApiKeySalt: {{ include "elsa.zeros" . | quote }}
{{- end -}}
{{ end }}

{{/*
32 zero bytes in base64.
*/}}
{{ define "elsa.zeros" -}}
AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
{{- end }}
