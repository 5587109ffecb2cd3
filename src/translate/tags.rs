//! Templates: text, comments and tags. A mistake inside a tag does not end the reading, so that a run reports all.

use super::ast::{Expr, Id, Item, Name, Template, Trim};
use super::lexer::{Lexer, Token};
use super::parser::{Parsed, Parser};
use crate::diagnostics::{Diagnostic, Source};
use std::sync::Arc;

/// A template's tree, its mistakes, and the first number that is free for the next template's expressions.
pub(super) fn parse(source: &Arc<Source>, first: Id) -> (Template, Vec<Diagnostic>, Id) {
    let mut reader = Reader {
        parser: Parser::new(source, first),
        offset: 0,
        start: 0,
        trimmed: false,
        blank: false,
        reported: false,
        refused: Vec::new(),
    };
    let items = match reader.items(&[]) {
        Ok((items, _)) => items,
        Err(mistake) => {
            reader.parser.mistakes.push(mistake);
            Vec::new()
        }
    };
    (Template { items }, reader.parser.mistakes, reader.parser.next_id)
}

pub(super) struct Reader<'a> {
    pub(super) parser: Parser<'a>,
    /// Where the text after the last tag begins.
    pub(super) offset: usize,
    /// Where the tag that is being read begins.
    pub(super) start: usize,
    /// Whether the last tag ended in `-%}` or `-}}` and nothing but comments came since.
    pub(super) trimmed: bool,
    /// Whether the text before the tag is blank and follows a tag that trims.
    pub(super) blank: bool,
    /// Whether what is wrong with the tag was said already.
    pub(super) reported: bool,
    /// Tags that were refused, whose end tags are not worth a second message.
    pub(super) refused: Vec<String>,
}

/// The tag that ended a list of items, up to its name.
pub(super) struct Stop {
    pub(super) tag: String,
    pub(super) left: bool,
}

impl<'a> Reader<'a> {
    pub(super) fn text(&self) -> &str {
        &self.parser.source.text[self.offset..]
    }

    /// Items up to one of the tags, or up to the end of the template where there are none.
    pub(super) fn items(&mut self, stops: &[&str]) -> Parsed<(Vec<Item>, Stop)> {
        let mut items = Vec::new();
        loop {
            self.take_text(&mut items);
            let start = self.offset;
            self.start = start;
            let rest = self.text();
            if rest.is_empty() {
                return match stops.last() {
                    None => Ok((items, Stop { tag: String::new(), left: false })),
                    Some(end) => {
                        let message = format!("the template ends before `{{% {end} %}}`");
                        Err(self
                            .parser
                            .error("syntax", start..start, message)
                            .help("end the tag that is open"))
                    }
                };
            }
            let (opening, left) = (rest[..2].to_string(), rest[2..].starts_with('-'));
            if opening == "{#" {
                items.push(self.comment(left)?);
                continue;
            }
            self.parser.lexer.offset = start + 2 + usize::from(left);
            if opening == "{{" {
                let value = self.value(Parser::advance);
                let trim = self.close("}}", left);
                items.push(Item::Print { trim, value });
                continue;
            }
            let tag = self.parser.advance().and_then(|_| self.tag_name());
            let item = match tag {
                Ok(name) if stops.contains(&name.text.as_str()) => {
                    return Ok((items, Stop { tag: name.text, left }));
                }
                Ok(name) => self.tag(&name, left)?,
                Err(mistake) => {
                    self.report(mistake);
                    None
                }
            };
            items.extend(item);
        }
    }

    fn tag_name(&mut self) -> Parsed<Name> {
        if self.parser.is_sign("<") || self.parser.is_sign("</") {
            return Err(self.unsupported("a component with a body"));
        }
        self.parser.name()
    }

    /// The text up to the next tag.
    fn take_text(&mut self, items: &mut Vec<Item>) {
        let rest = self.text();
        let length = ["{{", "{%", "{#"].iter().filter_map(|mark| rest.find(mark)).min().unwrap_or(rest.len());
        let blank = length > 0 && self.trimmed && rest[..length].trim().is_empty();
        self.blank = blank;
        if length == 0 {
            return;
        }
        let rest = self.text();
        let odd = |c: char| c.is_whitespace() && !matches!(c, ' ' | '\t' | '\r' | '\n');
        if let Some((at, character)) = rest[..length].char_indices().find(|(_, c)| odd(*c)) {
            let place = self.offset + at..self.offset + at + character.len_utf8();
            let mistake = self.parser.error(
                "odd-whitespace",
                place,
                "trim markers treat this blank differently in Helm",
            );
            self.parser.mistakes.push(mistake.help("use a space, or an escape in a quoted string"));
        }
        items.push(Item::Text(self.offset..self.offset + length));
        self.offset += length;
        self.trimmed = false;
    }

    fn comment(&mut self, left: bool) -> Parsed<Item> {
        let start = self.offset;
        let rest = self.text();
        let Some(end) = rest.find("#}") else {
            return Err(self
                .parser
                .error("syntax", start..start + 2, "this comment has no end")
                .help("a comment ends with `#}`"));
        };
        let inner = &rest[2 + usize::from(left)..end.max(2 + usize::from(left))];
        let right = inner.ends_with('-');
        let text = inner[..inner.len() - usize::from(right)].to_string();
        if let Some(at) = rest[..end].find("*/") {
            let place = start + at..start + at + 2;
            let mistake = self.parser.error("comment-end", place, "`*/` would end the comment in the chart");
            self.parser.mistakes.push(mistake.help("write it with a blank: `* /`"));
        }
        self.offset += end + 2;
        // Tera goes on trimming behind a comment, Go does not.
        let right = right || self.trimmed;
        self.trimmed = right;
        Ok(Item::Comment { trim: Trim { left, right, lines: 0 }, text })
    }

    /// An expression, after a first step; what cannot be read is reported and skipped.
    pub(super) fn value<T>(&mut self, first: impl FnOnce(&mut Parser<'a>) -> Parsed<T>) -> Expr {
        match first(&mut self.parser).and_then(|_| self.parser.expression(0)) {
            Ok(value) => value,
            Err(mistake) => {
                self.parser.mistakes.push(mistake);
                self.reported = true;
                self.parser.invalid()
            }
        }
    }

    /// The end of a tag; says how it trims.
    pub(super) fn close(&mut self, end: &str, left: bool) -> Trim {
        let right = self.end(end);
        let lines = self.parser.source.text[self.start..self.offset].matches('\n').count();
        Trim { left, right, lines }
    }

    fn end(&mut self, end: &str) -> bool {
        let reported = std::mem::take(&mut self.reported);
        let trims = self.parser.is_sign(&format!("-{end}"));
        if !reported && (trims || self.parser.is_sign(end)) {
            self.offset = self.parser.range.end;
            self.trimmed = trims;
            return trims;
        }
        if !reported {
            let mistake = self.parser.unexpected(&format!("`{end}`"));
            self.parser.mistakes.push(mistake);
        }
        self.skip(end);
        self.trimmed
    }

    /// Goes behind the tag, wherever reading stopped in it.
    fn skip(&mut self, end: &str) {
        let (start, text) = (self.start, &self.parser.source.text);
        let mut lexer = Lexer::new(self.parser.source);
        lexer.offset = start + 2;
        while let Ok((token, range)) = lexer.next() {
            match token {
                Token::Sign(sign) if sign.trim_start_matches('-') == end => {
                    (self.offset, self.trimmed) = (range.end, sign.starts_with('-'));
                    return;
                }
                Token::End => break,
                _ => {}
            }
        }
        self.offset = text[start..].find(end).map_or(text.len(), |at| start + at + end.len());
        self.trimmed = false;
    }

    fn tag(&mut self, name: &Name, left: bool) -> Parsed<Option<Item>> {
        let item = match name.text.as_str() {
            "raw" => self.raw(name, left),
            "set" => self.set(left),
            "if" => return self.branches(left).map(Some),
            "for" => return self.repeat(left).map(Some),
            "component" => return self.component(left).map(Some),
            _ => {
                let started = name.text.strip_prefix("end").unwrap_or_default();
                let known = self.refused.iter().any(|tag| tag == started);
                self.refused.push(name.text.clone());
                if known {
                    self.skip("%}");
                    return Ok(None);
                }
                Err(self.refuse(name))
            }
        };
        Ok(item.map_err(|mistake| self.report(mistake)).ok())
    }

    /// Notes a mistake inside a tag and goes on behind it.
    fn report(&mut self, mistake: Diagnostic) {
        self.parser.mistakes.push(mistake);
        self.skip("%}");
    }

    fn refuse(&self, name: &Name) -> Diagnostic {
        let help = match name.text.as_str() {
            "include" | "macro" | "import" => "write a component: `<a.component />`",
            "extends" | "block" => "write a component and call it where it belongs",
            "filter" => "put the text into a component: `{{ <a.component /> | filter }}`",
            "set_global" => "use `set` before the block, with `value if condition else other`",
            "break" | "continue" => "put an `if` around what is to be left out",
            "elif" | "else" | "endif" | "endfor" | "endcomponent" | "endraw" => {
                "nothing is open here that this could end"
            }
            _ => "tags are: if, for, set, component, raw",
        };
        self.parser
            .error(
                "unsupported-tag",
                name.range.clone(),
                format!("the tag `{}` has no counterpart in Helm", name.text),
            )
            .help(help)
    }
}
