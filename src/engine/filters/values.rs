//! Filters that take values of several types.

use super::Function;
use super::arguments::{refuse, string, text, whole};
use crate::yaml::writer;
use tera::{Error, Kwargs, TeraResult, Value};

/// Hands over every filter of this module.
pub(super) fn each(add: &mut impl FnMut(&'static str, Function)) {
    add("toYaml", Box::new(|value, _| Ok(writer::to_yaml(&json(value)?).into())));
    add("toJson", Box::new(|value, _| Ok(writer::to_json(&json(value)?).into())));
    add("quote", Box::new(|value, _| Ok(quote(value)?.into())));
    add("default", Box::new(default));
    add("required", Box::new(required));
    add("fail", Box::new(|value, _| Err(Error::message(string("fail", value)?))));
}

/// What is missing is null to Helm.
fn json(value: &Value) -> TeraResult<serde_json::Value> {
    if value.is_undefined() {
        return Ok(serde_json::Value::Null);
    }
    serde_json::to_value(value).map_err(Error::message)
}

/// Go's `%q`. Null and what is missing print nothing: null to YAML.
fn quote(value: &Value) -> TeraResult<String> {
    match value.as_str() {
        Some(text) => Ok(writer::go_quote(text)),
        None if value.is_undefined() || value.is_none() => Ok(String::new()),
        None if value.is_bool() || whole(value).is_some() => Ok(format!("\"{value}\"")),
        None => Err(refuse("quote", "a string, a boolean or a whole number", value)),
    }
}

/// Replaces all that Go finds empty: null, false, zero, "", [] and {}.
fn default(value: &Value, kwargs: &Kwargs) -> TeraResult<Value> {
    if value.is_truthy() { Ok(value.clone()) } else { kwargs.must_get("value") }
}

/// Fails on null and "" only: false, zero, [] and {} are values.
fn required(value: &Value, kwargs: &Kwargs) -> TeraResult<Value> {
    let message = text("required", kwargs, "message")?;
    if value.is_undefined() || value.is_none() || value.as_str() == Some("") {
        return Err(Error::message(message));
    }
    Ok(value.clone())
}
