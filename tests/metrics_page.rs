//! docs/metrics.md: expressions that Prometheus parses, series that exist, alerts that are rendered.
#![allow(clippy::unwrap_used)]

mod common;

use common::equality::objects;
use common::{promtool, series, succeed};
use elsakube::yaml::Node;
use regex_lite::Regex;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// Blocks of PromQL: the rule that a block is said to be, if any, and its text.
fn blocks(page: &str) -> Vec<(String, String)> {
    let block = Regex::new("(?s)```promql ?([^\\n]*)\\n(.*?)\\n```").unwrap();
    block.captures_iter(page).map(|found| (found[1].to_string(), found[2].to_string())).collect()
}

/// Expressions by alert or record, as `prod,monitoring` renders them.
fn rules() -> BTreeMap<String, BTreeSet<String>> {
    let rendered = succeed(&["render", "--quiet", "--profile", "prod,monitoring"]).stdout;
    let mut rules: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let list = |node: &Node, key: &str| node.get(key).and_then(Node::as_list).unwrap_or_default().to_vec();
    for (_, object) in
        objects(&rendered).unwrap().into_iter().filter(|(id, _)| id.contains("/PrometheusRule "))
    {
        for rule in list(object.get("spec").unwrap(), "groups").iter().flat_map(|group| list(group, "rules"))
        {
            let text = |key: &str| rule.get(key).and_then(Node::as_str);
            let name = text("alert").or_else(|| text("record")).unwrap().to_string();
            rules.entry(name).or_default().insert(text("expr").unwrap().trim().to_string());
        }
    }
    rules
}

#[test]
fn expressions_parse_and_series_exist() {
    let page = series::page();
    let (blocks, mut known) = (blocks(&page), series::known());
    // What recording rules make.
    known.extend(rules().into_keys().filter(|name| name.contains(':')).map(|name| (name, BTreeSet::new())));
    assert!(blocks.len() >= 14, "the page lost its expressions");
    for (_, expression) in &blocks {
        let unknown = series::unknown(expression, &known);
        assert!(unknown.is_empty(), "{expression}: {unknown:?}");
    }
    let Some(promtool) = promtool::promtool() else { return };
    let dir = tempfile::tempdir().unwrap();
    let rule = |(number, (_, expression)): (usize, &(String, String))| json!({"record": format!("page:{number}"), "expr": expression});
    let rules: Vec<_> = blocks.iter().enumerate().map(rule).collect();
    let text = json!({"groups": [{"name": "page", "rules": rules}]}).to_string();
    let run = promtool::check_rules(&promtool, dir.path(), &text);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
}

#[test]
fn alerts_exist_and_say_what_the_page_says() {
    let (page, rules) = (series::page(), rules());
    for (name, expression) in blocks(&page).into_iter().filter(|(name, _)| !name.is_empty()) {
        let rendered = rules.get(&name).unwrap_or_else(|| panic!("no rule {name} is rendered"));
        assert!(
            rendered.contains(&expression),
            "{name} is rendered as {rendered:#?}, and the page says {expression}"
        );
    }
    let alert = Regex::new("`(Elsa[A-Z][A-Za-z0-9]+)`").unwrap();
    let named: BTreeSet<String> = alert.captures_iter(&page).map(|found| found[1].to_string()).collect();
    assert!(named.len() > 10, "{named:?}");
    for name in named {
        assert!(rules.contains_key(&name), "no alert {name} is rendered");
    }
}

/// Red lines of dashboards name alerts, which exist somewhere.
#[test]
fn dashboards_name_alerts_that_exist() {
    let dashboards = concat!(
        include_str!("../templates/dashboards/_workflows.tera"),
        include_str!("../templates/dashboards/_http.tera"),
        include_str!("../templates/dashboards/_dotnet.tera"),
        include_str!("../templates/dashboards/_database.tera")
    );
    let templates = elsakube::assets::Templates::embedded();
    let alerts = templates.files.iter().filter(|(path, _)| path.starts_with("monitoring/_alerts"));
    let all: String = alerts.map(|(_, source)| source.text.to_string()).collect();
    let name = Regex::new(r"\bElsa[A-Z][A-Za-z0-9]+").unwrap();
    let mut seen = 0;
    for found in name.find_iter(dashboards) {
        seen += 1;
        assert!(all.contains(&format!("name=\"{}\"", found.as_str())), "no alert {}", found.as_str());
    }
    assert!(seen > 10);
}
