//! Every mistake that the translator knows, where it is found and what is said: `translate/errors.txt` holds templates
//! and, behind `!`, what is said of them. `UPDATE_GOLDEN=1` writes the latter anew.

#![allow(clippy::unwrap_used)]

#[path = "translate/support.rs"]
mod support;

use elsakube::translate::translate;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};

const VALUES: &str = r#"
# -- A switch.
live: true
# -- A number.
count: 3
# -- A number with a fraction.
# @schema {type: number}
share: 0.5
# -- A word.
# @schema {pattern: "^x[a-z]+$"}
word: xyz
# -- A word or nothing.
# @schema {pattern: "^(x[a-z]+)?$"}
maybe: ""
# -- Any text.
free: ""
# -- One of some.
# @schema {enum: [one, two, three]}
mode: one
# -- A quantity.
# @schema {type: quantity}
size: 1Gi
# -- Anything.
# @schema {type: any}
anything: x
# -- Names.
# @schema {type: "[]string"}
list: []
# -- Names and texts.
# @schema {type: "map[string]"}
map: {}
# -- A security context.
# @schema {type: PodSecurityContext}
security: {}
server:
  # -- Port.
  port: 1
  image:
    # -- Tag.
    tag: a
  # -- Kind.
  # @schema {enum: [a, c]}
  kind: a
other:
  # -- Port.
  port: "1"
  image:
    # -- Tag.
    tags: a
  # -- Kind.
  kind: a
both:
  a:
    # -- X.
    x: ""
    # -- Z.
    z: 1
  b:
    # -- X.
    x: ""
"#;

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/translate").join(name)
}

/// The blocks of the table without what is said, and each with it.
fn checked(table: &str) -> String {
    let elsa = serde_json::json!({"server": {"port": 1, "pages": true}, "host": {"port": 2}});
    let (annotated, elsa) = (support::values(VALUES), support::catalogue(&elsa));
    let mut made = String::new();
    for block in table.split_inclusive("\n=== ").map(|block| block.trim_end_matches("=== ")) {
        let (title, rest) = block.trim_start_matches("=== ").split_once('\n').unwrap();
        let rest: String = rest.split_inclusive('\n').filter(|line| !line.starts_with("! ")).collect();
        let files: Vec<(&str, &str)> =
            rest.split("--- ").skip(1).map(|part| part.split_once('\n').unwrap()).collect();
        let said = match translate(&support::templates(files), &annotated.schema, &elsa) {
            Ok(_) => String::new(),
            Err(mistakes) => support::listed(&mistakes.0),
        };
        write!(made, "=== {title}\n{rest}").unwrap();
        said.lines().for_each(|line| writeln!(made, "! {line}").unwrap());
    }
    made
}

#[test]
fn every_mistake_is_found_where_it_is() {
    let table = std::fs::read_to_string(file("errors.txt")).unwrap();
    let made = checked(&table);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(file("errors.txt"), &made).unwrap();
    }
    let table = std::fs::read_to_string(file("errors.txt")).unwrap();
    let diff = similar::TextDiff::from_lines(&table, &made);
    assert!(table == made, "{}", diff.unified_diff().header("expected", "made"));
}

#[test]
fn the_table_has_every_code_and_every_mistake_a_correction() {
    let table = std::fs::read_to_string(file("errors.txt")).unwrap();
    let said: BTreeSet<&str> =
        table.lines().filter_map(|line| line.strip_prefix("! ")?.split(' ').next()).collect();
    let mut codes = BTreeSet::new();
    for (_, source) in support::folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/translate")) {
        for call in ["error(", "report(", "conflict("] {
            for (at, _) in source.match_indices(call) {
                let argument = source[at + call.len()..].trim_start();
                if let Some((code, _)) = argument.strip_prefix('"').and_then(|rest| rest.split_once('"')) {
                    codes.insert(code.to_string());
                }
            }
        }
    }
    let untested: Vec<&String> = codes.iter().filter(|code| !said.contains(code.as_str())).collect();
    assert!(codes.len() > 30 && untested.is_empty(), "{} codes, without a case: {untested:?}", codes.len());
    for line in table.lines().filter(|line| line.starts_with("! ") && !line.starts_with("! syntax")) {
        assert!(!line.ends_with(" ()"), "no correction: {line}");
    }
}
