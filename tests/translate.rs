//! The chart that is made of templates, as its readers see it: `UPDATE_GOLDEN=1 cargo test --test translate` writes
//! the expected files anew.

#![allow(clippy::unwrap_used)]

#[path = "translate/cases.rs"]
mod cases;
#[path = "translate/support.rs"]
mod support;

use cases::{Case, cases};
use elsakube::translate::{translate, unused};
use std::path::PathBuf;

#[test]
fn the_chart_is_what_a_maintainer_would_write() {
    for case in cases() {
        let chart = case.chart();
        let expected = case.dir.join("out");
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            let _ = std::fs::remove_dir_all(&expected);
            for (path, text) in &chart {
                let file = expected.join(path);
                std::fs::create_dir_all(file.parent().unwrap()).unwrap();
                std::fs::write(file, text).unwrap();
            }
        }
        let expected: Vec<(String, String)> = support::folder(&expected);
        let mut chart: Vec<(String, String)> = chart.into_iter().collect();
        chart.sort();
        assert_eq!(paths(&chart), paths(&expected), "files of {}", case.name());
        for ((path, text), (_, expected)) in chart.iter().zip(&expected) {
            similar_asserts(&format!("{}/{path}", case.name()), text, expected);
        }
    }
}

fn paths(files: &[(String, String)]) -> Vec<&str> {
    files.iter().map(|(path, _)| path.as_str()).collect()
}

fn similar_asserts(name: &str, text: &str, expected: &str) {
    let diff = similar::TextDiff::from_lines(expected, text);
    assert!(
        text == expected,
        "{name} is not as expected:\n{}",
        diff.unified_diff().header("expected", "made")
    );
}

#[test]
fn lines_stay_where_they_are() {
    for case in cases().iter().filter(|case| case.name() != "unused") {
        let chart = case.chart();
        for (path, source) in &case.files {
            let stem = path.trim_end_matches(".tera").to_string();
            let made = chart.iter().find(|(made, _)| {
                made.replace("/_", "/").trim_start_matches('_').trim_end_matches(".tpl")
                    == stem.replace("/_", "/").trim_start_matches('_')
            });
            let Some((_, made)) = made else { panic!("{path} of {} is not in the chart", case.name()) };
            assert_eq!(made.lines().count(), source.lines().count(), "{path} of {}", case.name());
        }
    }
}

#[test]
fn components_that_nothing_calls_are_known() {
    let case = Case::new(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/translate/golden/unused"));
    let mut names = unused(&case.templates());
    names.sort();
    assert_eq!(names, ["elsa.five", "elsa.four"]);
}

#[test]
fn a_misspelt_member_in_a_component_is_an_error_where_it_stands() {
    let case = Case::new(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/translate/golden/pod"));
    let broken = case
        .files
        .iter()
        .map(|(path, text)| (path.as_str(), text.replace("w.resources | toYaml", "w.resorces | toYaml")));
    let broken: Vec<(&str, String)> = broken.collect();
    let templates = support::templates(broken.iter().map(|(path, text)| (*path, text.as_str())));
    let mistakes = translate(&templates, &case.annotated.schema, &case.catalogue()).unwrap_err();
    assert_eq!(
        support::listed(&mistakes.0),
        "unknown-member _pod.tera:54:13 there is no member `resorces` (there is `resources`)\n"
    );
}

#[test]
fn types_of_siblings_must_agree_where_the_component_looks() {
    let case = Case::new(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/translate/golden/pod"));
    let text = case.values.replace(
        "  # -- Tolerations.\n  # @schema {type: \"[]Toleration\"}\n  tolerations: []\n  # -- Environment.",
        "  # -- Environment.",
    );
    let annotated = support::values(&text);
    let mistakes = translate(&case.templates(), &annotated.schema, &case.catalogue()).unwrap_err();
    let place =
        |index: usize| mistakes.0[index].labels.iter().map(|l| l.span.to_string()).collect::<Vec<_>>();
    assert_eq!(mistakes.0[0].code, "argument-mismatch");
    assert_eq!(place(0), ["studio/deployment.yaml:17:28", "_pod.tera:20:8"]);
    assert_eq!(place(2), ["tests/login.yaml:9:24", "_pod.tera:20:8"]);
    assert_eq!(mistakes.0[0].message, "`values.studio` has no `tolerations`, and `elsa.podSpec` uses that");
}
