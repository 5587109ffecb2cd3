//! The SARIF that we write against SARIF's own JSON schema. Helm is the validator, for it holds two of them: a log is
//! the values of a chart whose schema is SARIF's.
#![allow(clippy::unwrap_used)]

mod common;

use common::{run, tool, tool_file};
use elsakube::diagnostics::{Diagnostic, Source, Span, sarif};
use std::path::Path;

/// Every form that a result can take.
fn log() -> String {
    let values = Source::new("./dir one/größe: 50%.yaml", "größe: 日本\r\nblock: |\r\n  😀\r\n  b\r\n");
    let text = &values.text;
    let block = Span::new(&values, text.find('|').unwrap()..text.len());
    let word = Span::new(&values, text.find('日').unwrap()..text.find("\r\n").unwrap());
    let end = |name: &str| Span::new(&Source::new(name, "a: [\n"), 5..5);
    let found = [
        Diagnostic::error("wrong-type", "`größe` is a string, {not} a [number](1)").at(word.clone()),
        Diagnostic::warning("two-places", "one\nand another")
            .label(block, "here")
            .at(word.clone())
            .label(word, "[x]"),
        Diagnostic::error("end", "the text ends").at(end("-")).help("write more"),
        Diagnostic::error("end", "the text ends").at(end("/tmp/a b.yaml")),
        Diagnostic::error("end", "the text ends").at(end("--set")),
        Diagnostic::error("end", "the text ends").at(end("")),
        Diagnostic::warning("two-bases", "two bases").help("take one"),
    ];
    sarif::render(
        &found,
        &[("wrong-type", "A value is of another type. See its key."), ("other", "Not found.")],
    )
}

/// What that helm says of a log; nothing if it is valid.
fn complaint(helm: &Path, chart: &Path, log: &str) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    let values = folder.path().join("log.json");
    std::fs::write(&values, log).unwrap();
    let run =
        run(common::helm(helm, folder.path()).args(["template", "x"]).arg(chart).arg("--values").arg(values));
    let refused = run.stderr.contains("don't meet the specifications of the schema");
    assert_eq!(run.code != 0, refused, "{}", run.stderr);
    refused.then_some(run.stderr)
}

fn conforms(helm: &str) {
    let (Some(helm), Some(schema)) = (tool(helm), tool_file("sarif-2.1.0.json")) else { return };
    let chart = tempfile::tempdir().unwrap();
    std::fs::create_dir(chart.path().join("templates")).unwrap();
    std::fs::write(chart.path().join("Chart.yaml"), "apiVersion: v2\nname: sarif\nversion: 0.1.0\n").unwrap();
    std::fs::copy(schema, chart.path().join("values.schema.json")).unwrap();
    let complaint = |log: &str| complaint(&helm, chart.path(), log);

    let log = log();
    assert_eq!(complaint(&log), None, "{log}");
    assert_eq!(complaint(&sarif::render(&[], &[])), None);

    // The schema is in force: each of these breaks one thing that it says.
    for (good, bad, place) in [
        ("\"startLine\": 1", "\"startLine\": 0", "startLine"),
        ("\"endColumn\": 10", "\"endColumn\": \"10\"", "endColumn"),
        ("\"level\": \"warning\"", "\"level\": \"warn\"", "level"),
        ("unicodeCodePoints", "characters", "columnKind"),
        ("dir%20one", "dir%one", "uri"),
        ("\"ruleIndex\": 0", "\"ruleIndex\": -2", "ruleIndex"),
        ("\"results\"", "\"findings\"", "findings"),
        ("\"text\": \"two bases", "\"txt\": \"two bases", "message"),
        ("\"name\": \"elsakube\",", "", "name"),
    ] {
        assert!(log.contains(good), "{good} is not in the log");
        let refused = complaint(&log.replacen(good, bad, 1)).unwrap_or_else(|| panic!("{bad} is taken"));
        assert!(refused.contains(place), "{bad}: {refused}");
    }
}

#[test]
fn helm_3_12_1() {
    conforms("helm-3.12.1");
}

#[test]
fn helm_4_2_3() {
    conforms("helm-4.2.3");
}
