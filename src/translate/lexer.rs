//! Words and signs inside a tag, as Tera reads them.

use crate::diagnostics::{Diagnostic, Source, Span};
use std::ops::Range;
use std::sync::Arc;

/// A word or sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// A name or a word of the language.
    Word(String),
    /// A string, its escapes read.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A number with a fraction: only to be refused.
    Fraction,
    /// An operator, bracket or end of a tag.
    Sign(&'static str),
    /// The end of the template.
    End,
}

/// Longest first.
const SIGNS: [&str; 35] = [
    "-%}", "-}}", "...", "%}", "}}", "//", "**", "==", "!=", ">=", "<=", "</", "?.", "?[", "+", "-", "*",
    "/", "%", "!", ".", ",", ":", "~", "|", "=", ">", "<", "(", ")", "[", "]", "{", "}", "@",
];

/// Reads tokens from a place on.
pub(super) struct Lexer<'a> {
    source: &'a Arc<Source>,
    /// Where the next token is looked for.
    pub(super) offset: usize,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(source: &'a Arc<Source>) -> Self {
        Lexer { source, offset: 0 }
    }

    /// The next token and its place.
    pub(super) fn next(&mut self) -> Result<(Token, Range<usize>), Diagnostic> {
        let text = &self.source.text;
        let rest = &text[self.offset..];
        let start = self.offset + (rest.len() - rest.trim_ascii_start().len());
        let rest = &text[start..];
        let (token, length) = match rest.bytes().next() {
            None => (Token::End, 0),
            Some(quote @ (b'"' | b'\'' | b'`')) => self.text(rest, start, quote)?,
            Some(b'0'..=b'9') => self.number(rest, start)?,
            Some(letter) if letter.is_ascii_alphabetic() || letter == b'_' => {
                let length = rest.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'_').count();
                (Token::Word(rest[..length].to_string()), length)
            }
            Some(_) => match SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
                Some(sign) => (Token::Sign(sign), sign.len()),
                None => {
                    let length = rest.chars().next().map_or(0, char::len_utf8);
                    return Err(self.error(
                        start..start + length,
                        "this sign has no meaning in a template",
                        "values are named `values.key`, variables `name`",
                    ));
                }
            },
        };
        self.offset = start + length;
        Ok((token, start..start + length))
    }

    fn number(&self, rest: &str, start: usize) -> Result<(Token, usize), Diagnostic> {
        let length = rest.bytes().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
        if rest[..length].contains('.') {
            return Ok((Token::Fraction, length));
        }
        let number = rest[..length].parse().map_err(|_| {
            self.error(start..start + length, "this number is too large", "write it as a string")
        })?;
        Ok((Token::Integer(number), length))
    }

    fn text(&self, rest: &str, start: usize, quote: u8) -> Result<(Token, usize), Diagnostic> {
        let mut text = String::new();
        let mut chars = rest.char_indices().skip(1);
        while let Some((index, character)) = chars.next() {
            if character == char::from(quote) {
                return Ok((Token::Text(text), index + 1));
            }
            if character != '\\' {
                text.push(character);
                continue;
            }
            match chars.next() {
                Some((_, escaped @ ('"' | '\'' | '/' | '\\'))) => text.push(escaped),
                Some((_, 'n')) => text.push('\n'),
                Some((_, 't')) => text.push('\t'),
                Some((_, 'r')) => text.push('\r'),
                _ => {
                    let place = start + index..start + index + 1;
                    return Err(self.error(
                        place,
                        "this is not an escape that templates know",
                        "known are \\n, \\t, \\r, \\\\, \\/, \\\" and \\'; write a backslash as \\\\",
                    ));
                }
            }
        }
        Err(self.error(start..start + 1, "this string has no end", "end it with the sign that began it"))
    }

    fn error(&self, range: Range<usize>, message: &str, help: &str) -> Diagnostic {
        Diagnostic::error("syntax", message).at(Span::new(self.source, range)).help(help)
    }
}
