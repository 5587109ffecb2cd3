//! Secrets that somebody made, read from manifests.

use super::references::{items, text};
use super::{base64, masked};
use crate::diagnostics::{Diagnostic, Diagnostics, Result, Source, Span};
use crate::values::input::Files;
use crate::yaml::{Entry, Kind, Node, reader};
use indexmap::IndexMap;
use std::sync::Arc;

/// A Secret of a manifest. Not printable in any form, so that no value can slip into a message.
pub struct GivenSecret {
    pub(super) name: String,
    pub(super) namespace: Option<String>,
    /// Where the name stands, with everything else blanked.
    pub(super) place: Span,
    /// The keys that its `data` and `stringData` have; the latter win, as in Kubernetes.
    pub(super) values: IndexMap<String, GivenValue>,
}

/// What one key holds.
pub(super) struct GivenValue {
    /// Where the key stands, with everything else blanked.
    pub(super) place: Span,
    pub(super) content: Content,
}

/// A value, or why there is none.
pub(super) enum Content {
    Bytes(Vec<u8>),
    /// Nothing stands behind the key, which need not be one then: `{hunter2}`.
    Null,
    /// `data` takes base64.
    NotBase64,
    /// Such as "a number".
    NotText(&'static str),
}

/// A file, or `-`, that may hold secrets.
///
/// # Errors
/// Those of [`Files::read`], without a word of the text.
pub fn open(files: &mut Files, name: &str) -> Result<Arc<Source>> {
    files.read(name).map_err(masked::complaints)
}

/// The Secrets of a stream of manifests; other objects are passed over, those in a List are not.
///
/// # Errors
/// The codes of [`reader::documents`], without a word of the text, and `incomplete-object`.
pub fn read(source: &Arc<Source>) -> Result<Vec<GivenSecret>> {
    let documents = reader::documents(source).map_err(masked::complaints)?;
    let mut reading = Reading { found: Vec::new(), problems: Vec::new() };
    for document in &documents {
        reading.object(document);
    }
    if reading.problems.is_empty() { Ok(reading.found) } else { Err(Diagnostics(reading.problems)) }
}

struct Reading {
    found: Vec<GivenSecret>,
    problems: Vec<Diagnostic>,
}

impl Reading {
    fn object(&mut self, node: &Node) {
        match text(node, "kind") {
            Some("Secret") => self.secret(node),
            // The items of a SecretList need not say what they are.
            Some("SecretList") => items(node, "items").iter().for_each(|item| self.secret(item)),
            Some("List") => items(node, "items").iter().for_each(|item| self.object(item)),
            Some(_) => {}
            None => self.complain("this is no Kubernetes object: it has no `kind`", &node.span),
        }
    }

    fn secret(&mut self, node: &Node) {
        let metadata = node.get("metadata");
        let name = metadata.and_then(|metadata| metadata.get("name"));
        let Some((place, name)) = name.and_then(|node| Some((&node.span, node.as_str()?))) else {
            return self.complain("this Secret has no `metadata.name`", &node.span);
        };
        if !is_name(name) {
            return self.complain("this cannot be the name of a Secret", place);
        }
        let mut values = IndexMap::new();
        for (field, encoded) in [("data", true), ("stringData", false)] {
            match node.get(field) {
                None | Some(Node { kind: Kind::Null, .. }) => {}
                Some(Node { kind: Kind::Map(map), .. }) => {
                    for (key, entry) in map {
                        values.extend(self.value(key, entry, encoded).map(|value| (key.clone(), value)));
                    }
                }
                Some(node) => {
                    self.complain("`data` and `stringData` are maps of keys and values", &node.span)
                }
            }
        }
        let namespace = metadata.and_then(|metadata| text(metadata, "namespace")).map(str::to_string);
        self.found.push(GivenSecret {
            name: name.to_string(),
            namespace,
            place: masked::shown(place),
            values,
        });
    }

    fn value(&mut self, key: &str, entry: &Entry, encoded: bool) -> Option<GivenValue> {
        if key.is_empty() || !key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte)) {
            // `{password:hunter2}`, without the blank, is one long key without a value.
            let message =
                "this cannot be a key of a Secret; is the blank missing that follows a key's colon?";
            self.complain(message, &entry.key);
            return None;
        }
        let content = match &entry.value.kind {
            Kind::String(text) if encoded => base64::decode(text).map_or(Content::NotBase64, Content::Bytes),
            Kind::String(text) => Content::Bytes(text.clone().into_bytes()),
            Kind::Null => Content::Null,
            _ => Content::NotText(entry.value.describe()),
        };
        Some(GivenValue { place: masked::shown(&entry.key), content })
    }

    fn complain(&mut self, message: &str, place: &Span) {
        self.problems.push(Diagnostic::error("incomplete-object", message).at(masked::hidden(place)));
    }
}

fn is_name(name: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-.".contains(&byte);
    !name.is_empty() && name.len() <= 253 && name.bytes().all(fits)
}
