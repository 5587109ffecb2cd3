//! YAML 1.2 that some helm refuses or reads in its own way: values are read by all of them, or by none.

use super::places::Places;
use crate::diagnostics::Diagnostic;
use saphyr_parser::ScalarStyle;
use std::ops::Range;

/// What may not stand between the end of a document and the start of the next one, nor beside its `---`.
pub(super) fn start(places: &Places, previous_end: usize, marker: &Range<usize>) -> Vec<Diagnostic> {
    let text = places.text();
    let mut problems = Vec::new();
    let mut at = previous_end.min(marker.start);
    for line in text[at..marker.start].split_inclusive('\n') {
        if line.starts_with('%') && is_line_start(text, at) {
            let range = at..at + line.trim_end().len();
            problems.push(refused(places, "a directive, which helm refuses", "take the line out", range));
        }
        at += line.len();
    }
    if text[marker.clone()] == *"---" {
        let beside = text[marker.end..].lines().next().unwrap_or_default();
        let content = beside.trim();
        if !content.is_empty() && !content.starts_with('#') {
            let from = marker.end + beside.len() - beside.trim_start().len();
            let message = "content on the line of `---`, which helm 4 refuses";
            let range = from..from + content.len();
            problems.push(refused(places, message, "begin it on the next line", range));
        }
    }
    problems
}

/// A scalar in a form that helms do not agree about.
pub(super) fn scalar(
    places: &Places,
    value: &str,
    style: ScalarStyle,
    range: Range<usize>,
) -> Option<Diagnostic> {
    let text = places.text();
    match style {
        ScalarStyle::Literal | ScalarStyle::Folded if value.ends_with('\n') => {
            let open_end = text[range.end..].trim_matches(' ').is_empty() && !text.ends_with('\n');
            open_end.then(|| {
                let message = "a block of text ends with the file, and helms disagree about its last newline";
                refused(places, message, "end the file with a newline", range.end..text.len())
            })
        }
        ScalarStyle::DoubleQuoted => {
            let slash = escaped_slash(&text[range.clone()])?;
            let at = range.start + slash;
            Some(refused(places, "the escape `\\/`, which helm refuses", "write `/`", at..at + 2))
        }
        _ => None,
    }
}

fn refused(places: &Places, message: &str, help: &str, range: Range<usize>) -> Diagnostic {
    Diagnostic::error("yaml-syntax", message).at(places.span(range)).help(help)
}

fn is_line_start(text: &str, at: usize) -> bool {
    text[..at].is_empty() || text[..at].ends_with(['\n', '\r', '\u{feff}'])
}

fn escaped_slash(quoted: &str) -> Option<usize> {
    let mut characters = quoted.char_indices();
    while let Some((at, character)) = characters.next() {
        if character == '\\' && matches!(characters.next(), Some((_, '/'))) {
            return Some(at);
        }
    }
    None
}
