//! Diagnostics as text with snippets, in rustc's look.

use super::{Diagnostic, Label, Severity, Source};
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use std::ops::Range;
use std::sync::Arc;

/// The diagnostic as it is printed, with its final newline; `color` adds terminal colours.
pub fn render(diagnostic: &Diagnostic, color: bool) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut group = Group::with_title(level.primary_title(&diagnostic.message).id(&diagnostic.code));
    let mut kind = AnnotationKind::Primary;
    for (source, labels) in by_source(&diagnostic.labels) {
        let mut snippet = Snippet::source(&source.text).path(&source.name);
        for label in labels {
            let mut annotation = kind.span(underlined(label));
            if !label.text.is_empty() {
                annotation = annotation.label(&label.text);
            }
            snippet = snippet.annotation(annotation);
            kind = AnnotationKind::Context;
        }
        group = group.element(snippet);
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(help));
    }
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    format!("{}\n", renderer.render(&[group]))
}

/// Labels grouped by the text that they are in, which is shown once; the first label's text comes first.
fn by_source(labels: &[Label]) -> Vec<(&Arc<Source>, Vec<&Label>)> {
    let mut groups: Vec<(&Arc<Source>, Vec<&Label>)> = Vec::new();
    for label in labels {
        let source = &label.span.source;
        match groups.iter_mut().find(|(known, _)| Arc::ptr_eq(known, source) || known == &source) {
            Some((_, group)) => group.push(label),
            None => groups.push((source, vec![label])),
        }
    }
    groups
}

/// What a label underlines: its first line, for a whole map or block of text would be a page.
fn underlined(label: &Label) -> Range<usize> {
    let Range { start, end } = label.span.range;
    let text = &label.span.source.text;
    if start == text.len() && text.ends_with('\n') {
        // Nothing is there to be shown: the end of the last line stands for it.
        let line = text.len() - 1 - usize::from(text.ends_with("\r\n"));
        return line..line;
    }
    let first = label.span.text().split(['\n', '\r']).next().unwrap_or_default().len();
    start..end.min(start + first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Span;

    fn span(source: &Arc<Source>, piece: &str) -> Span {
        let start = source.text.find(piece).unwrap();
        Span::new(source, start..start + piece.len())
    }

    #[track_caller]
    fn shows(diagnostic: &Diagnostic, expected: &str) {
        let text = render(diagnostic, false);
        assert_eq!(text.trim_end(), expected.trim(), "\n{text}");
    }

    #[test]
    fn one_place() {
        let source = Source::new("values.yaml", "a: 1\nserver:\n  replicas: x\nb: 2\n");
        let diagnostic = Diagnostic::error("wrong-type", "`server.replicas` is a string, not a number")
            .label(Span::new(&source, 25..26), "a string")
            .help("write a whole number");
        shows(
            &diagnostic,
            r#"
error[wrong-type]: `server.replicas` is a string, not a number
 --> values.yaml:3:13
  |
3 |   replicas: x
  |             ^ a string
  |
  = help: write a whole number
"#,
        );
    }

    #[test]
    fn a_place_at_the_end_of_a_line_and_of_the_file() {
        let source = Source::new("values.yaml", "a:\nb: 2");
        shows(
            &Diagnostic::error("null", "null").at(Span::new(&source, 2..2)),
            r#"
error[null]: null
 --> values.yaml:1:3
  |
1 | a:
  |   ^
"#,
        );
        shows(
            &Diagnostic::error("eof", "end").at(Span::new(&source, 7..7)),
            r#"
error[eof]: end
 --> values.yaml:2:5
  |
2 | b: 2
  |     ^
"#,
        );
        let source = Source::new("values.yaml", "a: [\n");
        shows(
            &Diagnostic::error("eof", "end").at(Span::new(&source, 5..5)),
            r#"
error[eof]: end
 --> values.yaml:1:5
  |
1 | a: [
  |     ^
"#,
        );
        let source = Source::new(
            "values.yaml",
            r#"
error[eof]: end
 --> values.yaml:1:1
  |
1 |
  | ^
"#,
        );
        shows(
            &Diagnostic::error("eof", "end").at(Span::new(&source, 0..0)),
            r#"
error[eof]: end
 --> values.yaml:1:1
  |
1 |
  | ^
"#,
        );
    }

    #[test]
    fn multi_byte_text() {
        let source = Source::new("values.yaml", "größe: {é: 日本, ü: x}\n");
        shows(
            &Diagnostic::error("code", "message").label(span(&source, "x"), "here"),
            r#"
error[code]: message
 --> values.yaml:1:19
  |
1 | größe: {é: 日本, ü: x}
  |                     ^ here
"#,
        );
    }

    #[test]
    fn two_places_in_one_text() {
        let source = Source::new("values.yaml", "a: 1\nb: 2\n\n\n\n\n\nx: y\na: 3\n");
        let again = Span::new(&source, 20..21);
        let diagnostic = Diagnostic::error("duplicate-key", "`a` is written twice in one map")
            .label(again, "again here")
            .label(span(&source, "a"), "first here")
            .help("keep one of them");
        shows(
            &diagnostic,
            r#"
error[duplicate-key]: `a` is written twice in one map
 --> values.yaml:9:1
  |
1 | a: 1
  | - first here
...
9 | a: 3
  | ^ again here
  |
  = help: keep one of them
"#,
        );
    }

    #[test]
    fn two_texts() {
        let values = Source::new("values.yaml", "host: a\n");
        let profile = Source::new("profiles/prod.yaml", "# prod\nhost: b\n");
        let diagnostic = Diagnostic::warning("conflicting-add-ons", "two values for `host`")
            .label(span(&values, "a"), "one here")
            .label(span(&profile, "b"), "one there");
        shows(
            &diagnostic,
            r#"
warning[conflicting-add-ons]: two values for `host`
 --> values.yaml:1:7
  |
1 | host: a
  |       ^ one here
  |
 ::: profiles/prod.yaml:2:7
  |
2 | host: b
  |       - one there
"#,
        );
    }

    #[test]
    fn no_place_and_help_of_several_lines() {
        shows(
            &Diagnostic::error("two-bases", "two bases")
                .help("try one of\n  --profile dev\n  --profile prod"),
            r#"
error[two-bases]: two bases
 |
 = help: try one of
           --profile dev
           --profile prod
"#,
        );
    }

    #[test]
    fn a_block_is_underlined_on_its_first_line() {
        let source = Source::new("values.yaml", "text: |\n  one\n  two\n");
        shows(
            &Diagnostic::error("code", "message").at(Span::new(&source, 6..19)),
            r#"
error[code]: message
 --> values.yaml:1:7
  |
1 | text: |
  |       ^
"#,
        );
    }

    #[test]
    fn the_location_is_the_spans_own() {
        let source = Source::new("dir/values.yaml", "ä: 日本\r\n\tx: 😀 y\n\n  e\u{301}: [1, 2]\n");
        for (start, _) in source.text.char_indices() {
            let span = Span::new(&source, start..start);
            let shown = render(&Diagnostic::error("code", "message").at(span.clone()), false);
            // A line break is no place to point at.
            if !source.text[start..].starts_with(['\r', '\n']) {
                assert!(shown.contains(&format!("--> {span}\n")), "{span:?}\n{shown}");
            }
        }
    }
}
