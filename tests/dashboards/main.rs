//! Grafana's dashboards: models that hold together, queries that Prometheus parses, series and labels that exist.
#![allow(clippy::unwrap_used)]

#[path = "../common/mod.rs"]
mod common;
mod model;

use common::equality::objects;
use common::{elsakube, promtool, run, series, succeed};
use elsakube::yaml::Node;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// Stacks that show every part of every dashboard.
const STACKS: [&[&str]; 6] = [
    &["--profile", "prod"],
    &["--profile", "prod,stock"],
    &["--profile", "prod,pgbouncer", "--set", "pgbouncer.metrics.enabled=true"],
    &[
        "--profile",
        "prod,cloudnative-pg",
        "--set",
        "pooling.type=cloudnativepg,monitoring.dashboards.type=grafana-operator",
    ],
    &["--profile", "prod,external-postgres", "--set", "rabbitmq.mode=external,rabbitmq.host=mq.corp.net"],
    &[
        "--profile",
        "prod,stock,external-postgres,pgbouncer",
        "--set",
        "pgbouncer.metrics.enabled=true,pooling.poolMode=session,caBundle.secretName=corp",
    ],
];

/// The dashboards of a stack, by file or object.
fn dashboards(arguments: &[&str]) -> BTreeMap<String, String> {
    let rendered = render(arguments);
    let mut found = BTreeMap::new();
    for (id, node) in objects(&rendered).unwrap() {
        let text = |node: Option<&Node>| node.and_then(Node::as_str).map(str::to_string);
        if id.contains("/GrafanaDashboard ") {
            found.insert(id, text(node.get("spec").and_then(|spec| spec.get("json"))).unwrap());
        } else if id.contains("/ConfigMap ") {
            let data = node.get("data").and_then(Node::as_map).unwrap();
            for (key, entry) in data.iter().filter(|(key, _)| key.ends_with(".json")) {
                found.insert(key.clone(), text(Some(&entry.value)).unwrap());
            }
        }
    }
    found
}

fn render(arguments: &[&str]) -> String {
    let always = ["render", "--quiet", "--set", "monitoring.enabled=true"];
    succeed(&always.iter().chain(arguments).copied().collect::<Vec<_>>()).stdout
}

fn models() -> Vec<(String, Value)> {
    let all = STACKS.iter().flat_map(|stack| {
        let named = move |(name, text): (String, String)| {
            let model = serde_json::from_str(&text);
            (
                format!("{} {name}", stack.join(" ")),
                model.unwrap_or_else(|error| panic!("{name}: {error}\n{text}")),
            )
        };
        dashboards(stack).into_iter().map(named).collect::<Vec<_>>()
    });
    all.collect()
}

#[test]
fn every_model_holds_together() {
    let known = series::known();
    let mut found = Vec::new();
    for (name, model) in models() {
        found.extend(model::problems(&model, &known).into_iter().map(|what| format!("{name}: {what}")));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// The rule is only as good as what it finds.
#[test]
fn a_broken_model_is_found() {
    let known = series::known();
    let text = &dashboards(STACKS[0])["elsa-elsa-http.json"];
    let breakages = [
        ("http_client_request_duration_seconds_count", "http_client_requests_count", "no series"),
        ("\"x\": 12, \"y\": 4 ", "\"x\": 11, \"y\": 4 ", "lies over"),
        ("\"w\": 12, \"x\": 12", "\"w\": 13, \"x\": 12", "not on the grid"),
        ("[$__rate_interval]", "[$__rate_intervall]", "no variable"),
        ("$job", "$jobs", "no variable"),
        ("pod=~\\\"$pod\\\"", "pod=~\\\".+\\\"", "nothing uses variable pod"),
        ("{{http_route}}", "{{route}}", "label route"),
        ("http_response_status_code=~", "status=~", "has no label status"),
        ("sum by (server_address, error_type)", "sum by (server_address, error_typ)", "no label error_typ"),
        ("\"id\": 2,", "\"id\": 1,", "its id is taken"),
        ("\"unit\": \"reqps\"", "\"unit\": \"\"", "no unit"),
        (
            "\"description\": \"All requests but probes and scrapes.\"",
            "\"description\": \"\"",
            "no description",
        ),
        ("\"uid\": \"${datasource}\"", "\"uid\": \"prometheus\"", "another data source"),
        ("\"uid\": \"elsa-http-", "\"uid\": \"elsa/http-", "uid"),
        ("\"id\": null", "\"id\": 7", "an id"),
        ("\"refId\": \"B\"", "\"refId\": \"A\"", "of one name"),
    ];
    for (from, to, expected) in breakages {
        assert!(text.contains(from), "{from} is not there to be broken");
        let broken = serde_json::from_str(&text.replace(from, to)).unwrap();
        let found = model::problems(&broken, &known);
        assert!(found.iter().any(|what| what.contains(expected)), "{from} to {to}: {found:#?}");
    }
}

/// Every query, as a recording rule each.
fn rules(expressions: impl Iterator<Item = String>) -> String {
    let rule = |(number, expression)| json!({"record": format!("query:{number}"), "expr": expression});
    let rules: Vec<Value> = expressions.enumerate().map(rule).collect();
    json!({"groups": [{"name": "queries", "rules": rules}]}).to_string()
}

#[test]
fn prometheus_parses_every_query() {
    let Some(promtool) = promtool::promtool() else { return };
    let dir = tempfile::tempdir().unwrap();
    let all: BTreeSet<String> = models()
        .iter()
        .flat_map(|(_, model)| model::expressions(model))
        .map(|expression| model::without_variables(&expression))
        .collect();
    let run = promtool::check_rules(&promtool, dir.path(), &rules(all.iter().cloned()));
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    assert!(run.stdout.contains(&format!("{} rules found", all.len())), "{}", run.stdout);

    let broken = all.iter().map(|expression| expression.replacen("sum(", "sum((", 1));
    let run = promtool::check_rules(&promtool, dir.path(), &rules(broken));
    assert_ne!(run.code, 0, "a parenthesis too many is not found");
}

/// The command that users have reads our dashboards too, in both kinds of object.
#[test]
fn check_reads_them() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("all.yaml");
    let check = |manifests: &str| {
        fs::write(&file, manifests).unwrap();
        run(&mut elsakube(&["check", file.to_str().unwrap()]))
    };
    for stack in [STACKS[0], STACKS[3]] {
        let rendered = render(stack);
        let verdict = check(&rendered);
        assert_eq!(verdict.code, 0, "{}", verdict.stdout);
        let verdict =
            check(&rendered.replace("elsa_workflow_started_total{", "elsa_workflows_started_total{"));
        assert_eq!(verdict.code, 1);
        assert!(verdict.stdout.contains("did you mean elsa_workflow_started_total?"), "{}", verdict.stdout);
        // The host's dashboards beside a published image.
        let dashboards = rendered.split("---\n").filter(|text| text.contains("# Source: dashboards/"));
        let stock =
            std::iter::once(render(STACKS[1]).as_str()).chain(dashboards).collect::<Vec<_>>().join("---\n");
        let verdict = check(&stock);
        assert!(verdict.stdout.contains("metric-not-exposed"), "{}", verdict.stdout);
    }
}

/// The sidecar writes all files of a cluster into one folder, and a uid is unique in a Grafana.
#[test]
fn two_installations_do_not_meet() {
    let one = dashboards(STACKS[0]);
    for other in [["--namespace", "staging"], ["--name", "second-elsa"]] {
        let mut arguments = STACKS[0].to_vec();
        arguments.extend(other);
        let second = dashboards(&arguments);
        assert_eq!(one.len(), second.len());
        for (key, text) in &second {
            assert!(!one.contains_key(key), "{key}");
            let model: Value = serde_json::from_str(text).unwrap();
            for first in one.values() {
                let first: Value = serde_json::from_str(first).unwrap();
                assert_ne!(first["uid"], model["uid"]);
                assert_ne!(first["title"], model["title"]);
            }
        }
    }
}

/// `kubectl apply` keeps the whole object in an annotation, of which all together have 256 KiB.
#[test]
fn each_fits_into_an_annotation() {
    for (name, text) in STACKS.iter().flat_map(|stack| dashboards(stack)) {
        assert!(text.len() < 128 * 1024, "{name} has {} bytes", text.len());
    }
}

/// Only what has figures is shown.
#[test]
fn a_stack_has_the_dashboards_that_it_can_fill() {
    let count = |arguments: &[&str]| dashboards(arguments).len();
    assert_eq!(count(STACKS[0]), 4);
    assert_eq!(count(STACKS[1]), 1);
    assert_eq!(count(&["--profile", "dev"]), 0);
    assert_eq!(count(&["--profile", "prod,stock,external-postgres"]), 0);
    assert_eq!(count(&["--profile", "prod", "--set", "monitoring.dashboards.type=none"]), 0);
    assert_eq!(count(&["--profile", "prod", "--set", "monitoring.enabled=false"]), 0);
}
