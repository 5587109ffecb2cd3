//! Value rules: components that print a line for each value that cannot be.

use super::context::Context;
use super::errors;
use crate::assets::Templates;
use crate::diagnostics::{Diagnostic, Diagnostics, Result, Severity, Source, Span};
use std::sync::Arc;
use tera::Tera;

/// A value that a rule finds wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The rule.
    pub code: String,
    /// The rule's.
    pub severity: Severity,
    /// Which value to blame, such as `server.replicaCount`.
    pub path: String,
    /// What is wrong with it.
    pub sentence: String,
}

/// Asks every `rules/<code>.tera`. Those that begin with `_` are the chart's.
pub(super) fn all(templates: &Templates, tera: &Tera, context: &Context) -> Result<Vec<Violation>> {
    let context = context.for_tera()?;
    let mut violations = Vec::new();
    let mut wrong = Vec::new();
    for (path, source) in &templates.files {
        let code = path.strip_prefix("rules/").and_then(|file| file.strip_suffix(".tera"));
        let Some(code) = code.filter(|code| !code.starts_with('_')) else { continue };
        match ask(templates, tera, &context, code, source) {
            Ok(found) => violations.extend(found),
            Err(diagnostic) => wrong.push(diagnostic),
        }
    }
    if wrong.is_empty() { Ok(violations) } else { Err(Diagnostics(errors::distinct(wrong))) }
}

fn ask(
    templates: &Templates,
    tera: &Tera,
    context: &tera::Context,
    code: &str,
    source: &Arc<Source>,
) -> std::result::Result<Vec<Violation>, Diagnostic> {
    let component = format!("elsa.rules.{}", code.replace('-', "_"));
    if !tera.contains_component(&component) {
        return Err(broken(source, 0..0, format!("the rule `{code}` has to be a component `{component}`")));
    }
    let severity = severity(source)?;
    let printed = tera
        .render_component_with_implicits(&component, &tera::Context::new(), context, None, false)
        .map_err(|error| errors::rendering(templates, &error))?;
    let lines = printed.lines().map(str::trim).filter(|line| !line.is_empty());
    lines
        .map(|line| match line.split_once('\t') {
            Some((path, sentence)) if !path.contains(' ') && !sentence.trim().is_empty() => Ok(Violation {
                code: code.to_string(),
                severity,
                path: path.to_string(),
                sentence: sentence.trim().to_string(),
            }),
            _ => Err(broken(
                source,
                0..0,
                format!("the rule `{code}` printed no path, tab and sentence: `{line}`"),
            )),
        })
        .collect()
}

/// What stands after `@severity` in the rule's comment.
fn severity(source: &Arc<Source>) -> std::result::Result<Severity, Diagnostic> {
    const MARK: &str = "@severity";
    let demand = "a rule says {#- @severity error -#} or {#- @severity warning -#}";
    let Some(found) = source.text.find(MARK) else { return Err(broken(source, 0..0, demand)) };
    match source.text[found + MARK.len()..].split_whitespace().next() {
        Some("error") => Ok(Severity::Error),
        Some("warning") => Ok(Severity::Warning),
        _ => Err(broken(source, found..found + MARK.len(), demand)),
    }
}

fn broken(source: &Arc<Source>, range: std::ops::Range<usize>, message: impl Into<String>) -> Diagnostic {
    Diagnostic::error("rule-broken", message).at(Span::new(source, range))
}
