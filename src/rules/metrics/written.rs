//! Where a piece of a scalar's text was written: folding, indentation and escapes stand between the two.

use crate::diagnostics::Span;
use crate::yaml::Node;
use std::collections::HashMap;
use std::ops::Range;

/// A string and how it was written, in YAML or in JSON.
pub(super) struct Written<'a> {
    node: &'a Node,
    value: &'a str,
    way: Way,
}

/// How to get from a place in the value to one in the source.
enum Way {
    /// Character by character, from this place of the source on.
    Verbatim(usize),
    /// Line by line: where each begins in the value and in the source.
    Lines(Vec<(usize, usize)>),
    /// By counting: where each word stands in the value and in the source. A word is what a metric's name can be.
    Words(Words, Words),
}

type Words = HashMap<String, Vec<usize>>;

impl<'a> Written<'a> {
    /// Nothing for a node that is no string.
    pub(super) fn new(node: &'a Node) -> Option<Self> {
        let value = node.as_str()?;
        let (written, start) = (node.span.text(), node.span.range.start);
        let quoted =
            ['"', '\''].into_iter().find_map(|quote| written.strip_prefix(quote)?.strip_suffix(quote));
        let way = if written == value {
            Way::Verbatim(start)
        } else if quoted == Some(value) {
            Way::Verbatim(start + 1)
        } else if let Some((header, body)) = block(written) {
            let start = start + header;
            let by_word = || Way::Words(words(value, 0), words(body, start));
            lines(value, body, start).map_or_else(by_word, Way::Lines)
        } else if written.starts_with('"') {
            Way::Words(words(value, 0), words(&without_escapes(written), start))
        } else {
            Way::Words(words(value, 0), words(written, start))
        };
        Some(Written { node, value, way })
    }

    /// Where a piece of the value, in bytes, was written; nothing if that cannot be told.
    pub(super) fn place(&self, piece: Range<usize>) -> Option<Span> {
        let text = self.value.get(piece.clone())?;
        let start = match &self.way {
            Way::Verbatim(start) => start + piece.start,
            Way::Lines(_) if text.contains('\n') => return None,
            Way::Lines(lines) => {
                let line = lines.partition_point(|(start, _)| *start <= piece.start).checked_sub(1)?;
                let (value, source) = lines[line];
                source + piece.start - value
            }
            Way::Words(in_value, in_source) => {
                let (places, written) = (in_value.get(text)?, in_source.get(text)?);
                // A different number of them: an escape, or a comment beside the header, made or hid one.
                if places.len() != written.len() {
                    return None;
                }
                written[places.binary_search(&piece.start).ok()?]
            }
        };
        Some(Span::new(&self.node.span.source, start..start + text.len()))
    }
}

/// The lines of a block scalar and how long what stands before them is.
fn block(written: &str) -> Option<(usize, &str)> {
    if !written.starts_with(['|', '>', '&', '!']) {
        return None;
    }
    let header = written.find('\n')? + 1;
    written[..header].contains(['|', '>']).then(|| (header, &written[header..]))
}

/// Where the lines of a value begin, if they were written one by one.
fn lines(value: &str, body: &str, start: usize) -> Option<Vec<(usize, usize)>> {
    let (mut in_value, mut in_body) = (0, 0);
    let mut starts = Vec::new();
    let mut written = body.split('\n');
    // Newlines at the end belong to the style, not to the lines.
    for line in value.trim_end_matches('\n').split('\n') {
        let source = written.next()?;
        let indentation = source.trim_end_matches('\r').strip_suffix(line)?;
        if !indentation.bytes().all(|byte| byte == b' ') {
            return None;
        }
        starts.push((in_value, start + in_body + indentation.len()));
        in_value += line.len() + 1;
        in_body += source.len() + 1;
    }
    Some(starts)
}

/// The same text with blanks for escapes, so that `\nup` holds the word `up` at its place.
fn without_escapes(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        if character != '\\' {
            masked.push(character);
            continue;
        }
        let escaped = characters.next();
        let digits = match escaped {
            Some('x') => 2,
            Some('u') => 4,
            Some('U') => 8,
            _ => 0,
        };
        let rest = characters.by_ref().take(digits).map(char::len_utf8).sum::<usize>();
        let length = 1 + escaped.map_or(0, char::len_utf8) + rest;
        masked.extend(std::iter::repeat_n(' ', length));
    }
    masked
}

/// Where each word of a text stands, which begins at `start`.
fn words(text: &str, start: usize) -> Words {
    let mut found = Words::new();
    let mut at = start;
    let ends = |character: char| !(character.is_ascii_alphanumeric() || "_:".contains(character));
    for word in text.split_inclusive(ends) {
        let trimmed = word.trim_end_matches(ends);
        if !trimmed.is_empty() {
            found.entry(trimmed.to_string()).or_default().push(at);
        }
        at += word.len();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Source;
    use crate::yaml::reader;

    /// Line and column of each piece, `-` where its place is not known.
    fn places(yaml: &str, pieces: &[&str]) -> Vec<String> {
        let documents = reader::documents(&Source::new("t", yaml)).unwrap();
        let node = documents[0].get("a").unwrap();
        let (value, written) = (node.as_str().unwrap(), Written::new(node).unwrap());
        let place = |piece: &str| {
            let at = value.rfind(piece).unwrap();
            written.place(at..at + piece.len()).map_or("-".to_string(), |span| {
                assert_eq!(span.text(), piece);
                let position = span.position();
                format!("{}:{}", position.line, position.column)
            })
        };
        pieces.iter().map(|piece| place(piece)).collect()
    }

    #[test]
    fn one_line() {
        assert_eq!(places("a: ü up x\n", &["up", "x"]), ["1:6", "1:9"]);
        assert_eq!(places("a: 'ü up'\n", &["up"]), ["1:7"]);
        assert_eq!(places("a: \"up\"\n", &["up"]), ["1:5"]);
        assert_eq!(places("a: 'it''s up - not_up - up'\n", &["up"]), ["1:25"]);
        assert_eq!(places("a: \"\\\"q\\\" \\u003eup\\nup\"\n", &["up"]), ["1:21"]);
        assert_eq!(places("a: \"\\x75p + up\"\n", &["up"]), ["-"]);
    }

    #[test]
    fn several_lines() {
        assert_eq!(places("a: |-\n  x(\n    up\n\n    {y}\n", &["x", "up", "{y}"]), ["2:3", "3:5", "5:5"]);
        assert_eq!(places("a: | # up\n  x\n  up  \n", &["up"]), ["3:3"]);
        assert_eq!(places("a: &b |\n  x up\n", &["up"]), ["2:5"]);
        assert_eq!(places("a: !!str |2+\n    x up\n\n\n", &["up"]), ["2:7"]);
        assert_eq!(places("a: >-\n  x\n  up +\n  up\n", &["up", "x"]), ["4:3", "2:3"]);
        assert_eq!(places("a: x\n  up\n", &["up"]), ["2:3"]);
        assert_eq!(places("a: |\r\n  x\r\n  up y\r\n", &["y"]), ["3:6"]);
        assert_eq!(places("a: \"x\\\n  \\ up\"\n", &["up"]), ["2:5"]);
    }

    #[test]
    fn an_alias_tells_nothing_of_the_text() {
        let documents = reader::documents(&Source::new("t", "b: &b up\na: *b\n")).unwrap();
        assert_eq!(Written::new(documents[0].get("a").unwrap()).unwrap().place(0..2), None);
    }
}
