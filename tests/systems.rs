//! The table of systems names what exists: values, add-ons, snapshots, rules with their pages, fixtures that fail, tests.
#![allow(clippy::unwrap_used)]

mod common;

use common::scenario;
use elsakube::assets::Templates;
use elsakube::rules::{objects, value_rules};
use elsakube::values::annotated;
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

const COLUMNS: [&str; 7] = ["system", "value", "add-on", "snapshot", "rules", "failing fixture", "run"];

fn path(relative: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(relative)
}

/// Cells of each row, without the head.
fn rows() -> Vec<Vec<String>> {
    let page = fs::read_to_string(path("docs/systems.md")).unwrap();
    let cells = |line: &str| -> Vec<String> {
        line.trim_matches('|').split('|').map(|cell| cell.trim().to_string()).collect()
    };
    let mut rows: Vec<Vec<String>> = page.lines().filter(|line| line.starts_with('|')).map(cells).collect();
    assert_eq!(rows.remove(0), COLUMNS);
    rows.remove(0);
    rows
}

/// What stands in backquotes.
fn words(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

#[test]
fn the_table_of_systems_names_what_exists() {
    let templates = Templates::embedded();
    let values = annotated::read(&templates.values).unwrap();
    let of_values = value_rules::all(&templates.files).into_iter().map(|rule| rule.code.to_string());
    let rules: BTreeSet<String> = of_values.chain(objects::all().map(|rule| rule.code.to_string())).collect();
    let add_ons: BTreeSet<String> =
        scenario::add_ons().iter().map(|add_on| add_on.profiles.last().unwrap().to_string()).collect();
    let mut shown = BTreeSet::new();
    for row in rows() {
        let [system, value, add_on, snapshot, codes, fixture, run] = &row[..] else { panic!("{row:?}") };
        for setting in words(value) {
            let key = setting.split('=').next().unwrap();
            let mut node = Some(&values.defaults);
            for segment in key.split('.') {
                node = node.and_then(|node| node.get(segment));
            }
            assert!(node.is_some(), "{system}: there is no value {key}");
        }
        for add_on in words(add_on) {
            assert!(add_ons.contains(add_on), "{system}: there is no add-on {add_on}");
            shown.insert(add_on.to_string());
        }
        assert!(!words(codes).is_empty(), "{system}: no rule");
        for code in words(codes) {
            assert!(rules.contains(code), "{system}: there is no rule {code}");
        }
        let paths: Vec<&str> = [snapshot, fixture, run].into_iter().flat_map(|cell| words(cell)).collect();
        assert!(paths.len() >= 2, "{system}: snapshot and fixture");
        for file in paths {
            assert!(path(file).exists(), "{system}: there is no {file}");
        }
        let fixture = words(fixture)[0];
        let code = fixture.rsplit('/').next().unwrap().trim_end_matches(".yaml");
        assert!(words(codes).contains(&code), "{system}: {fixture} is of a rule that its row does not name");
    }
    let missing: Vec<&String> =
        add_ons.iter().filter(|name| *name != "stock" && !shown.contains(*name)).collect();
    assert!(missing.is_empty(), "docs/systems.md has no row for {missing:?}");
}
