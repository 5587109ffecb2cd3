//! Everything that is rendered, on clusters of many shapes: where it runs at all, it can be updated and each node drained, at
//! an autoscaler's least and most, one after the other and both at once.

use crate::common::pod::stream;
use crate::common::{in_parallel, page, scenario, succeed};
use crate::objects::{Objects, read};
use crate::questions::{self, Question, Shape, trouble_with};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Mutex;

/// Shapes that bear the loss of a node; the first is for who has only one.
const SHAPES: [Shape; 6] = [(1, 1), (2, 1), (3, 1), (2, 2), (3, 3), (6, 3)];
/// Three database servers on the only nodes of two zones: two replicas that are on one node cannot both leave it.
const STUCK: [(&str, Shape); 1] = [("prod,cloudnative-pg", (2, 2))];
/// Orders of events.
const SEEDS: u64 = 3;

/// Scenarios with the same pods, budgets and rules, by what they are made of.
fn groups() -> Vec<(Vec<String>, Objects)> {
    let mut groups: BTreeMap<String, (Vec<String>, Objects)> = BTreeMap::new();
    for scenario in scenario::all() {
        let mut arguments = vec!["render", "--quiet"];
        arguments.extend(scenario.arguments());
        let objects = read(&stream(&succeed(&arguments).stdout));
        let known = groups.entry(format!("{objects:?}")).or_insert((Vec::new(), objects));
        known.0.push(if scenario.is_add_on() { scenario.stack() } else { scenario.name.to_string() });
    }
    let mut groups: Vec<_> = groups.into_values().collect();
    groups.iter_mut().for_each(|(names, _)| names.sort());
    groups.sort_by(|a, b| a.0.cmp(&b.0));
    groups
}

/// `3–10 elsa-server, 1 elsa-postgresql`.
fn pods(objects: &Objects) -> String {
    let counts: Vec<String> = objects
        .workloads
        .iter()
        .map(|workload| {
            let (least, most) = (workload.least, workload.most);
            let name = workload.title.rsplit(' ').next().unwrap();
            if least == most { format!("{least} {name}") } else { format!("{least}–{most} {name}") }
        })
        .collect();
    counts.join(", ")
}

fn cell(trouble: Option<(&str, Question)>) -> &'static str {
    match trouble {
        None => "yes",
        Some((_, Question::Run)) => "does not run",
        Some((_, Question::Update(_))) => "no update",
        Some((_, Question::Drain(_))) => "no drain",
        Some((_, Question::Both(_))) => "not both at once",
    }
}

#[test]
fn drains_and_updates_of_everything_rendered_end() {
    let groups = groups();
    let troubles = Mutex::new(BTreeMap::new());
    let jobs: Vec<(usize, Shape)> =
        (0..groups.len()).flat_map(|group| SHAPES.map(|shape| (group, shape))).collect();
    in_parallel(&jobs, |_, (group, shape)| {
        let objects = &groups[*group].1;
        let questions = questions::all(objects, *shape);
        let found = [false, true].map(|prefers| trouble_with(objects, *shape, &questions, SEEDS, prefers));
        troubles.lock().unwrap().insert((*group, *shape), found);
    });
    let troubles = troubles.into_inner().unwrap();
    let mut table = "| stacks | pods |".to_string();
    for (nodes, zones) in SHAPES {
        let _ = write!(table, " {nodes} in {zones} |");
    }
    table += &format!("\n|{}\n", " --- |".repeat(SHAPES.len() + 2));
    let mut stopped = Vec::new();
    for (index, (names, objects)) in groups.iter().enumerate() {
        let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        let _ = write!(table, "| {} | {} |", names.join(", "), pods(objects));
        for shape in SHAPES {
            let [worst, usual] = troubles[&(index, shape)];
            let if_spread = if worst.is_some() && usual.is_none() { " if spread" } else { "" };
            let _ = write!(table, " {}{if_spread} |", cell(usual));
            // One node that is drained leaves none.
            let is_known = STUCK.iter().any(|known| known.1 == shape && names[0] == format!("`{}`", known.0));
            let is_stopped = usual.is_some_and(|(_, question)| question != Question::Run);
            if shape.0 > 1 && is_known != is_stopped {
                stopped.push(format!("{names:?} on {shape:?}: {usual:?}"));
            }
        }
        table.push('\n');
    }
    println!("{table}");
    assert!(stopped.is_empty(), "{}\n{table}", stopped.join("\n"));
    page::check("docs/scaling-drain.md", "clusters", &table, "cargo test --test drain");
}
