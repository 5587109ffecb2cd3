//! Diagnostics as GitHub's workflow commands, which become annotations of the commit that a workflow runs for.

use super::place::{self, Place};
use super::{Diagnostic, Label, Severity};
use std::fmt::Write;

/// A command on a line of its own for each diagnostic; nothing for none.
///
/// Other places than the one to blame are named in the message, for an annotation has one only.
pub fn render(diagnostics: &[Diagnostic]) -> String {
    diagnostics.iter().map(command).collect()
}

fn command(diagnostic: &Diagnostic) -> String {
    let level = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let (first, others) = place::labels(diagnostic);
    let mut command = format!("::{level} ");
    if let Some(label) = first {
        command.push_str(&properties(label));
    }
    let mut message = place::message(diagnostic);
    for Label { span, text } in others {
        let Place { start, .. } = Place::of(span);
        let _ = write!(message, "\n{}:{}:{}", place::path(&span.source), start.line, start.column);
        if !text.is_empty() {
            let _ = write!(message, ": {text}");
        }
    }
    let _ = writeln!(command, "title={}::{}", property(&diagnostic.code), data(&message));
    command
}

/// The place, with a comma after each property.
fn properties(label: &Label) -> String {
    let Place { start, end } = Place::of(&label.span);
    let file = property(&place::path(&label.span.source));
    if start.line == end.line {
        let (line, from, to) = (start.line, start.column, end.column);
        format!("file={file},line={line},col={from},endLine={line},endColumn={to},")
    } else {
        // GitHub takes columns only where both ends are on one line.
        format!("file={file},line={},endLine={},", start.line, end.line)
    }
}

/// A message in GitHub's escapes; the percent sign is theirs, so it goes first.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property's value in GitHub's escapes.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::{Source, Span};

    #[track_caller]
    fn shows(diagnostic: Diagnostic, expected: &str) {
        assert_eq!(render(&[diagnostic]), format!("{expected}\n"));
    }

    #[test]
    fn one_place() {
        let source = Source::new("./k8s/größe.yaml", "größe: 日本\n");
        shows(
            Diagnostic::error("wrong-type", "`größe` is a string").at(Span::new(&source, 9..15)),
            "::error file=k8s/größe.yaml,line=1,col=8,endLine=1,endColumn=10,title=wrong-type::`größe` is a string",
        );
    }

    #[test]
    fn no_place() {
        assert_eq!(render(&[]), "");
        shows(
            Diagnostic::warning("two-bases", "two bases").help("take one"),
            "::warning title=two-bases::two bases%0Ahelp: take one",
        );
    }

    #[test]
    fn nothing_ends_a_command_early() {
        let source = Source::new("a:b,c%.yaml", "a: 1\r\n");
        shows(
            Diagnostic::error("code", "50%: a, b::c\r\n::error::x").at(Span::new(&source, 3..6)),
            "::error file=a%3Ab%2Cc%25.yaml,line=1,col=4,endLine=1,endColumn=5,title=code::50%25: a, b::c%0D%0A::error::x",
        );
    }

    #[test]
    fn a_place_of_several_lines_has_no_columns() {
        let source = Source::new("-", "a: |\n  one\n  two\n");
        shows(
            Diagnostic::error("code", "message").at(Span::new(&source, 3..17)),
            "::error file=stdin,line=1,endLine=3,title=code::message",
        );
    }

    #[test]
    fn several_places() {
        let values = Source::new("values.yaml", "host: a\n");
        let profile = Source::new("profiles/prod.yaml", "# prod\nhost: b\n");
        shows(
            Diagnostic::warning("conflicting-add-ons", "two values for `host`")
                .label(Span::new(&values, 6..7), "one here")
                .label(Span::new(&profile, 13..14), "one there")
                .at(Span::new(&profile, 0..6))
                .help("keep one"),
            "::warning file=values.yaml,line=1,col=7,endLine=1,endColumn=8,title=conflicting-add-ons::two values for \
             `host`%0Ahelp: keep one%0Aprofiles/prod.yaml:2:7: one there%0Aprofiles/prod.yaml:1:1",
        );
    }
}
