//! The map after `# @schema`: what it may say, and the type that comes of it.

use crate::diagnostics::{Diagnostic, Diagnostics, Result, Source, Span, nearest};
use crate::values::kubernetes;
use crate::values::schema::{Pattern, Schema, Type};
use crate::yaml::{Kind, Map, Node, reader};
use indexmap::IndexMap;
use std::collections::HashMap;
use std::sync::Arc;

const KEYS: [&str; 9] =
    ["type", "of", "enum", "pattern", "patternHelp", "minimum", "maximum", "secret", "with"];

const TYPES: [&str; 9] =
    ["string", "boolean", "integer", "number", "quantity", "intOrString", "any", "map", "list"];

/// Annotations that were read already, by their text: many keys say the same.
pub(super) type Known = HashMap<String, Node>;

/// The annotation of one key.
#[derive(Debug)]
pub(super) struct Annotation {
    map: Map,
    span: Span,
}

impl Annotation {
    /// Reads the flow map that begins at that offset of the source.
    pub(super) fn read(source: &Arc<Source>, offset: usize, text: &str, known: &mut Known) -> Result<Self> {
        let home = |span: &mut Span| {
            let end = source.text.len();
            *span =
                Span::new(source, (span.range.start + offset).min(end)..(span.range.end + offset).min(end));
        };
        let read = |text: &str| reader::read(&Source::new(&*source.name, text));
        let unread = |mut mistakes: Diagnostics| {
            for mistake in &mut mistakes.0 {
                mistake.labels.iter_mut().for_each(|label| home(&mut label.span));
                mistake
                    .help
                    .get_or_insert_with(|| "types with brackets are quoted: \"[]string\"".to_string());
            }
            mistakes
        };
        let mut node = match known.get(text) {
            Some(node) => node.clone(),
            None => known.entry(text.to_string()).or_insert(read(text).map_err(unread)?).clone(),
        };
        rehome(&mut node, &home);
        let span = Span::new(source, offset..offset + text.len());
        let Kind::Map(map) = node.kind else {
            return Err(error("`@schema` takes a map", &span).into());
        };
        let unknown = map.iter().filter(|(key, _)| !KEYS.contains(&key.as_str()));
        let wrong: Vec<Diagnostic> = unknown
            .map(|(key, entry)| {
                let diagnostic = error(format!("`@schema` has no `{key}`"), &entry.key);
                match nearest(key, KEYS) {
                    _ if key == "default" => diagnostic.help("the key's own value is its default"),
                    Some(near) => diagnostic.help(format!("did you mean `{near}`")),
                    None => diagnostic.help(format!("known here: {}", KEYS.join(", "))),
                }
            })
            .collect();
        if wrong.is_empty() { Ok(Annotation { map, span }) } else { Err(Diagnostics(wrong)) }
    }

    /// Where it stands.
    pub(super) fn span(&self) -> &Span {
        &self.span
    }

    /// The type that it names, still without limits.
    pub(super) fn ty(&self) -> Result<Option<Type>> {
        let of = self.map.get("of").map(|entry| &entry.value);
        let Some(entry) = self.map.get("type") else {
            return match of {
                Some(of) => Err(error("`of` goes with `type: map` or `type: list`", &of.span).into()),
                None => Ok(None),
            };
        };
        let outer = entry.value.as_str();
        match (outer, of) {
            (Some("map"), Some(of)) => Ok(Some(Type::Map(Box::new(Schema::new(inner(of)?))))),
            (Some("list"), Some(of)) => Ok(Some(Type::List(Box::new(Schema::new(inner(of)?))))),
            (Some("map" | "list"), None) => {
                Err(error(format!("`type: {}` needs `of`", entry.value.span.text()), &entry.value.span)
                    .into())
            }
            (_, Some(of)) => Err(error("`of` goes with `type: map` or `type: list`", &of.span).into()),
            (_, None) => Ok(Some(named(&entry.value)?)),
        }
    }

    /// The type with the limits that the annotation sets; a list or free map has them for what it holds.
    pub(super) fn limit(&self, ty: Type) -> Result<Type> {
        let limits: &[&str] = match innermost(&ty) {
            Type::String { .. } => &["enum", "pattern", "patternHelp"],
            Type::Integer { .. } => &["minimum", "maximum"],
            _ => &[],
        };
        for key in ["enum", "pattern", "patternHelp", "minimum", "maximum"] {
            if let Some(entry) = self.map.get(key).filter(|_| !limits.contains(&key)) {
                let message = format!("`{key}` cannot limit {}", innermost(&ty).describe());
                return Err(error(message, &entry.key).into());
            }
        }
        Ok(match ty {
            Type::String { pattern, values } => {
                let (pattern, values) = (self.pattern()?.or(pattern), self.values()?.unwrap_or(values));
                Type::String { pattern, values }
            }
            Type::Integer { minimum, maximum } => {
                let minimum = self.number("minimum")?.or(minimum);
                let maximum = self.number("maximum")?.or(maximum);
                if minimum.zip(maximum).is_some_and(|(least, most)| least > most) {
                    return Err(error("`minimum` is above `maximum`", &self.span).into());
                }
                Type::Integer { minimum, maximum }
            }
            Type::List(of) => Type::List(Box::new(Schema { ty: self.limit(of.ty.clone())?, ..*of })),
            Type::Map(of) => Type::Map(Box::new(Schema { ty: self.limit(of.ty.clone())?, ..*of })),
            other => other,
        })
    }

    /// The generator of the secret.
    pub(super) fn secret(&self) -> Result<Option<String>> {
        self.text("secret").map(|text| text.map(str::to_string))
    }

    /// The values that must be set with it.
    pub(super) fn with(&self) -> Result<Option<Node>> {
        match self.map.get("with") {
            Some(entry) if entry.value.as_map().is_none() => {
                Err(error("`with` takes a map of values", &entry.value.span).into())
            }
            other => Ok(other.map(|entry| entry.value.clone())),
        }
    }

    fn pattern(&self) -> Result<Option<Pattern>> {
        let help = self.text("patternHelp")?;
        let Some(text) = self.text("pattern")? else {
            return match self.map.get("patternHelp") {
                Some(entry) => Err(error("`patternHelp` needs a `pattern`", &entry.key).into()),
                None => Ok(None),
            };
        };
        let place = &self.map["pattern"].value.span;
        let pattern = Pattern::new(text, help.unwrap_or_default());
        let unusable = |why| error(format!("this pattern cannot be used: {why}"), place).into();
        pattern.map(Some).map_err(unusable)
    }

    fn values(&self) -> Result<Option<Vec<String>>> {
        let Some(entry) = self.map.get("enum") else { return Ok(None) };
        let items = entry.value.as_list().filter(|items| !items.is_empty());
        let Some(items) = items else {
            return Err(error("`enum` takes a list of strings", &entry.value.span).into());
        };
        let mut values: Vec<String> = Vec::new();
        for item in items {
            let Some(text) = item.as_str() else {
                let message = format!("`enum` takes strings, not {}", item.describe());
                return Err(error(message, &item.span).help("quote it").into());
            };
            if values.iter().any(|value| value == text) {
                return Err(error(format!("`enum` has {text:?} twice"), &item.span).into());
            }
            values.push(text.to_string());
        }
        Ok(Some(values))
    }

    fn number(&self, key: &str) -> Result<Option<i64>> {
        match self.map.get(key).map(|entry| &entry.value) {
            None => Ok(None),
            Some(node) => node.as_int().map(Some).ok_or_else(|| {
                error(format!("`{key}` takes an integer, not {}", node.describe()), &node.span).into()
            }),
        }
    }

    fn text(&self, key: &str) -> Result<Option<&str>> {
        match self.map.get(key).map(|entry| &entry.value) {
            None => Ok(None),
            Some(node) => node.as_str().map(Some).ok_or_else(|| {
                error(format!("`{key}` takes a string, not {}", node.describe()), &node.span).into()
            }),
        }
    }
}

/// A type given by name.
fn named(node: &Node) -> Result<Type> {
    let unknown = |name: &str| {
        let word = name.trim_start_matches("[]").trim_start_matches("map[").trim_end_matches(']');
        let diagnostic = error(format!("`{name}` is not a type"), &node.span);
        match nearest(word, TYPES.into_iter().chain(kubernetes::names())) {
            Some(near) if near != word => diagnostic.help(format!("did you mean `{near}`")),
            _ => diagnostic.help(format!(
                "types are {}, []T, map[T] and Kubernetes types such as ResourceRequirements",
                TYPES.join(", ")
            )),
        }
    };
    let name = node.as_str().ok_or_else(|| error("a type is a word", &node.span))?;
    let ty = Type::parse(name).ok_or_else(|| unknown(name))?;
    match innermost(&ty) {
        Type::Kubernetes(inner) if kubernetes::find(inner).is_none() => Err(unknown(name).into()),
        _ => Ok(ty),
    }
}

/// What a map or a list holds: a type by name, or the keys of a closed map, `{port: integer!, name: string}`, where
/// `!` says that a key is required.
fn inner(node: &Node) -> Result<Type> {
    let Some(map) = node.as_map() else { return named(node) };
    let mut members = IndexMap::new();
    for (key, entry) in map {
        let mut node = entry.value.clone();
        let mut required = false;
        if let Kind::String(text) = &mut node.kind {
            required = text.ends_with('!');
            text.truncate(text.trim_end_matches('!').len());
        }
        let ty = inner(&node)?;
        members.insert(key.clone(), Schema { required, span: Some(entry.key.clone()), ..Schema::new(ty) });
    }
    Ok(Type::Object(members))
}

/// What is left of a type without the lists and free maps around it.
fn innermost(ty: &Type) -> &Type {
    match ty {
        Type::List(of) | Type::Map(of) => innermost(&of.ty),
        other => other,
    }
}

fn rehome(node: &mut Node, home: &impl Fn(&mut Span)) {
    home(&mut node.span);
    match &mut node.kind {
        Kind::List(items) => items.iter_mut().for_each(|item| rehome(item, home)),
        Kind::Map(map) => map.values_mut().for_each(|entry| {
            home(&mut entry.key);
            rehome(&mut entry.value, home);
        }),
        _ => {}
    }
}

fn error(message: impl Into<String>, span: &Span) -> Diagnostic {
    Diagnostic::error("annotation", message).at(span.clone())
}
