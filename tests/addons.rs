//! Add-ons commute: each pair that can stand on one stack gives the same in both orders, or is refused alike in both. Makes
//! the tables of docs/addons.md from their headers and from what was found; `SNAPSHOTS=overwrite` writes them anew.
#![allow(clippy::unwrap_used)]

mod common;

use common::page;
use common::scenario::{self, ADD_ON_ELSA, Scenario};
use common::world::{Outcome, World};
use elsakube::assets::Templates;
use elsakube::diagnostics::Diagnostics;
use elsakube::values::profile::{Profile, ProfileSet};
use std::collections::BTreeSet;
use std::fmt::Write;

/// What comes of a stack of profiles.
enum Verdict {
    Renders(Box<Outcome>),
    /// It is no stack: code and sentence.
    NoStack(BTreeSet<(String, String)>),
    /// Value rules refuse it: code and sentence.
    Refused(BTreeSet<(String, String)>),
}

fn verdict(world: &World, profiles: &[&str]) -> Verdict {
    let values = match world.values(profiles) {
        Ok(values) => values,
        Err(Diagnostics(found)) => {
            return Verdict::NoStack(found.into_iter().map(|one| (one.code, one.message)).collect());
        }
    };
    let outcome = world.outcome(ADD_ON_ELSA, &values);
    let outcome = outcome.unwrap_or_else(|error| panic!("{}: {error}", profiles.join(",")));
    if outcome.errors.is_empty() {
        Verdict::Renders(Box::new(outcome))
    } else {
        Verdict::Refused(outcome.errors.into_iter().collect())
    }
}

/// The stack that two add-ons need together, they in that order.
fn stack<'a>(one: &'a Scenario, other: &'a Scenario) -> Vec<&'a str> {
    let mut stack: Vec<&str> = Vec::new();
    let add_ons = [one.name, other.name];
    for name in one.profiles.iter().chain(other.profiles.iter()) {
        if !stack.contains(name) && !add_ons.contains(name) {
            stack.push(name);
        }
    }
    stack.extend(add_ons);
    stack
}

/// Pairs of which no stack can be made, with the reason as the tables say it.
fn quarrels(world: &World, add_ons: &[Scenario]) -> Vec<(String, String)> {
    let mut quarrels = Vec::new();
    for (index, one) in add_ons.iter().enumerate() {
        for other in &add_ons[index + 1..] {
            // One that the other needs stands below it anyway.
            let pair = format!("`{}`, `{}`", one.name, other.name);
            let (first, second) = (verdict(world, &stack(one, other)), verdict(world, &stack(other, one)));
            match (first, second) {
                (Verdict::Renders(first), Verdict::Renders(second)) => {
                    assert!(first.objects == second.objects, "{pair}: objects depend on the order");
                    assert_eq!(first.verdict, second.verdict, "{pair}: rules depend on the order");
                    assert_eq!(first.notes, second.notes, "{pair}: NOTES depend on the order");
                }
                (Verdict::Refused(first), Verdict::Refused(second)) => {
                    assert_eq!(first, second, "{pair}: rules depend on the order");
                    quarrels.push((pair, reasons(&first)));
                }
                (Verdict::NoStack(first), Verdict::NoStack(second)) => {
                    let codes = |found: &BTreeSet<(String, String)>| -> BTreeSet<String> {
                        found.iter().map(|(code, _)| code.clone()).collect()
                    };
                    assert_eq!(codes(&first), codes(&second), "{pair}: the stack depends on the order");
                    let conflicts = codes(&first).into_iter().all(|code| code == "conflicting-add-ons");
                    assert!(conflicts, "{pair}: {first:?}");
                    quarrels.push((pair, reasons(&first)));
                }
                _ => panic!("{pair}: refused in one order only"),
            }
        }
    }
    quarrels
}

/// Codes and sentences for a cell of a table.
fn reasons(found: &BTreeSet<(String, String)>) -> String {
    let rule = |code: &str| match code {
        "conflicting-add-ons" => format!("`{code}`"),
        _ => format!("[`{code}`](rules/{code}.md)"),
    };
    let reason =
        |(code, sentence): &(String, String)| format!("{}: {}", rule(code), sentence.replace('|', "\\|"));
    found.iter().map(reason).collect::<Vec<_>>().join("<br>")
}

/// The bases on which an add-on renders, with what else it needs.
fn carriers(world: &World, bases: &[&Profile], add_on: &Scenario) -> Vec<String> {
    let is_base = |name: &str| bases.iter().any(|base| base.name == name);
    let mut carriers = Vec::new();
    for base in bases {
        let above = add_on.profiles.iter().copied().filter(|name| !is_base(name));
        let stack: Vec<&str> = std::iter::once(base.name.as_str()).chain(above).collect();
        match verdict(world, &stack) {
            Verdict::Renders(_) => carriers.push(format!("`{}`", base.name)),
            Verdict::NoStack(found) => {
                let needs = found.iter().all(|(code, _)| code == "missing-need");
                assert!(needs, "{}: {found:?}", stack.join(","));
            }
            Verdict::Refused(found) => {
                panic!("{} can carry {}, say their headers: {found:?}", base.name, add_on.name);
            }
        }
    }
    carriers
}

fn tables() -> (String, String) {
    let world = World::new(&Templates::embedded());
    let profiles = ProfileSet::embedded().all().unwrap();
    let bases: Vec<&Profile> = profiles.iter().filter(|profile| !profile.is_add_on()).collect();
    let add_ons = scenario::add_ons();
    let mut table =
        "| add-on | what it does | on its own stack | bases that carry it |\n| --- | --- | --- | --- |\n"
            .to_string();
    for add_on in &add_ons {
        let profile = profiles.iter().find(|profile| profile.name == add_on.name).unwrap();
        let carriers = carriers(&world, &bases, add_on);
        assert!(!carriers.is_empty(), "nothing carries {}", add_on.name);
        let _ = writeln!(
            table,
            "| `{}` | {} | `{}` | {} |",
            add_on.name,
            profile.description,
            add_on.stack(),
            carriers.join(", ")
        );
    }
    let quarrels = quarrels(&world, &add_ons);
    let mut pairs = String::new();
    for (pair, reason) in &quarrels {
        let _ = writeln!(pairs, "| {pair} | {reason} |");
    }
    let pairs = if pairs.is_empty() {
        "None: any two of them can stand on one stack.\n".to_string()
    } else {
        format!("| add-ons | why not |\n| --- | --- |\n{pairs}")
    };
    (table, pairs)
}

#[test]
fn each_pair_commutes_or_is_refused_and_the_page_says_which() {
    let (add_ons, pairs) = tables();
    page::check("docs/addons.md", "add-ons", &add_ons, "cargo test --test addons");
    page::check("docs/addons.md", "pairs", &pairs, "cargo test --test addons");
}
