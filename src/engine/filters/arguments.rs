//! What filters take: their arguments by name, and their input's type.

use tera::{Error, Kwargs, TeraResult, Value};

/// Every filter with the names of its arguments, all of them required. Tera's other filters are not for templates.
pub const NAMES: &[(&str, &[&str])] = &[
    ("add", &["n"]),
    ("atoi", &[]),
    ("b64enc", &[]),
    ("contains", &["substr"]),
    ("default", &["value"]),
    ("div", &["n"]),
    ("fail", &[]),
    ("has", &["item"]),
    ("hasKey", &["key"]),
    ("hasPrefix", &["prefix"]),
    ("hasSuffix", &["suffix"]),
    ("indent", &["n"]),
    ("int", &[]),
    ("join", &["sep"]),
    ("lower", &[]),
    ("max", &["n"]),
    ("min", &["n"]),
    ("mod", &["n"]),
    ("mul", &["n"]),
    ("nindent", &["n"]),
    ("quote", &[]),
    ("regexMatch", &["pattern"]),
    ("replace", &["from", "to"]),
    ("required", &["message"]),
    ("sha256sum", &[]),
    ("sub", &["n"]),
    ("toJson", &[]),
    ("toYaml", &[]),
    ("trim", &[]),
    ("trimPrefix", &["prefix"]),
    ("trimSuffix", &["suffix"]),
    ("trunc", &["n"]),
    ("upper", &[]),
];

/// Refuses arguments that the filter has not, and a call without one that it has.
pub(super) fn check(filter: &str, kwargs: &Kwargs) -> TeraResult<()> {
    let names = NAMES.iter().find(|(name, _)| *name == filter).map_or(&[][..], |(_, names)| names);
    let takes = match names {
        [] => "no argument".to_string(),
        names => names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" and "),
    };
    for (key, _) in kwargs.iter() {
        let key = key.as_str().unwrap_or_default();
        if !names.contains(&key) {
            return Err(Error::message(format!("`{filter}` has no argument `{key}`, it takes {takes}")));
        }
    }
    if kwargs.iter().count() < names.len() {
        return Err(Error::message(format!("`{filter}` needs {takes}")));
    }
    Ok(())
}

/// A string argument.
pub(super) fn text<'k>(filter: &str, kwargs: &'k Kwargs, name: &'k str) -> TeraResult<&'k str> {
    let value: &Value = kwargs.must_get(name)?;
    value.as_str().ok_or_else(|| wrong(&format!("the argument `{name}` of `{filter}` is"), "a string", value))
}

/// A whole number as argument.
pub(super) fn integer(filter: &str, kwargs: &Kwargs, name: &str) -> TeraResult<i64> {
    let value: &Value = kwargs.must_get(name)?;
    whole(value)
        .ok_or_else(|| wrong(&format!("the argument `{name}` of `{filter}` is"), "a whole number", value))
}

/// An input that has to be a string.
pub(super) fn string<'v>(filter: &str, value: &'v Value) -> TeraResult<&'v str> {
    value.as_str().ok_or_else(|| refuse(filter, "a string", value))
}

/// A whole number; a float is none, even if it has no fraction.
pub(super) fn whole(value: &Value) -> Option<i64> {
    if value.is_f64() { None } else { value.as_i64() }
}

/// The error for an input of another type than the filter takes.
pub(super) fn refuse(filter: &str, takes: &str, value: &Value) -> Error {
    wrong(&format!("`{filter}` takes"), takes, value)
}

fn wrong(subject: &str, expected: &str, value: &Value) -> Error {
    Error::message(format!("{subject} {expected}, not {}", describe(value)))
}

fn describe(value: &Value) -> &'static str {
    match () {
        () if value.is_undefined() => "an undefined value",
        () if value.is_none() => "null",
        () if value.is_bool() => "a boolean",
        () if value.is_f64() => "a number with a fraction",
        () if value.is_number() => "a whole number",
        () if value.is_string() => "a string",
        () if value.is_array() => "a list",
        () => "a map",
    }
}
