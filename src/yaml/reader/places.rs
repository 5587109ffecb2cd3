//! From the parser's places, which count characters, to byte offsets.

use crate::diagnostics::{Source, Span};
use saphyr_parser::Marker;
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
}
