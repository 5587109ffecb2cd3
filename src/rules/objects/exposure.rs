//! Credentials that everybody knows, and ways from outside to what takes them.

use super::manifests::Manifest;
use super::reach::{Reach, leaves_cluster, routes};
use super::{Findings, ObjectRule, Review};
use crate::diagnostics::{Severity, Span};

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
    let reach = Reach::new(review);
    for exposure in &reach.exposures {
        let program = exposure.to.container.program;
        if program.text("identity") == Some("fixed") {
            let message = format!(
                "{} leads from outside to {}, which takes any user name with the password `password` and the all-zero \
                 API key, and cannot be told otherwise",
                exposure.by, program.title
            );
            let help = "keep it inside the cluster (`kubectl port-forward`), or run a release whose credentials can be set";
            findings.add(exposure.place, message, help);
        }
    }
}

fn development(review: &Review, findings: &mut Findings) {
    let marked = |secret: &&Manifest| secret.at(&["metadata", "annotations", DEVELOPMENT]).is_some();
    let secrets: Vec<&Manifest> = review.manifests.of_kind("Secret").filter(marked).collect();
    if secrets.is_empty() {
        return;
    }
    let mut report = |namespace: &str, place: &Span, by: String| {
        if let Some(secret) = secrets.iter().find(|secret| secret.namespace == namespace) {
            let mark = secret.at(&["metadata", "annotations", DEVELOPMENT]);
            let mark = mark.map_or(&secret.node.span, |mark| &mark.span);
            findings.add_with(
                place,
                (mark, "everybody knows these"),
                format!("{by} leads from outside to where the development credentials are valid"),
                "make a Secret of your own: `elsakube secrets --generate`; on a laptop use `kubectl port-forward`",
            );
        }
    };
    for route in routes(review.manifests) {
        report(route.namespace, route.place, route.manifest.title());
    }
    for service in review.manifests.of_kind("Service") {
        if let Some(place) = leaves_cluster(service) {
            report(&service.namespace, place, service.title());
        }
    }
    // Ports of the node; the others are above.
    for exposure in &Reach::new(review).exposures {
        let manifest = exposure.to.container.manifest;
        if exposure.by == manifest.title() {
            report(&manifest.namespace, exposure.place, exposure.by.clone());
        }
    }
}
