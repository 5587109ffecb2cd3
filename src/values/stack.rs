//! What `--profile` names: one base, then add-ons in any order, with the rules that keep a stack from meaning two
//! things or nothing.

use super::input::Files;
use super::path::{self, Path};
use super::profile::{Profile, ProfileSet, Reference, flatten};
use crate::diagnostics::{Diagnostic, Diagnostics, Result, Source, Span};
use crate::yaml::{Kind, Node};
use std::fmt;
use std::sync::Arc;

/// A stack that can be.
#[derive(Clone, Debug, Default)]
pub struct Stack {
    /// The base and all that it extends, the lowest first; may be empty.
    pub base: Vec<Profile>,
    /// In the order in which they were named.
    pub add_ons: Vec<Profile>,
}

/// A profile and where the command line names it.
struct Named {
    profile: Profile,
    span: Span,
}

impl Stack {
    /// Finds the profiles and checks that they stack. Each argument may name several, separated by commas.
    ///
    /// # Errors
    /// `unknown-profile`, `two-bases`, `missing-need`, `conflicting-add-ons`, `profile-list` and whatever is wrong
    /// with the profiles themselves; all of them at once.
    pub fn resolve(arguments: &[String], set: &ProfileSet, files: &mut Files) -> Result<Self> {
        let (mut found, mut bases, mut add_ons) = (Vec::new(), Vec::new(), Vec::<Named>::new());
        for (name, span) in names(arguments) {
            match set.get(&name, &span, files) {
                Err(Diagnostics(diagnostics)) => found.extend(diagnostics),
                Ok(profile) if profile.is_add_on() => {
                    if !add_ons.iter().any(|other| other.profile.name == name) {
                        add_ons.push(Named { profile, span });
                    }
                }
                Ok(profile) => match set.chain(profile, files) {
                    Err(Diagnostics(diagnostics)) => found.extend(diagnostics),
                    Ok(chain) => bases.push((chain, span)),
                },
            }
        }
        let broken = !found.is_empty();
        found.extend(bases.windows(2).filter_map(|pair| two_bases(&pair[0], &pair[1])));
        let base = bases.pop().map(|(chain, _)| chain).unwrap_or_default();
        // With a profile missing, what the others need cannot be told.
        if !broken {
            found.extend(missing_needs(&base, &add_ons, set, files)?);
        }
        let fixed: Vec<&Profile> =
            add_ons.iter().map(|named| &named.profile).filter(|profile| !profile.own).collect();
        for (index, upper) in fixed.iter().enumerate() {
            found.extend(lists(upper));
            for lower in &fixed[..index] {
                conflicts(lower, upper, &lower.values, &upper.values, &Path::default(), &mut found);
            }
        }
        if found.is_empty() {
            Ok(Stack { base, add_ons: add_ons.into_iter().map(|named| named.profile).collect() })
        } else {
            Err(Diagnostics(found))
        }
    }

    /// All profiles, the lowest first.
    pub fn profiles(&self) -> impl Iterator<Item = &Profile> {
        self.base.iter().chain(&self.add_ons)
    }

    /// What they set together; nothing for an empty stack.
    pub fn values(&self) -> Option<Node> {
        flatten(self.profiles())
    }
}

/// As it is typed: `prod,monitoring`.
impl fmt::Display for Stack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> =
            self.base.last().into_iter().chain(&self.add_ons).map(|profile| profile.name.as_str()).collect();
        f.write_str(&names.join(","))
    }
}

/// One path at which two trees differ; a side that does not have it is `None`.
#[derive(Clone, Debug)]
pub struct Difference<'a> {
    /// The path of a value that holds no others.
    pub path: Path,
    /// What the left tree has.
    pub left: Option<&'a Node>,
    /// What the right tree has.
    pub right: Option<&'a Node>,
}

/// Where two trees of values differ, in the order of the left one, then of the right one.
pub fn diff<'a>(left: &'a Node, right: &'a Node) -> Vec<Difference<'a>> {
    let ours = path::leaves(left, false).into_iter().filter(|(path, _)| !path.is_root());
    let theirs = path::leaves(right, false).into_iter().filter(|(path, _)| !path.is_root());
    let leaf = |root: &'a Node, path: &Path| {
        path.find(root).filter(|node| node.as_map().is_none_or(|map| map.is_empty()))
    };
    let mut differences = Vec::new();
    for (path, node) in ours {
        let right = leaf(right, &path);
        if right != Some(node) {
            differences.push(Difference { path, left: Some(node), right });
        }
    }
    for (path, node) in theirs {
        if leaf(left, &path).is_none() {
            differences.push(Difference { path, left: None, right: Some(node) });
        }
    }
    differences
}

/// The names in the arguments, each with its place in what was typed.
fn names(arguments: &[String]) -> Vec<(String, Span)> {
    let source: Arc<Source> = Source::new("--profile", arguments.join(","));
    let mut start = 0;
    let mut names = Vec::new();
    for part in source.text.split(',').filter(|_| !arguments.is_empty()) {
        let name = part.trim();
        let offset = start + part.len() - part.trim_start().len();
        names.push((name.to_string(), Span::new(&source, offset..offset + name.len())));
        start += part.len() + 1;
    }
    names
}

/// A base may stand before the next one if that extends it.
fn two_bases(lower: &(Vec<Profile>, Span), upper: &(Vec<Profile>, Span)) -> Option<Diagnostic> {
    let (Some(first), Some(second)) = (lower.0.last(), upper.0.last()) else { return None };
    if upper.0.iter().any(|profile| profile.name == first.name) {
        return None;
    }
    let message = format!("{} and {} are both bases, and a stack has one", first.name, second.name);
    let diagnostic =
        Diagnostic::error("two-bases", message).at(upper.1.clone()).label(lower.1.clone(), "the other base");
    let help = if lower.0.iter().any(|profile| profile.name == second.name) {
        format!("{} holds all of {}: leave {} out", first.name, second.name, second.name)
    } else if second.own {
        format!(
            "say `extends: {}` in {} to build on it, or `needs: [{}]` to make it an add-on",
            first.name, second.name, first.name
        )
    } else {
        "leave one of them out".to_string()
    };
    Some(diagnostic.help(help))
}

/// Whether a base can carry an add-on.
fn carries(base: &[Profile], add_on: &Profile, needed_bases: &[&Reference]) -> bool {
    if add_on.bases.is_empty() {
        return needed_bases.iter().all(|need| base.iter().any(|profile| profile.name == need.name));
    }
    // A user's own base can carry what the embedded one below it can.
    let known = base.iter().rev().filter(|profile| !profile.own).take(1);
    let own = base.iter().rev().take_while(|profile| profile.own);
    own.chain(known).any(|profile| add_on.bases.iter().any(|base| base.name == profile.name))
}

/// What an add-on needs, told apart.
struct Needs<'a> {
    bases: Vec<&'a Reference>,
    add_ons: Vec<&'a Reference>,
}

fn missing_needs(
    base: &[Profile],
    add_ons: &[Named],
    set: &ProfileSet,
    files: &mut Files,
) -> Result<Vec<Diagnostic>> {
    let mut found = Vec::new();
    for named in add_ons {
        let needs = needs_of(named, set, files)?;
        let carried = carries(base, &named.profile, &needs.bases);
        let lacking: Vec<&str> = needs
            .add_ons
            .iter()
            .map(|need| need.name.as_str())
            .filter(|need| !add_ons.iter().any(|other| other.profile.name == *need))
            .collect();
        if carried && lacking.is_empty() {
            continue;
        }
        let name = &named.profile.name;
        let message = match base.last() {
            Some(base) if !carried => format!("the add-on {name} cannot stand on {}", base.name),
            None if !carried => format!("the add-on {name} needs a base"),
            _ => format!("the add-on {name} needs {}", lacking.join(" and ")),
        };
        let right = right_stack(base, add_ons, set, files)?;
        let diagnostic = Diagnostic::error("missing-need", message).at(named.span.clone());
        found.push(diagnostic.help(format!("type --profile {right}")));
    }
    Ok(found)
}

fn needs_of<'a>(named: &'a Named, set: &ProfileSet, files: &mut Files) -> Result<Needs<'a>> {
    let mut needs = Needs { bases: Vec::new(), add_ons: Vec::new() };
    for need in named.profile.needs.iter().flatten() {
        let into = if set.get(&need.name, &need.span, files)?.is_add_on() {
            &mut needs.add_ons
        } else {
            &mut needs.bases
        };
        into.push(need);
    }
    Ok(needs)
}

/// The stack that has everything the add-ons need: the base that stands if it carries them, else the one they need.
fn right_stack(base: &[Profile], add_ons: &[Named], set: &ProfileSet, files: &mut Files) -> Result<String> {
    let mut order: Vec<Named> = Vec::new();
    for named in add_ons {
        complete(named.profile.clone(), &named.span, &mut order, &mut Vec::new(), set, files)?;
    }
    let mut stands = base.last().map(|profile| profile.name.clone());
    for named in &order {
        let needs = needs_of(named, set, files)?;
        if !carries(base, &named.profile, &needs.bases) {
            let first = needs.bases.first().copied().or(named.profile.bases.first());
            stands = first.map(|need| need.name.clone()).or(stands);
        }
    }
    let names = stands.into_iter().chain(order.into_iter().map(|named| named.profile.name));
    Ok(names.collect::<Vec<_>>().join(","))
}

/// Adds a profile behind all that it needs.
fn complete(
    profile: Profile,
    span: &Span,
    order: &mut Vec<Named>,
    open: &mut Vec<String>,
    set: &ProfileSet,
    files: &mut Files,
) -> Result<()> {
    if open.contains(&profile.name) || order.iter().any(|named| named.profile.name == profile.name) {
        return Ok(());
    }
    open.push(profile.name.clone());
    for need in profile.needs.iter().flatten() {
        let needed = set.get(&need.name, &need.span, files)?;
        if needed.is_add_on() {
            complete(needed, span, order, open, set, files)?;
        }
    }
    order.push(Named { profile, span: span.clone() });
    Ok(())
}

/// An embedded add-on sets no lists, because a list replaces what the user has.
fn lists(profile: &Profile) -> Vec<Diagnostic> {
    let lists = path::leaves(&profile.values, false).into_iter().filter(|(_, node)| node.as_list().is_some());
    lists
        .map(|(path, node)| {
            let message = format!("the add-on {} sets the list `{path}`", profile.name);
            Diagnostic::error("profile-list", message)
                .at(node.span.clone())
                .help("make it a map keyed by name, or an enum, that the template turns into items")
        })
        .collect()
}

/// Keys that two add-ons set differently.
fn conflicts(a: &Profile, b: &Profile, lower: &Node, upper: &Node, path: &Path, found: &mut Vec<Diagnostic>) {
    if let (Kind::Map(below), Kind::Map(above)) = (&lower.kind, &upper.kind) {
        for (key, entry) in above {
            if let Some(other) = below.get(key) {
                conflicts(a, b, &other.value, &entry.value, &path.key(key), found);
            }
        }
    } else if lower != upper {
        let message = format!("the add-ons {} and {} set `{path}` differently", a.name, b.name);
        found.push(
            Diagnostic::error("conflicting-add-ons", message)
                .label(upper.span.clone(), format!("set by {}", b.name))
                .label(lower.span.clone(), format!("set by {}", a.name))
                .help("leave one of them out"),
        );
    }
}
