//! Every object rule lets good manifests pass, finds the mistake in bad ones at the line that is marked with `#!`, says
//! nothing else about them, and has a page in docs/rules/.
#![allow(clippy::unwrap_used)]

use elsakube::diagnostics::{Diagnostic, Source};
use elsakube::rules::objects::{self, Manifests, Programs, Subject};
use elsakube::yaml::{Node, reader};
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

const MARK: &str = "#!";

/// Manifests, and what is expected of them.
struct Case {
    what: String,
    /// What `--program` gets.
    programs: Vec<String>,
    manifests: String,
    fails: bool,
}

fn folder(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn cases(code: &str) -> Vec<Case> {
    let path = folder("tests/objects").join(format!("{code}.yaml"));
    let text = fs::read_to_string(&path)
        .unwrap_or_else(|_| panic!("the rule {code} has no fixture {}", path.display()));
    let fixture = reader::read(&Source::new(path.display().to_string(), text)).unwrap();
    let mut cases = Vec::new();
    for kind in ["passes", "fails"] {
        let items = fixture.get(kind).and_then(Node::as_list).unwrap_or_default();
        assert!(!items.is_empty(), "{code}: nothing {kind}");
        for item in items {
            let text = |key: &str| item.get(key).and_then(Node::as_str).unwrap().to_string();
            let programs = item.get("programs").and_then(Node::as_list).unwrap_or_default();
            let case = Case {
                what: text("what"),
                programs: programs.iter().map(|program| program.as_str().unwrap().to_string()).collect(),
                manifests: text("manifests"),
                fails: kind == "fails",
            };
            assert_eq!(case.fails, case.manifests.contains(MARK), "{code}, {}: which line?", case.what);
            cases.push(case);
        }
    }
    cases
}

fn findings(case: &Case) -> Vec<Diagnostic> {
    let source = Source::new("manifests.yaml", case.manifests.clone());
    let mut manifests = Manifests::default();
    for document in reader::documents(&source).unwrap() {
        assert!(manifests.add(document), "{}: no object", case.what);
    }
    let subject = Subject::new(&manifests, &Programs::parse(&case.programs).unwrap());
    subject.findings()
}

#[test]
fn every_rule_passes_and_finds_what_its_fixture_says() {
    let mut wrong = Vec::new();
    for rule in objects::all() {
        for case in cases(rule.code) {
            let marked = case.manifests.lines().enumerate().filter(|(_, line)| line.contains(MARK));
            let expected: Vec<(usize, &str)> = marked.map(|(index, _)| (index + 1, rule.code)).collect();
            let findings = findings(&case);
            let found: BTreeSet<(usize, &str)> = findings
                .iter()
                .map(|finding| (finding.place().unwrap().position().line, finding.code.as_str()))
                .collect();
            if found != expected.iter().copied().collect() {
                let said: Vec<String> = findings
                    .iter()
                    .map(|finding| {
                        format!("{} [{}] {}", finding.place().unwrap(), finding.code, finding.message)
                    })
                    .collect();
                wrong.push(format!(
                    "{}, {}: expected {expected:?}, found\n  {}",
                    rule.code,
                    case.what,
                    said.join("\n  ")
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_finding_says_what_to_write_instead() {
    for rule in objects::all() {
        for case in cases(rule.code) {
            for finding in findings(&case) {
                assert!(finding.help.as_ref().is_some_and(|help| !help.is_empty()), "{}", finding.message);
                assert!(!finding.message.ends_with('.'), "{}", finding.message);
            }
        }
    }
}

#[test]
fn every_fixture_has_a_rule_and_every_code_is_there_once() {
    let codes: Vec<&str> = objects::all().map(|rule| rule.code).collect();
    let distinct: BTreeSet<&str> = codes.iter().copied().collect();
    assert_eq!(codes.len(), distinct.len(), "{codes:?}");
    let files = fs::read_dir(folder("tests/objects")).unwrap().map(|entry| entry.unwrap().path());
    let names: BTreeSet<String> =
        files.map(|file| file.file_stem().unwrap().to_string_lossy().into_owned()).collect();
    assert_eq!(names, distinct.into_iter().map(str::to_string).collect());
}
