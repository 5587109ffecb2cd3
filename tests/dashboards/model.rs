//! What a dashboard's model must be like, beyond being JSON.
#![allow(clippy::unwrap_used)]

use crate::common::series::{self, Series};
use regex_lite::Regex;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Grafana's names of the units that our panels have; another one would be shown as text behind the figure.
const UNITS: [&str; 10] =
    ["short", "percentunit", "s", "ms", "bytes", "Bps", "reqps", "ops", "cps", "bool_yes_no"];
/// Variables that Grafana itself has.
const BUILT_IN: [&str; 2] = ["__rate_interval", "__range"];
const TYPES: [&str; 4] = ["timeseries", "stat", "heatmap", "table"];

fn list<'a>(node: &'a Value, key: &str) -> &'a [Value] {
    node[key].as_array().map(Vec::as_slice).unwrap_or_default()
}

fn text<'a>(node: &'a Value, key: &str) -> &'a str {
    node[key].as_str().unwrap_or_default()
}

fn variables(model: &Value) -> &[Value] {
    list(&model["templating"], "list")
}

/// Every expression of the panels, and the series of `label_values(…)` of the variables.
pub(crate) fn expressions(model: &Value) -> Vec<String> {
    let targets = list(model, "panels").iter().flat_map(|panel| list(panel, "targets"));
    let mut found: Vec<String> = targets.map(|target| text(target, "expr").to_string()).collect();
    for variable in variables(model).iter().filter(|variable| variable["type"] == "query") {
        let query = text(&variable["query"], "query");
        let inner = query.strip_prefix("label_values(").unwrap().rsplit_once(',').unwrap().0;
        found.push(inner.to_string());
    }
    found
}

/// The same with something in place of Grafana's variables.
pub(crate) fn without_variables(expression: &str) -> String {
    let interval = expression.replace("$__rate_interval", "5m").replace("$__range", "6h");
    Regex::new(r"\$\w+").unwrap().replace_all(&interval, "x").into_owned()
}

/// All that is wrong with a dashboard.
pub(crate) fn problems(model: &Value, known: &Series) -> Vec<String> {
    let mut found = Vec::new();
    head(model, &mut found);
    names(model, &mut found);
    let mut cells: BTreeMap<(u64, u64), String> = BTreeMap::new();
    let mut ids = BTreeSet::new();
    for panel in list(model, "panels") {
        let title = text(panel, "title").to_string();
        let mut say = |what: &str| found.push(format!("{title}: {what}"));
        if title.is_empty() {
            say("no title");
        }
        if !ids.insert(panel["id"].as_u64()) {
            say("its id is taken");
        }
        let at = |key: &str| panel["gridPos"][key].as_u64().unwrap_or(u64::MAX / 4);
        let (x, y, w, h) = (at("x"), at("y"), at("w"), at("h"));
        if w == 0 || h == 0 || x + w > 24 || y + h > 200 {
            say("not on the grid");
            continue;
        }
        for cell in (x..x + w).flat_map(|x| (y..y + h).map(move |y| (x, y))) {
            if let Some(other) = cells.insert(cell, title.clone()) {
                say(&format!("lies over {other}"));
                break;
            }
        }
        if panel["type"] != "row" {
            one(panel, known, &mut say);
        }
    }
    for expression in expressions(model) {
        for what in series::unknown(&expression, known) {
            found.push(format!("{expression}: {what}"));
        }
    }
    found
}

fn head(model: &Value, found: &mut Vec<String>) {
    let mut say = |wrong: bool, what: &str| {
        if wrong {
            found.push(what.to_string());
        }
    };
    let uid = text(model, "uid");
    say(!Regex::new("^[a-zA-Z0-9_-]{1,40}$").unwrap().is_match(uid), "no uid that Grafana takes");
    say(!model["id"].is_null(), "an id, which is Grafana's to give");
    say(model["schemaVersion"] != 39, "another schema version");
    say(text(model, "title").is_empty() || text(model, "description").is_empty(), "no title or description");
    say(model.get("__inputs").is_some(), "inputs, which only the import dialog fills in");
    say(list(model, "panels").is_empty(), "no panels");
}

/// Variables: each that is used exists, and each that exists is used.
fn names(model: &Value, found: &mut Vec<String>) {
    let names: BTreeSet<&str> = variables(model).iter().map(|variable| text(variable, "name")).collect();
    let source = variables(model).first().map(|variable| (text(variable, "name"), text(variable, "type")));
    if source != Some(("datasource", "datasource")) {
        found.push("the data source is not the first variable".to_string());
    }
    let all = serde_json::to_string(model).unwrap();
    let uses: BTreeSet<String> = Regex::new(r"\$\{?(\w+)")
        .unwrap()
        .captures_iter(&all)
        .map(|name| name[1].to_string())
        .filter(|name| name != "__all" && !BUILT_IN.contains(&name.as_str()))
        .collect();
    found.extend(
        uses.iter().filter(|name| !names.contains(name.as_str())).map(|name| format!("no variable {name}")),
    );
    found.extend(
        names
            .iter()
            .filter(|name| !uses.contains(**name))
            .map(|name| format!("nothing uses variable {name}")),
    );
    for variable in variables(model).iter().skip(1).filter(|variable| !is_ours(variable)) {
        found.push(format!("variable {} asks another data source", text(variable, "name")));
    }
}

fn is_ours(holder: &Value) -> bool {
    holder["datasource"]["type"] == "prometheus" && holder["datasource"]["uid"] == "${datasource}"
}

fn one(panel: &Value, known: &Series, say: &mut impl FnMut(&str)) {
    if !TYPES.contains(&text(panel, "type")) {
        say("another type");
    }
    if text(panel, "description").is_empty() {
        say("no description");
    }
    if !UNITS.contains(&text(&panel["fieldConfig"]["defaults"], "unit")) {
        say("no unit, or one that Grafana may not know");
    }
    if !is_ours(panel) || !list(panel, "targets").iter().all(is_ours) {
        say("another data source");
    }
    let mut refs = BTreeSet::new();
    for target in list(panel, "targets") {
        if !refs.insert(text(target, "refId")) {
            say("two queries of one name");
        }
        if target["instant"] == target["range"] {
            say("a query that is both or neither of instant and range");
        }
        let groups = series::grouped(text(target, "expr"));
        let legend = text(target, "legendFormat");
        if legend.is_empty() {
            say("no legend");
        }
        for label in Regex::new(r"\{\{(\w+)\}\}").unwrap().captures_iter(legend) {
            if !groups.contains(&label[1]) {
                say(&format!("the legend's label {} is not in the result", &label[1]));
            }
        }
    }
    if refs.is_empty() || known.is_empty() {
        say("no queries");
    }
}
