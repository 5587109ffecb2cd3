//! What a value may be and what it is for: the one description behind the validator, the JSON schema, the README
//! table, `explain` and the translator's types.

mod pattern;

pub use pattern::Pattern;

use super::kubernetes;
use super::path::{Path, Segment};
use crate::diagnostics::Span;
use crate::yaml::Node;
use indexmap::IndexMap;
use std::fmt;

/// One key: its type, and all that its annotation says.
#[derive(Clone, Debug, PartialEq)]
pub struct Schema {
    /// What it may hold.
    pub ty: Type,
    /// What it is for; a sentence or more, in Markdown. Empty inside Kubernetes types.
    pub description: String,
    /// What it holds when nobody sets it.
    pub default: Option<Node>,
    /// Where its key is declared.
    pub span: Option<Span>,
    /// Whether a map without it is a mistake. Always so for our own keys, because defaults fill them.
    pub required: bool,
    /// True for the values as a whole: Helm adds `global`, and umbrella charts switch us with `enabled`.
    pub root: bool,
    /// The title of the README section that it is listed in; set on top-level keys only.
    pub section: Option<String>,
    /// The generator of the raw secret whose name this is.
    pub secret: Option<String>,
    /// Other values that must be set before this one changes anything: what a test sets along with it.
    pub with: Option<Node>,
}

/// What a value may hold.
#[derive(Clone, Debug, PartialEq)]
pub enum Type {
    /// Text.
    String {
        /// What it must look like.
        pattern: Option<Pattern>,
        /// All that it may be; empty for no limit.
        values: Vec<String>,
    },
    /// `true` or `false`.
    Bool,
    /// A number without a fraction.
    Integer {
        /// The least that it may be.
        minimum: Option<i64>,
        /// The most that it may be.
        maximum: Option<i64>,
    },
    /// Any number.
    Number,
    /// A Kubernetes quantity: `500m`, `1Gi`, or a number.
    Quantity,
    /// A whole number or text, such as a port or a percentage.
    IntOrString,
    /// Items of one type.
    List(Box<Schema>),
    /// Free keys, members of one type.
    Map(Box<Schema>),
    /// These keys and no others.
    Object(IndexMap<String, Schema>),
    /// A type of the Kubernetes field tables, by name.
    Kubernetes(String),
    /// Anything but null.
    Any,
}

impl Type {
    /// A string without limits.
    pub const STRING: Type = Type::String { pattern: None, values: Vec::new() };
    /// An integer without limits.
    pub const INTEGER: Type = Type::Integer { minimum: None, maximum: None };

    /// Reads a type as annotations and field tables spell it: `string`, `[]Toleration`, `map[quantity]`. Whether a
    /// capitalised name is a type of the field tables is left to the caller.
    pub fn parse(text: &str) -> Option<Type> {
        let inner = |text: &str| Type::parse(text).map(|ty| Box::new(Schema::new(ty)));
        Some(match text {
            "string" => Type::STRING,
            "boolean" => Type::Bool,
            "integer" => Type::INTEGER,
            "number" => Type::Number,
            "quantity" | "Quantity" => Type::Quantity,
            "intOrString" | "IntOrString" => Type::IntOrString,
            "any" => Type::Any,
            _ => {
                if let Some(of) = text.strip_prefix("[]") {
                    Type::List(inner(of)?)
                } else if let Some(of) = text.strip_prefix("map[").and_then(|rest| rest.strip_suffix(']')) {
                    Type::Map(inner(of)?)
                } else if text.starts_with(|first: char| first.is_ascii_uppercase()) {
                    Type::Kubernetes(text.to_string())
                } else {
                    return None;
                }
            }
        })
    }

    /// The type's kind with its article, as "must be …" goes on.
    pub fn describe(&self) -> String {
        match self {
            Type::String { .. } => "a string".to_string(),
            Type::Bool => "a boolean".to_string(),
            Type::Integer { .. } => "an integer".to_string(),
            Type::Number => "a number".to_string(),
            Type::Quantity => "a quantity".to_string(),
            Type::IntOrString => "an integer or a string".to_string(),
            Type::List(_) => format!("a {self}"),
            Type::Map(_) | Type::Object(_) => "a map".to_string(),
            Type::Kubernetes(name) => format!("a map ({name})"),
            Type::Any => "anything but null".to_string(),
        }
    }
}

/// The type in words: `list of Toleration`, `integer, at least 1`.
impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Type::String { pattern, values } if values.is_empty() => match pattern {
                None => f.write_str("string"),
                Some(pattern) => write!(f, "string, {pattern}"),
            },
            Type::String { values, .. } => write!(f, "string, one of {}", listed(values)),
            Type::Bool => f.write_str("boolean"),
            Type::Integer { minimum, maximum } => match (minimum, maximum) {
                (None, None) => f.write_str("integer"),
                (Some(least), None) => write!(f, "integer, at least {least}"),
                (None, Some(most)) => write!(f, "integer, at most {most}"),
                (Some(least), Some(most)) => write!(f, "integer, {least} to {most}"),
            },
            Type::Number => f.write_str("number"),
            Type::Quantity => f.write_str("quantity"),
            Type::IntOrString => f.write_str("integer or string"),
            Type::List(item) => write!(f, "list of {}", item.ty),
            Type::Map(item) => write!(f, "map of {}", item.ty),
            Type::Object(members) => {
                let names: Vec<&str> = members.keys().map(String::as_str).collect();
                write!(f, "object ({})", names.join(", "))
            }
            Type::Kubernetes(name) => f.write_str(name),
            Type::Any => f.write_str("any"),
        }
    }
}

/// Allowed values as a message lists them.
pub(super) fn listed(values: &[String]) -> String {
    let shown = |value: &String| if value.is_empty() { "\"\"".to_string() } else { value.clone() };
    values.iter().map(shown).collect::<Vec<_>>().join(", ")
}

impl Schema {
    /// A required value of that type, with nothing said about it.
    pub fn new(ty: Type) -> Self {
        Schema {
            ty,
            description: String::new(),
            default: None,
            span: None,
            required: true,
            root: false,
            section: None,
            secret: None,
            with: None,
        }
    }

    /// The keys that a closed map of this type has, whether ours or Kubernetes'.
    pub fn members(&self) -> Option<&IndexMap<String, Schema>> {
        match &self.ty {
            Type::Object(members) => Some(members),
            Type::Kubernetes(name) => kubernetes::find(name)?.members(),
            _ => None,
        }
    }

    /// What a key of this map may hold.
    pub fn member(&self, key: &str) -> Option<&Schema> {
        match &self.ty {
            Type::Map(of) => Some(of),
            _ => self.members()?.get(key),
        }
    }

    /// What a path such as `server.tolerations[0].effect` may hold; the empty path is the schema itself.
    pub fn at(&self, path: &str) -> Option<&Schema> {
        let path = Path::parse(path).ok()?;
        path.0.iter().try_fold(self, |schema, segment| match (segment, &schema.ty) {
            (Segment::Key(key), _) => schema.member(key),
            (Segment::Index(_), Type::List(of)) => Some(&**of),
            (Segment::Index(_), _) => None,
        })
    }

    /// Every key of our own that holds a value and not further keys, in the order of declaration, with its path.
    pub fn leaves(&self) -> Vec<(Path, &Schema)> {
        fn walk<'a>(path: Path, schema: &'a Schema, found: &mut Vec<(Path, &'a Schema)>) {
            match &schema.ty {
                Type::Object(members) => {
                    members.iter().for_each(|(key, schema)| walk(path.key(key), schema, found));
                }
                _ => found.push((path, schema)),
            }
        }
        let mut found = Vec::new();
        walk(Path::default(), self, &mut found);
        found
    }
}
