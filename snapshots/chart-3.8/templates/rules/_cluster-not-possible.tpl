{{- /* @severity error */ -}}
{{/*
What the CloudNativePG operator refuses, or could not make a database with.
*/}}
{{ define "elsa.rules.cluster_not_possible" -}}
{{- if include "elsa.cloudnativepg" . }}
{{- range $name, $value := .Values.cloudnativepg.parameters }}
{{- if eq $name "max_connections" }}
cloudnativepg.parameters	{{ $name | quote }} is what other values are checked against; set postgresql.maxConnections in its place
{{- else if regexMatch "^(allow_system_table_mods|archive_(cleanup_command|command|mode)|bonjour(_name)?|cluster_name|config_file|data_directory|data_sync_retry|event_source|external_pid_file|full_page_writes|hba_file|hot_standby|ident_file|jit_provider|listen_addresses|log_(destination|directory|file_mode|filename|rotation_age|rotation_size|truncate_on_rotation)|logging_collector|port|primary_(conninfo|slot_name)|promote_trigger_file|recovery_.*|restart_after_crash|restore_command|shared_preload_libraries|ssl|ssl_.*|stats_temp_directory|synchronous_standby_names|syslog_.*|unix_socket_.*|wal_level|wal_log_hints)$" $name }}
cloudnativepg.parameters	{{ $name | quote }} is the operator's own, which refuses the cluster; remove it
{{- end }}
{{- end }}
{{- if regexMatch "^(postgres|streaming_replica|cnpg_pooler_pgbouncer)$" .Values.database.userName }}
database.userName	is {{ .Values.database.userName }}, a role of the operator's own; choose another name
{{- end }}
{{- if regexMatch "^(postgres|template0|template1)$" .Values.database.name }}
database.name	is {{ .Values.database.name }}, which every PostgreSQL has already; choose another name
{{- end }}
{{- if and (regexMatch ":[0-9]" .Values.cloudnativepg.imageName) (not (contains (printf ":%s" .Values.postgresql.version) .Values.cloudnativepg.imageName)) }}
cloudnativepg.imageName	is {{ .Values.cloudnativepg.imageName }}, but postgresql.version is {{ .Values.postgresql.version }}, which the database is made for; set them alike
{{- else if and .Values.cloudnativepg.imageName (not (regexMatch ":[0-9]" .Values.cloudnativepg.imageName)) }}
cloudnativepg.imageName	is {{ .Values.cloudnativepg.imageName }}, whose tag does not begin with the version of PostgreSQL, by which the operator knows it; name a tag such as 18.6-standard-trixie
{{- end }}
{{- if and .Values.cloudnativepg.backup.enabled (not .Values.s3.bucket) }}
s3.bucket	is empty, but cloudnativepg.backup.enabled is true; set it to the bucket for backups
{{- end }}
{{- end }}
{{- end }}
