//! The comments of an annotated values file. The YAML reader drops them, so they are found again by line: what is
//! said about a key stands just above it, in the key's own column.

use crate::diagnostics::{Diagnostic, Position, Source, Span, nearest};
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

/// What is written above one key.
#[derive(Debug, Default)]
pub(super) struct Comment {
    /// `# -- text` and the lines that continue it, joined.
    pub(super) description: Option<String>,
    /// The flow map after `# @schema`, with the `#` of further lines blanked, and where it begins.
    pub(super) schema: Option<(usize, String)>,
}

/// The comments of one file.
pub(super) struct Comments {
    source: Arc<Source>,
    lines: Vec<Range<usize>>,
    /// Comment lines, from 1, that may say something about a key and have not been asked for.
    unclaimed: BTreeSet<usize>,
    /// Lines, from 1, of section titles.
    sections: Vec<(usize, String)>,
    pub(super) found: Vec<Diagnostic>,
}

impl Comments {
    /// Finds the comment lines of a file.
    pub(super) fn of(source: &Arc<Source>) -> Self {
        let mut comments = Comments {
            source: Arc::clone(source),
            lines: Vec::new(),
            unclaimed: BTreeSet::new(),
            sections: Vec::new(),
            found: Vec::new(),
        };
        let (mut start, mut block_scalar) = (0, None);
        for line in source.text.split_inclusive('\n') {
            let text = line.trim_end();
            comments.lines.push(start..start + text.len());
            start += line.len();
            let indent = text.len() - text.trim_start().len();
            if block_scalar.is_some_and(|parent| indent > parent) || text.is_empty() {
                continue;
            }
            block_scalar = opens_block_scalar(text).then_some(indent);
            if text[indent..].starts_with('#') {
                comments.line(comments.lines.len(), indent, &text[indent + 1..]);
            }
        }
        comments
    }

    fn line(&mut self, number: usize, indent: usize, text: &str) {
        let text = text.trim();
        if let Some(title) = text.strip_prefix("== ").and_then(|rest| rest.strip_suffix(" ==")) {
            if indent == 0 {
                self.sections.push((number, title.trim().to_string()));
            } else {
                self.error(number, "a section title stands in the first column".to_string());
            }
        }
        self.unclaimed.insert(number);
    }

    /// The title of the section in which a line stands.
    pub(super) fn section(&self, line: usize) -> Option<String> {
        self.sections.iter().rev().find(|(title, _)| *title < line).map(|(_, title)| title.clone())
    }

    /// What is written above a key.
    pub(super) fn above(&mut self, key: Position) -> Comment {
        let mut first = key.line;
        while self.text_of(first - 1, key.column - 1).is_some() {
            first -= 1;
        }
        let mut comment = Comment::default();
        let mut number = first;
        while number < key.line {
            let text = self.text_of(number, key.column - 1).unwrap_or_default().to_string();
            let text = text.trim();
            let mut next = number + 1;
            if let Some(sentence) = text.strip_prefix("--") {
                if comment.description.is_some() {
                    self.error(number, "a key has one description; `#` alone ends it".to_string());
                }
                let mut sentences = vec![sentence.trim().to_string()];
                while let Some(more) = self.continuation(next, key) {
                    sentences.push(more);
                    next += 1;
                }
                comment.description = Some(sentences.join(" ").trim().to_string());
            } else if let Some(tag) = text.strip_prefix('@') {
                let word = tag.split_whitespace().next().unwrap_or_default();
                if word == "schema" {
                    next = self.schema(number, key, &mut comment);
                } else {
                    let diagnostic = Diagnostic::error("annotation", format!("`@{word}` is no annotation"));
                    let help =
                        nearest(word, ["schema"]).map_or("write `@schema {…}`", |_| "did you mean `@schema`");
                    self.found.push(diagnostic.at(self.span(number)).help(help));
                }
            }
            (number..next).for_each(|line| {
                self.unclaimed.remove(&line);
            });
            number = next;
        }
        comment
    }

    /// Reads `# @schema {…}` up to its last brace; gives the line after it.
    fn schema(&mut self, number: usize, key: Position, comment: &mut Comment) -> usize {
        if comment.schema.is_some() {
            self.error(number, "a key has one `@schema`".to_string());
        }
        let line = self.lines[number - 1].clone();
        let Some(brace) = self.source.text[line.clone()].find('{') else {
            self.error(number, "`@schema` needs a map: `# @schema {type: …}`".to_string());
            return number + 1;
        };
        let start = line.start + brace;
        let mut text = self.source.text[start..line.end].to_string();
        let mut next = number + 1;
        while !closed(&text) && next < key.line {
            let end = start + text.len();
            let more = &self.source.text[end..self.lines[next - 1].end];
            text.push_str(&more.replacen('#', " ", 1));
            next += 1;
        }
        comment.schema = Some((start, text));
        next
    }

    /// A line that goes on with a description.
    fn continuation(&self, number: usize, key: Position) -> Option<String> {
        let text = self.text_of(number, key.column - 1).filter(|_| number < key.line)?.trim();
        let ends =
            text.is_empty() || text.starts_with('@') || text.starts_with("--") || text.starts_with("==");
        (!ends).then(|| text.to_string())
    }

    /// The text of a line after its `#`, if it is a comment in that column.
    fn text_of(&self, number: usize, indent: usize) -> Option<&str> {
        if !self.unclaimed.contains(&number) {
            return None;
        }
        let line = &self.source.text[self.lines.get(number - 1)?.clone()];
        let text = line.trim_start();
        (line.len() - text.len() == indent).then(|| text.trim_start_matches('#'))
    }

    /// Complains about annotations that stand above no key.
    pub(super) fn finish(mut self) -> Vec<Diagnostic> {
        for number in std::mem::take(&mut self.unclaimed) {
            let text =
                self.source.text[self.lines[number - 1].clone()].trim_start().trim_start_matches('#').trim();
            if text.starts_with("-- ") || text == "--" || text.starts_with("@schema") {
                self.error(number, "this annotation belongs to no key".to_string());
                if let Some(diagnostic) = self.found.last_mut() {
                    diagnostic.help =
                        Some("it must stand just above a key, in the key's own column".to_string());
                }
            }
        }
        self.found
    }

    fn error(&mut self, number: usize, message: String) {
        self.found.push(Diagnostic::error("annotation", message).at(self.span(number)));
    }

    fn span(&self, number: usize) -> Span {
        let line = self.lines[number - 1].clone();
        let indent = self.source.text[line.clone()].len() - self.source.text[line.clone()].trim_start().len();
        Span::new(&self.source, line.start + indent..line.end)
    }
}

/// Whether the lines below are text: `key: |` and its variants.
fn opens_block_scalar(line: &str) -> bool {
    let Some((_, indicator)) = line.rsplit_once(' ') else { return false };
    let rest = indicator.strip_prefix(['|', '>']);
    !line.trim_start().starts_with('#')
        && rest.is_some_and(|rest| {
            rest.len() <= 2 && rest.chars().all(|c| c.is_ascii_digit() || "+-".contains(c))
        })
}

/// Whether the first brace of a flow map has found its partner.
fn closed(text: &str) -> bool {
    let (mut depth, mut quote) = (0, None);
    for letter in text.chars() {
        match (quote, letter) {
            (Some(open), _) if open == letter => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(letter),
            (None, '{' | '[') => depth += 1,
            (None, '}' | ']') => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return true;
        }
    }
    false
}
