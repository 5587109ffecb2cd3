//! How many pods of a workload may run: what it says itself, and how far an autoscaler may go.

use super::manifests::{Manifest, Manifests, at, text};
use crate::diagnostics::Span;
use crate::yaml::Node;

/// What KEDA takes where a `ScaledObject` does not say it.
const KEDA_REPLICAS: i64 = 100;

/// A number of pods that a workload may come to have.
pub(super) struct Scale<'a> {
    pub(super) count: i64,
    /// Where it stands.
    pub(super) place: &'a Span,
    /// Whether an autoscaler says it.
    pub(super) is_automatic: bool,
}

/// All that is said about a workload; nothing means one.
pub(super) fn of<'a>(manifests: &'a Manifests, workload: &'a Manifest) -> Vec<Scale<'a>> {
    let mut found = Vec::new();
    let own = workload.at(&["spec", "replicas"]).and_then(|node| Some((node.as_int()?, &node.span)));
    found.extend(own.map(|(count, place)| Scale { count, place, is_automatic: false }));
    let targeting = |kind: &'static str| {
        manifests
            .of_kind(kind)
            .filter(|scaler| scaler.namespace == workload.namespace)
            .filter_map(|scaler| Some((scaler, scaler.at(&["spec", "scaleTargetRef"])?)))
            .filter(|(_, target)| text(target, &["name"]) == Some(workload.name.as_str()))
            .filter(|(_, target)| text(target, &["kind"]).unwrap_or("Deployment") == workload.kind)
    };
    for (scaler, _) in targeting("HorizontalPodAutoscaler") {
        let most = scaler.at(&["spec", "maxReplicas"]).and_then(|node| Some((node.as_int()?, &node.span)));
        found.extend(most.map(|(count, place)| Scale { count, place, is_automatic: true }));
    }
    for (scaler, target) in targeting("ScaledObject") {
        let most = scaler.at(&["spec", "maxReplicaCount"]);
        let place = most.or_else(|| at(target, &["name"])).unwrap_or(target);
        let count = most.map_or(Some(KEDA_REPLICAS), Node::as_int);
        found.extend(count.map(|count| Scale { count, place: &place.span, is_automatic: true }));
    }
    found
}
