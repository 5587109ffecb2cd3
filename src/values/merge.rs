//! How Helm lays values over each other. Layers above the chart's defaults are merged with null as a mark; the
//! result is then laid over the defaults ("coalesced"), where a null takes the default away. Everything keeps the
//! place where it was written: a map that several layers share stands where the last one wrote it.

use super::path::{Path, Segment};
use crate::yaml::{Entry, Kind, Map, Node};

/// Lays one layer over another, as helm does with its `-f` files: maps merge, anything else replaces, null stays.
pub fn merge(lower: &mut Node, upper: Node) {
    let span = upper.span.clone();
    match (&mut lower.kind, upper.kind) {
        (Kind::Map(into), Kind::Map(members)) => {
            merge_maps(into, members);
            lower.span = span;
        }
        (_, kind) => *lower = Node { kind, span, plain: upper.plain },
    }
}

fn merge_maps(into: &mut Map, members: Map) {
    for (key, entry) in members {
        match into.get_mut(&key) {
            Some(present) => {
                present.key = entry.key;
                merge(&mut present.value, entry.value);
            }
            None => {
                into.insert(key, entry);
            }
        }
    }
}

/// Lays the merged layers over the defaults. A null for a key of the defaults deletes it where `deletes` says so and
/// else stays, for the validator to refuse; so do nulls for other keys and those in lists. Keys come in the defaults'
/// order, then in the layers'. The defaults hold no null (the helms disagree about those), which the reader of the
/// annotated values sees to.
pub fn coalesce(defaults: &Node, layers: &Node, deletes: &dyn Fn(&Path) -> bool) -> Node {
    lay_over(defaults, layers, &mut Path::default(), deletes)
}

fn lay_over(lower: &Node, upper: &Node, path: &mut Path, deletes: &dyn Fn(&Path) -> bool) -> Node {
    let (Kind::Map(below), Kind::Map(above)) = (&lower.kind, &upper.kind) else { return upper.clone() };
    let mut map = Map::with_capacity(below.len() + above.len());
    for (key, entry) in below {
        let entry = match above.get(key) {
            None => entry.clone(),
            Some(Entry { key: place, value }) => {
                path.0.push(Segment::Key(key.clone()));
                let deleted = value.is_null() && deletes(path);
                let merged = (!deleted).then(|| Entry {
                    key: place.clone(),
                    value: lay_over(&entry.value, value, path, deletes),
                });
                path.0.pop();
                let Some(merged) = merged else { continue };
                merged
            }
        };
        map.insert(key.clone(), entry);
    }
    for (key, entry) in above {
        if !below.contains_key(key) {
            map.insert(key.clone(), entry.clone());
        }
    }
    Node::new(Kind::Map(map), upper.span.clone())
}
