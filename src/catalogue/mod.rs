//! What each Elsa release really reads, serves, writes and cannot do, as data with its sources. Templates ask it
//! instead of comparing version numbers; one release is one file in `releases/`.

mod fact;
mod metrics;
mod release;

pub use fact::{Basis, Fact, Setting};
pub use metrics::{MetricFamilies, MetricFamily, MetricType, NowhereMetric, exposes, family_name};
pub use release::{Program, Release};

use crate::assets;
use crate::diagnostics::{Diagnostic, Result, nearest};
use crate::values::schema::{Schema, Type};
use indexmap::IndexMap;
use serde_json::Value;

/// The release that is meant when nothing else is said: the current stable one.
pub const DEFAULT_RELEASE: &str = "3.9";

/// Releases that elsakube leaves out, and why.
const LEFT_OUT: [(&str, &str); 3] = [
    (
        "3.5",
        "its images ship three users and an API key that everybody knows, which elsakube cannot yet replace",
    ),
    ("3.6", "its images let anybody in with a password that everybody knows and that cannot be changed"),
    ("3.7", "no image of Elsa 3.7 was ever published"),
];

/// Every known release, oldest first.
///
/// # Errors
/// `catalogue`: an embedded file that is not a release; the tests keep that from being built.
pub fn releases() -> Result<Vec<Release>> {
    let mut releases = Vec::new();
    for (path, text) in assets::releases() {
        releases.push(Release::parse(path, text)?);
    }
    releases.sort_by_key(|release| release.minor());
    Ok(releases)
}

/// The release of that name: `3.9`, or the patch version whose images are meant, `3.9.0`.
///
/// # Errors
/// `unknown-release`: with the known ones.
pub fn release(name: &str) -> Result<Release> {
    let minor = name.splitn(3, '.').take(2).collect::<Vec<_>>().join(".");
    let files = assets::releases();
    // Only the file that is asked for is read: it takes a tenth of a render.
    if let Some((path, text)) = files.iter().find(|(path, _)| path.trim_end_matches(".yaml") == minor) {
        let release = Release::parse(path, text)?;
        if name == release.release || name == release.app_version {
            return Ok(release);
        }
    }
    let known: Vec<&str> = files.iter().map(|(path, _)| path.trim_end_matches(".yaml")).collect();
    let mut help = format!("known releases: {}", known.join(", "));
    if let Some((_, why)) = LEFT_OUT.iter().find(|(left_out, _)| *left_out == minor) {
        help = format!("{why}; {help}");
    } else if let Some(near) = nearest(name, known) {
        help = format!("did you mean {near}? {help}");
    }
    Err(Diagnostic::error("unknown-release", format!("elsakube does not know Elsa {name}")).help(help).into())
}

/// The type of the template root `elsa`: every member that any release has, so that a template which asks for
/// something that no release knows is an error when it is translated.
///
/// # Errors
/// `catalogue`: two releases give one member different types.
pub fn schema() -> Result<Schema> {
    let mut merged: Option<Value> = None;
    for release in releases()? {
        let view = release.view();
        merged = Some(match merged {
            None => view,
            Some(other) => unify(other, view, "elsa")?,
        });
    }
    Ok(schema_of(&merged.unwrap_or_default()))
}

/// One example value with the members and items of both.
fn unify(a: Value, b: Value, path: &str) -> Result<Value> {
    match (a, b) {
        (Value::Object(mut a), Value::Object(b)) => {
            for (key, value) in b {
                let path = format!("{path}.{key}");
                let united = match a.remove(&key) {
                    Some(other) => unify(other, value, &path)?,
                    None => value,
                };
                a.insert(key, united);
            }
            Ok(Value::Object(a))
        }
        (Value::Array(a), Value::Array(b)) => Ok(Value::Array(if a.is_empty() { b } else { a })),
        (a, b) if std::mem::discriminant(&a) == std::mem::discriminant(&b) => Ok(a),
        (a, b) => {
            Err(Diagnostic::error("catalogue", format!("{path} is {a} in one release and {b} in another"))
                .into())
        }
    }
}

fn schema_of(value: &Value) -> Schema {
    Schema::new(match value {
        Value::Bool(_) => Type::Bool,
        Value::Number(_) => Type::INTEGER,
        Value::Array(items) => Type::List(Box::new(schema_of(items.first().unwrap_or(&Value::from(""))))),
        Value::Object(members) => Type::Object(
            members.iter().map(|(key, value)| (key.clone(), schema_of(value))).collect::<IndexMap<_, _>>(),
        ),
        Value::Null | Value::String(_) => Type::STRING,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_release_parses_and_their_members_have_one_type() {
        let names: Vec<String> = releases().unwrap().into_iter().map(|release| release.release).collect();
        assert_eq!(names, ["3.8", "3.9"]);
        schema().unwrap();
    }

    #[test]
    fn the_default_release_exists() {
        assert_eq!(release(DEFAULT_RELEASE).unwrap().app_version, "3.9.0");
        assert_eq!(release("3.9.0").unwrap().release, "3.9");
    }

    #[test]
    fn an_unknown_release_names_the_known_ones() {
        let error = release("3.7").unwrap_err();
        assert_eq!(error.0[0].code, "unknown-release");
        assert_eq!(
            error.0[0].help.as_deref(),
            Some("no image of Elsa 3.7 was ever published; known releases: 3.8, 3.9")
        );
    }

    #[test]
    fn a_fact_without_a_source_is_refused() {
        let text =
            assets::releases()[0].1.replacen("      source: base image", "      origin: base image", 1);
        let error = Release::parse("x.yaml", &text).unwrap_err();
        assert_eq!(error.0[0].code, "catalogue");
    }
}
