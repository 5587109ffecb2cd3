//! What the answer to a probe says of the program, and whether that is what the probe is for.

use super::container::Container;
use super::listeners::Listeners;
use super::manifests::at;
use super::probe::{Probe, advice, all};
use super::{Findings, ObjectRule, Review};
use crate::catalogue::Answer;
use crate::diagnostics::Severity;
use crate::yaml::Node;

pub(super) const RULES: [ObjectRule; 5] = [
    ObjectRule {
        code: "probe-says-nothing",
        severity: Severity::Warning,
        description: "A probe whose answer says less than it seems to: a page that is there for any path, an open port \
                      where the program has a path for readiness.",
        find: says_nothing,
    },
    ObjectRule {
        code: "liveness-depends-on-others",
        severity: Severity::Error,
        description: "A liveness or startup probe that fails when the database or another server is away: all pods would \
                      be restarted, which helps nobody.",
        find: depends,
    },
    ObjectRule {
        code: "probe-leaves-traces",
        severity: Severity::Warning,
        description: "A probe that is repeated for ever, and each call of which stores a workflow instance.",
        find: leaves_traces,
    },
    ObjectRule {
        code: "probe-timeout-too-short",
        severity: Severity::Warning,
        description: "A probe that does not wait as long as the answer takes when something is away.",
        find: impatient,
    },
    ObjectRule {
        code: "no-readiness-probe",
        severity: Severity::Warning,
        description: "No readiness probe, and a program that can say whether it is ready.",
        find: no_readiness,
    },
];

/// What Kubernetes takes where a probe does not say it.
const DEFAULT_TIMEOUT: i64 = 1;

/// Where a program says whether it is ready: `/health/ready on port 9464`.
fn ready(container: &Container, review: &Review) -> Option<String> {
    let (path, endpoint) =
        container.program.endpoints.iter().find(|(_, endpoint)| endpoint.answer == Answer::Ready)?;
    Some(Listeners::of(container, review.manifests).address(path, &endpoint.port))
}

fn says_nothing(review: &Review, findings: &mut Findings) {
    for probe in all(review) {
        let title = &probe.container.program.title;
        let readiness = (probe.kind == "readiness").then(|| ready(probe.container, review)).flatten();
        let readiness = readiness.map(|ready| format!("ask {ready}"));
        if let (Some(socket), Some(help)) = (probe.node.get("tcpSocket"), &readiness) {
            let message = format!("an open port does not say that {title} is ready, which it can say itself");
            findings.add(&socket.span, message, help.clone());
        }
        let Some((question, endpoint)) = probe.answer(review) else { continue };
        let place = question.place();
        match (endpoint.answer, readiness) {
            (Answer::Process, Some(help)) => {
                let message = format!(
                    "{} says that {title} runs, not that it is ready, which it can say too",
                    question.path
                );
                findings.add(place, message, help);
            }
            (Answer::Page, _) if !is_meant(&probe, &question.path) => {
                let message =
                    format!("{title} has no {}: it answers 200 with a page to any such path", question.path);
                let listeners = Listeners::of(probe.container, review.manifests);
                findings.add(place, message, advice(&probe, &listeners));
            }
            _ => {}
        }
    }
}

/// Whether a page is what was asked for: the first one, what the program has no better than, or the name of a file.
fn is_meant(probe: &Probe, path: &str) -> bool {
    let own = probe.container.program.facts.get("probes").map(|fact| &fact.value);
    let is_own = own.and_then(|own| own.get(probe.kind)).is_some_and(|own| own.as_str() == Some(path));
    path == "/" || is_own || path.rsplit('/').next().is_some_and(|file| file.contains('.'))
}

fn depends(review: &Review, findings: &mut Findings) {
    for probe in all(review).iter().filter(|probe| probe.kind != "readiness") {
        let Some((question, endpoint)) = probe.answer(review) else { continue };
        if endpoint.answer != Answer::Ready {
            continue;
        }
        let listeners = Listeners::of(probe.container, review.manifests);
        let place = question.place();
        let message = format!(
            "{} says whether {} and what it depends on work: when the database is away, this probe restarts all pods",
            question.path, probe.container.program.title
        );
        findings.add(place, message, advice(probe, &listeners));
    }
}

fn leaves_traces(review: &Review, findings: &mut Findings) {
    for probe in all(review).iter().filter(|probe| probe.kind != "startup") {
        let Some((question, endpoint)) = probe.answer(review) else { continue };
        if endpoint.answer != Answer::Started {
            continue;
        }
        let listeners = Listeners::of(probe.container, review.manifests);
        let place = question.place();
        let message = format!(
            "each call of {} stores a workflow instance in {}, and this probe never ends",
            question.path, probe.container.program.title
        );
        let help = format!("ask it in the startupProbe alone; here {}", advice(probe, &listeners));
        findings.add(place, message, help);
    }
}

fn impatient(review: &Review, findings: &mut Findings) {
    for probe in all(review) {
        let Some((question, endpoint)) = probe.answer(review) else { continue };
        let given = probe.node.get("timeoutSeconds");
        let Some(timeout) = given.map_or(Some(DEFAULT_TIMEOUT), Node::as_int) else { continue };
        if endpoint.seconds == 0 || timeout > endpoint.seconds {
            continue;
        }
        let unless = if given.is_none() { " unless it says otherwise" } else { "" };
        let message = format!(
            "{} of {} takes {} s to answer when something is away, and this probe waits {timeout} s{unless}",
            question.path, probe.container.program.title, endpoint.seconds
        );
        let help = format!("set timeoutSeconds to {} or more", endpoint.seconds + 1);
        findings.add(given.map_or(probe.key, |given| &given.span), message, help);
    }
}

fn no_readiness(review: &Review, findings: &mut Findings) {
    // Pods that nothing replaces are no servers that somebody calls.
    const WORKLOADS: [&str; 4] = ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"];
    for container in review.containers.iter().filter(|container| !container.is_initial()) {
        let has_one = at(container.node, &["readinessProbe"]).is_some();
        let Some(ready) = ready(container, review) else { continue };
        if has_one || !WORKLOADS.contains(&container.manifest.kind.as_str()) {
            continue;
        }
        let message = format!(
            "nothing asks {} whether it is ready, so calls reach it before it is and after it is not any more",
            container.program.title
        );
        findings.add(container.place(), message, format!("add a readinessProbe that asks {ready}"));
    }
}
