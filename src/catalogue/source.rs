//! From `releases/*.yaml` to what is compiled in. A fact without a basis or a source, a misspelt member, a reference to
//! nothing: all of them fail the build.
//!
//! Two things save repetition. A program that is `like: {program: server, because: …}` has all that `server` has and
//! it does not say itself; what it takes over is inferred. `settingsOf: [dotnet]` adds a set of settings from
//! `releases/sets.yaml`.

use super::data::{Nowhere, Program, Release};
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// The file of the sets of settings.
const SETS: &str = "sets.yaml";
/// The file of what no release has.
const NOWHERE: &str = "nowhere.yaml";

/// Reads all files: name → text. Gives each release's file, and that of what no release has, as JSON under their names
/// without `.yaml`.
///
/// # Errors
/// A sentence that names the file.
pub fn compile(files: &[(String, String)]) -> Result<Vec<(String, String)>, String> {
    let text = |name: &str| files.iter().find(|(known, _)| known == name).map(|(_, text)| text.as_str());
    let sets = read(SETS, text(SETS).unwrap_or("{}"))?;
    let mut compiled = Vec::new();
    for (name, text) in files.iter().filter(|(name, _)| name != SETS) {
        let wrong = |error: String| format!("releases/{name}: {error}");
        let json = if name == NOWHERE {
            let nowhere: Nowhere = serde_yaml::from_str(text).map_err(|error| wrong(error.to_string()))?;
            serde_json::to_string(&nowhere)
        } else {
            serde_json::to_string(&release(name, text, &sets).map_err(wrong)?)
        };
        let json = json.map_err(|error| wrong(error.to_string()))?;
        compiled.push((name.trim_end_matches(".yaml").to_string(), json));
    }
    Ok(compiled)
}

fn read(name: &str, text: &str) -> Result<Value, String> {
    serde_yaml::from_str(text).map_err(|error| format!("releases/{name}: {error}"))
}

/// One release with everything that its programs take over.
fn release(name: &str, text: &str, sets: &Value) -> Result<Release, String> {
    let mut release: Value = serde_yaml::from_str(text).map_err(|error| error.to_string())?;
    let programs = release.get("programs").and_then(Value::as_object).cloned().unwrap_or_default();
    for (id, program) in &programs {
        let whole = inherited(id, program, &programs)?;
        let whole = with_sets(id, whole, sets)?;
        // Alone, so that the message can say which program is meant.
        Program::deserialize(&whole).map_err(|error| format!("{id}: {error}"))?;
        release["programs"][id] = whole;
    }
    let release: Release = serde_json::from_value(release).map_err(|error| error.to_string())?;
    if format!("{}.yaml", release.release) != name {
        return Err(format!("is about Elsa {}", release.release));
    }
    check(&release)?;
    Ok(release)
}

fn inherited(id: &str, program: &Value, programs: &Map<String, Value>) -> Result<Value, String> {
    let Some(like) = program.get("like") else { return Ok(program.clone()) };
    let word = |key: &str| like.get(key).and_then(Value::as_str).unwrap_or_default();
    let (other, because) = (word("program"), word("because"));
    let base = programs.get(other).ok_or_else(|| format!("{id} is like {other}, which does not exist"))?;
    if because.is_empty() {
        return Err(format!("{id} does not say because of what it is like {other}"));
    }
    let mut whole = inherited(other, base, programs)?;
    infer(&mut whole, because);
    let mut own = program.clone();
    if let Some(own) = own.as_object_mut() {
        own.remove("like");
    }
    lay(&mut whole, own, 2);
    Ok(whole)
}

/// What is taken over from another program was seen of that one.
fn infer(value: &mut Value, because: &str) {
    let Some(members) = value.as_object_mut() else { return };
    if members.contains_key("basis") {
        members.insert("basis".to_string(), json!("inferred"));
        let source = members.get("source").and_then(Value::as_str).unwrap_or_default();
        let source = format!("{because}: {source}");
        members.insert("source".to_string(), json!(source));
        return;
    }
    members.values_mut().for_each(|value| infer(value, because));
}

/// Lays one map over another, `depth` levels deep; null takes a member away.
fn lay(under: &mut Value, over: Value, depth: usize) {
    match (under, over) {
        (Value::Object(under), Value::Object(over)) if depth > 0 => {
            for (key, value) in over {
                match under.get_mut(&key) {
                    _ if value.is_null() => {
                        under.shift_remove(&key);
                    }
                    Some(known) if value.get("basis").is_none() => lay(known, value, depth - 1),
                    _ => {
                        under.insert(key, value);
                    }
                }
            }
        }
        (under, over) => *under = over,
    }
}

/// Adds the sets of settings that a program names, below its own.
fn with_sets(id: &str, mut program: Value, sets: &Value) -> Result<Value, String> {
    let names = program.as_object_mut().and_then(|program| program.shift_remove("settingsOf"));
    let names = names.and_then(|names| names.as_array().cloned()).unwrap_or_default();
    for name in names.iter().filter_map(Value::as_str) {
        let set = sets.get(name).and_then(Value::as_object);
        let set =
            set.ok_or_else(|| format!("{id} has the settings of {name}, which {SETS} does not have"))?;
        for (key, setting) in set {
            let known = program["settings"].get(key).is_some();
            if !known {
                program["settings"][key] = setting.clone();
            }
        }
    }
    Ok(program)
}

/// What serde cannot see: empty words, and names of settings that do not exist.
fn check(release: &Release) -> Result<(), String> {
    let mut sources = Vec::new();
    for (id, program) in &release.programs {
        sources.push((id.clone(), program.images.source.as_str()));
        sources.push((format!("{id}.folder"), program.folder.source.as_str()));
        let lacks = program.image_lacks.iter();
        sources.extend(lacks.map(|fact| (format!("{id}.imageLacks"), fact.source.as_str())));
        sources.extend(program.facts.iter().map(|(key, fact)| (format!("{id}.{key}"), fact.source.as_str())));
        sources.extend(program.endpoints.iter().map(|(key, of)| (format!("{id}.{key}"), of.source.as_str())));
        sources.extend(program.files.iter().map(|(key, of)| (format!("{id}.{key}"), of.source.as_str())));
        sources.extend(program.metrics.iter().map(|(key, of)| (format!("{id}.{key}"), of.source.as_str())));
        sources.extend(program.notes.iter().map(|(key, of)| (format!("{id}.{key}"), of.source.as_str())));
        for (key, setting) in &program.settings {
            let path = format!("{id}.settings.{key}");
            sources.push((path.clone(), setting.source.as_str()));
            let others = setting
                .when
                .keys()
                .chain((!setting.overridden_by.is_empty()).then_some(&setting.overridden_by));
            for other in others {
                if !program.settings.contains_key(other) {
                    return Err(format!("{path} names {other}, which {id} does not read"));
                }
            }
        }
    }
    match sources.iter().find(|(_, source)| source.trim().is_empty()) {
        Some((path, _)) => Err(format!("{path} does not say where it is known from")),
        None => Ok(()),
    }
}
