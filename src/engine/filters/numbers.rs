//! Filters on numbers. They count in int64, as Sprig does; Tera's own operators differ on negatives and overflow.

use super::Function;
use super::arguments::{integer, refuse, whole};
use tera::{Error, Kwargs, TeraResult, Value};

/// Hands over every filter of this module.
pub(super) fn each(add: &mut impl FnMut(&'static str, Function)) {
    add("int", Box::new(|value, _| Ok(int(value)?.into())));
    on_integers(add, "add", |a, b| Some(a.wrapping_add(b)));
    on_integers(add, "sub", |a, b| Some(a.wrapping_sub(b)));
    on_integers(add, "mul", |a, b| Some(a.wrapping_mul(b)));
    on_integers(add, "div", |a, b| (b != 0).then(|| a.wrapping_div(b)));
    on_integers(add, "mod", |a, b| (b != 0).then(|| a.wrapping_rem(b)));
    on_integers(add, "max", |a, b| Some(a.max(b)));
    on_integers(add, "min", |a, b| Some(a.min(b)));
}

fn on_integers(
    add: &mut impl FnMut(&'static str, Function),
    name: &'static str,
    operation: fn(i64, i64) -> Option<i64>,
) {
    let function = move |value: &Value, kwargs: &Kwargs| -> TeraResult<Value> {
        let left = whole(value).ok_or_else(|| refuse(name, "a whole number", value))?;
        let right = integer(name, kwargs, "n")?;
        let result = operation(left, right).ok_or_else(|| Error::message(format!("`{name}` by zero")))?;
        Ok(result.into())
    };
    add(name, Box::new(function));
}

/// Pins a number: in Helm every number of a values file is a float64. One with a fraction would be cut, but for
/// Helm 3.18.0, which makes it 0.
fn int(value: &Value) -> TeraResult<i64> {
    if value.is_undefined() || value.is_none() {
        return Ok(0);
    }
    let number = value.as_bool().map(i64::from).or_else(|| whole(value));
    number.ok_or_else(|| refuse("int", "a whole number (`atoi` takes strings)", value))
}
