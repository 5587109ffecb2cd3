//! What Tera finds wrong, as diagnostics. Some of it Tera only tells as finished text, which is read back here.

use super::{filters, sources};
use crate::assets::Templates;
use crate::diagnostics::{Diagnostic, Diagnostics, Source, Span, nearest};
use std::sync::Arc;
use tera::{Error, ErrorKind, Tera};

/// A template that cannot be rendered: what it says is what `required` and `fail` were given, or Tera's own words.
pub(super) fn rendering(templates: &Templates, error: &Error) -> Diagnostic {
    let (ErrorKind::RenderingError(report) | ErrorKind::SyntaxError(report)) = error.kind() else {
        return Diagnostic::error("template-failed", error.to_string());
    };
    let mut diagnostic = Diagnostic::error("template-failed", report.message());
    if let Some(source) = templates.files.get(report.filename()) {
        diagnostic = diagnostic.at(span(source, report.span().range.clone()));
    }
    // Who called the component that failed: Tera keeps these places to itself, but prints them.
    let text = error.to_string();
    for note in text.split("\n\nnote: called from ").skip(1) {
        let location = note.lines().next().unwrap_or_default();
        let carets = note.lines().nth(3).map_or(0, |line| line.matches('^').count());
        if let Some(span) = place(templates, location, carets) {
            diagnostic = diagnostic.label(span, "called from here");
        }
    }
    diagnostic
}

/// Templates that cannot be read, each with all that is wrong with it.
pub(super) fn loading(templates: &Templates, error: &Error) -> Diagnostics {
    // Tera stops at the first file with a syntax error: each is tried alone, without what the others define.
    let syntax: Vec<_> = sources(templates).filter_map(|(path, source)| syntax_error(path, source)).collect();
    if !syntax.is_empty() {
        return Diagnostics(syntax);
    }
    let text = error.to_string();
    let reports: Vec<_> =
        text.split("\n\nerror: ").filter_map(|report| unknown_name(templates, report)).collect();
    if !reports.is_empty() {
        return Diagnostics(reports);
    }
    let mut diagnostic = Diagnostic::error("template-syntax", &text);
    if let Some(name) = text.strip_prefix("Component `").and_then(|rest| rest.split('`').next()) {
        for (source, offset) in definitions(templates).filter(|found| found.0 == name).map(|found| found.1) {
            diagnostic = diagnostic.at(span(source, offset..offset + name.len()));
        }
    }
    diagnostic.into()
}

/// Every diagnostic once: a component that fails does so in every template that calls it.
pub(super) fn distinct(diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut distinct: Vec<Diagnostic> = Vec::new();
    for diagnostic in diagnostics {
        let place = diagnostic.place();
        let known = |other: &Diagnostic| other.message == diagnostic.message && other.place() == place;
        if !distinct.iter().any(known) {
            distinct.push(diagnostic);
        }
    }
    distinct
}

fn syntax_error(path: &str, source: &Arc<Source>) -> Option<Diagnostic> {
    let error = Tera::new().add_raw_template(path, &source.text).err()?;
    let ErrorKind::SyntaxError(report) = error.kind() else { return None };
    let span = span(source, report.span().range.clone());
    Some(Diagnostic::error("template-syntax", report.message()).at(span))
}

/// One of the reports that Tera joins into a text: "Unknown filter `defalt`", then `--> file:line:column`, then the line
/// with carets below.
fn unknown_name(templates: &Templates, report: &str) -> Option<Diagnostic> {
    let mut lines = report.lines();
    let message = lines.next()?.trim_start_matches("error: ");
    let location = lines.next()?.trim_start().strip_prefix("--> ")?;
    let carets = lines.nth(2)?.matches('^').count();
    let diagnostic = Diagnostic::error("template-syntax", message).at(place(templates, location, carets)?);
    let (what, name) = message.strip_prefix("Unknown ")?.split_once(" `")?;
    let name = name.trim_end_matches('`');
    let suggestion = match what {
        "filter" => nearest(name, filters::NAMES.iter().map(|(name, _)| *name)),
        "component" => nearest(name, definitions(templates).map(|(name, _)| name)),
        _ => None,
    };
    Some(match suggestion {
        Some(suggestion) => diagnostic.help(format!("there is `{suggestion}`")),
        None => diagnostic,
    })
}

/// Every component that a template defines, and where its name stands.
fn definitions(templates: &Templates) -> impl Iterator<Item = (&str, (&Arc<Source>, usize))> {
    sources(templates).flat_map(|(_, source)| {
        source.text.match_indices("component ").filter_map(move |(found, word)| {
            let opens = source.text[..found].trim_end().trim_end_matches('-').ends_with("{%");
            let start = found + word.len();
            let name = source.text[start..].split('(').next()?;
            opens.then_some((name.trim(), (source, start + name.len() - name.trim_start().len())))
        })
    })
}

/// A place given as `file:line:column`.
fn place(templates: &Templates, location: &str, characters: usize) -> Option<Span> {
    let mut parts = location.rsplitn(3, ':');
    let column: usize = parts.next()?.parse().ok()?;
    let line: usize = parts.next()?.parse().ok()?;
    let source = templates.files.get(parts.next()?)?;
    let range = source.line(line);
    let text = &source.text[range.clone()];
    let offset = |characters| text.char_indices().nth(characters).map_or(text.len(), |(offset, _)| offset);
    let start = column.saturating_sub(1);
    Some(span(source, range.start + offset(start)..range.start + offset(start + characters)))
}

/// A range that is sure to lie inside the text.
fn span(source: &Arc<Source>, range: std::ops::Range<usize>) -> Span {
    let boundary = |offset: &usize| source.text.is_char_boundary(*offset);
    let inside = |offset: usize| (0..=offset).rev().find(boundary).unwrap_or_default();
    Span::new(source, inside(range.start)..inside(range.end))
}
