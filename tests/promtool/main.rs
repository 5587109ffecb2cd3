//! Alerts under promtool: every rule that is rendered parses; every alert has a case in which it fires and one in which it
//! is silent (`tests/alerts/`); and no case would pass if the alert were another.
#![allow(clippy::unwrap_used)]

#[path = "../common/mod.rs"]
mod common;
mod mutation;
mod names;
mod stacks;

use common::promtool::{check_rules, promtool, test_rules};
use common::{in_parallel, scenario, succeed};
use serde_json::{Value, json};
use stacks::{Case, Key, Stack};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Mutex;

/// Runs tests against rules; what promtool says if one does not hold.
fn run(promtool: &Path, rules: &Value, tests: &Value) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    let file = tests["rule_files"][0].as_str().unwrap();
    // JSON is YAML.
    fs::write(folder.path().join(file), rules.to_string()).unwrap();
    let path = folder.path().join("tests.yaml");
    fs::write(&path, tests.to_string()).unwrap();
    let run = test_rules(promtool, &path);
    (run.code != 0).then(|| run.stdout + &run.stderr)
}

/// Runs cases of an alert against one rule, in its place.
fn run_cases(promtool: &Path, rule: &Value, cases: &[Case]) -> Option<String> {
    let rules = json!({"groups": [{"name": "elsa", "rules": [rule]}]});
    let tests: Vec<&Value> = cases.iter().map(|case| &case.test).collect();
    let file =
        json!({"rule_files": ["alerts.yaml"], "evaluation_interval": cases[0].evaluated, "tests": tests});
    run(promtool, &rules, &file)
}

#[test]
fn every_rendered_rule_parses() {
    let Some(promtool) = promtool() else { return };
    let found = Mutex::new(BTreeSet::new());
    let monitored = ["--set", "monitoring.enabled=true"];
    in_parallel(&scenario::all(), |_, scenario| {
        let mut arguments = vec!["render", "--quiet"];
        arguments.extend(scenario.arguments());
        arguments.extend(monitored);
        let objects = stacks::objects(&succeed(&arguments).stdout);
        let groups = stacks::rules(&objects).unwrap_or_else(|| panic!("{}: no rules", scenario.name));
        let folder = tempfile::tempdir().unwrap();
        let run = check_rules(&promtool, folder.path(), &json!({ "groups": groups }).to_string());
        assert_eq!(run.code, 0, "{}: {}{}", scenario.name, run.stdout, run.stderr);
        found.lock().unwrap().insert(groups.len());
    });
    assert!(found.into_inner().unwrap().len() > 3, "all stacks have the same rules");
}

#[test]
fn every_alert_has_a_case_of_each_kind() {
    let mut tested: BTreeSet<(Key, String)> = BTreeSet::new();
    let mut all: BTreeSet<(Key, String)> = BTreeSet::new();
    for stack in stacks::all() {
        let files = stack.files();
        for (key, rule) in stack.alerts() {
            let cases = stacks::cases(&files, &key);
            let expr = rule["expr"].as_str().unwrap().to_string();
            if cases.iter().any(|case| case.fires) && cases.iter().any(|case| !case.fires) {
                tested.insert((key.clone(), expr.clone()));
            }
            all.insert((key, expr));
        }
    }
    let missing: Vec<_> = all.difference(&tested).collect();
    assert!(missing.is_empty(), "without a firing and a silent case: {missing:#?}");
}

#[test]
fn every_case_holds() {
    let Some(promtool) = promtool() else { return };
    let stacks = stacks::all();
    let files: Vec<(&Stack, String, Value)> = stacks
        .iter()
        .flat_map(|stack| {
            stack.files().into_iter().map(move |(path, file)| (stack, path.display().to_string(), file))
        })
        .collect();
    in_parallel(&files, |_, (stack, path, file)| {
        if let Some(said) = run(&promtool, &stack.rules_for(file), file) {
            panic!("{path}: {said}");
        }
    });
}

#[test]
fn no_case_holds_for_another_alert() {
    let Some(promtool) = promtool() else { return };
    let mut work = Vec::new();
    for stack in stacks::all() {
        let files = stack.files();
        for (key, rule) in stack.alerts() {
            let cases = stacks::cases(&files, &key);
            if !cases.is_empty() {
                work.push((stack.name, key, rule, cases));
            }
        }
    }
    let unnoticed = Mutex::new(Vec::new());
    in_parallel(&work, |_, (stack, key, rule, cases)| {
        assert_eq!(run_cases(&promtool, rule, cases), None, "{stack}: {key:?}");
        for mutant in mutation::mutants(rule["expr"].as_str().unwrap()) {
            let mut other = rule.clone();
            other["expr"] = Value::from(mutant.expr);
            if run_cases(&promtool, &other, cases).is_none() {
                unnoticed
                    .lock()
                    .unwrap()
                    .push(format!("{stack} {} {}: {}", key.alert, key.window, mutant.what));
            }
        }
        if rule.get("for").is_some() {
            let mut other = rule.clone();
            other["for"] = Value::from("100d");
            assert!(run_cases(&promtool, &other, cases).is_some(), "{stack} {key:?} fires before its time");
        }
    });
    let mut unnoticed = unnoticed.into_inner().unwrap();
    unnoticed.sort();
    assert!(unnoticed.is_empty(), "no case notices this: {unnoticed:#?}");
}

#[test]
fn annotations_say_what_they_name() {
    let Some(promtool) = promtool() else { return };
    for stack in stacks::all() {
        let files = stack.files();
        for (key, rule) in stack.alerts() {
            let Some(case) = stacks::cases(&files, &key).into_iter().find(|case| case.fires) else {
                continue;
            };
            // A test that expects no alert makes promtool print the one that there is.
            let mut test = case.test.clone();
            test.as_object_mut().unwrap().remove("promql_expr_test");
            let at = &case.test["promql_expr_test"][0]["eval_time"];
            test["alert_rule_test"] = json!([{"alertname": key.alert, "eval_time": at, "exp_alerts": []}]);
            let said = run_cases(&promtool, &rule, &[Case { test, ..case }]).unwrap();
            let said = said.split_once("got:").unwrap_or_else(|| panic!("{key:?}: {said}")).1;
            assert!(!said.contains("<error") && !said.contains("no value"), "{key:?}: {said}");
            for text in ["summary", "description"] {
                let template = rule["annotations"][text].as_str().unwrap();
                for name in template.split("$labels.").skip(1) {
                    let name = name.split(' ').next().unwrap();
                    assert!(said.contains(&format!("{name}=\"")), "{key:?}: no label {name}: {said}");
                }
            }
        }
    }
}
