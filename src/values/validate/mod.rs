//! Checks values against their schema. It accepts and refuses exactly what Helm does with the JSON schema that
//! [`super::json_schema`] writes, but says where, and what was probably meant.

use super::kubernetes;
use super::path::Path;
use super::schema::{Schema, Type, listed};
use super::set::SetArgument;
use crate::diagnostics::{Diagnostic, Span, nearest};
use crate::yaml::{Kind, Map, Node};
use std::sync::Arc;

/// Everything that is wrong with complete values: defaults with all layers merged over them. Some may come from
/// `arguments`, for which other words are right than for YAML.
pub fn validate(schema: &Schema, node: &Node, arguments: &[&SetArgument]) -> Vec<Diagnostic> {
    check(Validator { root: schema, arguments, complete: true, found: Vec::new() }, node, &Path::default())
}

/// Everything that is wrong with one layer, which need not set every key, and where null takes a default away.
/// Lists are never merged, so inside them nothing may be missing.
pub fn validate_layer(schema: &Schema, node: &Node, arguments: &[&SetArgument]) -> Vec<Diagnostic> {
    check(Validator { root: schema, arguments, complete: false, found: Vec::new() }, node, &Path::default())
}

/// The value of a key somewhere below the root.
pub(super) fn validate_at(path: &Path, schema: &Schema, node: &Node) -> Vec<Diagnostic> {
    check(Validator { root: schema, arguments: &[], complete: true, found: Vec::new() }, node, path)
}

fn check(mut validator: Validator, node: &Node, path: &Path) -> Vec<Diagnostic> {
    validator.value(validator.root, node, path);
    validator.found
}

struct Validator<'a> {
    /// Where a key that is unknown here might be known.
    root: &'a Schema,
    /// Where quotes do not make text of a value.
    arguments: &'a [&'a SetArgument],
    /// Whether a required key that is absent is a mistake.
    complete: bool,
    found: Vec<Diagnostic>,
}

impl Validator<'_> {
    fn value(&mut self, schema: &Schema, node: &Node, path: &Path) {
        match (&schema.ty, &node.kind) {
            (_, Kind::Null) => self.null(node, path),
            (Type::String { pattern, values }, Kind::String(text)) => {
                if !values.is_empty() && !values.contains(text) {
                    self.not_allowed(values, text, node, path);
                } else if let Some(pattern) = pattern.as_ref().filter(|pattern| !pattern.matches(text)) {
                    let message = format!("{} must be {pattern}", name(path));
                    self.found.push(Diagnostic::error("bad-pattern", message).at(node.span.clone()));
                }
            }
            (Type::Integer { minimum, maximum }, Kind::Int(_) | Kind::Float(_)) if whole(node) => {
                self.range(*minimum, *maximum, node, path);
            }
            (Type::Quantity, Kind::String(text)) => {
                if let Some(pattern) = kubernetes::quantity().filter(|pattern| !pattern.matches(text)) {
                    let message = format!("{} must be {pattern}", name(path));
                    self.found.push(Diagnostic::error("bad-pattern", message).at(node.span.clone()));
                }
            }
            (Type::List(of), Kind::List(items)) => {
                let complete = std::mem::replace(&mut self.complete, true);
                for (index, node) in items.iter().enumerate() {
                    self.value(of, node, &path.index(index));
                }
                self.complete = complete;
            }
            (Type::Map(of), Kind::Map(map)) => {
                for (key, entry) in map {
                    self.value(of, &entry.value, &path.key(key));
                }
            }
            (Type::Object(_) | Type::Kubernetes(_), Kind::Map(map)) => self.members(schema, map, node, path),
            (Type::Bool, Kind::Bool(_))
            | (Type::Number | Type::Quantity, Kind::Int(_) | Kind::Float(_))
            | (Type::IntOrString, Kind::String(_))
            | (Type::Any, _) => {}
            (Type::IntOrString, Kind::Int(_) | Kind::Float(_)) if whole(node) => {}
            (ty, _) => self.wrong_type(ty, node, path),
        }
    }

    fn members(&mut self, schema: &Schema, map: &Map, node: &Node, path: &Path) {
        // An unknown Kubernetes type cannot come from an annotation; a hand-made schema takes no keys then.
        let empty = indexmap::IndexMap::new();
        let members = schema.members().unwrap_or(&empty);
        for (key, entry) in map {
            let path = path.key(key);
            match (members.get(key), key.as_str()) {
                (Some(schema), _) => self.value(schema, &entry.value, &path),
                (None, "enabled") if schema.root => self.value(&Schema::new(Type::Bool), &entry.value, &path),
                (None, "global") if schema.root => {
                    if entry.value.as_map().is_none() {
                        self.wrong_type(&Type::Map(Box::new(Schema::new(Type::Any))), &entry.value, &path);
                    }
                }
                (None, _) => {
                    self.unknown_key(members.keys().map(String::as_str).collect(), key, &entry.key, &path);
                }
            }
        }
        if self.complete {
            for (key, _) in members.iter().filter(|(key, schema)| schema.required && !map.contains_key(*key))
            {
                let message = format!("{} lacks the key `{key}`", name(path));
                self.found.push(Diagnostic::error("missing-key", message).at(node.span.clone()));
            }
        }
    }

    fn unknown_key(&mut self, known: Vec<&str>, key: &str, span: &Span, path: &Path) {
        let elsewhere = || {
            let mut places: Vec<String> = Vec::new();
            find_key(self.root, key, &Path::default(), &mut places);
            places.truncate(3);
            (!places.is_empty()).then(|| format!("did you mean {}", quoted(&places, " or ")))
        };
        let help = nearest(key, known.iter().copied())
            .map(|sibling| format!("did you mean `{sibling}`"))
            .or_else(elsewhere)
            .unwrap_or_else(|| format!("known here: {}", known.join(", ")));
        let message = format!("`{path}` is not a known key");
        self.found.push(Diagnostic::error("unknown-key", message).at(span.clone()).help(help));
    }

    fn null(&mut self, node: &Node, path: &Path) {
        let message = format!("{} must not be null", name(path));
        let diagnostic = Diagnostic::error("null-value", message).at(node.span.clone());
        self.found.push(diagnostic.help("leave the key out to keep its default"));
    }

    fn not_allowed(&mut self, values: &[String], text: &str, node: &Node, path: &Path) {
        let message = format!("{} must be one of {}", name(path), listed(values));
        let diagnostic = Diagnostic::error("not-allowed", message).at(node.span.clone());
        self.found.push(match nearest(text, values.iter().map(String::as_str)) {
            Some(value) if !value.is_empty() => diagnostic.help(format!("did you mean `{value}`")),
            _ => diagnostic,
        });
    }

    fn range(&mut self, minimum: Option<i64>, maximum: Option<i64>, node: &Node, path: &Path) {
        let number = number(node);
        let limit = match (minimum, maximum) {
            (Some(least), _) if number < least as f64 => format!("at least {least}"),
            (_, Some(most)) if number > most as f64 => format!("at most {most}"),
            _ => return,
        };
        let message = format!("{} must be {limit}", name(path));
        self.found.push(Diagnostic::error("out-of-range", message).at(node.span.clone()));
    }

    fn wrong_type(&mut self, ty: &Type, node: &Node, path: &Path) {
        let found = node.describe();
        self.found.push(match (ty, &node.plain) {
            (Type::String { .. }, Some(plain)) => {
                let mut arguments = self.arguments.iter().map(|argument| &argument.source);
                let argument = arguments.find(|source| Arc::ptr_eq(source, &node.span.source));
                let (reader, help) = match argument {
                    Some(source) => (
                        format!("{} takes {plain}", source.name),
                        "give it with --set-string, which takes every value as text".to_string(),
                    ),
                    None => (format!("YAML takes {plain} without quotes"), format!("write \"{plain}\"")),
                };
                let message = format!("{} is text, but {reader} for {found}", name(path));
                Diagnostic::error("ambiguous-scalar", message).at(node.span.clone()).help(help)
            }
            _ => {
                // "An integer, not a number" would puzzle.
                let fraction = matches!(node.kind, Kind::Float(value) if value.fract() != 0.0);
                let found = node.plain.as_deref().filter(|_| fraction).unwrap_or(found);
                let message = format!("{} must be {}, not {found}", name(path), ty.describe());
                Diagnostic::error("wrong-type", message).at(node.span.clone())
            }
        });
    }
}

/// The path as a sentence begins with it.
fn name(path: &Path) -> String {
    if path.is_root() { "the document".to_string() } else { format!("`{path}`") }
}

fn quoted(words: &[String], between: &str) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(between)
}

/// Where in our own values a key of that name stands, whatever its case; the least nested places first.
fn find_key(schema: &Schema, key: &str, path: &Path, places: &mut Vec<String>) {
    let Type::Object(members) = &schema.ty else { return };
    for (known, _) in members.iter().filter(|(known, _)| known.eq_ignore_ascii_case(key)) {
        places.push(path.key(known).to_string());
    }
    for (known, schema) in members {
        find_key(schema, key, &path.key(known), places);
    }
}

fn number(node: &Node) -> f64 {
    match node.kind {
        Kind::Int(value) => value as f64,
        Kind::Float(value) => value,
        _ => f64::NAN,
    }
}

/// Whether it is a number without a fraction: `3`, but also `3.0` and `1e3`, as JSON schema has it.
fn whole(node: &Node) -> bool {
    number(node).fract() == 0.0
}

#[cfg(test)]
mod tests;
