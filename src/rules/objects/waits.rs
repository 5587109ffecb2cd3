//! What has to be there before a program starts.

use super::manifests::{items, text};
use super::{Findings, ObjectRule, Review};
use crate::diagnostics::Severity;
use crate::yaml::Node;

pub(super) const RULES: [ObjectRule; 1] = [ObjectRule {
    code: "database-not-awaited",
    severity: Severity::Error,
    description: "Nothing waits for the database before a program that, started without it, never heals.",
    find: not_awaited,
}];

fn not_awaited(review: &Review, findings: &mut Findings) {
    for container in review.containers.iter().filter(|container| !container.is_initial()) {
        let program = container.program;
        let provider = container.certain(review.manifests, "DatabaseProvider");
        let server =
            provider.filter(|provider| !provider.is_empty() && !provider.eq_ignore_ascii_case("Sqlite"));
        let Some(server) = server.filter(|_| program.is("waitForDatabase")) else { continue };
        // Whatever an init container or a script of its own does: somebody has thought of the start.
        let args = items(container.node, &["args"]).first().and_then(Node::as_str);
        let script = args.is_some_and(|word| word.ends_with("sh"));
        let awaits = !items(container.pod, &["spec", "initContainers"]).is_empty();
        if awaits || script || container.node.get("command").is_some() {
            continue;
        }
        let source =
            program.facts.get("waitForDatabase").map(|fact| fact.source.as_str()).unwrap_or_default();
        let message = format!("nothing waits for {server} before {} ({source})", program.title);
        let other = text(container.node, &["name"]).unwrap_or_default();
        let help = format!(
            "add an init container before {other} that ends when the database answers, such as \
             `until pg_isready -h DATABASE; do sleep 2; done`"
        );
        findings.add(container.place(), message, help);
    }
}
