//! The list as text and as JSON.

use super::{Inventory, Key, Reader, Secret, Way};
use serde_json::{Value, json};
use std::fmt::Write;

/// A line for each reader of each key: Secret, key, generator, reader, and in brackets what else there is to know.
pub fn text(inventory: &Inventory) -> String {
    let mut rows: Vec<[String; 4]> = Vec::new();
    for secret in &inventory.secrets {
        for key in &secret.keys {
            let generator = key.generator.as_ref().map_or("-", |generator| generator.name());
            for reader in &key.readers {
                rows.push(row(secret, &key.name, generator, reader, key.optional));
            }
        }
        rows.extend(secret.whole.iter().map(|reader| row(secret, "*", "-", reader, false)));
    }
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or_default();
    let widths = [width(0), width(1), width(2)];
    let mut text = String::new();
    for [secret, key, generator, reader] in &rows {
        let [first, second, third] = widths;
        let _ = writeln!(text, "{secret:<first$}  {key:<second$}  {generator:<third$}  {reader}");
    }
    text
}

fn row(secret: &Secret, key: &str, generator: &str, reader: &Reader, optional: bool) -> [String; 4] {
    let mut shown = reader.to_string();
    if reader.test {
        shown.push_str(" (helm test)");
    }
    if optional {
        shown.push_str(" (optional)");
    }
    if let Some(maker) = &secret.maker {
        let who = maker.operator.unwrap_or("this output");
        let _ = write!(shown, " (made by {who}: {})", maker.object);
    }
    [secret.name.clone(), key.to_string(), generator.to_string(), shown]
}

/// The same as one JSON object.
pub fn json(inventory: &Inventory) -> String {
    let secrets: Vec<Value> = inventory.secrets.iter().map(secret).collect();
    let list = json!({"namespace": inventory.namespace, "secrets": secrets});
    serde_json::to_string_pretty(&list).unwrap_or_default() + "\n"
}

fn secret(secret: &Secret) -> Value {
    json!({
        "name": secret.name,
        "madeBy": secret.maker.as_ref().map(|maker| &maker.object),
        "operator": secret.maker.as_ref().and_then(|maker| maker.operator),
        "keys": secret.keys.iter().map(key).collect::<Vec<_>>(),
        "readAsWholeBy": secret.whole.iter().map(reader).collect::<Vec<_>>(),
    })
}

fn key(key: &Key) -> Value {
    json!({
        "name": key.name,
        "value": key.value,
        "generator": key.generator.as_ref().map(|generator| generator.name()),
        "optional": key.optional,
        "readers": key.readers.iter().map(reader).collect::<Vec<_>>(),
    })
}

fn reader(reader: &Reader) -> Value {
    let (way, name) = match &reader.way {
        Way::Variable(name) => ("variable", name.as_str()),
        Way::Variables(prefix) => ("variables", prefix.as_str()),
        Way::File(path) => ("file", path.as_str()),
        Way::Volume(name) => ("volume", name.as_str()),
        Way::Pull => ("imagePullSecrets", ""),
        Way::Field(path) => ("field", path.as_str()),
        Way::Login => ("login", ""),
    };
    let mut shown = json!({"object": reader.object, "by": way, "helmTest": reader.test});
    if let Some(container) = &reader.container {
        shown["container"] = json!(container);
    }
    if !name.is_empty() {
        shown["at"] = json!(name);
    }
    shown
}
