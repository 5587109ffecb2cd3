{{/*
Configuration of RabbitMQ that is no secret. It takes the place of the image's own conf.d, which lets the user guest in from
everywhere.
*/}}
{{ define "elsa.rabbitmqConfig" -}}
10-elsa.conf: |
  {{- if .Values.rabbitmq.tlsSecretName }}
  # TLS alone. Clients show no certificate: they have the password.
  listeners.tcp = none
  listeners.ssl.default = 5671
  ssl_options.cacertfile = /etc/elsa/tls/ca.crt
  ssl_options.certfile = /etc/elsa/tls/tls.crt
  ssl_options.keyfile = /etc/elsa/tls/tls.key
  ssl_options.verify = verify_none
  ssl_options.fail_if_no_peer_cert = false
  {{- else }}
  listeners.tcp.default = 5672
  {{- end }}
  log.console = true
  log.file = false
  # The user of Elsa, from its Secret, at every start; no other user is made, so no guest either.
  definitions.import_backend = local_filesystem
  definitions.local.path = /run/rabbitmq/definitions.json
  loopback_users.guest = true
  # The default, 50 MB, is full before anybody looks.
  disk_free_limit.absolute = 200MB
  # As in the image: metrics come from Prometheus' plugin.
  management_agent.disable_metrics_collector = true
  {{- if and .Values.monitoring.enabled .Values.rabbitmq.tlsSecretName }}
  # The plugin's port speaks TLS too; without these lines it would be 15692, without it.
  prometheus.ssl.port = 15691
  prometheus.ssl.cacertfile = /etc/elsa/tls/ca.crt
  prometheus.ssl.certfile = /etc/elsa/tls/tls.crt
  prometheus.ssl.keyfile = /etc/elsa/tls/tls.key
  {{- end }}
{{- end }}

{{/*
Variables of RabbitMQ: the memory figure, which an init container has written there.
*/}}
{{ define "elsa.rabbitmqEnv" -}}
- name: RABBITMQ_CONFIG_FILE
  value: /run/rabbitmq/rabbitmq.conf
{{- end }}

{{/*
Makes of the Secret, and of the memory limit, what RabbitMQ reads. A new password counts when the pod is replaced.
*/}}
{{ define "elsa.rabbitmqInitContainers" -}}
{{- $secret := include "elsa.secretName" (dict "context" . "secret" .Values.secrets.rabbitmq "id" "rabbitmq") -}}
- name: setup
  image: {{ include "elsa.rabbitmqImage" . | quote }}
  imagePullPolicy: {{ .Values.rabbitmq.image.pullPolicy }}
  command: [bash, -euo, pipefail, -c]
  args:
    - |-
      [ -n "$PASSWORD" ] || { echo "The password is empty." >&2; exit 1; }
      umask 077
      # Erlang insists on a file that its owner alone can read, which one of a Secret's volume never is.
      printf %s "$ERLANG_COOKIE" >/var/lib/rabbitmq/.erlang.cookie
      # RabbitMQ takes the memory of the whole node for its own. Beyond this, publishers wait.
      echo "vm_memory_high_watermark.absolute = $((MEMORY_LIMIT * 6 / 10))MiB" >/run/rabbitmq/rabbitmq.conf

      # The hash of a password: Base64 of salt and SHA-256 of salt and password.
      bytes() { printf %b "$(sed 's/../\\x&/g')"; }
      salt=$(od -A n -N 4 -t x1 /dev/urandom | tr -d ' \n')
      hash=$({ printf %s "$salt" | bytes; printf %s "$PASSWORD"; } | sha256sum | cut -c 1-64)
      cat >/run/rabbitmq/definitions.json <<JSON
      {
        "vhosts": [{"name": "/"}],
        "users": [{
          "name": "{{ .Values.rabbitmq.userName }}",
          "password_hash": "$(printf %s "$salt$hash" | bytes | base64 -w 0)",
          "hashing_algorithm": "rabbit_password_hashing_sha256",
          "tags": []
        }],
        "permissions": [{"user": "{{ .Values.rabbitmq.userName }}", "vhost": "/", "configure": ".*", "write": ".*", "read": ".*"}]
      }
      JSON
  env:
    {{- include "elsa.secretEnv" (dict "context" . "name" "PASSWORD" "secret" $secret "key" .Values.secrets.rabbitmq.keys.password) | nindent 4 }}
    {{- include "elsa.secretEnv" (dict "context" . "name" "ERLANG_COOKIE" "secret" $secret "key" .Values.secrets.rabbitmq.keys.erlangCookie) | nindent 4 }}
    # In MiB. This container's limit is that of the server; without one it is what the node has.
    - name: MEMORY_LIMIT
      valueFrom:
        resourceFieldRef:
          resource: limits.memory
          divisor: 1Mi
  {{- include "elsa.containerLimits" (dict "context" . "w" .Values.rabbitmq) | nindent 2 }}
  volumeMounts:
    - name: home
      mountPath: /var/lib/rabbitmq
    - name: secrets
      mountPath: /run/rabbitmq
{{- end }}

{{/*
Name of RabbitMQ's port.
*/}}
{{ define "elsa.rabbitmqPortName" -}}
{{ ternary "amqps" "amqp" (ne .Values.rabbitmq.tlsSecretName "") }}
{{- end }}

{{/*
Port of RabbitMQ's container.
*/}}
{{ define "elsa.rabbitmqPorts" -}}
- name: {{ include "elsa.rabbitmqPortName" . }}
  containerPort: {{ ternary 5671 5672 (ne .Values.rabbitmq.tlsSecretName "") }}
  protocol: TCP
{{- if .Values.monitoring.enabled }}
# Of the plugin that the image has on.
- name: {{ ternary "prometheus-tls" "prometheus" (ne .Values.rabbitmq.tlsSecretName "") }}
  containerPort: {{ ternary 15691 15692 (ne .Values.rabbitmq.tlsSecretName "") }}
  protocol: TCP
{{- end }}
{{- end }}

{{/*
Whether it accepts connections, which it does after it has read the definitions. Its own diagnostics take half a second of
CPU each time.
*/}}
{{ define "elsa.rabbitmqProbe" -}}
tcpSocket:
  port: {{ include "elsa.rabbitmqPortName" .context }}
periodSeconds: 10
timeoutSeconds: 5
failureThreshold: {{ .failures }}
{{- end }}

{{/*
Mounts of RabbitMQ. The cookie lies outside the claim: there the group may read it after the next mount, and Erlang would
refuse it.
*/}}
{{ define "elsa.rabbitmqMounts" -}}
- name: home
  mountPath: /var/lib/rabbitmq
- name: data
  mountPath: /var/lib/rabbitmq/mnesia
- name: config
  mountPath: /etc/rabbitmq/conf.d
  readOnly: true
- name: secrets
  mountPath: /run/rabbitmq
  readOnly: true
{{- if .Values.rabbitmq.tlsSecretName }}
{{ include "elsa.tlsMount" . }}
{{- end }}
{{- end }}

{{/*
Volumes of RabbitMQ's pod beside the claim.
*/}}
{{ define "elsa.rabbitmqVolumes" -}}
- name: home
  emptyDir:
    sizeLimit: 64Mi
- name: config
  configMap:
    name: {{ include "elsa.fullname" . }}-rabbitmq
- name: secrets
  emptyDir:
    medium: Memory
    sizeLimit: 1Mi
{{- if .Values.rabbitmq.tlsSecretName }}
{{ include "elsa.tlsVolume" (dict "context" . "secret" .Values.rabbitmq.tlsSecretName) }}
{{- end }}
{{- end }}

{{/*
The image of the operator's cluster, if the values name one: else the operator has its own, pinned by its version.
*/}}
{{ define "elsa.rabbitmqOwnImage" -}}
{{- if or .Values.imageRegistry .Values.rabbitmq.image.registry .Values.rabbitmq.image.repository .Values.rabbitmq.image.tag .Values.rabbitmq.image.digest -}}
{{ include "elsa.rabbitmqImage" . }}
{{- end -}}
{{ end }}

{{/*
How the nodes of the operator's cluster spread. They have its labels alone.
*/}}
{{ define "elsa.rabbitmqSpread" -}}
{{- $selected := printf "app.kubernetes.io/name: %s-rabbitmq" (include "elsa.fullname" .) -}}
{{ include "elsa.operatedSpread" (dict "context" . "topology" "topology.kubernetes.io/zone" "how" .Values.rabbitmqCluster.spread "labels" $selected) }}
{{ include "elsa.operatedSpread" (dict "context" . "topology" "kubernetes.io/hostname" "how" .Values.rabbitmqCluster.spread "labels" $selected) }}
{{- end }}
