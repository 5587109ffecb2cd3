//! Every value rule has values that it lets pass and values that it finds, and blames the right ones.
#![allow(clippy::unwrap_used)]

mod common;

use common::{HELMS, elsakube, run, tool};
use elsakube::assets::Templates;
use elsakube::diagnostics::{Severity, Source};
use elsakube::rules::value_rules;
use elsakube::yaml::{Node, reader, writer};
use std::fs;
use std::path::PathBuf;

fn fixture(code: &str) -> Node {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/rules").join(format!("{code}.yaml"));
    let text = fs::read_to_string(&path)
        .unwrap_or_else(|_| panic!("the rule {code} has no fixture {}", path.display()));
    reader::read(&Source::new(path.display().to_string(), text)).unwrap()
}

/// Cases of a fixture: description, values file, extra arguments, and the paths that are blamed.
fn cases(fixture: &Node, kind: &str) -> Vec<(String, String, Vec<String>, Vec<String>)> {
    let strings = |node: Option<&Node>| -> Vec<String> {
        let items = node.and_then(Node::as_list).unwrap_or_default();
        items.iter().map(|item| item.as_str().unwrap().to_string()).collect()
    };
    let cases = fixture.get(kind).and_then(Node::as_list).unwrap_or_default();
    cases
        .iter()
        .map(|case| {
            let what = case.get("what").and_then(Node::as_str).unwrap().to_string();
            let values = case.get("values").map_or_else(|| "{}\n".to_string(), writer::block);
            (what, values, strings(case.get("arguments")), strings(case.get("blames")))
        })
        .collect()
}

#[test]
fn every_rule_passes_and_fails_where_its_fixture_says() {
    let scratch = tempfile::tempdir().unwrap();
    let chart = scratch.path().join("elsa");
    common::succeed(&["chart", "-o", chart.to_str().unwrap()]);
    let newest = tool(HELMS[HELMS.len() - 1]);
    let file = scratch.path().join("values.yaml");
    for rule in value_rules::all(&Templates::embedded().files) {
        let fixture = fixture(&rule.code);
        for kind in ["passes", "fails"] {
            let cases = cases(&fixture, kind);
            assert!(!cases.is_empty(), "{}: nothing {kind}", rule.code);
            for (what, values, arguments, blames) in cases {
                fs::write(&file, &values).unwrap();
                let mut all: Vec<&str> = vec!["render", "-f", file.to_str().unwrap()];
                all.extend(arguments.iter().map(String::as_str));
                let run = run(&mut elsakube(&all));
                let tag = match rule.severity {
                    Some(Severity::Warning) => format!("warning[{}]", rule.code),
                    _ => format!("error[{}]", rule.code),
                };
                let context = format!("{}, {what}:\n{values}{}", rule.code, run.stderr);
                assert_eq!(run.stderr.contains(&tag), kind == "fails", "{context}");
                if kind == "fails" {
                    let code = if rule.severity == Some(Severity::Warning) { 0 } else { 2 };
                    assert_eq!(run.code, code, "{context}");
                    assert!(!blames.is_empty(), "{context}: the fixture blames nothing");
                    for path in &blames {
                        assert!(
                            run.stderr.contains(&format!("{tag}: {path}: ")),
                            "{context}: {path} is not blamed"
                        );
                    }
                    assert_eq!(run.stderr.matches(&tag).count(), blames.len(), "{context}");
                }
                if let (Some(helm), "fails", Some(Severity::Error), true) =
                    (&newest, kind, rule.severity, arguments.is_empty())
                {
                    let mut command = common::helm(helm, scratch.path());
                    command.args(["template", "elsa"]).arg(&chart).arg("--values").arg(&file);
                    let templated = common::run(&mut command);
                    assert_ne!(templated.code, 0, "{context}");
                    assert!(
                        templated.stderr.contains(&format!("[{}] ", rule.code)),
                        "{context}{}",
                        templated.stderr
                    );
                }
            }
        }
    }
}

#[test]
fn strict_takes_a_warning_for_a_no_and_writes_nothing() {
    let scratch = tempfile::tempdir().unwrap();
    let out = scratch.path().join("out");
    let arguments =
        ["render", "--set", "server.service.type=NodePort", "--strict", "-o", out.to_str().unwrap()];
    let run = run(&mut elsakube(&arguments));
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(run.stderr.contains("warning[exposed-without-tls]"), "{}", run.stderr);
    assert!(!out.exists());
}
