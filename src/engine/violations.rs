//! Value rules: components that print a line for each value that cannot be.

use super::context::Context;
use super::errors;
use crate::assets::Templates;
use crate::diagnostics::{Diagnostic, Diagnostics, Result, Severity, Source, Span};
use crate::rules::value_rules::{self, SEVERITY, ValueRule};
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

/// Asks every rule.
pub(super) fn all(templates: &Templates, tera: &Tera, context: &Context) -> Result<Vec<Violation>> {
    let context = context.for_tera()?;
    let mut violations = Vec::new();
    let mut wrong = Vec::new();
    for rule in value_rules::all(&templates.files) {
        match ask(templates, tera, &context, &rule) {
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
    rule: &ValueRule,
) -> std::result::Result<Vec<Violation>, Diagnostic> {
    let (code, component, source) = (&rule.code, rule.component(), &templates.files[&rule.path()]);
    if !tera.contains_component(&component) {
        return Err(broken(source, 0..0, format!("the rule `{code}` has to be a component `{component}`")));
    }
    let severity = rule.severity.ok_or_else(|| {
        let mark = source.text.find(SEVERITY).map_or(0..0, |start| start..start + SEVERITY.len());
        broken(source, mark, "a rule says {#- @severity error -#} or {#- @severity warning -#}")
    })?;
    let printed = tera
        .render_component_with_implicits(&component, &tera::Context::new(), context, None, false)
        .map_err(|error| errors::rendering(templates, &error))?;
    let lines = printed.lines().map(str::trim).filter(|line| !line.is_empty());
    lines
        .map(|line| match line.split_once('\t') {
            Some((path, sentence)) if !path.contains(' ') && !sentence.trim().is_empty() => Ok(Violation {
                code: code.clone(),
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

fn broken(source: &Arc<Source>, range: std::ops::Range<usize>, message: impl Into<String>) -> Diagnostic {
    Diagnostic::error("rule-broken", message).at(Span::new(source, range))
}
