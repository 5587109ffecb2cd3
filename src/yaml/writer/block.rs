//! Block style YAML, for templates and for people.

use super::{go, text};
use crate::yaml::{Kind, Node};
use serde_json::{Number, Value};

/// Helm's `toYaml`: sorted keys, lists level with their key, no final newline. The same objects as Helm's, not the
/// same bytes: strings that a reader could mistake are double-quoted here, and none is a block.
pub fn to_yaml(value: &Value) -> String {
    let mut out = String::new();
    Writer { lists: "", blocks: false }.item(&Item::sorted(value), "", &mut out);
    out.truncate(out.trim_end_matches('\n').len());
    out
}

/// A node in its written order, as a person would write it, with a final newline.
pub fn block(node: &Node) -> String {
    let mut out = String::new();
    Writer { lists: "  ", blocks: true }.item(&Item::written(node), "", &mut out);
    out
}

/// What both kinds of trees come down to.
enum Item<'a> {
    /// Ready to be written.
    Plain(String),
    Text(&'a str),
    List(Vec<Item<'a>>),
    Map(Vec<(&'a str, Item<'a>)>),
}

impl<'a> Item<'a> {
    fn sorted(value: &'a Value) -> Self {
        match value {
            Value::String(text) => Item::Text(text),
            Value::Array(items) => Item::List(items.iter().map(Item::sorted).collect()),
            Value::Object(members) => {
                let mut sorted: Vec<_> =
                    members.iter().map(|(key, member)| (key.as_str(), Item::sorted(member))).collect();
                sorted.sort_by_key(|(key, _)| *key);
                Item::Map(sorted)
            }
            Value::Number(number) => Item::number(number),
            Value::Null | Value::Bool(_) => Item::Plain(value.to_string()),
        }
    }

    fn written(node: &'a Node) -> Self {
        match &node.kind {
            Kind::Null => Item::Plain("null".to_owned()),
            Kind::Bool(value) => Item::Plain(value.to_string()),
            Kind::Int(value) => Item::Plain(value.to_string()),
            Kind::Float(value) => Number::from_f64(*value)
                .map_or_else(|| Item::Plain(".nan".to_owned()), |number| Item::number(&number)),
            Kind::String(text) => Item::Text(text),
            Kind::List(items) => Item::List(items.iter().map(Item::written).collect()),
            Kind::Map(map) => Item::Map(
                map.iter().map(|(key, entry)| (key.as_str(), Item::written(&entry.value))).collect(),
            ),
        }
    }

    /// YAML 1.1 wants a point in a number with an exponent.
    fn number(number: &Number) -> Self {
        let text = go::number_text(number);
        Item::Plain(match text.split_once('e') {
            Some((mantissa, exponent)) if !mantissa.contains('.') => format!("{mantissa}.0e{exponent}"),
            _ => text,
        })
    }
}

/// Two styles of the same thing.
struct Writer {
    /// How far a list stands in from its key.
    lists: &'static str,
    /// Whether text of several lines may become a block.
    blocks: bool,
}

impl Writer {
    /// Writes an item whose first line is begun already, and whose further ones start with `pad`.
    fn item(&self, item: &Item, pad: &str, out: &mut String) {
        match item {
            Item::Map(members) if !members.is_empty() => {
                for (index, (key, member)) in members.iter().enumerate() {
                    if index > 0 {
                        out.push_str(pad);
                    }
                    self.key(key, pad, out);
                    self.member(member, pad, out);
                }
            }
            Item::List(items) if !items.is_empty() => {
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        out.push_str(pad);
                    }
                    out.push_str("- ");
                    self.item(item, &format!("{pad}  "), out);
                }
            }
            Item::Map(_) => out.push_str("{}\n"),
            Item::List(_) => out.push_str("[]\n"),
            Item::Plain(text) => {
                out.push_str(text);
                out.push('\n');
            }
            Item::Text(text) => self.text(text, pad, out),
        }
    }

    fn key(&self, key: &str, pad: &str, out: &mut String) {
        // Readers look for a key's colon on its line, and no further than 1,024 characters.
        const LONGEST: usize = 512;
        let key = text::inline(key);
        if key.len() > LONGEST {
            out.push_str("? ");
            out.push_str(&key);
            out.push('\n');
            out.push_str(pad);
        } else {
            out.push_str(&key);
        }
        out.push(':');
    }

    fn member(&self, member: &Item, pad: &str, out: &mut String) {
        let inner = match member {
            Item::Map(members) if !members.is_empty() => format!("{pad}  "),
            Item::List(items) if !items.is_empty() => format!("{pad}{}", self.lists),
            _ => {
                out.push(' ');
                return self.item(member, &format!("{pad}  "), out);
            }
        };
        out.push('\n');
        out.push_str(&inner);
        self.item(member, &inner, out);
    }

    fn text(&self, text: &str, pad: &str, out: &mut String) {
        let lines = if self.blocks { text::block_lines(text) } else { None };
        let Some((lines, ends)) = lines else {
            out.push_str(&text::inline(text));
            out.push('\n');
            return;
        };
        // At the top of a document a block needs an indent of its own.
        let pad = if pad.is_empty() { "  " } else { pad };
        out.push_str(if ends { "|\n" } else { "|-\n" });
        for line in lines {
            if !line.is_empty() {
                out.push_str(pad);
            }
            out.push_str(line);
            out.push('\n');
        }
    }
}
