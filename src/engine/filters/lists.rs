//! Filters on lists and maps. Lists are of strings: those of other types, or of several, are not alike in Go.

use super::Function;
use super::arguments::{refuse, text};
use tera::value::Key;
use tera::{Kwargs, TeraResult, Value};

/// Hands over every filter of this module.
pub(super) fn each(add: &mut impl FnMut(&'static str, Function)) {
    add("hasKey", Box::new(has_key));
    add(
        "has",
        Box::new(|value, kwargs| Ok(strings("has", value)?.contains(&text("has", kwargs, "item")?).into())),
    );
    add(
        "join",
        Box::new(|value, kwargs| Ok(strings("join", value)?.join(text("join", kwargs, "sep")?).into())),
    );
}

/// Null is a value too. What Helm 4 does with nulls in a chart's own values.yaml is moot: there are none.
fn has_key(value: &Value, kwargs: &Kwargs) -> TeraResult<Value> {
    let map = value.as_map().ok_or_else(|| refuse("hasKey", "a map", value))?;
    Ok(map.contains_key(&Key::from(text("hasKey", kwargs, "key")?.to_string())).into())
}

fn strings<'v>(filter: &str, value: &'v Value) -> TeraResult<Vec<&'v str>> {
    let list = value.as_array().ok_or_else(|| refuse(filter, "a list of strings", value))?;
    list.iter()
        .map(|item| item.as_str().ok_or_else(|| refuse(filter, "a list of strings, no list with", item)))
        .collect()
}
