//! No key is without effect: each leaf of the values, set to something else, changes an object, what a rule says, or NOTES,
//! in some stack, alone or together with the values that its annotation names with `with`.
#![allow(clippy::unwrap_used)]

mod common;

use common::mutation::{candidates, without};
use common::scenario::{self, SCENARIOS, Scenario};
use common::world::{Outcome, World};
use elsakube::assets::Templates;
use elsakube::values::merge::merge;
use elsakube::values::path::{Path, Segment};
use elsakube::values::schema::Schema;
use elsakube::yaml::{Node, writer};
use std::collections::HashMap;
use std::fs;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock};

/// Where keys are tried: bases, a release that reads what the newest does not, and every add-on.
fn stacks() -> Vec<Scenario> {
    const NAMES: [&str; 5] = ["prod-3.9", "prod-stock-3.9", "defaults-3.9", "dev-3.9", "prod-stock-3.5"];
    let named = |name: &str| SCENARIOS.iter().find(|scenario| scenario.name == name).unwrap().clone();
    NAMES.into_iter().map(named).chain(scenario::add_ons()).collect()
}

/// A stack with its values and, once somebody has asked, with what they give.
struct Stack {
    scenario: Scenario,
    values: Node,
    outcome: OnceLock<Outcome>,
}

struct Search<'a> {
    world: &'a World,
    stacks: Vec<Stack>,
    /// How many values were rendered.
    renderings: AtomicUsize,
}

impl<'a> Search<'a> {
    fn new(world: &'a World) -> Self {
        let stack = |scenario: Scenario| Stack {
            values: world.scenario(&scenario),
            scenario,
            outcome: OnceLock::new(),
        };
        let stacks = stacks().into_iter().map(stack).collect();
        Search { world, stacks, renderings: AtomicUsize::new(0) }
    }

    fn outcome(&self, stack: &Stack, values: &Node) -> Outcome {
        let outcome = self.world.outcome(stack.scenario.elsa, values);
        outcome.unwrap_or_else(|error| panic!("{}: {error}\n{}", stack.scenario.name, writer::block(values)))
    }

    /// Nothing if the key has an effect, else what was tried. Stacks are tried from `first` on, which becomes the one
    /// with the effect: a key's neighbours show theirs on the same one.
    fn without_effect(&self, path: &Path, schema: &Schema, first: &mut usize) -> Option<String> {
        let companions = schema.with.as_ref();
        let own = companions.filter(|with| path.find(with).is_some());
        let mut tried = Vec::new();
        let mut bases: HashMap<usize, (Node, Outcome)> = HashMap::new();
        for round in 0.. {
            let mut found_any = false;
            let order = std::iter::once(*first).chain((0..self.stacks.len()).filter(|index| index != first));
            for index in order.collect::<Vec<_>>() {
                let stack = &self.stacks[index];
                let (values, before) = match companions {
                    None => {
                        let outcome = || self.outcome(stack, &stack.values);
                        (&stack.values, stack.outcome.get_or_init(outcome))
                    }
                    Some(with) => {
                        let (values, outcome) = bases.entry(index).or_insert_with(|| {
                            let mut values = stack.values.clone();
                            merge(&mut values, without(with.clone(), path));
                            let outcome = self.outcome(stack, &values);
                            (values, outcome)
                        });
                        (&*values, &*outcome)
                    }
                };
                let layer = match own {
                    Some(with) => Some(with.clone()).filter(|_| round == 0),
                    None => {
                        let present = path.find(values).unwrap();
                        candidates(&self.world.annotated.schema, path, schema, present).into_iter().nth(round)
                    }
                };
                let Some(layer) = layer else { continue };
                found_any = true;
                let mut mutated = values.clone();
                merge(&mut mutated, layer.clone());
                self.renderings.fetch_add(1, Ordering::Relaxed);
                let said = match self.world.change(before, stack.scenario.elsa, &mutated) {
                    Ok(Some(_)) => {
                        *first = index;
                        return None;
                    }
                    Ok(None) => String::new(),
                    Err(error) => format!(" (fails: {error})"),
                };
                let value = path.find(&layer).map(|node| serde_json::to_string(node).unwrap()).unwrap();
                if !tried.contains(&format!("{value}{said}")) {
                    tried.push(format!("{value}{said}"));
                }
            }
            if !found_any {
                break;
            }
        }
        let with = companions.map(|with| format!(" with {}", serde_json::to_string(with).unwrap()));
        Some(format!("{path}{}: tried {}", with.unwrap_or_default(), tried.join(", ")))
    }

    /// Every such key among those asked for.
    fn all_without_effect(&self, wanted: impl Fn(&Path) -> bool) -> Vec<String> {
        // Neighbours stay together, for their common stack and companions.
        let mut groups: Vec<Vec<(Path, &Schema)>> = Vec::new();
        for (path, schema) in self.world.annotated.schema.leaves() {
            let same = |group: &Vec<(Path, &Schema)>| same_block(&group[0].0, &path) && group.len() < 12;
            if !wanted(&path) {
                continue;
            }
            match groups.last_mut().filter(|group| same(group)) {
                Some(group) => group.push((path, schema)),
                None => groups.push(vec![(path, schema)]),
            }
        }
        let (next, found) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
        let firsts: Mutex<HashMap<String, usize>> = Mutex::new(HashMap::new());
        let worker = || {
            while let Some(group) = groups.get(next.fetch_add(1, Ordering::Relaxed)) {
                let block = block(&group[0].0);
                let mut first = firsts.lock().unwrap().get(&block).copied().unwrap_or_default();
                for (path, schema) in group {
                    let mut found_at = first;
                    if let Some(report) = self.without_effect(path, schema, &mut found_at) {
                        found.lock().unwrap().push(report);
                    }
                    first = found_at;
                }
                firsts.lock().unwrap().insert(block, first);
            }
        };
        std::thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(worker);
            }
        });
        let mut found = found.into_inner().unwrap();
        found.sort();
        found
    }
}

fn block(path: &Path) -> String {
    match path.0.first() {
        Some(Segment::Key(key)) => key.clone(),
        _ => String::new(),
    }
}

fn same_block(one: &Path, other: &Path) -> bool {
    block(one) == block(other)
}

#[test]
fn every_leaf_changes_something() {
    let world = World::new(&Templates::embedded());
    let search = Search::new(&world);
    // For whoever writes a block: ELSAKUBE_LEAVES=postgresql looks at it alone.
    let only = std::env::var("ELSAKUBE_LEAVES").unwrap_or_default();
    let found = search.all_without_effect(|path| path.to_string().starts_with(&only));
    eprintln!("{} values were rendered", search.renderings.load(Ordering::Relaxed));
    assert!(
        found.is_empty(),
        "{} keys without effect; give them one, or name in `with` what they need:\n{}",
        found.len(),
        found.join("\n")
    );
}

/// What that is worth: a key that no template reads is found, one that a template reads is not, and neither is one that
/// needs a companion as long as it has it.
#[test]
fn a_key_that_nothing_reads_is_found() {
    let dir = tempfile::tempdir().unwrap();
    let values = "# -- Read.\nread: 1\n# -- Not read.\nunread: 1\n# -- Read if `switch` is set.\n# @schema {with: {switch: \
                  true}}\nswitched: a\n# -- Likewise, and says nothing of it.\nlonely: a\n# -- Switch.\nswitch: false\n";
    fs::write(dir.path().join("values.yaml"), values).unwrap();
    let template = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: control\ndata:\n  read: {{ values.read | int | \
                    quote }}\n{%- if values.switch %}\n  more: {{ values.switched ~ values.lonely | quote }}\n{%- endif %}\n";
    fs::write(dir.path().join("control.yaml"), template).unwrap();
    let world = World::new(&Templates::with_overlay(dir.path()).unwrap());
    let search =
        Search { stacks: Search::new(&world).stacks.into_iter().take(1).collect(), ..Search::new(&world) };
    let ours = ["read", "unread", "switched", "lonely", "switch"];
    let found = search.all_without_effect(|path| ours.contains(&path.to_string().as_str()));
    let paths: Vec<&str> = found.iter().map(|line| line.split(':').next().unwrap()).collect();
    assert_eq!(paths, ["lonely", "unread"], "{found:#?}");
    assert!(found[1].contains("tried 2, 0"), "{}", found[1]);
}
