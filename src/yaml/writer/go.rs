//! Text as Go writes it, byte for byte, for what templates print or hash.

use super::text::is_printable;
use serde_json::{Number, Value};
use std::fmt::Write;

/// Go's `encoding/json`, and so Helm's `toJson`: keys sorted, no blanks, `<`, `>` and `&` escaped.
pub fn to_json(value: &Value) -> String {
    let mut out = String::new();
    write_value(value, &mut out);
    out
}

/// Go's `%q`, and so Helm's `quote` of a string.
pub fn go_quote(text: &str) -> String {
    let mut out = String::new();
    in_quotes(&mut out, text, |out, character| match character {
        '\u{7}' => out.push_str("\\a"),
        '\u{8}' => out.push_str("\\b"),
        '\u{c}' => out.push_str("\\f"),
        '\u{b}' => out.push_str("\\v"),
        '\0'..='\u{1f}' | '\u{7f}' => escape(out, 'x', 2, character),
        _ => printable(out, character),
    });
    out
}

/// Double quotes around a text, with the escapes that Go, JSON and YAML share; `other` writes all other characters.
pub(super) fn in_quotes(out: &mut String, text: &str, other: impl Fn(&mut String, char)) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            _ => other(out, character),
        }
    }
    out.push('"');
}

/// A character as it is if it can be seen, else its number.
pub(super) fn printable(out: &mut String, character: char) {
    match character {
        _ if is_printable(character) => out.push(character),
        '\0'..='\u{ffff}' => escape(out, 'u', 4, character),
        _ => escape(out, 'U', 8, character),
    }
}

/// A backslash, a letter and so many hexadecimal digits.
fn escape(out: &mut String, letter: char, digits: usize, character: char) {
    // Writing to a string cannot fail.
    let _ = write!(out, "\\{letter}{:0digits$x}", u32::from(character));
}

fn write_value(value: &Value, out: &mut String) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Value::Number(number) => out.push_str(&number_text(number)),
        Value::String(text) => write_string(text, out),
        Value::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write_value(item, out);
            }
            out.push(']');
        }
        Value::Object(members) => {
            let mut sorted: Vec<_> = members.iter().collect();
            sorted.sort_by_key(|(key, _)| *key);
            out.push('{');
            for (index, (key, member)) in sorted.into_iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write_string(key, out);
                out.push(':');
                write_value(member, out);
            }
            out.push('}');
        }
    }
}

/// Digits in full between 1e-6 and 1e21, an exponent of no more digits than it needs beyond.
pub(super) fn number_text(number: &Number) -> String {
    let Some(value) = number.as_f64().filter(|_| number.is_f64()) else { return number.to_string() };
    if value == 0.0 || (1e-6..1e21).contains(&value.abs()) {
        return value.to_string();
    }
    let text = format!("{value:e}");
    match text.split_once('e') {
        Some((mantissa, exponent)) if !exponent.starts_with('-') => format!("{mantissa}e+{exponent}"),
        _ => text,
    }
}

fn write_string(text: &str, out: &mut String) {
    in_quotes(out, text, |out, character| match character {
        '\u{8}' => out.push_str("\\b"),
        '\u{c}' => out.push_str("\\f"),
        '\0'..='\u{1f}' | '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => escape(out, 'u', 4, character),
        _ => out.push(character),
    });
}
