//! How many pods of a program may run: for ever, and for the moment of an update.

use super::container::Container;
use super::scale::{self, Scale};
use super::{Findings, ObjectRule, Review};
use crate::catalogue::Program;
use crate::diagnostics::{Severity, Span};
use crate::yaml::Node;

pub(super) const RULES: [ObjectRule; 4] = [
    ObjectRule {
        code: "replicas-not-supported",
        severity: Severity::Error,
        description: "More replicas than the program was seen to run correctly, fixed or by an autoscaler.",
        find: too_many,
    },
    ObjectRule {
        code: "replicas-without-messages",
        severity: Severity::Error,
        description: "Several replicas of a program that tell each other of changes over a broker, and no broker.",
        find: without_messages,
    },
    ObjectRule {
        code: "cluster-replicas-differ",
        severity: Severity::Warning,
        description: "Cluster__Replicas says fewer replicas than there can be, so that the host does not refuse to start \
                      where several replicas could not tell each other of changes.",
        find: differ,
    },
    ObjectRule {
        code: "overlapping-pods",
        severity: Severity::Error,
        description: "An update starts the new pod before the old one has ended, and the program must not run twice at \
                      once.",
        find: overlapping,
    },
];

/// The setting that tells a program how many of it there are.
const REPLICAS: &str = "Cluster__Replicas";

/// Each container that stays, with the numbers of pods that are said about its workload.
fn scaled<'c, 'a>(
    review: &Review<'c, 'a>,
) -> impl Iterator<Item = (&'c Container<'a>, Vec<Scale<'a>>)> + use<'c, 'a> {
    let staying = review.containers.iter().filter(|container| !container.is_initial());
    staying.map(|container| (container, scale::of(review.manifests, container.manifest)))
}

/// The greatest number of pods, if it is more than one.
fn several<'a>(scales: Vec<Scale<'a>>) -> Option<Scale<'a>> {
    scales.into_iter().max_by_key(|scale| scale.count).filter(|scale| scale.count > 1)
}

fn too_many(review: &Review, findings: &mut Findings) {
    for (container, scales) in scaled(review) {
        let program = container.program;
        let Some(max) = program.number("maxReplicas") else { continue };
        for scale in scales.iter().filter(|scale| scale.count > max) {
            let replicas = if max == 1 { "replica" } else { "replicas" };
            let message = format!(
                "{} can run {max} {replicas}, not {} ({})",
                program.title,
                scale.count,
                source(program, "maxReplicas")
            );
            let advice = match larger(container, max) {
                Some(other) => format!(", or run {}, which can run many", other.title),
                None => String::new(),
            };
            let help = match scale.is_automatic {
                true => format!("take the autoscaler out{advice}"),
                false => format!("set it to {max}{advice}"),
            };
            findings.add(scale.place, message, help);
        }
    }
}

/// A program of the same release and kind that can run more of itself.
fn larger(container: &Container, than: i64) -> Option<&'static Program> {
    let more = |program: &&Program| {
        let max = program.number("maxReplicas").unwrap_or_default();
        program.kind == container.program.kind && max > than && program.is("available")
    };
    container.release.programs.values().find(more)
}

/// How we know a fact: for programs this says what happens otherwise.
fn source<'p>(program: &'p Program, fact: &str) -> &'p str {
    program.facts.get(fact).map(|fact| fact.source.as_str()).unwrap_or_default()
}

fn without_messages(review: &Review, findings: &mut Findings) {
    for (container, scales) in scaled(review) {
        let brokers = container.program.words("messages");
        let keys: Vec<String> = brokers.iter().map(|broker| format!("ConnectionStrings__{broker}")).collect();
        let is_given = |key: &String| {
            container.given(key).is_some_and(|given| given.value.is_none_or(|v| !v.is_empty()))
        };
        if keys.is_empty() || keys.iter().any(is_given) || container.reads_unseen(review.manifests) {
            continue;
        }
        if let Some(Scale { count, place, .. }) = several(scales) {
            let message = format!(
                "{count} replicas of {} tell each other of changed workflows over {}, and {} is not set",
                container.program.title,
                brokers.join(" or "),
                keys.join(" or ")
            );
            findings.add(
                place,
                message,
                format!("set {} from a Secret, or run one replica", keys.join(" or ")),
            );
        }
    }
}

fn differ(review: &Review, findings: &mut Findings) {
    for (container, scales) in scaled(review) {
        let said = container.certain(review.manifests, REPLICAS).and_then(|value| value.parse::<i64>().ok());
        let (Some(said), Some(scale)) = (said, several(scales)) else { continue };
        if said >= scale.count {
            continue;
        }
        let help = format!("set {REPLICAS} to {}", scale.count);
        let so = format!("so {} would start without what several replicas need", container.program.title);
        match container.given(REPLICAS) {
            Some(given) => {
                let message =
                    format!("{REPLICAS} is {said}, and there can be {} replicas, {so}", scale.count);
                findings.add_with(given.value_place, (scale.place, "up to here"), message, help);
            }
            None => {
                let message = format!(
                    "there can be {} replicas, and {REPLICAS} is {said} unless set, {so}",
                    scale.count
                );
                findings.add(scale.place, message, help);
            }
        }
    }
}

fn overlapping(review: &Review, findings: &mut Findings) {
    for (container, scales) in scaled(review) {
        let (program, workload) = (container.program, container.manifest);
        let may = program.facts.get("overlap").and_then(|fact| fact.value.as_bool());
        let none = scales.iter().all(|scale| scale.count == 0) && !scales.is_empty();
        if may != Some(false) || workload.kind != "Deployment" || none {
            continue;
        }
        let kind = workload.at(&["spec", "strategy", "type"]);
        if kind.and_then(Node::as_str) == Some("Recreate") {
            continue;
        }
        let place = kind.map(|node| &node.span).or_else(|| key(&workload.node, &["spec", "strategy"]));
        let place = place.or_else(|| key(&workload.node, &["spec"])).unwrap_or(container.place());
        let message = format!(
            "an update starts a new pod before the old one has ended, and {} must not run twice at once ({})",
            program.title,
            source(program, "overlap")
        );
        findings.add(
            place,
            message,
            "write strategy: {type: Recreate}; maxSurge: 0 does not wait for the end of the old pod",
        );
    }
}

/// Where a key stands.
fn key<'a>(node: &'a Node, path: &[&str]) -> Option<&'a Span> {
    let (last, above) = path.split_last()?;
    let map = super::manifests::at(node, above)?.as_map()?;
    map.get(*last).map(|entry| &entry.key)
}
