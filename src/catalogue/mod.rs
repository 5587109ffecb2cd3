//! What each Elsa release really reads, serves, writes and cannot do, as data with its sources. Templates ask it
//! instead of comparing version numbers; one release is one file in `releases/`.

pub mod choice;
pub mod data;
// The build reads it too, from where it is `pub`.
#[cfg(test)]
#[allow(unreachable_pub)]
mod source;

pub use data::{
    Absence, Answer, Basis, Endpoint, Fact, Images, Kind, MetricFamilies, MetricFamily, MetricType, Nowhere,
    Program, ProgramKind, RENDERED, Release, Remark, Setting, exposes, family_name,
};

use crate::diagnostics::{Diagnostic, Result, nearest};
use crate::values::schema::{Schema, Type};
use indexmap::IndexMap;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::sync::OnceLock;

/// The release that is meant when nothing else is said: the current stable one.
pub const DEFAULT_RELEASE: &str = "3.9";

/// What the build made of `releases/`: name → JSON.
static FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/catalogue.rs"));

/// The file of what no release has.
const NOWHERE: &str = "nowhere";

/// Every known release, oldest first.
pub fn releases() -> &'static [Release] {
    static RELEASES: OnceLock<Vec<Release>> = OnceLock::new();
    RELEASES.get_or_init(|| {
        let mut releases: Vec<Release> = names().map(load).collect();
        releases.sort_by_key(Release::minor);
        releases
    })
}

/// What guides name and no release has.
pub fn nowhere() -> &'static Nowhere {
    static KNOWN: OnceLock<Nowhere> = OnceLock::new();
    KNOWN.get_or_init(|| load(NOWHERE))
}

/// The release of that name: `3.9`, or the patch version whose images are meant, `3.9.0`.
///
/// # Errors
/// `unknown-release`: with the known ones.
pub fn release(name: &str) -> Result<Release> {
    let minor = name.splitn(3, '.').take(2).collect::<Vec<_>>().join(".");
    // Only the file that is asked for is read.
    if names().any(|known| known == minor) {
        let release: Release = load(&minor);
        if name == release.release || name == release.app_version {
            return Ok(release);
        }
    }
    let mut known: Vec<&str> = names().collect();
    known.sort_by_key(|name| name.split('.').map(|part| part.parse().unwrap_or(0)).collect::<Vec<u32>>());
    let mut help = format!("known releases: {}", known.join(", "));
    if let Some(absence) = nowhere().releases.get(&minor) {
        help = format!("{}; {}; {help}", absence.why, absence.instead);
    } else if let Some(near) = nearest(name, known) {
        help = format!("did you mean {near}? {help}");
    }
    Err(Diagnostic::error("unknown-release", format!("elsakube does not know Elsa {name}")).help(help).into())
}

/// Every program of every release, the oldest release's first.
pub fn programs() -> impl Iterator<Item = &'static Program> {
    releases().iter().flat_map(|release| release.programs.values())
}

/// The program of that id, such as `host-3.9`, and its release.
pub fn program(id: &str) -> Option<(&'static Release, &'static str, &'static Program)> {
    let (name, release) = id.rsplit_once('-')?;
    let release = releases().iter().find(|known| known.release == release)?;
    release.programs.get_key_value(name).map(|(name, program)| (release, name.as_str(), program))
}

fn names() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|(name, _)| *name).filter(|name| *name != NOWHERE)
}

/// Reads a file that the build wrote with the same types.
fn load<T: DeserializeOwned>(name: &str) -> T {
    let text = FILES.iter().find(|(known, _)| *known == name).map_or("null", |(_, text)| *text);
    match serde_json::from_str(text) {
        Ok(value) => value,
        Err(error) => unreachable!("the build wrote {name}: {error}"),
    }
}

/// The type of the template root `elsa`: every member that any release has, so that a template which asks for
/// something that no release knows is an error when it is translated.
///
/// # Errors
/// `catalogue`: two releases give one member different types.
pub fn schema() -> Result<Schema> {
    let mut merged: Option<Value> = None;
    for release in releases() {
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
    fn the_members_of_all_releases_have_one_type() {
        let names: Vec<&str> = releases().iter().map(|release| release.release.as_str()).collect();
        assert_eq!(names, ["3.5", "3.6", "3.8", "3.9"]);
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
        let help = error.0[0].help.as_deref().unwrap();
        assert!(help.starts_with("no image of Elsa 3.7 was ever published"), "{help}");
        assert!(help.ends_with("known releases: 3.5, 3.6, 3.8, 3.9"), "{help}");
    }

    #[test]
    fn server_programs_of_all_releases_have_the_same_facts() {
        for kind in [ProgramKind::Server, ProgramKind::Studio] {
            let mut facts: Option<Vec<&String>> = None;
            for release in releases() {
                for name in RENDERED {
                    let program = &release.programs[name];
                    if program.kind != kind {
                        continue;
                    }
                    let mut names: Vec<&String> = program.facts.keys().collect();
                    names.sort();
                    assert_eq!(
                        facts.get_or_insert_with(|| names.clone()),
                        &names,
                        "{name} {}",
                        release.release
                    );
                    let why = program.text("unavailableBecause").unwrap_or_default();
                    assert_eq!(program.is("available"), why.is_empty(), "{name} {}", release.release);
                }
            }
        }
    }

    #[test]
    fn every_pattern_is_one_and_defaults_keep_to_it() {
        let regex = |text: &str| regex_lite::Regex::new(text).unwrap();
        for program in releases().iter().flat_map(|release| release.programs.values()) {
            regex(&program.images.tags);
            for (key, setting) in &program.settings {
                let pattern = regex(&setting.pattern);
                let words = setting.default.contains(' ');
                assert!(
                    setting.default.is_empty() || words || pattern.is_match(&setting.default),
                    "{key}: {}",
                    setting.default
                );
                assert_eq!(setting.pattern.is_empty(), setting.pattern_help.is_empty(), "{key}");
                for value in setting.refused.keys() {
                    assert!(value.starts_with('^') || value.starts_with("(?"), "{key}: {value}");
                    assert!(
                        value.ends_with('$') && !regex(value).is_match(&setting.default),
                        "{key}: {value}"
                    );
                }
            }
        }
    }

    #[test]
    fn what_the_program_at_hand_does_not_read_has_advice() {
        for (id, name, advice) in [
            ("server-3.9", "DISTRIBUTEDLOCKPROVIDER", "Runtime__DistributedLocking__Provider"),
            ("server-3.9", "CONNECTIONSTRINGS__DEFAULT", "ConnectionStrings__PostgreSql"),
            ("server-3.9", "Identity__Users__0__Name", "Identity__AdminUser__UserName"),
            ("server-3.5", "QUARTZ__CLUSTERED", "remove it"),
            ("studio-3.9", "ElsaServer__Url", "Backend__Url"),
            ("server-3.9", "ASPNETCORE__KESTREL__LIMITS__MAXCONCURRENTCONNECTIONS", "Kestrel__Limits__"),
        ] {
            let (_, _, known) = program(id).unwrap();
            assert!(known.setting(name).is_none(), "{id} {name}");
            let instead = &nowhere().setting(name).unwrap().instead;
            assert!(instead.contains(advice), "{name}: {instead}");
        }
    }

    fn compiled(change: impl Fn(&str) -> String) -> std::result::Result<(), String> {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/releases/");
        let read = |name: &str| std::fs::read_to_string(format!("{folder}{name}")).unwrap();
        let files = vec![
            ("3.9.yaml".to_string(), change(&read("3.9.yaml"))),
            ("sets.yaml".to_string(), read("sets.yaml")),
        ];
        source::compile(&files).map(|_| ())
    }

    #[test]
    fn the_build_refuses_a_fact_without_a_source() {
        compiled(str::to_string).unwrap();
        let renamed = compiled(|text| text.replacen("      source: ", "      origin: ", 1)).unwrap_err();
        assert!(renamed.contains("releases/3.9.yaml"), "{renamed}");
        let first = |text: &str| {
            let line = text.lines().find(|line| line.starts_with("      source: ")).unwrap().to_string();
            text.replacen(&line, "      source: \" \"", 1)
        };
        let empty = compiled(first).unwrap_err();
        assert!(empty.contains("does not say where it is known from"), "{empty}");
        let unsure =
            compiled(|text| text.replacen("      basis: measured", "      basis: guessed", 1)).unwrap_err();
        assert!(unsure.contains("guessed"), "{unsure}");
    }
}
