//! Diagnostics as JSON, for scripts.
//!
//! One array with an object for each diagnostic, in the order in which they were found. The names are stable and
//! every one is always there:
//!
//! | name | value |
//! | --- | --- |
//! | `code` | the stable name of the finding, such as `unknown-key` |
//! | `severity` | `error` or `warning` |
//! | `message` | what is wrong, one sentence without a final stop |
//! | `help` | what to write instead, or null |
//! | `file` | the file to blame, as its name was given (`-`: standard input; `--set` and the like: an argument), or null |
//! | `line`, `column` | where it begins, both from 1, columns in characters; null without a place |
//! | `endLine`, `endColumn` | the character after its last one, or null |
//! | `label` | a few words on that place, or null |
//! | `related` | an array of the other places, each with `file`, `line`, `column`, `endLine`, `endColumn`, `label` |

use super::place::{self, Place};
use super::{Diagnostic, Label, Severity};
use serde_json::{Map, Value, json};

/// The array, indented, with its final newline; `[]` for no diagnostics.
pub fn render(diagnostics: &[Diagnostic]) -> String {
    let found: Vec<Value> = diagnostics.iter().map(|diagnostic| Value::Object(finding(diagnostic))).collect();
    format!("{:#}\n", Value::Array(found))
}

fn finding(diagnostic: &Diagnostic) -> Map<String, Value> {
    let severity = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let (first, others) = place::labels(diagnostic);
    let mut members = Map::new();
    members.insert("code".to_string(), json!(diagnostic.code));
    members.insert("severity".to_string(), json!(severity));
    members.insert("message".to_string(), json!(diagnostic.message));
    members.insert("help".to_string(), json!(diagnostic.help));
    members.extend(located(first));
    let related = others.iter().map(|label| Value::Object(located(Some(label)))).collect();
    members.insert("related".to_string(), Value::Array(related));
    members
}

fn located(label: Option<&Label>) -> Map<String, Value> {
    let place = label.map(|label| Place::of(&label.span));
    let text = label.map(|label| &label.text).filter(|text| !text.is_empty());
    let members = [
        ("file", json!(label.map(|label| &label.span.source.name))),
        ("line", json!(place.map(|place| place.start.line))),
        ("column", json!(place.map(|place| place.start.column))),
        ("endLine", json!(place.map(|place| place.end.line))),
        ("endColumn", json!(place.map(|place| place.end.column))),
        ("label", json!(text)),
    ];
    members.into_iter().map(|(name, value)| (name.to_string(), value)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::{Source, Span};

    #[test]
    fn nothing_found() {
        assert_eq!(render(&[]), "[]\n");
    }

    #[test]
    fn every_name_in_its_order() {
        let source = Source::new("./dir/größe.yaml", "größe: ä\r\nb: 1\r\ngröße: ö\r\n");
        let found = [
            Diagnostic::error("duplicate-key", "`größe` is written twice in one map")
                .label(Span::new(&source, 19..26), "again here")
                .at(Span::new(&source, 0..7))
                .help("keep \"one\"\nof them"),
            Diagnostic::warning("two-bases", "two bases"),
        ];
        let expected = r#"[
  {
    "code": "duplicate-key",
    "severity": "error",
    "message": "`größe` is written twice in one map",
    "help": "keep \"one\"\nof them",
    "file": "./dir/größe.yaml",
    "line": 3,
    "column": 1,
    "endLine": 3,
    "endColumn": 6,
    "label": "again here",
    "related": [
      {
        "file": "./dir/größe.yaml",
        "line": 1,
        "column": 1,
        "endLine": 1,
        "endColumn": 6,
        "label": null
      }
    ]
  },
  {
    "code": "two-bases",
    "severity": "warning",
    "message": "two bases",
    "help": null,
    "file": null,
    "line": null,
    "column": null,
    "endLine": null,
    "endColumn": null,
    "label": null,
    "related": []
  }
]
"#;
        assert_eq!(render(&found), expected);
    }

    #[test]
    fn standard_input_keeps_its_name() {
        let source = Source::new("-", "a: 1\n");
        let text = render(&[Diagnostic::error("c", "m").at(Span::new(&source, 3..4))]);
        assert!(text.contains(r#""file": "-","#), "{text}");
    }
}
