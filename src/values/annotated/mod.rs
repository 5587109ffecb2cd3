//! The annotated `values.yaml`: defaults, types and documentation in one file, and a user's own laid over it.
//!
//! ```yaml
//! # == Server ==                          a section of the README table, for the top-level keys below it
//!
//! server:
//!   # Why it is so: comments without marks are the file's own.
//!   # -- How many replicas run. The description goes on
//!   # until a line that is no comment, a bare `#` or an `@`.
//!   # @schema {minimum: 0, maximum: 100}
//!   replicaCount: 1
//!   # -- Tolerations of the pods.
//!   # @schema {type: "[]Toleration"}
//!   tolerations: []
//!   # -- Listeners by name.
//!   # @schema {type: map, of: {port: integer!, protocol: string}}
//!   listeners: {}
//! ```

mod annotation;
mod comments;

use super::merge::merge;
use super::path::Path;
use super::schema::{Schema, Type};
use super::validate::{validate_at, validate_layer};
use crate::diagnostics::{Diagnostic, Diagnostics, Result, Source, Span};
use crate::yaml::{Entry, Kind, Map, Node, reader};
use annotation::Annotation;
use comments::{Comment, Comments};
use indexmap::IndexMap;
use std::collections::HashMap;
use std::sync::Arc;

/// What the annotated files say.
#[derive(Clone, Debug)]
pub struct Annotated {
    /// Every key with its default.
    pub defaults: Node,
    /// Every key with its type and description; the root accepts `enabled` and `global` besides.
    pub schema: Schema,
}

/// Reads the annotated source and lays further ones over it: new keys are added, known ones get a new default,
/// description or limits, but no other type.
///
/// # Errors
/// All mistakes of all sources: what the YAML reader refuses, then `annotation` (its grammar), `bad-key-name`,
/// `reserved-key`, `missing-description`, `missing-type`, `null-default`, `bad-default` and `conflicting-type`. Where
/// there are none, `bad-companion`: a `with` that names an unknown key, or a value that its key cannot have.
pub fn read(sources: &[Arc<Source>]) -> Result<Annotated> {
    let mut members = IndexMap::new();
    let mut defaults: Option<Node> = None;
    let mut found = Vec::new();
    for source in sources {
        let node = match reader::read(source) {
            Ok(node) => node,
            Err(Diagnostics(mistakes)) => {
                found.extend(mistakes);
                continue;
            }
        };
        let mut file =
            File { source, comments: Comments::of(source), annotations: HashMap::new(), found: Vec::new() };
        if let Some(map) = node.as_map() {
            file.members(map, &mut members, &Path::default());
        }
        found.append(&mut file.found);
        found.extend(file.comments.finish());
        match &mut defaults {
            Some(below) => merge(below, node),
            None => defaults = Some(node),
        }
    }
    if !found.is_empty() {
        return Err(Diagnostics(found));
    }
    let nothing = || Node::new(Kind::Map(Map::new()), Span::new(&Source::new("values.yaml", ""), 0..0));
    let defaults = defaults.unwrap_or_else(nothing);
    let schema = Schema { root: true, ..Schema::new(Type::Object(members)) };
    let found = wrong_companions(&schema);
    if found.is_empty() { Ok(Annotated { defaults, schema }) } else { Err(Diagnostics(found)) }
}

/// What is wrong with the values that annotations name with `with`: they are a layer like any other.
fn wrong_companions(schema: &Schema) -> Vec<Diagnostic> {
    let companions = schema.leaves().into_iter().filter_map(|(_, leaf)| leaf.with.as_ref());
    let mut found: Vec<Diagnostic> = companions.flat_map(|with| validate_layer(schema, with, &[])).collect();
    found.iter_mut().for_each(|diagnostic| diagnostic.code = "bad-companion".to_string());
    found
}

/// One annotated file while it is read.
struct File<'a> {
    source: &'a Arc<Source>,
    comments: Comments,
    annotations: annotation::Known,
    found: Vec<Diagnostic>,
}

impl File<'_> {
    /// Adds the keys of a map to those that are known.
    fn members(&mut self, map: &Map, known: &mut IndexMap<String, Schema>, path: &Path) {
        for (key, entry) in map {
            let path = path.key(key);
            self.key_name(key, &entry.key, &path);
            let comment = self.comments.above(entry.key.position());
            let known_before = known.shift_remove_full(key);
            let (place, base) =
                known_before.map_or((known.len(), None), |(place, _, base)| (place, Some(base)));
            match self.key(entry, comment, base.as_ref(), &path) {
                Ok(schema) => {
                    known.shift_insert(place, key.clone(), schema);
                }
                Err(Diagnostics(mistakes)) => {
                    self.found.extend(mistakes);
                    base.map(|base| known.shift_insert(place, key.clone(), base));
                }
            }
        }
    }

    fn key(&mut self, entry: &Entry, comment: Comment, base: Option<&Schema>, path: &Path) -> Result<Schema> {
        let annotation = match &comment.schema {
            Some((offset, text)) => {
                Some(Annotation::read(self.source, *offset, text, &mut self.annotations)?)
            }
            None => None,
        };
        let top_level = path.0.len() == 1;
        let mut schema = base.cloned().unwrap_or_else(|| Schema::new(Type::Any));
        schema.span = Some(entry.key.clone());
        schema.section =
            self.comments.section(entry.key.position().line).filter(|_| top_level).or(schema.section);
        schema.description = comment.description.unwrap_or(schema.description);

        let named = annotation.as_ref().map(Annotation::ty).transpose()?.flatten();
        let inner = match (base.map(|base| &base.ty), &entry.value.kind) {
            (Some(Type::Object(members)), Kind::Map(map)) if named.is_none() => Some((members.clone(), map)),
            (None, Kind::Map(map)) if named.is_none() && !map.is_empty() => Some((IndexMap::new(), map)),
            _ => None,
        };
        if let Some((mut members, map)) = inner {
            if let Some(annotation) = annotation {
                let message = format!("`{path}` has keys of its own, so `@schema` must name a type or go");
                return Err(Diagnostic::error("annotation", message).at(annotation.span().clone()).into());
            }
            self.members(map, &mut members, path);
            schema.ty = Type::Object(members);
            return Ok(schema);
        }

        if entry.value.is_null() {
            let message = format!("the default of `{path}` is null");
            let diagnostic = Diagnostic::error("null-default", message).at(entry.key.clone());
            return Err(diagnostic
                .help("write the empty value of its type: \"\", {}, [], 0 or false")
                .into());
        }
        let ty = match (named, base) {
            (Some(ty), _) => ty,
            (None, Some(base)) => base.ty.clone(),
            (None, None) => self.inferred(entry, path)?,
        };
        if let Some(base) = base.filter(|base| !same_kind(&base.ty, &ty) || matches!(ty, Type::Object(_))) {
            let message = format!("`{path}` is {} already", base.ty.describe());
            let mut diagnostic = Diagnostic::error("conflicting-type", message).at(entry.key.clone());
            if let Some(span) = &base.span {
                diagnostic = diagnostic.label(span.clone(), "declared here");
            }
            return Err(diagnostic.into());
        }
        schema.ty = ty;
        if let Some(annotation) = &annotation {
            schema.ty = annotation.limit(schema.ty)?;
            schema.secret = annotation.secret()?.or(schema.secret);
            schema.with = annotation.with()?.or(schema.with);
        }
        let mut wrong = validate_at(path, &schema, &entry.value);
        wrong.iter_mut().for_each(|diagnostic| diagnostic.code = "bad-default".to_string());
        if schema.description.is_empty() {
            let message = format!("`{path}` has no description");
            let diagnostic = Diagnostic::error("missing-description", message).at(entry.key.clone());
            wrong.push(diagnostic.help("write `# -- What it is for.` above it"));
        }
        match &mut schema.default {
            Some(below) => merge(below, entry.value.clone()),
            None => schema.default = Some(entry.value.clone()),
        }
        if wrong.is_empty() { Ok(schema) } else { Err(Diagnostics(wrong)) }
    }

    /// The type that a default shows by itself.
    fn inferred(&self, entry: &Entry, path: &Path) -> Result<Type> {
        let shown = match &entry.value.kind {
            Kind::List(items) => items
                .iter()
                .map(scalar)
                .reduce(|one, other| if one == other { one } else { None })
                .flatten()
                .map(|of| Type::List(Box::new(Schema::new(of)))),
            _ => scalar(&entry.value),
        };
        shown.ok_or_else(|| {
            let message = format!("the default of `{path}` does not show its type");
            let diagnostic = Diagnostic::error("missing-type", message).at(entry.key.clone());
            diagnostic.help("write `# @schema {type: …}` above it").into()
        })
    }

    fn key_name(&mut self, key: &str, span: &Span, path: &Path) {
        let starts_well = key.starts_with(|first: char| first.is_ascii_lowercase());
        if !starts_well || !key.chars().all(|letter| letter.is_ascii_alphanumeric()) {
            let diagnostic = Diagnostic::error("bad-key-name", format!("`{path}` is not camelCase"));
            let words =
                key.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
            let camel: String = words.enumerate().map(|(index, word)| capitalised(word, index > 0)).collect();
            self.found.push(diagnostic.at(span.clone()).help(format!("write `{camel}`")));
        } else if path.0.len() == 1 && matches!(key, "global" | "enabled") {
            let message = format!("`{key}` belongs to Helm and umbrella charts");
            self.found.push(Diagnostic::error("reserved-key", message).at(span.clone()));
        }
    }
}

/// The type of a single scalar.
fn scalar(node: &Node) -> Option<Type> {
    match node.kind {
        Kind::String(_) => Some(Type::STRING),
        Kind::Bool(_) => Some(Type::Bool),
        Kind::Int(_) => Some(Type::INTEGER),
        Kind::Float(_) => Some(Type::Number),
        _ => None,
    }
}

fn capitalised(word: &str, capital: bool) -> String {
    let mut letters = word.chars();
    let first = letters
        .next()
        .map(|first| if capital { first.to_ascii_uppercase() } else { first.to_ascii_lowercase() });
    first.into_iter().chain(letters).collect()
}

/// Whether two types differ in their limits at most.
fn same_kind(one: &Type, other: &Type) -> bool {
    match (one, other) {
        (Type::List(one), Type::List(other)) | (Type::Map(one), Type::Map(other)) => {
            same_kind(&one.ty, &other.ty)
        }
        (Type::Kubernetes(one), Type::Kubernetes(other)) => one == other,
        (Type::Object(one), Type::Object(other)) => one == other,
        _ => std::mem::discriminant(one) == std::mem::discriminant(other),
    }
}

#[cfg(test)]
mod tests;
