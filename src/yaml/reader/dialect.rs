//! YAML 1.2 that some helm refuses or reads in its own way: values are read by all of them, or by none.

use super::places::Places;
use crate::diagnostics::Diagnostic;
use saphyr_parser::ScalarStyle;
use std::ops::Range;

/// What may not stand between two documents, nor beside the `---` that starts the second.
pub(super) fn start(places: &Places, previous_end: usize, marker: &Range<usize>) -> Vec<Diagnostic> {
    let text = places.text();
    let mut problems = Vec::new();
    for line in lines(text, previous_end.min(marker.start)..marker.start) {
        if text[line.clone()].starts_with('%') {
            problems.push(refused(places, "a directive, which helm refuses", "take the line out", line));
        } else if previous_end == 0 && text[line.clone()].starts_with("...") {
            problems.push(ends_nothing(places, line));
        }
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

/// Tabs that begin a line between two pieces of block style.
pub(super) fn gap(places: &Places, range: Range<usize>) -> Option<Diagnostic> {
    let text = places.text();
    // The parser has taken the spaces behind a block of text already.
    let range = text[..range.start].trim_end_matches(' ').len()..range.end.max(range.start);
    if !text.get(range.clone())?.contains('\t') {
        return None;
    }
    let tab = |range| {
        refused(places, "a tab where helm takes only spaces", "use spaces, or leave the line empty", range)
    };
    let mut at = range.start;
    for piece in text[range.clone()].split_inclusive(['\n', '\r']) {
        let code = piece.split('#').next().unwrap_or_default();
        // Where a key may follow, a tab may not come first.
        let bad = code.match_indices('\t').map(|(tab, _)| tab).find(|tab| {
            let before = code[..*tab].trim_end_matches(' ');
            before.ends_with(['-', '?']) || (before.trim_start() == ":" && at > range.start)
        });
        if let Some(bad) = bad {
            return Some(tab(at + bad..at + bad + 1));
        }
        at += piece.len();
    }
    lines(text, range).into_iter().find_map(|line| {
        let rest = text[line.clone()].trim_start_matches(' ');
        let tabs = rest.len() - rest.trim_start_matches('\t').len();
        let first = line.end - rest.len();
        let range = first..first + tabs;
        (tabs > 0).then(|| {
            refused(
                places,
                "a tab where helm takes only spaces",
                "use spaces, or leave the line empty",
                range,
            )
        })
    })
}

/// A document end marker that ends nothing.
pub(super) fn empty_document(places: &Places) -> Option<Diagnostic> {
    let all = 0..places.text().len();
    let line =
        lines(places.text(), all).into_iter().find(|line| places.text()[line.clone()].starts_with("..."))?;
    Some(ends_nothing(places, line))
}

fn ends_nothing(places: &Places, line: Range<usize>) -> Diagnostic {
    refused(places, "the end of a document that has not begun", "take the line out", line)
}

/// An anchor or alias whose name has other characters than letters, digits, `_` and `-`.
pub(super) fn anchor(places: &Places, range: &Range<usize>) -> Option<Diagnostic> {
    let text = &places.text()[range.clone()];
    let at = text.find(['&', '*'])? + 1;
    let name = text[at..].split_whitespace().next().unwrap_or_default();
    let bad =
        name.find(|character: char| !(character.is_ascii_alphanumeric() || "_-".contains(character)))?;
    let from = range.start + at + bad;
    let width = name[bad..].chars().next().map_or(0, char::len_utf8);
    let help = "name it with letters, digits, `_` and `-`";
    Some(refused(places, "an anchor's name that helm refuses", help, from..from + width))
}

/// A scalar in a form that helms refuse or do not agree about.
pub(super) fn scalar(
    places: &Places,
    value: &str,
    style: ScalarStyle,
    range: &Range<usize>,
) -> Option<Diagnostic> {
    let text = places.text();
    match style {
        ScalarStyle::Literal | ScalarStyle::Folded => {
            if value.starts_with('\t') {
                let at = range.start + text[range.clone()].find('\t')?;
                let message = "a block of text that begins with a tab, which helm refuses";
                return Some(refused(
                    places,
                    message,
                    "write it in double quotes, the tab as \\t",
                    at..at + 1,
                ));
            }
            let open_end = text[range.end..].trim_matches(' ').is_empty() && !text.ends_with('\n');
            (open_end && value.ends_with('\n')).then(|| {
                let message = "a block of text ends with the file, and helms disagree about its last newline";
                refused(places, message, "end the file with a newline", text.len()..text.len())
            })
        }
        ScalarStyle::DoubleQuoted => {
            let slash = range.start + escaped_slash(&text[range.clone()])?;
            Some(refused(places, "the escape `\\/`, which helm refuses", "write `/`", slash..slash + 2))
        }
        ScalarStyle::Plain => {
            let written = &text[range.clone()];
            let (at, _) = written
                .match_indices('\t')
                .find(|(at, _)| written[..*at].trim_end_matches(' ').ends_with(['\n', '\r']))?;
            let at = range.start + at;
            Some(refused(places, "a tab where helm takes only spaces", "indent with spaces", at..at + 1))
        }
        ScalarStyle::SingleQuoted => None,
    }
}

/// Liberties that YAML 1.2 takes between brackets.
pub(super) fn flow_scalar(
    places: &Places,
    style: ScalarStyle,
    is_key: bool,
    range: &Range<usize>,
) -> Option<Diagnostic> {
    let text = places.text();
    let written = &text[range.clone()];
    if style == ScalarStyle::Plain && (written.starts_with([':', '|', '>']) || written.contains('?')) {
        let message = "a value between brackets that helm refuses without quotes";
        return Some(refused(places, message, "put it in quotes", range.clone()));
    }
    if !is_key {
        return None;
    }
    let rest = &text[range.end..];
    let colon = rest.trim_start();
    if style == ScalarStyle::Plain
        && rest.starts_with(':')
        && rest[1..].starts_with([',', '[', ']', '{', '}'])
    {
        let message = "a colon that belongs to the key for helm, and ends it for others";
        return Some(refused(places, message, "write a space after the colon", range.end..range.end + 1));
    }
    let gap = &rest[..rest.len() - colon.len()];
    if colon.starts_with(':') && (written.contains(['\n', '\r']) || gap.contains(['\n', '\r'])) {
        let message = "a key over several lines, which helm refuses";
        return Some(refused(places, message, "write it and its colon on one line", range.clone()));
    }
    None
}

fn refused(places: &Places, message: &str, help: &str, range: Range<usize>) -> Diagnostic {
    Diagnostic::error("yaml-syntax", message).at(places.span(range)).help(help)
}

/// The lines that begin in a piece of the text, up to the piece's end, without their newlines.
fn lines(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = range.start;
    for line in text[range].split_inclusive(['\n', '\r']) {
        if text[..at].is_empty() || text[..at].ends_with(['\n', '\r', '\u{feff}']) {
            found.push(at..at + line.trim_end_matches(['\n', '\r']).len());
        }
        at += line.len();
    }
    found
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
