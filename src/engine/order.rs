//! The order in which Helm installs kinds: a namespace before what lives in it, a Secret before who mounts it.

/// Helm 4's list; Helm 3's lacks the two webhook configurations, 3.12's PriorityClass too.
const INSTALL_ORDER: &[&str] = &[
    "PriorityClass",
    "Namespace",
    "NetworkPolicy",
    "ResourceQuota",
    "LimitRange",
    "PodSecurityPolicy",
    "PodDisruptionBudget",
    "ServiceAccount",
    "Secret",
    "SecretList",
    "ConfigMap",
    "StorageClass",
    "PersistentVolume",
    "PersistentVolumeClaim",
    "CustomResourceDefinition",
    "ClusterRole",
    "ClusterRoleList",
    "ClusterRoleBinding",
    "ClusterRoleBindingList",
    "Role",
    "RoleList",
    "RoleBinding",
    "RoleBindingList",
    "Service",
    "DaemonSet",
    "Pod",
    "ReplicationController",
    "ReplicaSet",
    "Deployment",
    "HorizontalPodAutoscaler",
    "StatefulSet",
    "Job",
    "CronJob",
    "IngressClass",
    "Ingress",
    "APIService",
    "MutatingWebhookConfiguration",
    "ValidatingWebhookConfiguration",
];

/// A sort key: Helm's place of the kind, then the kind itself, since those that Helm does not list come last by name.
pub fn rank(kind: &str) -> (usize, &str) {
    let place = INSTALL_ORDER.iter().position(|known| *known == kind);
    (place.unwrap_or(INSTALL_ORDER.len()), kind)
}

#[cfg(test)]
mod tests {
    use super::{INSTALL_ORDER, rank};
    use std::collections::BTreeMap;

    fn recorded() -> BTreeMap<String, Vec<String>> {
        serde_json::from_str(include_str!("../../tests/data/install-order.json")).unwrap()
    }

    #[test]
    fn is_that_of_the_newest_helm() {
        let newest = &recorded()["4.2.3"];
        let mut sorted = newest.clone();
        sorted.sort_by(|a, b| rank(a).cmp(&rank(b)));
        assert_eq!(&sorted, newest);
    }

    #[test]
    fn older_helms_know_fewer_kinds() {
        for (version, order) in recorded() {
            // From where kinds stand in alphabetical order, the helm does not know them.
            let known: Vec<_> = order.iter().filter(|kind| INSTALL_ORDER.contains(&kind.as_str())).collect();
            let misplaced = known.windows(2).filter(|pair| rank(pair[0]) > rank(pair[1])).count();
            let expected = if version == "3.12.1" { 1 } else { 0 };
            assert_eq!(misplaced, expected, "{version}: {known:?}");
        }
    }
}
