//! Diagnostics as SARIF 2.1.0, the format of code scanning.

use super::place::{self, Place};
use super::{Diagnostic, Label, Severity};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fmt::Write;

/// A log of one run, indented, with its final newline.
///
/// `rules` are codes with their descriptions; one that did not occur is left out. Standard input is the file `stdin`.
/// GitHub refuses a whole log for one result without a place, and asks for a description of every rule: a diagnostic
/// without a place is filed under `elsakube`, and a code without a description is described by its name.
pub fn render(diagnostics: &[Diagnostic], rules: &[(&str, &str)]) -> String {
    // Sorted, for the index of a rule must not depend on which one is found first.
    let codes: BTreeSet<&str> = diagnostics.iter().map(|diagnostic| diagnostic.code.as_str()).collect();
    let codes: Vec<&str> = codes.into_iter().collect();
    let descriptors: Vec<Value> = codes.iter().map(|code| descriptor(code, rules)).collect();
    let results: Vec<Value> = diagnostics.iter().map(|diagnostic| result(diagnostic, &codes)).collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {
                "driver": {
                    "name": "elsakube",
                    "version": env!("CARGO_PKG_VERSION"),
                    "rules": descriptors,
                },
            },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

fn descriptor(code: &str, rules: &[(&str, &str)]) -> Value {
    let described = rules.iter().find(|(described, text)| *described == code && !text.is_empty());
    let description = described.map_or(code, |(_, text)| text);
    let first = description.split_inclusive(". ").next().unwrap_or_default().trim_end();
    json!({
        "id": code,
        "shortDescription": { "text": first },
        "fullDescription": { "text": description },
        "help": { "text": description },
    })
}

fn result(diagnostic: &Diagnostic, codes: &[&str]) -> Value {
    let level = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let (first, others) = place::labels(diagnostic);
    let mut result = json!({
        "ruleId": diagnostic.code,
        "ruleIndex": codes.binary_search(&diagnostic.code.as_str()).ok(),
        "level": level,
        "message": { "text": message(diagnostic, others) },
        "locations": [first.map_or_else(nowhere, location)],
    });
    if !others.is_empty() {
        let related = others.iter().zip(1..).map(|(label, id)| {
            let mut related = location(label);
            related["id"] = json!(id);
            related["message"] = json!({ "text": words(label) });
            related
        });
        result["relatedLocations"] = related.collect();
    }
    result["partialFingerprints"] = json!({ "finding/v1": fingerprint(diagnostic, first) });
    result
}

/// The message with its help and a link to each related location: GitHub shows those that are linked.
fn message(diagnostic: &Diagnostic, others: &[Label]) -> String {
    let mut message = place::message(diagnostic);
    for (label, id) in others.iter().zip(1..) {
        let text = words(label).replace('\\', r"\\").replace('[', r"\[").replace(']', r"\]");
        let _ = write!(message, "\n[{text}]({id})");
    }
    message
}

/// What stands beside a related location, which must have a message.
fn words(label: &Label) -> &str {
    if label.text.is_empty() { "also here" } else { &label.text }
}

fn location(label: &Label) -> Value {
    let Place { start, end } = Place::of(&label.span);
    let mut location = json!({
        "physicalLocation": {
            "artifactLocation": { "uri": uri(&place::path(&label.span.source)) },
            "region": {
                "startLine": start.line,
                "startColumn": start.column,
                "endLine": end.line,
                "endColumn": end.column,
            },
        },
    });
    if !label.text.is_empty() {
        location["message"] = json!({ "text": label.text });
    }
    location
}

fn nowhere() -> Value {
    json!({ "physicalLocation": { "artifactLocation": { "uri": uri("") }, "region": { "startLine": 1 } } })
}

/// A path as a URI: relative as it is, absolute as a `file:` URI. A colon is encoded, or what stands before it would
/// be a scheme.
fn uri(path: &str) -> String {
    let mut uri = match path {
        "" => return "elsakube".to_string(),
        _ if path.starts_with('/') => "file://".to_string(),
        _ if std::path::Path::new(path).is_absolute() => "file:///".to_string(),
        _ => String::new(),
    };
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

/// The same for a finding that only moved to another line. The text that it points at stays out: it can be a secret,
/// and a hash of a short one can be guessed.
fn fingerprint(diagnostic: &Diagnostic, first: Option<&Label>) -> String {
    let file = first.map(|label| place::path(&label.span.source)).unwrap_or_default();
    let identity = [&*diagnostic.code, &*file, &*diagnostic.message].join("\0");
    Sha256::digest(identity).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests;
