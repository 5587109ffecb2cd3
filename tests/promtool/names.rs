//! Names: alerts are those of docs/alerts.md and of the rule `unknown-alert`; metrics are the catalogue's, or somebody's whom
//! `tests/data/metrics.yaml` names.
#![allow(clippy::unwrap_used)]

use crate::common::{refuse, scenario, succeed};
use crate::stacks;
use elsakube::catalogue;
use elsakube::diagnostics::Source;
use elsakube::rules::metrics::metric_names;
use elsakube::yaml::{Node, reader};
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

fn file(path: &str) -> String {
    fs::read_to_string(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// Every alert that some stack has.
fn alerts() -> BTreeSet<String> {
    let all = stacks::all();
    all.iter().flat_map(|stack| stack.alerts()).map(|(key, _)| key.alert).collect()
}

#[test]
fn the_page_of_alerts_has_a_section_for_each() {
    let page = file("docs/alerts.md");
    let sections: Vec<&str> = page.split("\n## ").skip(1).collect();
    let named: BTreeSet<String> = sections
        .iter()
        .map(|section| section.lines().next().unwrap().to_string())
        .filter(|name| name.starts_with("Elsa"))
        .collect();
    assert_eq!(named, alerts());
    for section in sections.iter().filter(|section| section.starts_with("Elsa")) {
        for part in ["**Meaning.**", "**Look.**", "**Do.**"] {
            assert!(section.contains(part), "no {part} in\n{section}");
        }
    }
    // The page says how grave each is.
    for (key, rule) in stacks::all().iter().flat_map(|stack| stack.alerts()) {
        let section = sections.iter().find(|section| section.starts_with(&format!("{}\n", key.alert)));
        let severity = rule["labels"]["severity"].as_str().unwrap();
        let second = section.unwrap().lines().nth(2).unwrap();
        assert!(second.to_lowercase().contains(severity), "{key:?} is {severity}, the page says: {second}");
    }
}

#[test]
fn the_rule_about_unknown_alerts_knows_all() {
    let said = refuse(&["render", "--set", "monitoring.rules.disabled.None=true"]);
    let list = said.split("the names are ").nth(1).unwrap().lines().next().unwrap();
    let named: BTreeSet<String> = list.split(", ").map(str::to_string).collect();
    assert_eq!(named, alerts());
}

#[test]
fn an_alert_can_be_left_out() {
    let sets = alerts().into_iter().map(|alert| format!("monitoring.rules.disabled.{alert}=true"));
    let sets: Vec<String> = sets.collect();
    let all = format!("monitoring.enabled=true,{}", sets.join(","));
    for profiles in ["prod", "prod,stock", "prod,cloudnative-pg"] {
        let text = succeed(&["render", "--quiet", "--profile", profiles, "--set", &all]).stdout;
        assert!(text.contains("kind: PrometheusRule") && !text.contains("- alert:"), "{profiles}");
    }
}

/// Metrics that are not Elsa's, with who exposes them.
fn foreign() -> BTreeSet<String> {
    let data = reader::read(&Source::new("metrics.yaml", file("tests/data/metrics.yaml"))).unwrap();
    let mut names = BTreeSet::new();
    for (who, entry) in data.as_map().unwrap() {
        let text = |key: &str| entry.value.get(key).and_then(Node::as_str).unwrap_or_default().to_string();
        assert!(["measured", "source", "documented"].contains(&text("evidence").as_str()), "{who}");
        assert!(!text("from").is_empty(), "{who}");
        for name in entry.value.get("names").and_then(Node::as_list).unwrap() {
            assert!(names.insert(name.as_str().unwrap().to_string()), "{who}: {name:?} stands there twice");
        }
    }
    names
}

#[test]
fn every_metric_is_exposed_by_somebody() {
    let foreign = foreign();
    let mut used = BTreeSet::new();
    for scenario in scenario::all() {
        let mut arguments = vec!["render", "--quiet"];
        arguments.extend(scenario.arguments());
        arguments.extend(["--set", "monitoring.enabled=true"]);
        for object in stacks::objects(&succeed(&arguments).stdout) {
            if object.get("kind").and_then(Node::as_str) == Some("PrometheusRule") {
                used.extend(uses(&object));
            }
        }
    }
    for stack in stacks::all() {
        let rule = serde_json::json!({
            "apiVersion": "monitoring.coreos.com/v1", "kind": "PrometheusRule", "spec": {"groups": stack.groups},
        });
        used.extend(uses(&stacks::objects(&rule.to_string())[0]));
    }
    let nobody: Vec<&String> = used
        .iter()
        .filter(|name| {
            !foreign.contains(*name)
                && !catalogue::programs().any(|program| catalogue::exposes(&program.metrics, name))
        })
        .collect();
    assert!(nobody.is_empty(), "nobody is known to expose {nobody:?}");
}

/// What the rules ask for and do not record themselves.
fn uses(rule: &Node) -> BTreeSet<String> {
    let names = metric_names(rule);
    let defined: BTreeSet<&str> = names.defined.iter().map(|one| one.name.as_str()).collect();
    let uses = names.uses.iter().filter(|one| !defined.contains(one.name.as_str()));
    uses.map(|one| one.name.clone()).collect()
}
