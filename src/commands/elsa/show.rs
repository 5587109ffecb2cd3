//! A release as a page: one line for each thing. What a program has word for word as one above it is named and not said
//! again, or seven programs would be 1,700 lines.

use crate::catalogue::{Basis, Endpoint, Images, MetricFamily, Program, Release, Remark, Setting};
use indexmap::IndexMap;
use serde_json::Value;
use std::fmt::Write as _;

/// Where lines of names are broken.
const WIDTH: usize = 110;

/// The page of a release.
pub(super) fn text(release: &Release) -> String {
    let mut text = format!("Elsa {} ({}): {}\n", release.release, release.app_version, release.note);
    let mut above: Vec<(&str, &Program)> = Vec::new();
    for (name, program) in &release.programs {
        let _ = write!(text, "\n{name}: {}\n", program.title);
        images(&mut text, &program.images);
        let folder = &program.folder;
        let _ = writeln!(
            text,
            "  {:<18} {:<44} {}",
            "folder",
            plain(&folder.value),
            known(folder.basis, &folder.source)
        );
        let lacks = program.image_lacks.iter().map(|lacks| ("image lacks", lacks));
        let facts = program.facts.iter().map(|(fact, of)| (fact.as_str(), of));
        for (fact, of) in lacks.chain(facts) {
            let _ = writeln!(text, "  {fact:<18} {:<44} {}", plain(&of.value), known(of.basis, &of.source));
        }
        part(&mut text, "answers, by path", &above, program, |program| &program.endpoints, endpoint);
        part(&mut text, "files", &above, program, |program| &program.files, remark);
        part(&mut text, "notes", &above, program, |program| &program.notes, remark);
        part(&mut text, "metrics", &above, program, |program| &program.metrics, metric);
        part(
            &mut text,
            "settings, as environment variables",
            &above,
            program,
            |program| &program.settings,
            setting,
        );
        above.push((name, program));
    }
    text
}

fn images(text: &mut String, images: &Images) {
    let from =
        if images.repositories.is_empty() { "your own".to_string() } else { images.repositories.join(", ") };
    let tags = if images.tags.is_empty() { String::new() } else { format!(", tags {}", images.tags) };
    let _ = writeln!(text, "  {:<18} {from}{tags} {}", "images", known(images.basis, &images.source));
    for (tag, why) in &images.refused {
        let _ = writeln!(text, "  {:<18} {tag}: {why}", "refused tag");
    }
    if images.runs_arguments {
        let _ = writeln!(text, "  {:<18} run as a command, in place of the program", "arguments");
    }
}

/// One part of a program: a line for each thing that no program above has just so, then the names of the others.
/// `say` gives what is known of a thing, and in what words we know it.
fn part<'a, T>(
    text: &mut String,
    title: &str,
    above: &[(&str, &'a Program)],
    program: &'a Program,
    of: fn(&Program) -> &IndexMap<String, T>,
    say: fn(&T) -> (String, String),
) {
    if of(program).is_empty() {
        return;
    }
    let _ = writeln!(text, "  {title}");
    let mut repeated: IndexMap<&str, Vec<&str>> = IndexMap::new();
    for (key, thing) in of(program) {
        let (words, source) = say(thing);
        let same = |other: &Program| of(other).get(key).is_some_and(|other| say(other).0 == words);
        match above.iter().find(|(_, other)| same(other)) {
            Some((name, _)) => repeated.entry(name).or_default().push(key),
            None => {
                let (first, more) = words.split_once('\n').unwrap_or((&words, ""));
                let _ = writeln!(text, "    {key}: {first} {source}");
                for line in more.lines() {
                    let _ = writeln!(text, "      {line}");
                }
            }
        }
    }
    for (name, keys) in repeated {
        names(text, &format!("as in {name}:"), &keys);
    }
}

/// Names in lines that are not too long.
fn names(text: &mut String, head: &str, names: &[&str]) {
    let mut line = format!("    {head}");
    for (index, name) in names.iter().enumerate() {
        let comma = if index + 1 < names.len() { "," } else { "" };
        if line.len() + name.len() + 2 > WIDTH {
            let _ = writeln!(text, "{line}");
            line = "     ".to_string();
        }
        let _ = write!(line, " {name}{comma}");
    }
    let _ = writeln!(text, "{line}");
}

fn endpoint(endpoint: &Endpoint) -> (String, String) {
    let port = if endpoint.port == "http" { String::new() } else { format!(" on {}", endpoint.port) };
    (
        format!("{}{port}: {}", endpoint.answer.word(), endpoint.effect),
        known(endpoint.basis, &endpoint.source),
    )
}

fn remark(remark: &Remark) -> (String, String) {
    (remark.text.clone(), known(remark.basis, &remark.source))
}

fn metric(metric: &MetricFamily) -> (String, String) {
    let labels =
        if metric.labels.is_empty() { String::new() } else { format!(" by {}", metric.labels.join(", ")) };
    (format!("{}{labels}", metric.kind.word()), known(metric.basis, &metric.source))
}

fn setting(setting: &Setting) -> (String, String) {
    let kind = if setting.allowed.is_empty() {
        setting.kind.word().to_string()
    } else {
        setting.allowed.join(" | ")
    };
    let case = if setting.any_case { " in any case" } else { "" };
    let exact = if setting.exact { ", exact name" } else { "" };
    let secret = if setting.secret { ", secret" } else { "" };
    let default =
        if setting.default.is_empty() { String::new() } else { format!(", default {}", setting.default) };
    let mut words = format!("{kind}{case}{exact}{secret}{default}: {}", setting.effect);
    for (other, values) in &setting.when {
        let _ = write!(words, "\nread only with {other} {}", values.join(" or "));
    }
    if !setting.overridden_by.is_empty() {
        let _ = write!(words, "\n{} wins over it", setting.overridden_by);
    }
    if !setting.pattern.is_empty() {
        let _ = write!(words, "\nmust be {} ({})", setting.pattern_help, setting.pattern);
    }
    if !setting.must.is_empty() {
        let _ = write!(words, "\nunless it is set: {}", setting.must);
    }
    for (value, why) in &setting.refused {
        let _ = write!(words, "\nrefused: {value}: {why}");
    }
    (words, known(setting.basis, &setting.source))
}

/// How we know something.
fn known(basis: Basis, source: &str) -> String {
    format!("[{}] {source}", basis.word())
}

/// A value on one line, without the signs of JSON.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) if text.is_empty() => "none".to_string(),
        Value::String(text) => text.clone(),
        Value::Bool(yes) => if *yes { "yes" } else { "no" }.to_string(),
        Value::Array(items) if items.is_empty() => "none".to_string(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(", "),
        Value::Object(members) => {
            let members = members.iter().filter(|(_, value)| value.as_str() != Some(""));
            members.map(|(key, value)| format!("{key} {}", plain(value))).collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    }
}
