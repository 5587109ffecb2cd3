//! How many pods of a workload may run: what it says itself, and between what an autoscaler may choose.

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
    for (scaler, _) in targeting(manifests, workload, "HorizontalPodAutoscaler") {
        let most = scaler.at(&["spec", "maxReplicas"]).and_then(|node| Some((node.as_int()?, &node.span)));
        found.extend(most.map(|(count, place)| Scale { count, place, is_automatic: true }));
    }
    for (scaler, target) in targeting(manifests, workload, "ScaledObject") {
        let most = scaler.at(&["spec", "maxReplicaCount"]);
        let place = most.or_else(|| at(target, &["name"])).unwrap_or(target);
        let count = most.map_or(Some(KEDA_REPLICAS), Node::as_int);
        found.extend(count.map(|count| Scale { count, place: &place.span, is_automatic: true }));
    }
    found
}

/// The least and the most pods that a workload has while it has any.
#[derive(Clone, Copy)]
pub(super) struct Range {
    pub(super) least: i64,
    pub(super) most: i64,
}

/// Between what the number of a workload's pods moves; nothing where there are none, or where the number is not one.
pub(super) fn range(manifests: &Manifests, workload: &Manifest) -> Option<Range> {
    let number =
        |object: &Manifest, path: &[&str], default: i64| object.at(path).map_or(Some(default), Node::as_int);
    let scaled = |kind, least, most: (&str, i64)| {
        let (scaler, _) = targeting(manifests, workload, kind).next()?;
        Some((number(scaler, &["spec", least], 1)?, number(scaler, &["spec", most.0], most.1)?))
    };
    let (least, most) = scaled("HorizontalPodAutoscaler", "minReplicas", ("maxReplicas", 1))
        .or_else(|| scaled("ScaledObject", "minReplicaCount", ("maxReplicaCount", KEDA_REPLICAS)))
        .or_else(|| number(workload, &["spec", "replicas"], 1).map(|own| (own, own)))?;
    (most > 0).then_some(Range { least: least.max(1), most: most.max(least).max(1) })
}

/// The autoscalers of a kind that aim at a workload, each with its target.
fn targeting<'a>(
    manifests: &'a Manifests,
    workload: &'a Manifest,
    kind: &'static str,
) -> impl Iterator<Item = (&'a Manifest, &'a Node)> {
    manifests
        .of_kind(kind)
        .filter(|scaler| scaler.namespace == workload.namespace)
        .filter_map(|scaler| Some((scaler, scaler.at(&["spec", "scaleTargetRef"])?)))
        .filter(|(_, target)| text(target, &["name"]) == Some(workload.name.as_str()))
        .filter(|(_, target)| text(target, &["kind"]).unwrap_or("Deployment") == workload.kind)
}
