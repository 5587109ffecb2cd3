//! The stacks that together have every alert, with what they render, and the cases of their alerts.
#![allow(clippy::unwrap_used)]

use crate::common::succeed;
use elsakube::diagnostics::Source;
use elsakube::yaml::{Node, reader};
use serde_json::{Value, json};
use std::fs;
use std::path::PathBuf;

/// Folder in `tests/alerts/` and what is rendered for it.
const STACKS: [(&str, &[&str]); 3] = [
    (
        "host",
        &[
            "prod,monitoring,pgbouncer,backup,velero",
            "certManager.enabled=true,certManager.issuer.name=letsencrypt,server.autoscaling.type=keda,server.resources.limits.cpu=1",
            "monitoring.probe.url=blackbox-exporter.monitoring:9115",
            "monitoring.rules.runbooks=https://wiki.corp.net/alerts#,monitoring.rules.labels.team=workflows",
        ],
    ),
    ("stock", &["prod,stock,monitoring"]),
    (
        "cloudnativepg",
        &[
            "prod,monitoring,cloudnative-pg",
            "pooling.type=cloudnativepg,cloudnativepg.backup.enabled=true,s3.bucket=backups",
        ],
    ),
];

/// A stack: its name, and the groups of its rules as JSON.
pub(crate) struct Stack {
    pub(crate) name: &'static str,
    pub(crate) groups: Vec<Value>,
}

/// All of them.
pub(crate) fn all() -> Vec<Stack> {
    let stack = |(name, given): &(&'static str, &[&str])| {
        let mut arguments = vec!["render", "--quiet", "--profile", given[0]];
        given[1..].iter().for_each(|set| arguments.extend(["--set", set]));
        let objects = objects(&succeed(&arguments).stdout);
        Stack { name, groups: rules(&objects).unwrap_or_else(|| panic!("{name} has no rules")) }
    };
    STACKS.iter().map(stack).collect()
}

/// The objects of a stream.
pub(crate) fn objects(text: &str) -> Vec<Node> {
    reader::documents(&Source::new("stdout".to_string(), text)).unwrap()
}

/// The groups of the PrometheusRule among some objects.
pub(crate) fn rules(objects: &[Node]) -> Option<Vec<Value>> {
    let is_rule = |object: &&Node| object.get("kind").and_then(Node::as_str) == Some("PrometheusRule");
    let groups = objects.iter().find(is_rule)?.get("spec")?.get("groups")?;
    serde_json::from_str(&serde_json::to_string(groups).unwrap()).unwrap()
}

/// An alert of a stack. Those of several windows have one rule each.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Key {
    pub(crate) alert: String,
    pub(crate) window: String,
}

impl Key {
    /// Of an alert's rule.
    pub(crate) fn of(rule: &Value) -> Option<Key> {
        let window = rule["labels"]["long_window"].as_str().unwrap_or_default().to_string();
        Some(Key { alert: rule["alert"].as_str()?.to_string(), window })
    }

    /// What a case asks for whose alert this is.
    fn selector(&self) -> String {
        let window = match self.window.as_str() {
            "" => String::new(),
            window => format!(",long_window=\"{window}\""),
        };
        format!("ALERTS{{alertname=\"{}\"{window},alertstate=\"firing\"}}", self.alert)
    }
}

impl Stack {
    /// The rule of each alert.
    pub(crate) fn alerts(&self) -> Vec<(Key, Value)> {
        let all = self.groups.iter().flat_map(|group| group["rules"].as_array().unwrap());
        all.filter_map(|rule| Some((Key::of(rule)?, rule.clone()))).collect()
    }

    /// The files of its cases, as JSON.
    pub(crate) fn files(&self) -> Vec<(PathBuf, Value)> {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/alerts").join(self.name);
        let mut files: Vec<PathBuf> =
            fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        let read = |path: PathBuf| {
            let text = fs::read_to_string(&path).unwrap();
            let node = reader::read(&Source::new(path.display().to_string(), text)).unwrap();
            (path, serde_json::from_str(&serde_json::to_string(&node).unwrap()).unwrap())
        };
        files.into_iter().map(read).collect()
    }

    /// The rules that a file of cases means: `alerts.yaml` are the alerts that it names alone, so that the series that they
    /// ask for can be given; `rules.yaml` are the whole groups of those alerts, what they record first.
    pub(crate) fn rules_for(&self, file: &Value) -> Value {
        let text = file["tests"].to_string();
        let named = |rule: &Value| {
            let alert = rule["alert"].as_str().unwrap_or("-");
            text.contains(&format!("alertname=\\\\\\\"{alert}\\\\\\\""))
                || text.contains(&format!("alertname=\\\"{alert}\\\""))
        };
        let whole = file["rule_files"][0] == "rules.yaml";
        let mut groups = Vec::new();
        for group in &self.groups {
            let rules = group["rules"].as_array().unwrap();
            if rules.iter().any(named) {
                let kept: Vec<&Value> = rules.iter().filter(|rule| whole || named(rule)).collect();
                groups.push(json!({"name": group["name"], "rules": kept}));
            }
        }
        json!({ "groups": groups })
    }
}

/// A case: a test of promtool's that says whether an alert fires.
#[derive(Clone)]
pub(crate) struct Case {
    pub(crate) test: Value,
    pub(crate) fires: bool,
    /// `evaluation_interval` of its file.
    pub(crate) evaluated: Value,
}

/// The cases of an alert.
pub(crate) fn cases(files: &[(PathBuf, Value)], key: &Key) -> Vec<Case> {
    let mut cases = Vec::new();
    for (_, file) in files {
        for test in file["tests"].as_array().unwrap() {
            let name = test["name"].as_str().unwrap();
            let fires = name.starts_with(&format!("{} firing: ", key.alert));
            let silent = name.starts_with(&format!("{} silent: ", key.alert));
            let asked = &test["promql_expr_test"][0];
            if !(fires || silent) || !asked["expr"].as_str().unwrap().contains(&key.selector()) {
                continue;
            }
            assert_eq!(asked["exp_samples"][0]["value"], i64::from(fires), "{name}");
            cases.push(Case { test: test.clone(), fires, evaluated: file["evaluation_interval"].clone() });
        }
    }
    cases
}
