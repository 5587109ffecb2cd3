//! values.yaml of a chart, and of `elsakube values`: every key with its description, in the order in which the
//! annotated source declares them. Annotations are left out: they are for elsakube.

use crate::values::schema::{Schema, Type};
use crate::yaml::{Node, writer};
use std::fmt::Write;

/// Columns in which descriptions are set.
const WIDTH: usize = 110;

/// The values, each below its description.
pub fn text(schema: &Schema, values: &Node) -> String {
    let mut text = String::new();
    members(&mut text, schema, values, 0);
    text
}

fn members(text: &mut String, schema: &Schema, values: &Node, depth: usize) {
    let Type::Object(members) = &schema.ty else { return };
    let mut section = None;
    for (key, member) in members {
        let Some(value) = values.get(key) else { continue };
        if depth == 0 {
            if !text.is_empty() {
                text.push('\n');
            }
            if member.section.is_some() && member.section != section {
                section.clone_from(&member.section);
                let _ = write!(text, "# == {} ==\n\n", section.as_deref().unwrap_or_default());
            }
        }
        self::member(text, key, member, value, depth);
    }
    // What has no type of ours: `global`, and `enabled` of an umbrella chart.
    for (key, entry) in values.as_map().into_iter().flatten().filter(|(key, _)| !members.contains_key(*key)) {
        text.push('\n');
        indented(text, &entry_text(key, &entry.value), depth);
    }
}

fn member(text: &mut String, key: &str, schema: &Schema, value: &Node, depth: usize) {
    let indent = " ".repeat(depth);
    if !schema.description.is_empty() {
        for (index, line) in wrap(&schema.description, WIDTH - depth).iter().enumerate() {
            let _ = writeln!(text, "{indent}# {}{line}", if index == 0 { "-- " } else { "" });
        }
    }
    if matches!(schema.ty, Type::Object(_)) && value.as_map().is_some() {
        let _ = writeln!(text, "{indent}{key}:");
        members(text, schema, value, depth + 2);
    } else {
        indented(text, &entry_text(key, value), depth);
    }
}

/// `key: value` as YAML.
fn entry_text(key: &str, value: &Node) -> String {
    let entry = crate::yaml::Entry { key: value.span.clone(), value: value.clone() };
    let map = [(key.to_string(), entry)].into_iter().collect();
    writer::block(&Node::new(crate::yaml::Kind::Map(map), value.span.clone()))
}

fn indented(text: &mut String, lines: &str, depth: usize) {
    let indent = " ".repeat(depth);
    for line in lines.lines() {
        let _ = writeln!(text, "{}{line}", if line.is_empty() { "" } else { &indent });
    }
}

/// Lines of at most that many characters, broken at blanks.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width - 5 => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_string()),
        }
    }
    lines
}
