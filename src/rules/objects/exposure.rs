//! Credentials that everybody knows, and ways from outside to what takes them.

use super::manifests::Manifest;
use super::reach::{leaves_cluster, routes};
use super::{Findings, ObjectRule, Review};
use crate::diagnostics::{Severity, Span};
use std::ptr;

pub(super) const RULES: [ObjectRule; 2] = [
    ObjectRule {
        code: "fixed-public-credentials",
        severity: Severity::Error,
        description: "A server whose published credentials cannot be changed is reachable from outside the cluster.",
        find: fixed,
    },
    ObjectRule {
        code: "development-credentials-exposed",
        severity: Severity::Error,
        description: "Something leads from outside into a namespace in which the development credentials are valid, \
                      which everybody knows.",
        find: development,
    },
];

/// Marks the Secret of the profile dev.
const DEVELOPMENT: &str = "elsakube/development-credentials";

fn fixed(review: &Review, findings: &mut Findings) {
    let reach = review.reach();
    let mut known: Vec<*const Manifest> = Vec::new();
    for exposure in &reach.exposures {
        let program = exposure.to.container.program;
        if program.text("identity") != Some("fixed") || !is_first(&mut known, exposure.by) {
            continue;
        }
        let message = format!(
            "{} leads from outside to {}, which takes any user name with the password `password` and the all-zero API \
             key, and cannot be told otherwise",
            exposure.by.title(),
            program.title
        );
        let help = "keep it inside the cluster (`kubectl port-forward`), or run a release whose credentials can be set";
        findings.add(exposure.place, message, help);
    }
}

/// Whether it is the first time that this object is seen: an object with several paths has one finding.
fn is_first(known: &mut Vec<*const Manifest>, manifest: &Manifest) -> bool {
    let new = !known.contains(&ptr::from_ref(manifest));
    known.push(ptr::from_ref(manifest));
    new
}

fn development(review: &Review, findings: &mut Findings) {
    let mark = |secret: &'_ Manifest| {
        secret.at(&["metadata", "annotations", DEVELOPMENT]).map(|mark| mark.span.clone())
    };
    let marked: Vec<(&str, Span)> = review
        .manifests
        .of_kind("Secret")
        .filter_map(|secret| Some((secret.namespace.as_str(), mark(secret)?)))
        .collect();
    let mut known: Vec<*const Manifest> = Vec::new();
    let mut report = |namespace: &str, place: &Span, by: &Manifest| {
        let Some((_, mark)) = marked.iter().find(|(of, _)| *of == namespace) else { return };
        if is_first(&mut known, by) {
            findings.add_with(
                place,
                (mark, "everybody knows these"),
                format!("{} leads from outside to where the development credentials are valid", by.title()),
                "make a Secret of your own: `elsakube secrets --generate`; on a laptop use `kubectl port-forward`",
            );
        }
    };
    for route in routes(review.manifests) {
        report(route.namespace, route.place, route.manifest);
    }
    for service in review.manifests.of_kind("Service") {
        if let Some(place) = leaves_cluster(service) {
            report(&service.namespace, place, service);
        }
    }
    // What is left are ports of the node.
    for exposure in &review.reach().exposures {
        report(&exposure.to.container.manifest.namespace, exposure.place, exposure.by);
    }
}
