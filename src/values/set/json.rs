//! JSON as Go's encoding/json reads it in `--set-json`, with places: a caret has to stand inside the argument.

use super::{number_too_large, without_controls};
use crate::diagnostics::{Diagnostic, Source, Span};
use crate::yaml::reader::limits;
use crate::yaml::{Entry, Kind, Map, Node};
use std::sync::Arc;

/// Reads the one JSON value that begins at `start`; gives it and where it ends.
pub(super) fn read(source: &Arc<Source>, start: usize) -> Result<(Node, usize), Diagnostic> {
    let mut reader = Reader { source, at: start };
    let node = reader.value(0)?;
    Ok((node, reader.at))
}

struct Reader<'a> {
    source: &'a Arc<Source>,
    at: usize,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        &self.source.text[self.at..]
    }

    fn blanks(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start_matches([' ', '\t', '\r', '\n']).len();
    }

    fn eat(&mut self, text: &str) -> bool {
        let found = self.rest().starts_with(text);
        if found {
            self.at += text.len();
        }
        found
    }

    fn span(&self, start: usize) -> Span {
        Span::new(self.source, start..self.at)
    }

    /// Points at the next character, or behind the last one.
    fn wrong(&self, expected: &str) -> Diagnostic {
        let width = self.rest().chars().next().map_or(0, char::len_utf8);
        Diagnostic::error("set-syntax", format!("{} holds broken JSON", self.source.name))
            .label(Span::new(self.source, self.at..self.at + width), format!("expected {expected}"))
            .help("strings and keys stand in double quotes: --set-json 'key={\"name\": \"text\", \"list\": [1, true]}'")
    }

    fn value(&mut self, depth: usize) -> Result<Node, Diagnostic> {
        self.blanks();
        let start = self.at;
        if depth > limits::DEPTH {
            return Err(limits::too_deep(self.span(start)));
        }
        let kind = match self.rest().bytes().next() {
            Some(b'{') => Kind::Map(self.object(depth)?),
            Some(b'[') => Kind::List(self.array(depth)?),
            Some(b'"') => Kind::String(self.string()?),
            Some(b'-' | b'0'..=b'9') => self.number()?,
            _ if self.eat("true") => Kind::Bool(true),
            _ if self.eat("false") => Kind::Bool(false),
            _ if self.eat("null") => Kind::Null,
            _ => return Err(self.wrong("a JSON value")),
        };
        Ok(Node::new(kind, self.span(start)))
    }

    fn object(&mut self, depth: usize) -> Result<Map, Diagnostic> {
        let mut map = Map::new();
        self.eat("{");
        self.blanks();
        if self.eat("}") {
            return Ok(map);
        }
        loop {
            self.blanks();
            let start = self.at;
            if !self.rest().starts_with('"') {
                return Err(self.wrong("a key in double quotes"));
            }
            let name = self.string()?;
            let key = self.span(start);
            self.blanks();
            if !self.eat(":") {
                return Err(self.wrong("`:`"));
            }
            let value = self.value(depth + 1)?;
            if let Some(first) = map.get(&name) {
                return Err(Diagnostic::error(
                    "duplicate-key",
                    format!("the key `{name}` stands here twice"),
                )
                .at(key)
                .label(Entry::clone(first).key, "first here"));
            }
            map.insert(name, Entry { key, value });
            self.blanks();
            if self.eat("}") {
                return Ok(map);
            }
            if !self.eat(",") {
                return Err(self.wrong("`,` or `}`"));
            }
        }
    }

    fn array(&mut self, depth: usize) -> Result<Vec<Node>, Diagnostic> {
        let mut list = Vec::new();
        self.eat("[");
        self.blanks();
        if self.eat("]") {
            return Ok(list);
        }
        loop {
            list.push(self.value(depth + 1)?);
            self.blanks();
            if self.eat("]") {
                return Ok(list);
            }
            if !self.eat(",") {
                return Err(self.wrong("`,` or `]`"));
            }
        }
    }

    fn string(&mut self) -> Result<String, Diagnostic> {
        let start = self.at;
        let mut text = String::new();
        self.eat("\"");
        loop {
            let Some(next) = self.rest().chars().next() else { return Err(self.wrong("`\"`")) };
            match next {
                '"' => {
                    self.at += 1;
                    without_controls(&text, &self.span(start))?;
                    return Ok(text);
                }
                '\\' => text.push(self.escape()?),
                '\0'..='\x1f' => {
                    return Err(self.wrong("no raw control character: write \\n, \\t or \\u00XX"));
                }
                other => {
                    self.at += other.len_utf8();
                    text.push(other);
                }
            }
        }
    }

    fn escape(&mut self) -> Result<char, Diagnostic> {
        for (written, meant) in [
            ("\\\"", '"'),
            ("\\\\", '\\'),
            ("\\/", '/'),
            ("\\b", '\x08'),
            ("\\f", '\x0c'),
            ("\\n", '\n'),
            ("\\r", '\r'),
            ("\\t", '\t'),
        ] {
            if self.eat(written) {
                return Ok(meant);
            }
        }
        let Some(first) = self.unit() else {
            self.at += 1;
            return Err(self.wrong("one of \" \\ / b f n r t, or u and four hexadecimal digits"));
        };
        let before = self.at;
        if (0xd800..0xdc00).contains(&first) {
            match self.unit() {
                Some(second @ 0xdc00..0xe000) => {
                    let code = 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
                    return Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
                }
                _ => self.at = before,
            }
        }
        // Half a pair is the replacement character in Go too.
        Ok(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    /// `\u` and its four digits.
    fn unit(&mut self) -> Option<u32> {
        let digits = self.rest().strip_prefix("\\u")?.get(..4)?;
        let unit =
            digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| u32::from_str_radix(digits, 16))?;
        self.at += 6;
        unit.ok()
    }

    fn digits(&mut self) -> bool {
        let length = self.rest().len() - self.rest().trim_start_matches(|c: char| c.is_ascii_digit()).len();
        self.at += length;
        length > 0
    }

    fn number(&mut self) -> Result<Kind, Diagnostic> {
        let start = self.at;
        self.eat("-");
        // A number that begins with 0 ends there, as in Go.
        if !self.eat("0") && !self.digits() {
            return Err(self.wrong("a digit"));
        }
        if self.eat(".") && !self.digits() {
            return Err(self.wrong("a digit"));
        }
        if self.eat("e") || self.eat("E") {
            let _sign = self.eat("+") || self.eat("-");
            if !self.digits() {
                return Err(self.wrong("a digit"));
            }
        }
        let span = self.span(start);
        let number = span.text().parse().unwrap_or(f64::INFINITY);
        if !number.is_finite() || limits::is_rounded(number) {
            return Err(number_too_large(&span));
        }
        // Go tells minus zero from zero, so does the fraction.
        let whole = number.fract() == 0.0 && !(number == 0.0 && number.is_sign_negative());
        Ok(if whole { Kind::Int(number as i64) } else { Kind::Float(number) })
    }
}
