//! Autoscalers that drive each other, or cannot do what they say.

use super::manifests::{Manifest, Manifests, at, items, text};
use super::quantity::Quantity;
use super::vertical;
use super::{Findings, ObjectRule, Review};
use crate::diagnostics::{Severity, Span};
use crate::yaml::Node;

pub(super) const RULES: [ObjectRule; 2] = [
    ObjectRule {
        code: "autoscalers-collide",
        severity: Severity::Error,
        description: "Two autoscalers set the number of pods of one workload, or one changes the requests by which another \
                      one counts its pods.",
        find: collide,
    },
    ObjectRule {
        code: "vertical-autoscaler-bounds",
        severity: Severity::Error,
        description: "A VerticalPodAutoscaler whose least is more than its most.",
        find: bounds,
    },
];

/// What sets the number of pods of a workload.
struct Horizontal<'a> {
    manifest: &'a Manifest,
    target: &'a Node,
}

impl<'a> Horizontal<'a> {
    fn of(manifests: &'a Manifests, kind: &'static str) -> impl Iterator<Item = Self> {
        manifests.of_kind(kind).filter_map(|manifest| {
            let target = manifest.at(&["spec", "scaleTargetRef"])?;
            Some(Horizontal { manifest, target })
        })
    }

    /// Kind and name of what it scales.
    fn aim(&self) -> (&str, &str) {
        let kind = text(self.target, &["kind"]).unwrap_or("Deployment");
        (kind, text(self.target, &["name"]).unwrap_or_default())
    }

    fn place(&self) -> &'a Span {
        at(self.target, &["name"]).map_or(&self.target.span, |name| &name.span)
    }

    /// The containers, or all of them (nothing), whose use of a resource it looks at in per cent of the request.
    fn measures(&self, resource: &str) -> Vec<Option<&'a str>> {
        let mut found = Vec::new();
        for metric in items(&self.manifest.node, &["spec", "metrics"]) {
            for source in ["resource", "containerResource"].iter().filter_map(|kind| metric.get(kind)) {
                if text(source, &["name"]) == Some(resource)
                    && at(source, &["target", "averageUtilization"]).is_some()
                {
                    found.push(text(source, &["container"]));
                }
            }
        }
        for trigger in items(&self.manifest.node, &["spec", "triggers"]) {
            let by_request = text(trigger, &["metricType"]).is_none_or(|kind| kind == "Utilization");
            if text(trigger, &["type"]) == Some(resource) && by_request {
                found.push(text(trigger, &["metadata", "containerName"]));
            }
        }
        found
    }
}

fn collide(review: &Review, findings: &mut Findings) {
    let kinds = ["HorizontalPodAutoscaler", "ScaledObject"];
    let all: Vec<Horizontal> =
        kinds.into_iter().flat_map(|kind| Horizontal::of(review.manifests, kind)).collect();
    for (index, one) in all.iter().enumerate() {
        let earlier = all[..index]
            .iter()
            .find(|other| other.manifest.namespace == one.manifest.namespace && other.aim() == one.aim());
        if let Some(other) = earlier {
            let (kind, name) = one.aim();
            let message = format!(
                "{} sets the number of pods of {kind} {name}, and so does {}",
                one.manifest.title(),
                other.manifest.title()
            );
            findings.add_with(one.place(), (other.place(), "here"), message, "take one of them out");
        }
        let (kind, name) = one.aim();
        let Some(workload) = review.manifests.beside(one.manifest, kind, name) else { continue };
        for resource in ["cpu", "memory"] {
            requests(review.manifests, (one, workload), resource, findings);
        }
    }
}

/// Finds the VerticalPodAutoscaler that changes the requests by which another one counts pods.
fn requests(
    manifests: &Manifests,
    (horizontal, workload): (&Horizontal, &Manifest),
    resource: &str,
    findings: &mut Findings,
) {
    let containers = workload.pod().map(|pod| items(pod, &["spec", "containers"])).unwrap_or_default();
    let names = containers.iter().filter_map(|container| text(container, &["name"]));
    let measured = horizontal.measures(resource);
    for name in names {
        if !measured.iter().any(|container| container.is_none_or(|container| container == name)) {
            continue;
        }
        let Some(raise) = vertical::raise(manifests, workload, name).filter(|raise| raise.controls(resource))
        else {
            continue;
        };
        let place = raise.manifest.at(&["spec", "targetRef", "name"]);
        let place = place.map_or(&raise.manifest.node.span, |name| &name.span);
        let message = format!(
            "{} changes the {resource} request of container {name}, and {} counts the pods of {} by use in per cent of it",
            raise.manifest.title(),
            horizontal.manifest.title(),
            workload.title()
        );
        let help = "leave the resource to one of them: controlledResources of the container's policy, or updateMode: \"Off\"";
        findings.add_with(place, (horizontal.place(), "counts here"), message, help);
        return;
    }
}

fn bounds(review: &Review, findings: &mut Findings) {
    for vertical in review.manifests.of_kind("VerticalPodAutoscaler") {
        for policy in items(&vertical.node, &["spec", "resourcePolicy", "containerPolicies"]) {
            let Some(least) = at(policy, &["minAllowed"]).and_then(Node::as_map) else { continue };
            for (resource, entry) in least {
                let Some(most) = at(policy, &["maxAllowed", resource]) else { continue };
                let bounds = (Quantity::of(&entry.value), Quantity::of(most));
                if let (Some(least), Some(greatest)) = bounds
                    && least > greatest
                {
                    let message = format!(
                        "minAllowed.{resource} of {} is more than maxAllowed.{resource}",
                        vertical.title()
                    );
                    let help = format!("lower it, or raise maxAllowed.{resource}");
                    findings.add_with(&entry.value.span, (&most.span, "more than this"), message, help);
                }
            }
        }
    }
}
