//! A YAML value that knows where it was written.

use crate::diagnostics::Span;
use indexmap::IndexMap;
use serde::ser::{Serialize, Serializer};

/// Members of a map, in the order in which they were written.
pub type Map = IndexMap<String, Entry>;

/// A value and its place.
#[derive(Clone, Debug)]
pub struct Node {
    /// The value itself.
    pub kind: Kind,
    /// Where the value stands; for a block map or list, its first key or item.
    pub span: Span,
    /// What was written, where a plain scalar became something else than a string: `yes`, `0x1F`, `1.10`, `~`.
    pub plain: Option<Box<str>>,
}

/// What a node holds.
#[derive(Clone, Debug)]
pub enum Kind {
    /// `null`, `~` or nothing.
    Null,
    /// Also `yes`, `on` and the like.
    Bool(bool),
    /// A number without a fraction.
    Int(i64),
    /// Any other number.
    Float(f64),
    /// Text.
    String(String),
    /// Items in order.
    List(Vec<Node>),
    /// Members in order.
    Map(Map),
}

/// A member of a map: its value and where its key stands.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The key's place.
    pub key: Span,
    /// The value.
    pub value: Node,
}

impl Node {
    /// A node that nobody wrote as a plain scalar.
    pub fn new(kind: Kind, span: Span) -> Self {
        Node { kind, span, plain: None }
    }

    /// The members, if this is a map.
    pub fn as_map(&self) -> Option<&Map> {
        match &self.kind {
            Kind::Map(map) => Some(map),
            _ => None,
        }
    }

    /// The items, if this is a list.
    pub fn as_list(&self) -> Option<&[Node]> {
        match &self.kind {
            Kind::List(list) => Some(list),
            _ => None,
        }
    }

    /// The text, if this is a string.
    pub fn as_str(&self) -> Option<&str> {
        match &self.kind {
            Kind::String(text) => Some(text),
            _ => None,
        }
    }

    /// The boolean, if this is one.
    pub fn as_bool(&self) -> Option<bool> {
        match self.kind {
            Kind::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// The whole number, if this is one.
    pub fn as_int(&self) -> Option<i64> {
        match self.kind {
            Kind::Int(value) => Some(value),
            _ => None,
        }
    }

    /// True for null.
    pub fn is_null(&self) -> bool {
        matches!(self.kind, Kind::Null)
    }

    /// A member of a map; nothing for other kinds.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.as_map()?.get(key).map(|entry| &entry.value)
    }

    /// What kind of value this is, as a message says it: "a string", "a number", …
    pub fn describe(&self) -> &'static str {
        match self.kind {
            Kind::Null => "null",
            Kind::Bool(_) => "a boolean",
            Kind::Int(_) | Kind::Float(_) => "a number",
            Kind::String(_) => "a string",
            Kind::List(_) => "a list",
            Kind::Map(_) => "a map",
        }
    }
}

/// Equal values, wherever they were written. Maps are equal whatever the order of their members.
impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        match (&self.kind, &other.kind) {
            (Kind::Null, Kind::Null) => true,
            (Kind::Bool(a), Kind::Bool(b)) => a == b,
            (Kind::Int(a), Kind::Int(b)) => a == b,
            (Kind::Float(a), Kind::Float(b)) => a == b,
            (Kind::String(a), Kind::String(b)) => a == b,
            (Kind::List(a), Kind::List(b)) => a == b,
            (Kind::Map(a), Kind::Map(b)) => {
                a.len() == b.len()
                    && a.iter().all(|(key, entry)| b.get(key).is_some_and(|other| entry.value == other.value))
            }
            _ => false,
        }
    }
}

/// Maps serialise with their keys sorted, as Go ranges over them: templates must not see the written order.
impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.kind {
            Kind::Null => serializer.serialize_unit(),
            Kind::Bool(value) => serializer.serialize_bool(*value),
            Kind::Int(value) => serializer.serialize_i64(*value),
            Kind::Float(value) => serializer.serialize_f64(*value),
            Kind::String(text) => serializer.serialize_str(text),
            Kind::List(list) => serializer.collect_seq(list),
            Kind::Map(map) => {
                let mut sorted: Vec<_> = map.iter().map(|(key, entry)| (key, &entry.value)).collect();
                sorted.sort_by_key(|(key, _)| *key);
                serializer.collect_map(sorted)
            }
        }
    }
}
