{{/*
Configuration of the lock server that is no secret. Valkey and Redis read the same one.
*/}}
{{ define "elsa.redisConfig" -}}
redis.conf: |
  bind * -::*
  {{- if .Values.redis.tlsSecretName }}
  # TLS alone. Clients show no certificate: they have the password.
  port 0
  tls-port 6379
  tls-cert-file /etc/elsa/tls/tls.crt
  tls-key-file /etc/elsa/tls/tls.key
  tls-ca-cert-file /etc/elsa/tls/ca.crt
  tls-auth-clients no
  {{- else }}
  port 6379
  {{- end }}
  # Refuses all connections from outside the pod should there be no password.
  protected-mode yes
  # Locks only, and a lock that came back after a restart would have lost its owner: nothing is kept. Without this line a
  # snapshot would fail on the read-only root, and then every write.
  save ""
  appendonly no
  # Not more than half of the memory limit: buffers come on top of it. When it is full, new locks are refused; any other
  # policy would drop locks that are held.
  maxmemory 48mb
  maxmemory-policy noeviction
  # The password, which an init container has written there.
  include /run/redis/auth.conf
{{- end }}

{{/*
First word of the names of the product's programs.
*/}}
{{ define "elsa.redisPrefix" -}}
{{ ternary "valkey" "redis" (eq .Values.redis.product "Valkey") }}
{{- end }}

{{/*
The server itself, not the image's entry point, which adds modules and options of its own.
*/}}
{{ define "elsa.redisArguments" -}}
command: [{{ include "elsa.redisPrefix" . }}-server, /etc/redis/redis.conf]
{{- end }}

{{/*
The password for the client that the readiness probe runs.
*/}}
{{ define "elsa.redisEnv" -}}
{{ include "elsa.secretEnv" (dict "context" . "name" "REDISCLI_AUTH" "secret" (include "elsa.secretName" (dict "context" . "secret" .Values.secrets.redis "id" "redis")) "key" .Values.secrets.redis.keys.password) }}
{{- end }}

{{/*
Writes the password as the server reads it. A new one counts when the pod is replaced.
*/}}
{{ define "elsa.redisInitContainers" -}}
- name: password
  image: {{ include "elsa.redisImage" . | quote }}
  imagePullPolicy: {{ .Values.redis.image.pullPolicy }}
  command: [sh, -euc]
  args:
    - |-
      # A line that the server cannot read would be in its log, password and all.
      case $PASSWORD in
        '' | *[[:cntrl:]]*) echo "The password is empty or has control characters in it." >&2; exit 1 ;;
      esac
      umask 077
      printf 'requirepass "%s"\n' "$(printf %s "$PASSWORD" | sed 's/[\\"]/\\&/g')" >/run/redis/auth.conf
  env:
    {{- include "elsa.secretEnv" (dict "context" . "name" "PASSWORD" "secret" (include "elsa.secretName" (dict "context" . "secret" .Values.secrets.redis "id" "redis")) "key" .Values.secrets.redis.keys.password) | nindent 4 }}
  {{- include "elsa.containerLimits" (dict "context" . "w" .Values.redis) | nindent 2 }}
  volumeMounts:
    - name: auth
      mountPath: /run/redis
{{- end }}

{{/*
Port of the lock server's container.
*/}}
{{ define "elsa.redisPorts" -}}
- name: redis
  containerPort: 6379
  protocol: TCP
{{- end }}

{{/*
Whether it lets Elsa in. The client's exit code is 0 even if the password is wrong.
*/}}
{{ define "elsa.redisReadiness" -}}
exec:
  command:
    - sh
    - -c
    - |-
      answer=$({{ include "elsa.redisPrefix" . }}-cli -h 127.0.0.1{{ if .Values.redis.tlsSecretName }} --tls --cacert /etc/elsa/tls/ca.crt{{ end }} ping 2>&1)
      [ "$answer" = PONG ] || { echo "$answer"; exit 1; }
periodSeconds: 10
timeoutSeconds: 3
failureThreshold: 3
{{- end }}

{{/*
Whether it still accepts connections.
*/}}
{{ define "elsa.redisLiveness" -}}
tcpSocket:
  port: redis
periodSeconds: 10
timeoutSeconds: 3
failureThreshold: 6
{{- end }}

{{/*
Mounts of the lock server: it writes nowhere.
*/}}
{{ define "elsa.redisMounts" -}}
- name: config
  mountPath: /etc/redis
  readOnly: true
- name: auth
  mountPath: /run/redis
  readOnly: true
# The image declares a volume here, which the runtime would make writable.
- name: data
  mountPath: /data
  readOnly: true
{{- if .Values.redis.tlsSecretName }}
{{ include "elsa.tlsMount" . }}
{{- end }}
{{- end }}

{{/*
Volumes of the lock server's pod.
*/}}
{{ define "elsa.redisVolumes" -}}
- name: config
  configMap:
    name: {{ include "elsa.fullname" . }}-redis
- name: auth
  emptyDir:
    medium: Memory
    sizeLimit: 1Mi
- name: data
  emptyDir:
    sizeLimit: 1Mi
{{- if .Values.redis.tlsSecretName }}
{{ include "elsa.tlsVolume" (dict "context" . "secret" .Values.redis.tlsSecretName) }}
{{- end }}
{{- end }}
