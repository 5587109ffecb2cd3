//! What a VerticalPodAutoscaler may do to a container.

use super::manifests::{Manifest, Manifests, at, items, text};
use super::quantity::Quantity;
use crate::yaml::Node;

/// A VerticalPodAutoscaler that changes a container, and what it says about it.
pub(super) struct Raise<'a> {
    pub(super) manifest: &'a Manifest,
    /// Nothing means that it has no bounds.
    policy: Option<&'a Node>,
}

/// The one that changes a container of a workload, not only recommends.
pub(super) fn raise<'a>(manifests: &'a Manifests, workload: &Manifest, container: &str) -> Option<Raise<'a>> {
    manifests.of_kind("VerticalPodAutoscaler").filter(|vertical| changes(vertical, workload)).find_map(
        |manifest| {
            let policies = items(&manifest.node, &["spec", "resourcePolicy", "containerPolicies"]);
            let named =
                |name: &str| policies.iter().find(|policy| text(policy, &["containerName"]) == Some(name));
            let policy = named(container).or_else(|| named("*"));
            let off = policy.is_some_and(|policy| text(policy, &["mode"]) == Some("Off"));
            (!off).then_some(Raise { manifest, policy })
        },
    )
}

/// Whether a VerticalPodAutoscaler changes the pods of a workload.
pub(super) fn changes(vertical: &Manifest, workload: &Manifest) -> bool {
    let target = |key: &str| vertical.at(&["spec", "targetRef", key]).and_then(Node::as_str);
    vertical.namespace == workload.namespace
        && target("kind") == Some(workload.kind.as_str())
        && target("name") == Some(workload.name.as_str())
        && vertical.at(&["spec", "updatePolicy", "updateMode"]).and_then(Node::as_str) != Some("Off")
}

impl Raise<'_> {
    /// Whether it changes this resource: CPU and memory, unless it says less.
    pub(super) fn controls(&self, resource: &str) -> bool {
        let said =
            self.policy.and_then(|policy| at(policy, &["controlledResources"])).and_then(Node::as_list);
        match said {
            Some(said) => said.iter().any(|name| name.as_str() == Some(resource)),
            None => ["cpu", "memory"].contains(&resource),
        }
    }

    /// Whether it leaves limits alone.
    pub(super) fn requests_only(&self) -> bool {
        self.policy.and_then(|policy| text(policy, &["controlledValues"])) == Some("RequestsOnly")
    }

    /// The most that it asks for; a request stays within a limit that it may not change.
    pub(super) fn most(&self, resource: &str, limit: Option<Quantity>) -> Option<Quantity> {
        let allowed = self.policy.and_then(|policy| Quantity::of(at(policy, &["maxAllowed", resource])?));
        let limit = limit.filter(|_| self.requests_only());
        match (allowed, limit) {
            (Some(allowed), Some(limit)) => Some(allowed.min(limit)),
            (allowed, limit) => allowed.or(limit),
        }
    }
}
