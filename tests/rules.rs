//! Every value rule has values that it lets pass and values that it finds, blames the right ones, says the same in the
//! chart, and has a page in docs/rules/.
#![allow(clippy::unwrap_used)]

mod common;

use common::{HELMS, elsakube, run, tool};
use elsakube::assets::Templates;
use elsakube::diagnostics::{Severity, Source};
use elsakube::rules::objects;
use elsakube::rules::value_rules::{self, ValueRule};
use elsakube::yaml::{Node, reader, writer};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn rules() -> Vec<ValueRule> {
    value_rules::all(&Templates::embedded().files)
}

fn folder(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// What a rule is expected to find in some values.
struct Case {
    what: String,
    /// A values file.
    values: String,
    /// `--elsa`, `--name` or `--profile`, each with its value.
    arguments: Vec<String>,
    /// A path for each line of the rule; none if the values pass.
    blames: Vec<String>,
}

/// A rule's cases; those of `fails` blame something.
fn cases(code: &str) -> Vec<Case> {
    let path = folder("tests/rules").join(format!("{code}.yaml"));
    let text = fs::read_to_string(&path)
        .unwrap_or_else(|_| panic!("the rule {code} has no fixture {}", path.display()));
    let fixture = reader::read(&Source::new(path.display().to_string(), text)).unwrap();
    let strings = |node: Option<&Node>| -> Vec<String> {
        let items = node.and_then(Node::as_list).unwrap_or_default();
        items.iter().map(|item| item.as_str().unwrap().to_string()).collect()
    };
    let mut cases = Vec::new();
    for kind in ["passes", "fails"] {
        let items = fixture.get(kind).and_then(Node::as_list).unwrap_or_default();
        assert!(!items.is_empty(), "{code}: nothing {kind}");
        for item in items {
            let case = Case {
                what: item.get("what").and_then(Node::as_str).unwrap().to_string(),
                values: item.get("values").map_or_else(|| "{}\n".to_string(), writer::block),
                arguments: strings(item.get("arguments")),
                blames: strings(item.get("blames")),
            };
            assert_eq!(case.blames.is_empty(), kind == "passes", "{code}, {}: whom to blame?", case.what);
            cases.push(case);
        }
    }
    cases
}

/// A chart for an Elsa release that prints what its rules find in place of refusing it.
fn printing_chart(scratch: &Path, elsa: &str) -> PathBuf {
    let chart = scratch.join(format!("chart-{elsa}"));
    common::succeed(&["chart", "--elsa", elsa, "-o", chart.to_str().unwrap()]);
    let template = "found: {{ printf \"%s\\n%s\" (include \"elsa.rules.errors\" .) (include \
                    \"elsa.rules.warnings\" .) | toJson }}\n";
    fs::write(chart.join("templates/validate.yaml"), template).unwrap();
    chart
}

/// What such a chart prints, a line each: `[code] path: sentence`.
fn templated(helm: &Path, scratch: &Path, case: &Case, values: &Path) -> BTreeSet<String> {
    let (mut elsa, mut name, mut profiles) = ("3.9", "elsa", "");
    for pair in case.arguments.chunks(2) {
        match pair[0].as_str() {
            "--elsa" => elsa = &pair[1],
            "--name" => name = &pair[1],
            "--profile" => profiles = &pair[1],
            other => panic!("{}: what is {other} to helm?", case.what),
        }
    }
    let chart = scratch.join(format!("chart-{elsa}"));
    let mut command = common::helm(helm, scratch);
    command.args(["template", name, "--show-only", "templates/validate.yaml"]).arg(&chart);
    for profile in profiles.split(',').filter(|profile| !profile.is_empty()) {
        command.arg("--values").arg(chart.join(format!("values-{profile}.yaml")));
    }
    let run = run(command.arg("--values").arg(values));
    assert_eq!(run.code, 0, "{}:\n{}{}", case.what, case.values, run.stderr);
    let object = reader::read(&Source::new("stdout".to_string(), run.stdout)).unwrap();
    let found = object.get("found").and_then(Node::as_str).unwrap_or_default();
    found.lines().filter(|line| !line.is_empty()).map(str::to_string).collect()
}

#[test]
fn every_rule_passes_and_fails_where_its_fixture_says_in_both_outputs() {
    let scratch = tempfile::tempdir().unwrap();
    let scratch = scratch.path();
    let helm = tool(HELMS[HELMS.len() - 1]);
    for elsa in common::releases() {
        printing_chart(scratch, elsa);
    }
    let (helm, rules) = (helm.as_deref(), rules());
    std::thread::scope(|scope| {
        for half in 0..2 {
            let rules = &rules;
            scope.spawn(move || {
                for rule in rules.iter().skip(half).step_by(2) {
                    let values = scratch.join(format!("{}.yaml", rule.code));
                    for case in cases(&rule.code) {
                        fs::write(&values, &case.values).unwrap();
                        check(rule, &case, &values, rules, helm.map(|helm| (helm, scratch)));
                    }
                }
            });
        }
    });
}

fn check(rule: &ValueRule, case: &Case, values: &Path, rules: &[ValueRule], helm: Option<(&Path, &Path)>) {
    let mut arguments: Vec<&str> = vec!["render", "-f", values.to_str().unwrap()];
    arguments.extend(case.arguments.iter().map(String::as_str));
    let run = run(&mut elsakube(&arguments));
    let context = format!("{}, {}:\n{}{}", rule.code, case.what, case.values, run.stderr);
    let warning = rule.severity == Some(Severity::Warning);
    if !case.blames.is_empty() {
        assert_eq!(run.code, if warning { 0 } else { 2 }, "{context}");
    }
    let tag = format!("{}[{}]: ", if warning { "warning" } else { "error" }, rule.code);
    let lines = run.stderr.lines().filter_map(|line| line.strip_prefix(&tag));
    let mut blamed: Vec<&str> = lines.map(|line| line.split(": ").next().unwrap_or_default()).collect();
    let mut expected: Vec<&str> = case.blames.iter().map(String::as_str).collect();
    blamed.sort_unstable();
    expected.sort_unstable();
    assert_eq!(blamed, expected, "{context}");
    if let Some((helm, scratch)) = helm {
        assert_eq!(found(&run.stderr, rules), templated(helm, scratch, case, values), "{context}");
    }
}

/// What the rules found, as the chart says it: `[code] path: sentence`.
fn found(stderr: &str, rules: &[ValueRule]) -> BTreeSet<String> {
    let lines = stderr.lines().filter_map(|line| {
        let line = line.strip_prefix("error[").or_else(|| line.strip_prefix("warning["))?;
        let (code, rest) = line.split_once("]: ")?;
        rules.iter().any(|rule| rule.code == code).then(|| format!("[{code}] {rest}"))
    });
    lines.collect()
}

#[test]
fn every_rule_has_a_page_and_every_page_a_rule() {
    let names = |path: &str, extension: &str| -> BTreeSet<String> {
        let files = fs::read_dir(folder(path)).unwrap().map(|entry| entry.unwrap().path());
        let files = files.filter(|file| file.extension().is_some_and(|found| found == extension));
        files.map(|file| file.file_stem().unwrap().to_string_lossy().into_owned()).collect()
    };
    let codes: BTreeSet<String> = rules().into_iter().map(|rule| rule.code).collect();
    assert_eq!(names("tests/rules", "yaml"), codes, "fixtures without a rule");
    let objects = objects::all().map(|rule| rule.code.to_string());
    let codes: BTreeSet<String> = codes.into_iter().chain(objects).collect();
    assert_eq!(names("docs/rules", "md"), codes);
    for code in &codes {
        let page = fs::read_to_string(folder("docs/rules").join(format!("{code}.md"))).unwrap();
        assert!(page.starts_with(&format!("# {code}\n")), "docs/rules/{code}.md has another title");
    }
}

#[test]
fn a_file_of_helpers_has_not_the_name_of_a_rule() {
    let files = Templates::embedded().files;
    for rule in rules() {
        // The chart's file of a rule begins with an underscore: the helpers would be lost.
        let helpers = format!("rules/_{}.tera", rule.code);
        assert!(!files.contains_key(&helpers), "{helpers} and {} become one file", rule.path());
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
