//! What the tests of the translator share: templates from folders, the types of made-up catalogues, readable findings.

use elsakube::assets::Templates;
use elsakube::diagnostics::{Diagnostic, Source};
use elsakube::values::annotated::{self, Annotated};
use elsakube::values::schema::{Schema, Type};
use std::path::Path;

/// Templates from pairs of a path and a text.
pub(crate) fn templates<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Templates {
    let mut files: Vec<_> =
        files.into_iter().map(|(path, text)| (path.to_string(), Source::new(path, text))).collect();
    files.sort_by(|a, b| a.0.cmp(&b.0));
    Templates { files: files.into_iter().collect(), values: Vec::new() }
}

/// The files of a folder and of those below it: path inside it → text.
pub(crate) fn folder(dir: &Path) -> Vec<(String, String)> {
    let mut files = Vec::new();
    for entry in walkdir::WalkDir::new(dir).sort_by_file_name() {
        let entry = entry.unwrap();
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(dir).unwrap().to_str().unwrap().to_string();
            files.push((path, std::fs::read_to_string(entry.path()).unwrap()));
        }
    }
    files
}

/// Annotated values.
pub(crate) fn values(text: &str) -> Annotated {
    annotated::read(&[Source::new("values.yaml", text)])
        .unwrap_or_else(|mistakes| panic!("{}", listed(&mistakes.0)))
}

/// The type of a catalogue that holds this.
pub(crate) fn catalogue(value: &serde_json::Value) -> Schema {
    use serde_json::Value;
    Schema::new(match value {
        Value::Object(members) => {
            Type::Object(members.iter().map(|(key, value)| (key.clone(), catalogue(value))).collect())
        }
        Value::Array(items) => {
            Type::List(Box::new(items.first().map_or(Schema::new(Type::STRING), catalogue)))
        }
        Value::Bool(_) => Type::Bool,
        Value::Number(number) if number.is_f64() => Type::Number,
        Value::Number(_) => Type::INTEGER,
        _ => Type::STRING,
    })
}

/// `code file:line:column message (help)`, a line each.
pub(crate) fn listed(mistakes: &[Diagnostic]) -> String {
    let line = |mistake: &Diagnostic| {
        let place = mistake.labels.first().map(|label| label.span.to_string()).unwrap_or_default();
        let help = mistake.help.as_deref().unwrap_or_default();
        format!("{} {place} {} ({help})\n", mistake.code, mistake.message)
    };
    mistakes.iter().map(line).collect()
}
