//! Objects of two outputs, compared.

use elsakube::diagnostics::Source;
use elsakube::yaml::{Kind, Node, reader};
use std::collections::BTreeMap;

/// Objects by kind, namespace and name.
pub type Objects = BTreeMap<String, Node>;

/// The objects of a stream of manifests; two of one name are a failure.
pub fn objects(stream: &str) -> Result<Objects, String> {
    let source = Source::new("stream", stream);
    let documents = reader::documents(&source).map_err(|error| format!("{error}\n{stream}"))?;
    let mut objects = Objects::new();
    for node in documents {
        let id = id(&node);
        if objects.insert(id.clone(), node).is_some() {
            return Err(format!("two objects {id}"));
        }
    }
    Ok(objects)
}

/// What the pods of a workload are made from, also those of a CronJob.
pub fn pod_template(object: &Node) -> Option<&Node> {
    let spec = object.get("spec")?;
    spec.get("template").or_else(|| spec.get("jobTemplate")?.get("spec")?.get("template"))
}

fn id(node: &Node) -> String {
    let text = |node: Option<&Node>| node.and_then(Node::as_str).unwrap_or_default().to_string();
    let metadata = node.get("metadata");
    let member = |key| text(metadata.and_then(|metadata| metadata.get(key)));
    format!(
        "{}/{} {}/{}",
        text(node.get("apiVersion")),
        text(node.get("kind")),
        member("namespace"),
        member("name")
    )
}

/// Where two sets of objects differ, a line each; nothing if they are equal.
pub fn differences(left: &Objects, right: &Objects) -> Vec<String> {
    let mut found = Vec::new();
    for (id, node) in left {
        match right.get(id) {
            None => found.push(format!("{id}: only on the left")),
            Some(other) => compare(id, node, other, &mut found),
        }
    }
    found.extend(
        right.keys().filter(|id| !left.contains_key(*id)).map(|id| format!("{id}: only on the right")),
    );
    found
}

fn compare(path: &str, left: &Node, right: &Node, found: &mut Vec<String>) {
    match (&left.kind, &right.kind) {
        (Kind::Map(a), Kind::Map(b)) => {
            for (key, entry) in a {
                match b.get(key) {
                    None => found.push(format!("{path}.{key}: only on the left")),
                    Some(other) => compare(&format!("{path}.{key}"), &entry.value, &other.value, found),
                }
            }
            for key in b.keys().filter(|key| !a.contains_key(*key)) {
                found.push(format!("{path}.{key}: only on the right"));
            }
        }
        (Kind::List(a), Kind::List(b)) if a.len() == b.len() => {
            for (index, (a, b)) in a.iter().zip(b).enumerate() {
                compare(&format!("{path}[{index}]"), a, b, found);
            }
        }
        _ if left == right => {}
        _ => found.push(format!("{path}: {:?} against {:?}", left.kind, right.kind)),
    }
}

/// The objects of a stream whose last value is a block scalar: helms disagree about final newlines there, so something
/// else, if only a comment, must follow a user's text.
pub fn unsafe_ends(stream: &str) -> Vec<String> {
    let mut found = Vec::new();
    for document in stream.split("\n---\n") {
        if document.trim_end().lines().last().is_some_and(|line| line.trim_start().starts_with('#')) {
            continue;
        }
        for node in reader::documents(&Source::new("document", document)).unwrap_or_default() {
            if last_scalar(&node).span.text().starts_with(['|', '>']) {
                found.push(id(&node));
            }
        }
    }
    found
}

fn last_scalar(node: &Node) -> &Node {
    let inner: Vec<&Node> = match &node.kind {
        Kind::Map(map) => map.values().map(|entry| &entry.value).collect(),
        Kind::List(list) => list.iter().collect(),
        _ => Vec::new(),
    };
    inner.into_iter().max_by_key(|node| node.span.range.start).map_or(node, last_scalar)
}
