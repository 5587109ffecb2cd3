//! `elsakube explain`: a value's meaning, type and history, or a rule.

use super::{Outcome, inputs, print, short};
use crate::cli::Explain;
use crate::diagnostics::{Diagnostic, Result, Severity, nearest};
use crate::rules::objects;
use crate::rules::value_rules::{self, ValueRule};
use crate::values::schema::{Schema, Type};
use crate::values::set::SetArgument;
use std::fmt::Write as _;
use std::io::Write;

pub(super) fn run(arguments: &Explain, sets: Vec<SetArgument>, out: &mut dyn Write) -> Result<Outcome> {
    let loaded = inputs::load(&arguments.inputs, sets)?;
    let subject = arguments.subject.as_str();
    let rules = value_rules::all(&loaded.templates.files);
    let text = if let Some(rule) = rules.iter().find(|rule| rule.code == subject) {
        explained(&rule.code, rule.severity, &rule.description)
    } else if let Some(rule) = objects::all().find(|rule| rule.code == subject) {
        explained(rule.code, Some(rule.severity), rule.description)
    } else if let Some(schema) = loaded.annotated.schema.at(subject) {
        let mut text = value_text(subject, schema, &loaded);
        if let Type::Object(members) = &schema.ty {
            for (key, member) in members {
                let sentence = member.description.split_inclusive(". ").next().unwrap_or_default();
                let _ = writeln!(text, "  {key:<24} {} ({})", sentence.trim(), member.ty);
            }
        }
        text
    } else {
        return Err(unknown(subject, &loaded.annotated.schema, &rules).into());
    };
    print(out, &text)?;
    Ok(Outcome::yes(loaded.warnings, Vec::new()))
}

fn explained(code: &str, severity: Option<Severity>, description: &str) -> String {
    let severity = match severity {
        Some(Severity::Warning) => "warning; an error under --strict",
        _ => "error",
    };
    format!("{code} ({severity})\n\n{description}\n")
}

/// `path = value`, with the layer that won and those that it overrode.
fn value_text(path: &str, schema: &Schema, loaded: &inputs::Loaded) -> String {
    let mut text = String::new();
    let mut history = loaded.layers.history(path).into_iter().rev();
    if !matches!(schema.ty, Type::Object(_)) {
        match history.next() {
            Some((_, node)) => {
                let _ = write!(text, "{path} = {}\t{}", short(node), node.span);
                let overridden: Vec<String> = history
                    .map(|(origin, node)| format!("{origin} {} = {}", node.span, short(node)))
                    .collect();
                if !overridden.is_empty() {
                    let _ = write!(text, "\t({})", overridden.join("; "));
                }
            }
            None => {
                let _ = write!(text, "{path} is not set");
            }
        }
        text.push_str("\n\n");
    }
    if !schema.description.is_empty() {
        let _ = writeln!(text, "{}", schema.description);
    }
    let _ = writeln!(text, "Type: {}", schema.ty);
    text
}

fn unknown(subject: &str, schema: &Schema, rules: &[ValueRule]) -> Diagnostic {
    let paths: Vec<String> = schema.leaves().iter().map(|(path, _)| path.to_string()).collect();
    let candidates = paths.iter().map(String::as_str).chain(rules.iter().map(|rule| rule.code.as_str()));
    let candidates = candidates.chain(objects::all().map(|rule| rule.code));
    let help = match nearest(subject, candidates) {
        Some(near) => format!("did you mean {near}?"),
        None => "`elsakube values` lists every value".to_string(),
    };
    Diagnostic::error("unknown-subject", format!("`{subject}` is neither a value nor a rule")).help(help)
}
