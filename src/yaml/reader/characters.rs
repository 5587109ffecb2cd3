//! From bytes to a source, and the characters that no YAML reader takes as they are.

use super::events::Rules;
use super::limits::{code_point, is_control, too_large};
use super::places::Places;
use crate::diagnostics::{Diagnostic, Result, Source, Span};
use std::sync::Arc;

/// A values file's text: UTF-8 of at most one megabyte. A byte order mark at its start is dropped, as helm does.
pub fn decode(name: &str, bytes: &[u8]) -> Result<Arc<Source>> {
    if bytes.len() > super::limits::BYTES {
        return Err(too_large(name).into());
    }
    decode_manifests(name, bytes)
}

/// The text of manifests, which may be of any size.
pub fn decode_manifests(name: &str, bytes: &[u8]) -> Result<Arc<Source>> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let at = match std::str::from_utf8(bytes) {
        Ok(text) => return Ok(Source::new(name, text)),
        Err(error) => error.valid_up_to(),
    };
    let source = Source::new(name, String::from_utf8_lossy(bytes));
    let bad = at..at + char::REPLACEMENT_CHARACTER.len_utf8();
    let byte = bytes.get(at).copied().unwrap_or_default();
    Err(Diagnostic::error("not-utf8", format!("the byte 0x{byte:02X} is not UTF-8"))
        .at(Span::new(&source, bad))
        .help("save the file as UTF-8")
        .into())
}

/// One complaint for each run of characters that may not stand in the text as they are.
pub(super) fn check(places: &Places, rules: Rules) -> Vec<Diagnostic> {
    // A binary file needs no more than this to be recognised.
    const ENOUGH: usize = 10;
    let mut runs: Vec<std::ops::Range<usize>> = Vec::new();
    for (at, character) in places.text().char_indices() {
        let is_mark = at == 0 && character == '\u{feff}';
        if is_mark || !(is_control(character) || rules == Rules::Values && breaks_lines(character)) {
            continue;
        }
        let end = at + character.len_utf8();
        match runs.last_mut() {
            Some(run) if run.end == at => run.end = end,
            _ => runs.push(at..end),
        }
        if runs.len() > ENOUGH {
            break;
        }
    }
    runs.into_iter().map(|run| complaint(places.span(run))).collect()
}

/// Line breaks to YAML 1.1, and so to helm; text to YAML 1.2.
fn breaks_lines(character: char) -> bool {
    matches!(character, '\u{2028}' | '\u{2029}')
}

fn complaint(span: Span) -> Diagnostic {
    let first = span.text().chars().next().unwrap_or_default();
    let (what, help) = match first {
        '\u{feff}' => ("a byte order mark inside the text".to_owned(), "take it out".to_owned()),
        '\u{2028}' | '\u{2029}' => (
            format!("the line separator {}", code_point(first)),
            format!("take it out, or write it as \"\\u{:04x}\" in double quotes", u32::from(first)),
        ),
        _ => (
            format!("the control character {}", code_point(first)),
            "take it out: neither helm nor kubectl reads it".to_owned(),
        ),
    };
    Diagnostic::error("control-character", what).at(span).help(help)
}
