{{/*
Every value that breaks a rule, a line each: `[rule] path: sentence`.
*/}}
{{ define "elsa.rules.errors" -}}
{{- $abandoned_image := include "elsa.rules.abandoned_image" . | trim }}
{{- if $abandoned_image }}
[abandoned-image] {{ $abandoned_image | replace "\t" ": " | replace "\n" "\n[abandoned-image] " }}
{{- end }}
{{- $autoscaler_bounds := include "elsa.rules.autoscaler_bounds" . | trim }}
{{- if $autoscaler_bounds }}
[autoscaler-bounds] {{ $autoscaler_bounds | replace "\t" ": " | replace "\n" "\n[autoscaler-bounds] " }}
{{- end }}
{{- $autoscaler_without_metric := include "elsa.rules.autoscaler_without_metric" . | trim }}
{{- if $autoscaler_without_metric }}
[autoscaler-without-metric] {{ $autoscaler_without_metric | replace "\t" ": " | replace "\n" "\n[autoscaler-without-metric] " }}
{{- end }}
{{- $autoscaler_without_requests := include "elsa.rules.autoscaler_without_requests" . | trim }}
{{- if $autoscaler_without_requests }}
[autoscaler-without-requests] {{ $autoscaler_without_requests | replace "\t" ": " | replace "\n" "\n[autoscaler-without-requests] " }}
{{- end }}
{{- $autoscalers_collide := include "elsa.rules.autoscalers_collide" . | trim }}
{{- if $autoscalers_collide }}
[autoscalers-collide] {{ $autoscalers_collide | replace "\t" ": " | replace "\n" "\n[autoscalers-collide] " }}
{{- end }}
{{- $backup_not_possible := include "elsa.rules.backup_not_possible" . | trim }}
{{- if $backup_not_possible }}
[backup-not-possible] {{ $backup_not_possible | replace "\t" ": " | replace "\n" "\n[backup-not-possible] " }}
{{- end }}
{{- $budget_blocks_drain := include "elsa.rules.budget_blocks_drain" . | trim }}
{{- if $budget_blocks_drain }}
[budget-blocks-drain] {{ $budget_blocks_drain | replace "\t" ": " | replace "\n" "\n[budget-blocks-drain] " }}
{{- end }}
{{- $certificate_not_possible := include "elsa.rules.certificate_not_possible" . | trim }}
{{- if $certificate_not_possible }}
[certificate-not-possible] {{ $certificate_not_possible | replace "\t" ": " | replace "\n" "\n[certificate-not-possible] " }}
{{- end }}
{{- $cluster_not_possible := include "elsa.rules.cluster_not_possible" . | trim }}
{{- if $cluster_not_possible }}
[cluster-not-possible] {{ $cluster_not_possible | replace "\t" ": " | replace "\n" "\n[cluster-not-possible] " }}
{{- end }}
{{- $combined_not_available := include "elsa.rules.combined_not_available" . | trim }}
{{- if $combined_not_available }}
[combined-not-available] {{ $combined_not_available | replace "\t" ": " | replace "\n" "\n[combined-not-available] " }}
{{- end }}
{{- $connection_budget := include "elsa.rules.connection_budget" . | trim }}
{{- if $connection_budget }}
[connection-budget] {{ $connection_budget | replace "\t" ": " | replace "\n" "\n[connection-budget] " }}
{{- end }}
{{- $dashboards_not_possible := include "elsa.rules.dashboards_not_possible" . | trim }}
{{- if $dashboards_not_possible }}
[dashboards-not-possible] {{ $dashboards_not_possible | replace "\t" ": " | replace "\n" "\n[dashboards-not-possible] " }}
{{- end }}
{{- $database_not_supported := include "elsa.rules.database_not_supported" . | trim }}
{{- if $database_not_supported }}
[database-not-supported] {{ $database_not_supported | replace "\t" ": " | replace "\n" "\n[database-not-supported] " }}
{{- end }}
{{- $development_credentials_exposed := include "elsa.rules.development_credentials_exposed" . | trim }}
{{- if $development_credentials_exposed }}
[development-credentials-exposed] {{ $development_credentials_exposed | replace "\t" ": " | replace "\n" "\n[development-credentials-exposed] " }}
{{- end }}
{{- $entry_point_missing := include "elsa.rules.entry_point_missing" . | trim }}
{{- if $entry_point_missing }}
[entry-point-missing] {{ $entry_point_missing | replace "\t" ": " | replace "\n" "\n[entry-point-missing] " }}
{{- end }}
{{- $exposure_without_host := include "elsa.rules.exposure_without_host" . | trim }}
{{- if $exposure_without_host }}
[exposure-without-host] {{ $exposure_without_host | replace "\t" ": " | replace "\n" "\n[exposure-without-host] " }}
{{- end }}
{{- $external_without_host := include "elsa.rules.external_without_host" . | trim }}
{{- if $external_without_host }}
[external-without-host] {{ $external_without_host | replace "\t" ": " | replace "\n" "\n[external-without-host] " }}
{{- end }}
{{- $fixed_public_credentials := include "elsa.rules.fixed_public_credentials" . | trim }}
{{- if $fixed_public_credentials }}
[fixed-public-credentials] {{ $fixed_public_credentials | replace "\t" ": " | replace "\n" "\n[fixed-public-credentials] " }}
{{- end }}
{{- $floating_tag := include "elsa.rules.floating_tag" . | trim }}
{{- if $floating_tag }}
[floating-tag] {{ $floating_tag | replace "\t" ": " | replace "\n" "\n[floating-tag] " }}
{{- end }}
{{- $gateway_not_possible := include "elsa.rules.gateway_not_possible" . | trim }}
{{- if $gateway_not_possible }}
[gateway-not-possible] {{ $gateway_not_possible | replace "\t" ": " | replace "\n" "\n[gateway-not-possible] " }}
{{- end }}
{{- $grace_period_too_short := include "elsa.rules.grace_period_too_short" . | trim }}
{{- if $grace_period_too_short }}
[grace-period-too-short] {{ $grace_period_too_short | replace "\t" ": " | replace "\n" "\n[grace-period-too-short] " }}
{{- end }}
{{- $guaranteed_without_limits := include "elsa.rules.guaranteed_without_limits" . | trim }}
{{- if $guaranteed_without_limits }}
[guaranteed-without-limits] {{ $guaranteed_without_limits | replace "\t" ": " | replace "\n" "\n[guaranteed-without-limits] " }}
{{- end }}
{{- $host_not_available := include "elsa.rules.host_not_available" . | trim }}
{{- if $host_not_available }}
[host-not-available] {{ $host_not_available | replace "\t" ": " | replace "\n" "\n[host-not-available] " }}
{{- end }}
{{- $invalid_name := include "elsa.rules.invalid_name" . | trim }}
{{- if $invalid_name }}
[invalid-name] {{ $invalid_name | replace "\t" ": " | replace "\n" "\n[invalid-name] " }}
{{- end }}
{{- $keda_not_possible := include "elsa.rules.keda_not_possible" . | trim }}
{{- if $keda_not_possible }}
[keda-not-possible] {{ $keda_not_possible | replace "\t" ": " | replace "\n" "\n[keda-not-possible] " }}
{{- end }}
{{- $locks_not_supported := include "elsa.rules.locks_not_supported" . | trim }}
{{- if $locks_not_supported }}
[locks-not-supported] {{ $locks_not_supported | replace "\t" ": " | replace "\n" "\n[locks-not-supported] " }}
{{- end }}
{{- $messages_not_supported := include "elsa.rules.messages_not_supported" . | trim }}
{{- if $messages_not_supported }}
[messages-not-supported] {{ $messages_not_supported | replace "\t" ": " | replace "\n" "\n[messages-not-supported] " }}
{{- end }}
{{- $pooling_breaks_sessions := include "elsa.rules.pooling_breaks_sessions" . | trim }}
{{- if $pooling_breaks_sessions }}
[pooling-breaks-sessions] {{ $pooling_breaks_sessions | replace "\t" ": " | replace "\n" "\n[pooling-breaks-sessions] " }}
{{- end }}
{{- $pooling_not_possible := include "elsa.rules.pooling_not_possible" . | trim }}
{{- if $pooling_not_possible }}
[pooling-not-possible] {{ $pooling_not_possible | replace "\t" ": " | replace "\n" "\n[pooling-not-possible] " }}
{{- end }}
{{- $priority_classes_not_made := include "elsa.rules.priority_classes_not_made" . | trim }}
{{- if $priority_classes_not_made }}
[priority-classes-not-made] {{ $priority_classes_not_made | replace "\t" ": " | replace "\n" "\n[priority-classes-not-made] " }}
{{- end }}
{{- $replicas_not_supported := include "elsa.rules.replicas_not_supported" . | trim }}
{{- if $replicas_not_supported }}
[replicas-not-supported] {{ $replicas_not_supported | replace "\t" ": " | replace "\n" "\n[replicas-not-supported] " }}
{{- end }}
{{- $replicas_without_messages := include "elsa.rules.replicas_without_messages" . | trim }}
{{- if $replicas_without_messages }}
[replicas-without-messages] {{ $replicas_without_messages | replace "\t" ": " | replace "\n" "\n[replicas-without-messages] " }}
{{- end }}
{{- $replicas_without_shared_locks := include "elsa.rules.replicas_without_shared_locks" . | trim }}
{{- if $replicas_without_shared_locks }}
[replicas-without-shared-locks] {{ $replicas_without_shared_locks | replace "\t" ": " | replace "\n" "\n[replicas-without-shared-locks] " }}
{{- end }}
{{- $replicas_without_shared_storage := include "elsa.rules.replicas_without_shared_storage" . | trim }}
{{- if $replicas_without_shared_storage }}
[replicas-without-shared-storage] {{ $replicas_without_shared_storage | replace "\t" ": " | replace "\n" "\n[replicas-without-shared-storage] " }}
{{- end }}
{{- $reserved_mount := include "elsa.rules.reserved_mount" . | trim }}
{{- if $reserved_mount }}
[reserved-mount] {{ $reserved_mount | replace "\t" ": " | replace "\n" "\n[reserved-mount] " }}
{{- end }}
{{- $reserved_name := include "elsa.rules.reserved_name" . | trim }}
{{- if $reserved_name }}
[reserved-name] {{ $reserved_name | replace "\t" ": " | replace "\n" "\n[reserved-name] " }}
{{- end }}
{{- $secret_keys_equal := include "elsa.rules.secret_keys_equal" . | trim }}
{{- if $secret_keys_equal }}
[secret-keys-equal] {{ $secret_keys_equal | replace "\t" ": " | replace "\n" "\n[secret-keys-equal] " }}
{{- end }}
{{- $server_unreachable_from_browser := include "elsa.rules.server_unreachable_from_browser" . | trim }}
{{- if $server_unreachable_from_browser }}
[server-unreachable-from-browser] {{ $server_unreachable_from_browser | replace "\t" ": " | replace "\n" "\n[server-unreachable-from-browser] " }}
{{- end }}
{{- $snapshot_not_possible := include "elsa.rules.snapshot_not_possible" . | trim }}
{{- if $snapshot_not_possible }}
[snapshot-not-possible] {{ $snapshot_not_possible | replace "\t" ": " | replace "\n" "\n[snapshot-not-possible] " }}
{{- end }}
{{- $storage_not_possible := include "elsa.rules.storage_not_possible" . | trim }}
{{- if $storage_not_possible }}
[storage-not-possible] {{ $storage_not_possible | replace "\t" ": " | replace "\n" "\n[storage-not-possible] " }}
{{- end }}
{{- $studio_not_in_host := include "elsa.rules.studio_not_in_host" . | trim }}
{{- if $studio_not_in_host }}
[studio-not-in-host] {{ $studio_not_in_host | replace "\t" ": " | replace "\n" "\n[studio-not-in-host] " }}
{{- end }}
{{- $telemetry_not_possible := include "elsa.rules.telemetry_not_possible" . | trim }}
{{- if $telemetry_not_possible }}
[telemetry-not-possible] {{ $telemetry_not_possible | replace "\t" ": " | replace "\n" "\n[telemetry-not-possible] " }}
{{- end }}
{{- $timeout_too_long := include "elsa.rules.timeout_too_long" . | trim }}
{{- if $timeout_too_long }}
[timeout-too-long] {{ $timeout_too_long | replace "\t" ": " | replace "\n" "\n[timeout-too-long] " }}
{{- end }}
{{- $unknown_alert := include "elsa.rules.unknown_alert" . | trim }}
{{- if $unknown_alert }}
[unknown-alert] {{ $unknown_alert | replace "\t" ": " | replace "\n" "\n[unknown-alert] " }}
{{- end }}
{{- $unpatched_image := include "elsa.rules.unpatched_image" . | trim }}
{{- if $unpatched_image }}
[unpatched-image] {{ $unpatched_image | replace "\t" ": " | replace "\n" "\n[unpatched-image] " }}
{{- end }}
{{- $workflows_path_taken := include "elsa.rules.workflows_path_taken" . | trim }}
{{- if $workflows_path_taken }}
[workflows-path-taken] {{ $workflows_path_taken | replace "\t" ": " | replace "\n" "\n[workflows-path-taken] " }}
{{- end }}
{{- end }}

{{/*
Every value that a rule warns of, a line each: `[rule] path: sentence`.
*/}}
{{ define "elsa.rules.warnings" -}}
{{- $backup_beside_data := include "elsa.rules.backup_beside_data" . | trim }}
{{- if $backup_beside_data }}
[backup-beside-data] {{ $backup_beside_data | replace "\t" ": " | replace "\n" "\n[backup-beside-data] " }}
{{- end }}
{{- $balancer_ranges_unknown := include "elsa.rules.balancer_ranges_unknown" . | trim }}
{{- if $balancer_ranges_unknown }}
[balancer-ranges-unknown] {{ $balancer_ranges_unknown | replace "\t" ": " | replace "\n" "\n[balancer-ranges-unknown] " }}
{{- end }}
{{- $budget_without_effect := include "elsa.rules.budget_without_effect" . | trim }}
{{- if $budget_without_effect }}
[budget-without-effect] {{ $budget_without_effect | replace "\t" ": " | replace "\n" "\n[budget-without-effect] " }}
{{- end }}
{{- $cluster_without_majority := include "elsa.rules.cluster_without_majority" . | trim }}
{{- if $cluster_without_majority }}
[cluster-without-majority] {{ $cluster_without_majority | replace "\t" ": " | replace "\n" "\n[cluster-without-majority] " }}
{{- end }}
{{- $database_not_validated := include "elsa.rules.database_not_validated" . | trim }}
{{- if $database_not_validated }}
[database-not-validated] {{ $database_not_validated | replace "\t" ": " | replace "\n" "\n[database-not-validated] " }}
{{- end }}
{{- $exposed_without_tls := include "elsa.rules.exposed_without_tls" . | trim }}
{{- if $exposed_without_tls }}
[exposed-without-tls] {{ $exposed_without_tls | replace "\t" ": " | replace "\n" "\n[exposed-without-tls] " }}
{{- end }}
{{- $ingress_class_differs := include "elsa.rules.ingress_class_differs" . | trim }}
{{- if $ingress_class_differs }}
[ingress-class-differs] {{ $ingress_class_differs | replace "\t" ": " | replace "\n" "\n[ingress-class-differs] " }}
{{- end }}
{{- $limit_without_effect := include "elsa.rules.limit_without_effect" . | trim }}
{{- if $limit_without_effect }}
[limit-without-effect] {{ $limit_without_effect | replace "\t" ": " | replace "\n" "\n[limit-without-effect] " }}
{{- end }}
{{- $monitoring_without_effect := include "elsa.rules.monitoring_without_effect" . | trim }}
{{- if $monitoring_without_effect }}
[monitoring-without-effect] {{ $monitoring_without_effect | replace "\t" ": " | replace "\n" "\n[monitoring-without-effect] " }}
{{- end }}
{{- $monitors_without_labels := include "elsa.rules.monitors_without_labels" . | trim }}
{{- if $monitors_without_labels }}
[monitors-without-labels] {{ $monitors_without_labels | replace "\t" ": " | replace "\n" "\n[monitors-without-labels] " }}
{{- end }}
{{- $nginx_retired := include "elsa.rules.nginx_retired" . | trim }}
{{- if $nginx_retired }}
[nginx-retired] {{ $nginx_retired | replace "\t" ": " | replace "\n" "\n[nginx-retired] " }}
{{- end }}
{{- $node_port_out_of_place := include "elsa.rules.node_port_out_of_place" . | trim }}
{{- if $node_port_out_of_place }}
[node-port-out-of-place] {{ $node_port_out_of_place | replace "\t" ": " | replace "\n" "\n[node-port-out-of-place] " }}
{{- end }}
{{- $placeholder := include "elsa.rules.placeholder" . | trim }}
{{- if $placeholder }}
[placeholder] {{ $placeholder | replace "\t" ": " | replace "\n" "\n[placeholder] " }}
{{- end }}
{{- $pre_stop_hook := include "elsa.rules.pre_stop_hook" . | trim }}
{{- if $pre_stop_hook }}
[pre-stop-hook] {{ $pre_stop_hook | replace "\t" ": " | replace "\n" "\n[pre-stop-hook] " }}
{{- end }}
{{- $spot_notice_too_short := include "elsa.rules.spot_notice_too_short" . | trim }}
{{- if $spot_notice_too_short }}
[spot-notice-too-short] {{ $spot_notice_too_short | replace "\t" ": " | replace "\n" "\n[spot-notice-too-short] " }}
{{- end }}
{{- $spot_single_replica := include "elsa.rules.spot_single_replica" . | trim }}
{{- if $spot_single_replica }}
[spot-single-replica] {{ $spot_single_replica | replace "\t" ": " | replace "\n" "\n[spot-single-replica] " }}
{{- end }}
{{- $tls_out_of_place := include "elsa.rules.tls_out_of_place" . | trim }}
{{- if $tls_out_of_place }}
[tls-out-of-place] {{ $tls_out_of_place | replace "\t" ": " | replace "\n" "\n[tls-out-of-place] " }}
{{- end }}
{{- $unverified_connection := include "elsa.rules.unverified_connection" . | trim }}
{{- if $unverified_connection }}
[unverified-connection] {{ $unverified_connection | replace "\t" ": " | replace "\n" "\n[unverified-connection] " }}
{{- end }}
{{- $volumes_deleted := include "elsa.rules.volumes_deleted" . | trim }}
{{- if $volumes_deleted }}
[volumes-deleted] {{ $volumes_deleted | replace "\t" ": " | replace "\n" "\n[volumes-deleted] " }}
{{- end }}
{{- $way_in_out_of_place := include "elsa.rules.way_in_out_of_place" . | trim }}
{{- if $way_in_out_of_place }}
[way-in-out-of-place] {{ $way_in_out_of_place | replace "\t" ": " | replace "\n" "\n[way-in-out-of-place] " }}
{{- end }}
{{- $weakened_security := include "elsa.rules.weakened_security" . | trim }}
{{- if $weakened_security }}
[weakened-security] {{ $weakened_security | replace "\t" ": " | replace "\n" "\n[weakened-security] " }}
{{- end }}
{{- end }}
