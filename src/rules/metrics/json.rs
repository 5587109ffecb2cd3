//! JSON with places, for dashboards inside manifests: the YAML reader refuses some of what JSON allows (tabs, pairs of
//! surrogates), and serde_json keeps no places.

use crate::diagnostics::{Source, Span};
use crate::yaml::{Entry, Kind, Map, Node};
use serde::de::IgnoredAny;
use std::ops::Range;
use std::sync::Arc;

/// Deeper than any dashboard, and far from the end of the stack.
const DEPTH: usize = 100;

/// Reads JSON; nothing for what is none or too deep.
pub(super) fn read(text: &str) -> Option<Node> {
    serde_json::from_str::<IgnoredAny>(text).ok()?;
    let source = Source::new("JSON", text);
    Reader { source: &source, at: 0 }.value(DEPTH)
}

/// Reads what serde_json has found well-formed.
struct Reader<'a> {
    source: &'a Arc<Source>,
    at: usize,
}

impl Reader<'_> {
    fn next(&mut self) -> Option<u8> {
        let bytes = self.source.text.as_bytes();
        while bytes.get(self.at).is_some_and(u8::is_ascii_whitespace) {
            self.at += 1;
        }
        bytes.get(self.at).copied()
    }

    fn value(&mut self, depth: usize) -> Option<Node> {
        let depth = depth.checked_sub(1)?;
        let first = self.next()?;
        let start = self.at;
        let kind = match first {
            b'{' => Kind::Map(self.map(depth)?),
            b'[' => Kind::List(self.list(depth)?),
            b'"' => Kind::String(self.string()?.0),
            _ => self.word(),
        };
        Some(Node::new(kind, Span::new(self.source, start..self.at)))
    }

    fn map(&mut self, depth: usize) -> Option<Map> {
        let mut map = Map::new();
        self.at += 1;
        loop {
            match self.next()? {
                b'"' => {
                    let (name, range) = self.string()?;
                    self.next()?;
                    self.at += 1;
                    let value = self.value(depth)?;
                    map.insert(name, Entry { key: Span::new(self.source, range), value });
                }
                end => {
                    self.at += 1;
                    if end == b'}' {
                        return Some(map);
                    }
                }
            }
        }
    }

    fn list(&mut self, depth: usize) -> Option<Vec<Node>> {
        let mut items = Vec::new();
        self.at += 1;
        loop {
            match self.next()? {
                b']' => {
                    self.at += 1;
                    return Some(items);
                }
                b',' => self.at += 1,
                _ => items.push(self.value(depth)?),
            }
        }
    }

    fn string(&mut self) -> Option<(String, Range<usize>)> {
        let start = self.at;
        let mut escaped = false;
        let content = self.source.text[start + 1..].bytes().position(|byte| {
            let ends = byte == b'"' && !escaped;
            escaped = byte == b'\\' && !escaped;
            ends
        })?;
        self.at = start + content + 2;
        let range = start..self.at;
        // A lone surrogate is well-formed JSON, but no text.
        Some((serde_json::from_str(&self.source.text[range.clone()]).unwrap_or_default(), range))
    }

    fn word(&mut self) -> Kind {
        let rest = &self.source.text[self.at..];
        let end =
            rest.find(|end: char| end.is_ascii_whitespace() || ",]}".contains(end)).unwrap_or(rest.len());
        self.at += end;
        match &rest[..end] {
            "null" => Kind::Null,
            "true" => Kind::Bool(true),
            "false" => Kind::Bool(false),
            number => match number.parse() {
                Ok(whole) => Kind::Int(whole),
                Err(_) => Kind::Float(number.parse().unwrap_or(f64::NAN)),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_serde_json_reads() {
        for text in [
            "{}",
            " [1, -2.5e-3 ,true,\n\tfalse,null , \"a\\\"\\\\\", {\"k\" : [ ] , \"l\":{\"m\":\"\\ud83d\\ude00 ü\"}}] ",
            "\"x\"",
            "12",
        ] {
            let node = read(text).unwrap();
            let expected: serde_json::Value = serde_json::from_str(text).unwrap();
            let round: serde_json::Value =
                serde_json::from_str(&serde_json::to_string(&node).unwrap()).unwrap();
            assert_eq!(round, expected);
        }
    }

    #[test]
    fn places_are_those_of_the_values() {
        let node = read("{\"a\": [ \"ü\", {\"b\": \"c\\\"\"} ]}").unwrap();
        let list = node.get("a").unwrap();
        assert_eq!(list.as_list().unwrap()[1].get("b").unwrap().span.text(), "\"c\\\"\"");
        assert_eq!(list.span.text(), "[ \"ü\", {\"b\": \"c\\\"\"} ]");
        assert_eq!(node.as_map().unwrap()["a"].key.text(), "\"a\"");
    }

    #[test]
    fn refuses_the_rest() {
        assert!(read("{\"a\": }").is_none());
        assert!(read("groups: []").is_none());
        assert!(read(&"[".repeat(100_000)).is_none());
        assert!(read(&format!("{}{}", "[".repeat(5000), "]".repeat(5000))).is_none());
    }

    #[test]
    fn half_a_character_empties_its_string_and_nothing_else() {
        let node = read("[\"\\ud800\", \"a\"]").unwrap();
        let texts: Vec<_> = node.as_list().unwrap().iter().map(Node::as_str).collect();
        assert_eq!(texts, [Some(""), Some("a")]);
    }
}
