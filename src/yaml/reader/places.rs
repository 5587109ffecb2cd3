//! From the parser's places, which count characters, to byte offsets.

use crate::diagnostics::{Source, Span};
use saphyr_parser::{Marker, ScalarStyle};
use std::ops::Range;
use std::sync::Arc;

/// Converts the markers of one source.
pub(super) struct Places<'a> {
    source: &'a Arc<Source>,
    /// Byte offset of each character; nothing where every character is one byte.
    starts: Option<Vec<usize>>,
}

impl<'a> Places<'a> {
    pub(super) fn new(source: &'a Arc<Source>) -> Self {
        let text = &source.text;
        let starts = (!text.is_ascii()).then(|| text.char_indices().map(|(offset, _)| offset).collect());
        Places { source, starts }
    }

    /// The text that the places are in.
    pub(super) fn text(&self) -> &'a str {
        &self.source.text
    }

    /// A marker's byte offset.
    pub(super) fn offset(&self, marker: Marker) -> usize {
        let end = self.source.text.len();
        match &self.starts {
            Some(starts) => starts.get(marker.index()).copied().unwrap_or(end),
            None => marker.index().min(end),
        }
    }

    /// The bytes between two markers.
    pub(super) fn range(&self, span: saphyr_parser::Span) -> Range<usize> {
        let start = self.offset(span.start);
        start..self.offset(span.end).max(start)
    }

    /// A piece of the source.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.source, range)
    }

    /// The parser begins a block scalar at its first content line and puts an empty one at the token after it.
    pub(super) fn scalar(
        &self,
        style: ScalarStyle,
        decorated: bool,
        empty: bool,
        previous_end: usize,
        range: Range<usize>,
    ) -> Range<usize> {
        let text = self.text();
        match style {
            ScalarStyle::Literal | ScalarStyle::Folded => {
                let indicator = if style == ScalarStyle::Literal { '|' } else { '>' };
                let from = previous_end.min(range.start);
                let header = text[from..range.start].find(indicator).map(|at| from + at);
                let start = if decorated { range.start } else { header.unwrap_or(range.start) };
                let trimmed = text[start..range.end].trim_end_matches(['\n', '\r', ' ']).len();
                start..start + trimmed
            }
            ScalarStyle::Plain if empty && !decorated => {
                let from = previous_end.min(range.start);
                let skipped = &text[from..range.start];
                // Without an indicator of its own, it ends with the key before it.
                let bare =
                    skipped.lines().map(str::trim).all(|line| line.is_empty() || line.starts_with('#'));
                let place = if bare && skipped.contains('\n') { from } else { range.start };
                let place = place + usize::from(text[place..].starts_with(':'));
                place..place
            }
            _ => range,
        }
    }
}

/// Where a flow collection opens; the event's place begins with its anchor and tag, and ends behind blanks and comments.
pub(super) fn bracket(text: &str, range: Range<usize>) -> Option<usize> {
    let mut rest = text.get(range.clone())?;
    loop {
        rest = rest.trim_start();
        let skipped = match rest.chars().next()? {
            '[' | '{' => return Some(range.end - rest.len()),
            '#' => rest.find('\n'),
            '&' | '!' => rest.find(|end: char| end.is_whitespace() || "[]{},".contains(end)),
            _ => None,
        };
        rest = &rest[skipped?..];
    }
}
