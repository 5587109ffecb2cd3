//! Which series there are, with their labels: the host's from the catalogue, those of other programs from the last table of
//! docs/metrics.md. And what an expression asks of them.
#![allow(clippy::unwrap_used)]

use elsakube::catalogue::{self, MetricType};
use elsakube::rules::metrics::promql;
use regex_lite::Regex;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

/// Series and their own labels.
pub type Series = BTreeMap<String, BTreeSet<String>>;

/// What a scrape adds to all of them.
const TARGET: [&str; 6] = ["namespace", "pod", "job", "instance", "container", "endpoint"];

/// The documentation's page about metrics.
pub fn page() -> String {
    fs::read_to_string(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/metrics.md")).unwrap()
}

/// All series that anything here may ask for.
pub fn known() -> Series {
    let mut known = of_host();
    for (name, labels) in of_others() {
        assert!(known.insert(name.clone(), labels).is_none(), "docs/metrics.md repeats {name} of the host");
    }
    known
}

/// Those of the newest host.
pub fn of_host() -> Series {
    let mut series = Series::new();
    let host = catalogue::releases().iter().rev().find_map(|release| {
        let host = release.programs.get("host")?;
        host.is("available").then_some(host)
    });
    for (name, family) in &host.unwrap().metrics {
        let labels: BTreeSet<String> = family.labels.iter().cloned().collect();
        if family.kind == MetricType::Histogram {
            for ending in ["_sum", "_count"] {
                series.insert(format!("{name}{ending}"), labels.clone());
            }
            let le = ["le".to_string()].into_iter();
            series.insert(format!("{name}_bucket"), labels.into_iter().chain(le).collect());
        } else {
            series.insert(name.clone(), labels);
        }
    }
    series
}

/// Those of other programs.
pub fn of_others() -> Series {
    let page = page();
    let table = page.split_once("## Series of other programs").unwrap().1;
    let words = |cell: &str| cell.split('`').skip(1).step_by(2).map(str::to_string).collect::<Vec<_>>();
    let mut series = Series::new();
    for line in table.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').collect();
        let [name, labels, _] = cells[..] else { panic!("{line}") };
        for name in words(name) {
            let twice = series.insert(name.clone(), words(labels).into_iter().collect());
            assert!(twice.is_none(), "docs/metrics.md has {name} twice");
        }
    }
    assert!(series.len() > 20, "docs/metrics.md lost its table");
    series
}

/// The labels by which an expression groups or joins.
pub fn grouped(expression: &str) -> BTreeSet<String> {
    let lists = Regex::new(r"\b(?:by|on|without|ignoring)\s*\(([^)]*)\)").unwrap();
    let labels = lists.captures_iter(expression).flat_map(|list| {
        let names: Vec<String> = list[1].split(',').map(|name| name.trim().to_string()).collect();
        names
    });
    labels.filter(|label| !label.is_empty()).collect()
}

/// What an expression asks for and nobody has: series, or labels that its series do not carry.
pub fn unknown(expression: &str, known: &Series) -> Vec<String> {
    let mut found = Vec::new();
    let mut labels: BTreeSet<&str> = TARGET.into_iter().collect();
    for name in promql::names(expression) {
        match known.get(name.name) {
            Some(own) => labels.extend(own.iter().map(String::as_str)),
            None => found.push(format!("no series {}", name.name)),
        }
    }
    for label in grouped(expression) {
        if !labels.contains(label.as_str()) {
            found.push(format!("no label {label}"));
        }
    }
    let selectors = Regex::new(r"([A-Za-z_:][A-Za-z0-9_:]*)\{([^{}]*)\}").unwrap();
    let matchers = Regex::new(r#"([A-Za-z_][A-Za-z0-9_]*)\s*(?:=~|!~|!=|=)\s*"[^"]*""#).unwrap();
    for selector in selectors.captures_iter(expression) {
        let Some(own) = known.get(&selector[1]) else { continue };
        for matcher in matchers.captures_iter(&selector[2]) {
            let label = &matcher[1];
            if !TARGET.contains(&label) && !own.contains(label) {
                found.push(format!("{} has no label {label}", &selector[1]));
            }
        }
    }
    found
}
