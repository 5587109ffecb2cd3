{{/*
Makes a pod of `helm test`.
*/}}
{{ define "elsa.testAnnotations" -}}
helm.sh/hook: test
helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded
{{- end }}

{{/*
What the test needs to log in as the administrator.
*/}}
{{ define "elsa.testEnv" -}}
- name: SERVER
  value: {{ printf "http://%s-server:%d" (include "elsa.fullname" .) (int .Values.server.service.port) | quote }}
{{- if eq (include "elsa.program" . | fromJson).identity "fixed" }}
# The program takes this password from whatever user, and no setting changes that.
- name: ADMIN_USER
  value: admin
- name: ADMIN_PASSWORD
  value: password
{{- else }}
{{- $identity := include "elsa.secretName" (dict "context" . "secret" .Values.secrets.identity "id" "identity") }}
{{ include "elsa.secretEnv" (dict "context" . "name" "ADMIN_USER" "secret" $identity "key" .Values.secrets.identity.keys.adminUserName) }}
{{ include "elsa.secretEnv" (dict "context" . "name" "ADMIN_PASSWORD" "secret" $identity "key" .Values.secrets.identity.keys.adminPassword) }}
{{- end }}
{{- end }}

{{/*
Logs in and reads: HTTP 200 alone is not a login, a refused one is answered with 200 too.
*/}}
{{ define "elsa.testArguments" -}}
command: [sh, -euc]
args:
  - |-
    escaped() { printf %s "$1" | sed 's/[\\"]/\\&/g'; }
    get() { printf 'Authorization: Bearer %s' "$token" | curl -fsS --max-time 30 -H @- "$SERVER$1"; }
    fail() { echo "FAILED: $1" >&2; exit 1; }

    login=$(printf '{"username":"%s","password":"%s"}' "$(escaped "$ADMIN_USER")" "$(escaped "$ADMIN_PASSWORD")" |
      curl -fsS --max-time 30 -H 'Content-Type: application/json' --data-binary @- "$SERVER/elsa/api/identity/login") ||
      fail "the server does not answer"
    case $login in
      *'"isAuthenticated":true'*) echo "logged in" ;;
      *) fail "the server refuses the administrator's user name and password" ;;
    esac
    token=$(printf %s "$login" | sed 's/.*"accessToken":"\([^"]*\)".*/\1/')

    get '/elsa/api/workflow-definitions?page=0&pageSize=1' >/dev/null || fail "workflow definitions cannot be listed"
    echo "listed workflow definitions"
    {{- if (include "elsa.program" . | fromJson).dashboard }}

    case $(get '/elsa/api/dashboard/overview?range=24h&includeSystem=false') in
      *AcceptingWork*) echo "the runtime accepts work" ;;
      *) fail "the runtime does not accept work" ;;
    esac
    {{- end }}
{{- end }}

{{/*
Mounts of the test.
*/}}
{{ define "elsa.testMounts" -}}
- name: tmp
  mountPath: /tmp
{{- end }}

{{/*
Scratch space of the test.
*/}}
{{ define "elsa.testVolumes" -}}
- name: tmp
  emptyDir:
    sizeLimit: 16Mi
{{- end }}
