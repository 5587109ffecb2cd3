//! Probes: whether the program can answer what they ask.

use super::listeners::{self, Listeners};
use super::manifests::{at, items, text};
use super::probe::{Probe, Question, advice, all};
use super::{Findings, ObjectRule, Review};
use crate::catalogue::{Answer, Endpoint};
use crate::diagnostics::{Severity, Span};

pub(super) const RULES: [ObjectRule; 2] = [
    ObjectRule {
        code: "probe-not-served",
        severity: Severity::Error,
        description: "A probe that the program cannot answer with success: a path that it does not have, a port on which \
                      it does not listen, HTTPS.",
        find: not_served,
    },
    ObjectRule {
        code: "probe-command-missing",
        severity: Severity::Error,
        description: "A probe that runs a command which the image does not hold.",
        find: command_missing,
    },
];

fn not_served(review: &Review, findings: &mut Findings) {
    for probe in all(review) {
        let Some(question) = probe.question() else { continue };
        let listeners = Listeners::of(probe.container, review.manifests);
        let endpoint = listeners::answer(probe.container, review.manifests, &question.path);
        if let Some((place, message)) = fault(&probe, &question, &listeners, endpoint) {
            findings.add(place, message, advice(&probe, &listeners));
        } else if let Some(hosts) = refused_host(&probe, &question, &listeners, review) {
            let message = format!(
                "{} answers 400 to this probe, which asks by the pod's address: AllowedHosts is {hosts}",
                probe.container.program.title
            );
            let first = hosts.split(';').next().unwrap_or(hosts);
            let help = format!("give it httpHeaders: [{{name: Host, value: {first}}}]");
            findings.add(&question.node.span, message, help);
        }
    }
}

/// What is wrong with a question, and where.
fn fault<'a>(
    probe: &Probe<'_, 'a>,
    question: &Question<'a>,
    listeners: &Listeners,
    endpoint: Option<&Endpoint>,
) -> Option<(&'a Span, String)> {
    let Question { node, path, port } = question;
    let title = &probe.container.program.title;
    let name = port.and_then(|port| listeners.named(port));
    let scheme = node.get("scheme").filter(|scheme| scheme.as_str() == Some("HTTPS"));
    if let Some(scheme) = scheme.filter(|_| name.is_some()) {
        return Some((&scheme.span, format!("{title} speaks plain HTTP, and this probe asks by HTTPS")));
    }
    if let (Some(port), None, Some(all), Some(node)) = (port, name, listeners.all(), node.get("port")) {
        let all: Vec<String> = all.iter().map(i64::to_string).collect();
        let all = all.join(" and ");
        return Some((&node.span, format!("{title} listens on {all}, and this probe asks port {port}")));
    }
    let endpoint = endpoint?;
    if let (Some(name), Some(node)) = (name, node.get("port")) {
        let there = listeners.ports(&endpoint.port);
        if name != endpoint.port && !there.is_empty() && endpoint.answer != Answer::Missing {
            let message = format!("{title} answers {path} on port {} only", there[0]);
            return Some((&node.span, message));
        }
    }
    let status = match endpoint.answer {
        Answer::Missing => 404,
        Answer::Login => 401,
        _ => return None,
    };
    Some((question.place(), format!("{title} answers {path} with {status}, so this probe always fails")))
}

/// The names that the program answers to, if the pod's address, by which a probe asks, is none of them.
fn refused_host<'c>(
    probe: &'c Probe,
    question: &Question,
    listeners: &Listeners,
    review: &Review,
) -> Option<&'c str> {
    let hosts = probe.container.certain(review.manifests, "AllowedHosts")?;
    let public = question.port.and_then(|port| listeners.named(port)) == Some("http");
    let headers = items(question.node, &["httpHeaders"]).iter();
    let mut names = headers.filter_map(|header| text(header, &["name"]));
    let named = names.any(|name| name.eq_ignore_ascii_case("host"));
    (public && !named && !hosts.is_empty() && !hosts.contains('*')).then_some(hosts)
}

fn command_missing(review: &Review, findings: &mut Findings) {
    for probe in all(review).iter().filter(|probe| probe.container.is_published()) {
        let lacks = probe.container.program.image_lacks.as_ref().and_then(|fact| fact.value.as_array());
        let lacks = || lacks.into_iter().flatten().filter_map(serde_json::Value::as_str);
        let Some(command) = at(probe.node, &["exec", "command"]) else { continue };
        let words = items(command, &[]).iter().filter_map(|word| Some((word, word.as_str()?)));
        let mut called = words.flat_map(|(node, word)| word.split_whitespace().map(move |part| (node, part)));
        // A path's last part: `/usr/bin/curl`.
        let missing = called.find_map(|(node, part)| {
            let name = part.rsplit('/').next().unwrap_or(part);
            lacks().find(|lack| *lack == name && !part.contains("://")).map(|lack| (node, lack))
        });
        if let Some((node, lack)) = missing {
            let message = format!("the image of {} holds no {lack}", probe.container.program.title);
            let listeners = Listeners::of(probe.container, review.manifests);
            findings.add(&node.span, message, format!("use httpGet: {}", advice(probe, &listeners)));
        }
    }
}
