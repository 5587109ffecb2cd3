//! Templates: text, comments and tags. A mistake inside a tag does not end the reading, so that a run reports all.

use super::ast::{Arm, Branch, Component, Declared, Expr, Id, Item, Loop, Name, Parameter, Template, Trim};
use super::lexer::{Lexer, Token};
use super::parser::{Parsed, Parser};
use crate::diagnostics::{Diagnostic, Source};
use std::ops::Range;
use std::sync::Arc;

/// A template's tree, its mistakes, and the first number that is free for the next template's expressions.
pub(super) fn parse(source: &Arc<Source>, first: Id) -> (Template, Vec<Diagnostic>, Id) {
    let mut reader = Reader {
        parser: Parser::new(source, first),
        offset: 0,
        start: 0,
        trimmed: false,
        blank: false,
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

const ENDRAW: &str = "{% endraw %}";

struct Reader<'a> {
    parser: Parser<'a>,
    /// Where the text after the last tag begins.
    offset: usize,
    /// Where the tag that is being read begins.
    start: usize,
    /// Whether the last tag ended in `-%}` or `-}}` and nothing but comments came since.
    trimmed: bool,
    /// Whether the text before the tag is blank and follows a tag that trims.
    blank: bool,
    /// Tags that were refused, whose end tags are not worth a second message.
    refused: Vec<String>,
}

/// The tag that ended a list of items, up to its name.
struct Stop {
    tag: String,
    left: bool,
}

impl<'a> Reader<'a> {
    fn text(&self) -> &str {
        &self.parser.source.text[self.offset..]
    }

    /// Items up to one of the tags, or up to the end of the template where there are none.
    fn items(&mut self, stops: &[&str]) -> Parsed<(Vec<Item>, Stop)> {
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
                        Err(self.parser.error("syntax", start..start, message))
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
                let right = self.close("}}");
                items.push(Item::Print { trim: Trim { left, right }, value });
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
            return Err(self.parser.error("syntax", start..start + 2, "this comment has no end"));
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
        Ok(Item::Comment { trim: Trim { left, right }, text })
    }

    /// An expression, after a first step; what cannot be read is reported and skipped.
    fn value<T>(&mut self, first: impl FnOnce(&mut Parser<'a>) -> Parsed<T>) -> Expr {
        match first(&mut self.parser).and_then(|_| self.parser.expression(0)) {
            Ok(value) => value,
            Err(mistake) => {
                self.parser.mistakes.push(mistake);
                self.parser.token = Token::End;
                self.parser.invalid()
            }
        }
    }

    /// The end of a tag; says whether it trims.
    fn close(&mut self, end: &str) -> bool {
        let trims = self.parser.is_sign(&format!("-{end}"));
        if trims || self.parser.is_sign(end) {
            self.offset = self.parser.range.end;
            self.trimmed = trims;
            return trims;
        }
        if self.parser.token != Token::End {
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

    fn raw(&mut self, name: &Name, left: bool) -> Parsed<Item> {
        let blank = self.blank;
        let trims = self.close("%}");
        let rest = self.text();
        let Some(length) = rest.find(ENDRAW).filter(|_| !left && !trims) else {
            return Err(self
                .parser
                .error("raw-trim", name.range.clone(), "Helm has no raw blocks, so their ends cannot trim")
                .help("`{% raw %}…{% endraw %}`, without `-`"));
        };
        let (text, after) = (rest[..length].to_string(), &rest[length + ENDRAW.len()..]);
        let next = after.trim_start();
        let trimmed_later =
            next.len() < after.len() && ["{{-", "{%-", "{#-"].iter().any(|tag| next.starts_with(tag));
        if blank && text.trim_start() != text || trimmed_later && text.trim_end() != text {
            let message = "in Helm, the tag beside this block would trim the blanks inside it too";
            let mistake = self.parser.error("raw-trim", name.range.clone(), message);
            self.parser.mistakes.push(mistake.help("leave the blanks at the ends of the block out of it"));
        }
        self.offset += length + ENDRAW.len();
        self.trimmed = false;
        Ok(Item::Raw(text))
    }

    fn set(&mut self, left: bool) -> Parsed<Item> {
        let name = self.parser.name()?;
        if !self.parser.sign("=")? {
            return Err(self
                .parser
                .error("unsupported-tag", name.range, "a `set` block has no counterpart in Helm")
                .help("put the text into a component: `{% set name = <a.component /> %}`"));
        }
        let value = self.value(|_| Ok(()));
        Ok(Item::Set { trim: Trim { left, right: self.close("%}") }, name, value })
    }

    fn branches(&mut self, left: bool) -> Parsed<Item> {
        let (mut left, mut arms) = (left, Vec::new());
        loop {
            let condition = self.value(|_| Ok(()));
            let trim = Trim { left, right: self.close("%}") };
            let (body, stop) = self.items(&["elif", "else", "endif"])?;
            arms.push(Arm { trim, condition, body });
            left = stop.left;
            if stop.tag == "elif" {
                continue;
            }
            let mut otherwise = None;
            if stop.tag == "else" {
                let trim = Trim { left, right: self.close("%}") };
                let (body, stop) = self.items(&["endif"])?;
                left = stop.left;
                otherwise = Some(Branch { trim, body });
            }
            let end = Trim { left, right: self.close("%}") };
            return Ok(Item::If { arms, otherwise, end });
        }
    }

    fn repeat(&mut self, left: bool) -> Parsed<Item> {
        let (mut key, mut name) = (None, self.parser.name()?);
        if self.parser.sign(",")? {
            key = Some(std::mem::replace(&mut name, self.parser.name()?));
        }
        if !self.parser.word("in")? {
            return Err(self.parser.unexpected("`in`"));
        }
        let over = self.value(|_| Ok(()));
        let trim = Trim { left, right: self.close("%}") };
        let (body, mut stop) = self.items(&["else", "endfor"])?;
        let mut otherwise = None;
        if stop.tag == "else" {
            let trim = Trim { left: stop.left, right: self.close("%}") };
            let (body, end) = self.items(&["endfor"])?;
            stop = end;
            otherwise = Some(Branch { trim, body });
        }
        let end = Trim { left: stop.left, right: self.close("%}") };
        Ok(Item::For(Box::new(Loop { trim, key, name, over, body, otherwise, end })))
    }

    fn component(&mut self, left: bool) -> Parsed<Item> {
        let declared = self.declared(self.start);
        let name = self.parser.dotted()?;
        let (mut roots, mut parameters) = (Vec::new(), Vec::new());
        self.parser.expect("(")?;
        while !self.parser.sign(")")? {
            if self.parser.is_sign("...") {
                return Err(self.unsupported("a rest parameter"));
            }
            let root = self.parser.sign("@")?;
            let name = self.parser.name()?;
            let kind = if self.parser.sign(":")? { Some(self.parser.name()?) } else { None };
            if self.parser.is_sign("=") {
                return Err(self.unsupported("a default value"));
            }
            if root {
                roots.push(name);
            } else {
                parameters.push(Parameter { name, kind });
            }
            if !self.parser.is_sign(")") {
                self.parser.expect(",")?;
            }
        }
        if self.parser.is_sign("{") {
            return Err(self.unsupported("metadata of a component"));
        }
        let trim = Trim { left, right: self.close("%}") };
        let (body, stop) = self.items(&["endcomponent"])?;
        if matches!(self.parser.token, Token::Word(_)) {
            self.parser.dotted()?;
        }
        let end = Trim { left: stop.left, right: self.close("%}") };
        Ok(Item::Component(Box::new(Component { trim, name, roots, parameters, declared, body, end })))
    }

    fn unsupported(&self, what: &str) -> Diagnostic {
        let message = format!("{what} has no counterpart in Helm");
        self.parser
            .error("unsupported-component", self.parser.range.clone(), message)
            .help("declare plain parameters, `name: string`, and give each at every call")
    }

    /// The `@param` lines of the comments directly above a component.
    fn declared(&self, start: usize) -> Vec<Declared> {
        let mut declared = Vec::new();
        let mut above = &self.parser.source.text[..start];
        while let Some(before) = above.trim_end().strip_suffix("#}") {
            let Some(open) = before.rfind("{#") else { break };
            let comment: Range<usize> = open + 2..before.len();
            declared.extend(self.lines(comment));
            above = &above[..open];
        }
        declared
    }

    fn lines(&self, comment: Range<usize>) -> Vec<Declared> {
        let text = &self.parser.source.text;
        let mut declared = Vec::new();
        for (at, mark) in text[comment.clone()].match_indices("@param ") {
            let mut at = comment.start + at + mark.len();
            let mut word = || {
                let rest = text[at..comment.end].trim_start_matches(' ');
                let start = comment.end - rest.len();
                at = start + rest.find(char::is_whitespace).unwrap_or(rest.len());
                Name { text: text[start..at].to_string(), range: start..at }
            };
            let (name, path) = (word(), word());
            declared.push(Declared { name, path });
        }
        declared
    }
}
