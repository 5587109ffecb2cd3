//! `elsakube elsa`: the catalogue, for people and programs.

use super::{Outcome, print};
use crate::catalogue::{self, Fact, Program, Release};
use crate::cli::{ElsaCommand, ElsaFormat};
use crate::diagnostics::Result;
use serde_json::Value;
use std::fmt::Write as _;
use std::io::Write;

pub(super) fn run(command: &ElsaCommand, out: &mut dyn Write) -> Result<Outcome> {
    let text = match command {
        ElsaCommand::List => list()?,
        ElsaCommand::Show { release, format } => {
            let release = catalogue::release(release)?;
            match format {
                ElsaFormat::Json => serde_json::to_string_pretty(&release).unwrap_or_default() + "\n",
                ElsaFormat::Text => show(&release),
            }
        }
    };
    print(out, &text)?;
    Ok(Outcome::yes(Vec::new(), Vec::new()))
}

fn list() -> Result<String> {
    let mut text = String::new();
    for release in catalogue::releases() {
        let chosen = if release.release == catalogue::DEFAULT_RELEASE { "default" } else { "" };
        let _ =
            writeln!(text, "{:<6} {:<8} {chosen:<8} {}", release.release, release.app_version, release.note);
    }
    Ok(text)
}

fn show(release: &Release) -> String {
    let mut text = format!("Elsa {} ({}): {}\n", release.release, release.app_version, release.note);
    for (name, program) in &release.programs {
        let _ = write!(text, "\n{name}: {}\n", program.title);
        for (fact, known) in &program.facts {
            let _ = writeln!(text, "  {fact:<18} {:<44} {}", plain(&known.value), basis(known));
        }
        settings(&mut text, program);
    }
    text
}

fn settings(text: &mut String, program: &Program) {
    if program.settings.is_empty() {
        return;
    }
    text.push_str("  settings, as environment variables\n");
    for (key, setting) in &program.settings {
        let allowed = if setting.allowed.is_empty() {
            setting.kind.word().to_string()
        } else {
            setting.allowed.join(" | ")
        };
        let default =
            if setting.default.is_empty() { String::new() } else { format!(", default {}", setting.default) };
        let basis = format!("[{}] {}", setting.basis.word(), setting.source);
        let _ = writeln!(text, "    {key}\n      {allowed}{default}: {}\n      {basis}", setting.effect);
    }
}

fn basis(fact: &Fact) -> String {
    format!("[{}] {}", fact.basis.word(), fact.source)
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
