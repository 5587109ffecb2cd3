//! Which components a set of templates calls, directly or through others.

use super::ast::{Branch, Expr, Item, Kind};
use super::components::Definition;
use indexmap::IndexMap;
use std::collections::HashSet;

/// Adds the names of all components that the items call, and of those that these call.
pub(super) fn reach(items: &[Item], definitions: &IndexMap<String, Definition>, found: &mut HashSet<String>) {
    for item in items {
        match item {
            Item::Text(_) | Item::Comment { .. } | Item::Raw(_) | Item::Component(_) => {}
            Item::Print { value, .. } | Item::Set { value, .. } => called(value, definitions, found),
            Item::If { arms, otherwise, .. } => {
                for arm in arms {
                    called(&arm.condition, definitions, found);
                    reach(&arm.body, definitions, found);
                }
                branch(otherwise.as_ref(), definitions, found);
            }
            Item::For(repeat) => {
                called(&repeat.over, definitions, found);
                reach(&repeat.body, definitions, found);
                branch(repeat.otherwise.as_ref(), definitions, found);
            }
        }
    }
}

fn branch(branch: Option<&Branch>, definitions: &IndexMap<String, Definition>, found: &mut HashSet<String>) {
    if let Some(branch) = branch {
        reach(&branch.body, definitions, found);
    }
}

fn called(expr: &Expr, definitions: &IndexMap<String, Definition>, found: &mut HashSet<String>) {
    for child in expr.children() {
        called(child, definitions, found);
    }
    if let Kind::Call(call) = &expr.kind
        && let Some(definition) = definitions.get(&call.name.text)
        && found.insert(call.name.text.clone())
    {
        reach(&definition.component.body, definitions, found);
    }
}
