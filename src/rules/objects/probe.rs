//! A probe of a container: what it asks, and what the program answers.

use super::Review;
use super::container::Container;
use super::listeners::{self, Listeners};
use super::manifests::{items, text};
use crate::catalogue::{Answer, Endpoint};
use crate::diagnostics::Span;
use crate::yaml::Node;

/// The kinds of probes: the key, and its name in the program's own.
const KINDS: [(&str, &str); 3] =
    [("startupProbe", "startup"), ("livenessProbe", "liveness"), ("readinessProbe", "readiness")];

/// A probe of a container.
pub(super) struct Probe<'c, 'a> {
    pub(super) container: &'c Container<'a>,
    /// `startup`, `liveness` or `readiness`.
    pub(super) kind: &'static str,
    pub(super) node: &'a Node,
    /// Where its key stands.
    pub(super) key: &'a Span,
}

/// All probes of all containers.
pub(super) fn all<'c, 'a>(review: &Review<'c, 'a>) -> Vec<Probe<'c, 'a>> {
    let mut probes = Vec::new();
    for container in review.containers {
        for (key, kind) in KINDS {
            let entry = container.node.as_map().and_then(|map| map.get(key));
            probes.extend(entry.map(|entry| Probe { container, kind, node: &entry.value, key: &entry.key }));
        }
    }
    probes
}

/// What an HTTP probe asks.
pub(super) struct Question<'a> {
    pub(super) node: &'a Node,
    pub(super) path: String,
    /// Its number, if it is known.
    pub(super) port: Option<i64>,
}

impl<'a> Question<'a> {
    /// Where the path stands; where it does not, what asks.
    pub(super) fn place(&self) -> &'a Span {
        self.node.get("path").map_or(&self.node.span, |path| &path.span)
    }
}

impl<'a> Probe<'_, 'a> {
    /// What it asks the program; nothing if it asks something else.
    pub(super) fn question(&self) -> Option<Question<'a>> {
        let node = self.node.get("httpGet")?;
        if node.get("host").is_some() {
            return None;
        }
        let path = text(node, &["path"]).unwrap_or("/");
        let path = path.split(['?', '#']).next().unwrap_or(path);
        let path = format!("/{}", path.trim_start_matches('/'));
        let port = node.get("port").and_then(|port| self.number(port));
        // Another container of the pod answers there.
        let theirs = port.is_some_and(|port| {
            let others = items(self.container.pod, &["spec", "containers"]).iter();
            let mut others = others.filter(|other| !std::ptr::eq(*other, self.container.node));
            others.any(|other| ports(other).any(|(_, number)| number == port))
        });
        (!theirs).then_some(Question { node, path, port })
    }

    /// The number of a port, which may be the name of one.
    fn number(&self, port: &Node) -> Option<i64> {
        if let Some(number) = port.as_int() {
            return Some(number);
        }
        let name = port.as_str()?;
        let named = ports(self.container.node).find(|(known, _)| *known == Some(name));
        named.map(|(_, number)| number).or_else(|| name.parse().ok())
    }

    /// What the program says to it, if that is known.
    pub(super) fn answer(&self, review: &Review) -> Option<(Question<'a>, &'static Endpoint)> {
        let question = self.question()?;
        let endpoint = listeners::answer(self.container, review.manifests, &question.path)?;
        Some((question, endpoint))
    }
}

/// The ports that a container names: name and number.
fn ports(container: &Node) -> impl Iterator<Item = (Option<&str>, i64)> {
    let ports = items(container, &["ports"]).iter();
    ports.filter_map(|port| Some((text(port, &["name"]), port.get("containerPort")?.as_int()?)))
}

/// What to ask in place of it.
pub(super) fn advice(probe: &Probe, listeners: &Listeners) -> String {
    let own = probe.container.program.facts.get("probes").map(|fact| &fact.value);
    let word = |key: &str| own.and_then(|own| own.get(key)).and_then(serde_json::Value::as_str);
    let (path, port) = match (word(probe.kind), word("port")) {
        (Some(path), Some(port)) => (path.to_string(), port),
        _ => {
            let endpoints = probe.container.program.endpoints.iter();
            let good = |(path, endpoint): &(&String, &Endpoint)| {
                !path.ends_with('*') && matches!(endpoint.answer, Answer::Process | Answer::Asset)
            };
            match endpoints.into_iter().find(good) {
                Some((path, endpoint)) => (path.clone(), endpoint.port.as_str()),
                None => return "ask a path that it answers; `elsakube elsa show` lists them".to_string(),
            }
        }
    };
    format!("ask {}", listeners.address(&path, port))
}
