//! Places in files that hold secrets, shown without what they hold.
//!
//! A snippet is the text around a place, so every place is moved into a text of the same lines and columns in which
//! nothing is left but what may be seen.

use crate::diagnostics::{Diagnostic, Diagnostics, Source, Span};
use std::ops::Range;

/// The place of something that may be seen, such as a key's name: of its line nothing else is.
pub(super) fn shown(span: &Span) -> Span {
    mask(span, span.range.clone(), true)
}

/// A place where nothing may be seen: one character wide, so that not even a length is told.
pub(super) fn hidden(span: &Span) -> Span {
    let start = span.range.start;
    let first = span.source.text[start..].chars().next().filter(|first| !matches!(first, '\n' | '\r'));
    mask(span, start..start + first.map_or(0, char::len_utf8), false)
}

/// Complaints about a file that could not be read, without a word of the file in them.
pub(super) fn complaints(Diagnostics(found): Diagnostics) -> Diagnostics {
    Diagnostics(found.into_iter().map(complaint).collect())
}

fn complaint(diagnostic: Diagnostic) -> Diagnostic {
    let Some(label) = diagnostic.labels.first() else {
        // About the file as a whole.
        return diagnostic;
    };
    let message = match diagnostic.code.as_str() {
        "duplicate-key" => "a key is written twice in one map",
        "control-character" => "a control character that no YAML reader takes",
        "not-utf8" => "a byte that is not UTF-8",
        _ => "from here on this cannot be read as YAML",
    };
    Diagnostic::error(diagnostic.code, message).at(hidden(&label.span)).help(
        "look at the quotes, the colons and the indentation there; the text itself is not shown, it may hold secrets",
    )
}

fn mask(span: &Span, kept: Range<usize>, visible: bool) -> Span {
    let original = &span.source.text;
    let mut text = String::with_capacity(original.len());
    let (mut start, mut end) = (None, None);
    let mut at = 0;
    for line in original.split_inclusive('\n') {
        let (from, content) = (at, line.trim_end_matches(['\n', '\r']));
        at += line.len();
        if (from..=from + content.len()).contains(&kept.start) {
            let begin = kept.start - from;
            let stop = kept.end.min(from + content.len()) - from;
            let indentation = begin.min(content.len() - content.trim_start_matches(' ').len());
            text.push_str(&content[..indentation]);
            text.extend(content[indentation..begin].chars().map(|_| '*'));
            start.get_or_insert(text.len());
            match visible {
                true => text.push_str(&content[begin..stop]),
                false => text.extend(content[begin..stop].chars().map(|_| '*')),
            }
            end.get_or_insert(text.len());
            if !content[stop..].trim().is_empty() {
                text.push_str(" ***");
            }
        }
        if line.ends_with('\n') {
            text.push('\n');
        }
    }
    let start = start.unwrap_or(text.len());
    let end = end.unwrap_or(text.len()).max(start);
    Span::new(&Source::new(span.source.name.clone(), text), start..end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::reader;

    #[test]
    fn places_stay_and_texts_go() {
        let source = Source::new("s.yaml", "a: 1\r\nstringData: {größe: hunter2, key: hunter3}\nlast: x");
        for (piece, expected) in [
            ("key", "\n*****************************key ***\n"),
            ("größe", "\n*************größe ***\n\n"),
            ("last", "\n\nlast ***"),
        ] {
            let at = source.text.find(piece).unwrap();
            let span = Span::new(&source, at..at + piece.len());
            let moved = shown(&span);
            assert_eq!(moved.to_string(), span.to_string());
            assert_eq!(moved.text(), piece);
            assert!(moved.source.text.contains(expected.trim_end_matches('\n')), "{}", moved.source.text);
            assert_eq!(hidden(&span).to_string(), span.to_string());
            assert_eq!(hidden(&span).text(), "*");
        }
        let end = Span::new(&source, source.text.len()..source.text.len());
        assert_eq!(hidden(&end).to_string(), end.to_string());
    }

    #[test]
    fn no_complaint_quotes_the_file() {
        for text in [
            "data: \"hunter2\n",
            "data: @hunter2\n",
            "data: !hunter2 x\n",
            "data: !!int hunter2\n",
            "data: *hunter2\n",
            "hunter2: 1\nhunter2: 2\n",
            "? [hunter2]\n: x\n",
            "<<: hunter2\n",
            "a: hunter2: b\n",
            "a: hunter2\n  b: hunter2\n",
            "hunter2\nb: c\n",
            "a: \u{7}hunter2\n",
            "a: %hunter2\n\tb: hunter2\n",
        ] {
            let source = Source::new("s.yaml", text);
            let Err(found) = reader::documents(&source) else { panic!("{text:?} can be read") };
            let places: Vec<_> = found.0.iter().map(|one| one.labels[0].span.to_string()).collect();
            for (one, place) in complaints(found).0.iter().zip(places) {
                let shown = crate::diagnostics::text::render(one, false);
                assert!(!shown.contains("hunter2"), "{text:?}\n{shown}");
                assert!(shown.contains(&place), "{place}\n{shown}");
            }
        }
    }
}
