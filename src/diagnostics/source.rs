//! A text that a diagnostic can quote, and places in it.

use std::fmt;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// A named text: a values file, a `--set` argument, a template, a rendered document.
#[derive(Debug)]
pub struct Source {
    /// As the user knows it: the path as given, `-`, `--set`, or `templates/server/deployment.yaml`.
    pub name: String,
    /// The whole text.
    pub text: String,
    /// Where each line begins; counted when somebody first asks.
    lines: OnceLock<Vec<usize>>,
}

impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        (&self.name, &self.text) == (&other.name, &other.text)
    }
}

impl Eq for Source {}

impl Source {
    /// Wraps a text with its name.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Arc<Self> {
        Arc::new(Source { name: name.into(), text: text.into(), lines: OnceLock::new() })
    }

    /// Line and column, both from 1, columns in characters, of a byte offset.
    pub fn position(&self, offset: usize) -> Position {
        let offset = offset.min(self.text.len());
        let line = self.line_starts().partition_point(|start| *start <= offset);
        let start = self.line_starts()[line - 1];
        Position { line, column: self.text[start..offset].chars().count() + 1 }
    }

    /// The byte range of a line, counted from 1, without its newline; the end of the text where there is none.
    pub fn line(&self, number: usize) -> Range<usize> {
        let starts = self.line_starts();
        let Some(&start) = number.checked_sub(1).and_then(|index| starts.get(index)) else {
            return self.text.len()..self.text.len();
        };
        let end = starts.get(number).copied().unwrap_or(self.text.len());
        start..start + self.text[start..end].trim_end_matches(['\n', '\r']).len()
    }

    fn line_starts(&self) -> &[usize] {
        self.lines.get_or_init(|| {
            let newlines = self.text.match_indices('\n').map(|(newline, _)| newline + 1);
            std::iter::once(0).chain(newlines).collect()
        })
    }
}

/// Line and column, both from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
}

/// A piece of a source, as a byte range on character boundaries.
#[derive(Clone, PartialEq, Eq)]
pub struct Span {
    /// The text that it is a piece of.
    pub source: Arc<Source>,
    /// Byte offsets.
    pub range: Range<usize>,
}

impl Span {
    /// A piece of a source.
    pub fn new(source: &Arc<Source>, range: Range<usize>) -> Self {
        Span { source: Arc::clone(source), range }
    }

    /// Where it begins.
    pub fn position(&self) -> Position {
        self.source.position(self.range.start)
    }

    /// The characters themselves.
    pub fn text(&self) -> &str {
        &self.source.text[self.range.clone()]
    }
}

/// `file:line:column`.
impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Position { line, column } = self.position();
        write!(f, "{}:{line}:{column}", self.source.name)
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}
