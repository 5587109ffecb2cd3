//! A text that a diagnostic can quote, and places in it.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// A named text: a values file, a `--set` argument, a template, a rendered document.
#[derive(Debug, PartialEq, Eq)]
pub struct Source {
    /// As the user knows it: the path as given, `-`, `--set`, or `templates/server/deployment.yaml`.
    pub name: String,
    /// The whole text.
    pub text: String,
}

impl Source {
    /// Wraps a text with its name.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Arc<Self> {
        Arc::new(Source { name: name.into(), text: text.into() })
    }

    /// Line and column, both from 1, columns in characters, of a byte offset.
    pub fn position(&self, offset: usize) -> Position {
        let before = &self.text[..offset.min(self.text.len())];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Position { line: before.matches('\n').count() + 1, column: before[line_start..].chars().count() + 1 }
    }

    /// The byte range of a line, counted from 1, without its newline; the end of the text where there is none.
    pub fn line(&self, number: usize) -> Range<usize> {
        let mut start = 0;
        for (index, line) in self.text.split_inclusive('\n').enumerate() {
            if index + 1 == number {
                return start..start + line.trim_end_matches(['\n', '\r']).len();
            }
            start += line.len();
        }
        self.text.len()..self.text.len()
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
