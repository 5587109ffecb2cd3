//! From YAML text to nodes with places: values files under strict rules, manifests under those of Kubernetes.

mod characters;
mod dialect;
mod events;
mod keys;
pub(crate) mod limits;
mod places;
mod scalar;
mod syntax;
mod tags;

use super::{Kind, Map, Node};
use crate::diagnostics::{Diagnostic, Diagnostics, Result, Source};
pub use characters::{decode, decode_manifests};
use events::{Document, Rules};
use places::Places;
pub use scalar::scalar;
use std::ops::Range;
use std::sync::Arc;

/// Reads a values file: one document, which is a map. An empty file is an empty map.
pub fn read(source: &Arc<Source>) -> Result<Node> {
    if source.text.len() > limits::BYTES {
        return Err(limits::too_large(&source.name).into());
    }
    let places = Places::new(source);
    let (documents, mut problems) = load(&places, Rules::Values);
    problems.extend(second_document(&places, &documents));
    let root = match documents.into_iter().next().map(|document| document.root) {
        None => {
            problems.extend(dialect::empty_document(&places));
            Node::new(Kind::Map(Map::new()), places.span(0..0))
        }
        Some(Node { kind: Kind::Null, span, .. }) => Node::new(Kind::Map(Map::new()), span),
        Some(root) => {
            problems.extend(not_a_map(&root));
            root
        }
    };
    finish(root, problems)
}

/// Reads manifests: any number of documents; empty ones are left out.
pub fn documents(source: &Arc<Source>) -> Result<Vec<Node>> {
    let (documents, problems) = load(&Places::new(source), Rules::Manifests);
    let roots = documents.into_iter().map(|document| document.root).filter(|root| !root.is_null()).collect();
    finish(roots, problems)
}

fn load(places: &Places, rules: Rules) -> (Vec<Document>, Vec<Diagnostic>) {
    let mut problems = characters::check(places, rules);
    let (documents, found) = events::load(places, rules);
    // What the parser says about a character that was complained about already is no news.
    let reported = |place: usize| problems.iter().any(|problem| range_of(problem).contains(&place));
    let news: Vec<_> = found.into_iter().filter(|problem| !reported(range_of(problem).start)).collect();
    problems.extend(news);
    (documents, problems)
}

fn range_of(problem: &Diagnostic) -> Range<usize> {
    problem.place().map_or(0..0, |span| span.range.clone())
}

fn finish<T>(value: T, mut problems: Vec<Diagnostic>) -> Result<T> {
    if problems.is_empty() {
        return Ok(value);
    }
    problems.sort_by_key(|problem| range_of(problem).start);
    Err(Diagnostics(problems))
}

/// Helm 3 reads the first document and forgets the rest; helm 4 merges them.
fn second_document(places: &Places, documents: &[Document]) -> Option<Diagnostic> {
    let second = documents.iter().skip(1).find(|document| !document.root.is_null())?;
    Some(
        Diagnostic::error(
            "several-documents",
            "a second document in a values file, which helm 3 ignores and helm 4 merges",
        )
        .at(places.span(second.start.clone()))
        .help("take the `---` out, or put what follows into a file of its own"),
    )
}

fn not_a_map(root: &Node) -> Option<Diagnostic> {
    if root.as_map().is_some() {
        return None;
    }
    Some(
        Diagnostic::error("not-a-map", format!("values are a map of keys, and this is {}", root.describe()))
            .at(root.span.clone())
            .help("write `key: value` lines"),
    )
}

#[cfg(test)]
mod tests;
