//! Members of a map while it is being read: their names, duplicates and merges.

use super::events::{Builder, Rules};
use super::limits;
use crate::diagnostics::{Diagnostic, Span};
use crate::yaml::{Entry, Kind, Map, Node};
use std::collections::HashMap;
use std::ops::Range;

/// The key whose value is merged into the map around it.
pub(super) const MERGE: &str = "<<";

/// The members read so far; keys and values come in turn.
#[derive(Default)]
pub(super) struct Members {
    map: Map,
    key: Option<Key>,
    /// Names written here, as opposed to merged ones, which may be written over.
    written: HashMap<String, Span>,
    first: Option<Range<usize>>,
}

enum Key {
    Name(String, Span),
    Merge,
    /// Already complained about: its value is read and dropped.
    Refused,
}

impl Members {
    /// True where the next node is a key.
    pub(super) fn wants_key(&self) -> bool {
        self.key.is_none()
    }

    /// Where the first key stands.
    pub(super) fn first_key(&self) -> Option<Range<usize>> {
        self.first.clone()
    }

    /// All members, at the end of the map.
    pub(super) fn into_map(self) -> Map {
        self.map
    }

    /// Takes the next node: a key, or the value of the last one.
    pub(super) fn take(&mut self, node: Node, merges: bool, builder: &mut Builder) {
        match self.key.take() {
            None => {
                self.first.get_or_insert_with(|| node.span.range.clone());
                self.key = Some(if merges { Key::Merge } else { self.name(node, builder) });
            }
            Some(Key::Name(name, key)) => {
                self.map.insert(name, Entry { key, value: node });
            }
            Some(Key::Merge) => self.merge(node, builder),
            Some(Key::Refused) => {}
        }
    }

    fn name(&mut self, key: Node, builder: &mut Builder) -> Key {
        let span = key.span.clone();
        if builder.rules == Rules::Values {
            builder.problems.extend(limits::control_character(&key));
        }
        let name = match (&key.kind, builder.rules) {
            (Kind::String(name), _) => name.clone(),
            (Kind::Bool(value), Rules::Manifests) => value.to_string(),
            (Kind::Int(value), Rules::Manifests) => value.to_string(),
            // Kubernetes' readers write it as a float32.
            (Kind::Float(value), Rules::Manifests) => (*value as f32).to_string(),
            _ => {
                builder.problems.push(ambiguous(&key));
                return Key::Refused;
            }
        };
        if let Some(first) = self.written.get(&name) {
            builder.problems.push(
                Diagnostic::error("duplicate-key", format!("`{name}` is written twice in one map"))
                    .label(span, "again here")
                    .label(first.clone(), "first here")
                    .help("keep one of them: helm would silently take the last"),
            );
            return Key::Refused;
        }
        self.written.insert(name.clone(), span.clone());
        Key::Name(name, span)
    }

    /// As go-yaml v2 does, and so Helm: members come in as if they were written here, over those written before.
    fn merge(&mut self, value: Node, builder: &mut Builder) {
        let span = value.span.clone();
        let maps = match value.kind {
            Kind::Map(map) => vec![map],
            // Of several, the first wins.
            Kind::List(items) if items.iter().all(|item| item.as_map().is_some()) => {
                items.into_iter().rev().filter_map(into_map).collect()
            }
            _ => {
                builder.problems.push(
                    Diagnostic::error(
                        "bad-merge",
                        format!("`<<` merges maps, and this is {}", value.describe()),
                    )
                    .at(span)
                    .help("give it an alias of a map, or a list of such aliases: `<<: [*one, *two]`"),
                );
                return;
            }
        };
        for (name, entry) in maps.into_iter().flatten() {
            self.map.insert(name, entry);
        }
    }
}

fn into_map(node: Node) -> Option<Map> {
    match node.kind {
        Kind::Map(map) => Some(map),
        _ => None,
    }
}

fn before_is_brace(span: &Span) -> bool {
    span.source.text[..span.range.start].ends_with('{')
}

fn ambiguous(key: &Node) -> Diagnostic {
    let written = key.plain.as_deref().unwrap_or_default();
    let (message, help) = match &key.kind {
        Kind::Map(_) if before_is_brace(&key.span) => {
            ("braces are a map to YAML".to_owned(), "put quotes around `{{ … }}`".to_owned())
        }
        Kind::List(_) | Kind::Map(_) => (
            format!("{} cannot be a key", key.describe()),
            "write a name, or put quotes around it".to_owned(),
        ),
        Kind::Null if written.is_empty() => {
            ("a member without a key".to_owned(), "write a name before the colon".to_owned())
        }
        Kind::Int(value) if value.to_string() == written => {
            (format!("the key `{written}` is a number to YAML"), format!("quote it: \"{written}\":"))
        }
        kind => {
            let meaning = match kind {
                Kind::Bool(value) => value.to_string(),
                Kind::Int(value) => value.to_string(),
                Kind::Float(value) => value.to_string(),
                _ => "null".to_owned(),
            };
            let message = if meaning == written {
                format!("the key `{written}` is {} to YAML", key.describe())
            } else {
                format!("the key `{written}` means `{meaning}` to YAML 1.1, and so to helm")
            };
            (message, format!("quote it: \"{written}\":"))
        }
    };
    Diagnostic::error("ambiguous-key", message).at(key.span.clone()).help(help)
}
