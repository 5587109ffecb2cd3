//! The tags with a body, and `set`.

use super::ast::{Arm, Branch, Component, Declared, Item, Loop, Name, Parameter};
use super::lexer::Token;
use super::parser::Parsed;
use super::tags::Reader;
use crate::diagnostics::Diagnostic;
use std::ops::Range;

const ENDRAW: &str = "{% endraw %}";

impl Reader<'_> {
    pub(super) fn raw(&mut self, name: &Name, left: bool) -> Parsed<Item> {
        let blank = self.blank;
        let trims = self.close("%}", left).right;
        let rest = self.text();
        let Some(length) = rest.find(ENDRAW).filter(|_| !left && !trims) else {
            self.refused.push(name.text.clone());
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

    pub(super) fn set(&mut self, left: bool) -> Parsed<Item> {
        let name = self.parser.name()?;
        if !self.parser.sign("=")? {
            self.refused.push("set".to_string());
            return Err(self
                .parser
                .error("unsupported-tag", name.range, "a `set` block has no counterpart in Helm")
                .help("put the text into a component: `{% set name = <a.component /> %}`"));
        }
        let value = self.value(|_| Ok(()));
        Ok(Item::Set { trim: self.close("%}", left), name, value })
    }

    pub(super) fn branches(&mut self, left: bool) -> Parsed<Item> {
        let (mut left, mut arms) = (left, Vec::new());
        loop {
            let condition = self.value(|_| Ok(()));
            let trim = self.close("%}", left);
            let (body, stop) = self.items(&["elif", "else", "endif"])?;
            arms.push(Arm { trim, condition, body });
            left = stop.left;
            if stop.tag == "elif" {
                continue;
            }
            let mut otherwise = None;
            if stop.tag == "else" {
                let trim = self.close("%}", left);
                let (body, stop) = self.items(&["endif"])?;
                left = stop.left;
                otherwise = Some(Branch { trim, body });
            }
            let end = self.close("%}", left);
            return Ok(Item::If { arms, otherwise, end });
        }
    }

    pub(super) fn repeat(&mut self, left: bool) -> Parsed<Item> {
        let (mut key, mut name) = (None, self.parser.name()?);
        if self.parser.sign(",")? {
            key = Some(std::mem::replace(&mut name, self.parser.name()?));
        }
        if !self.parser.word("in")? {
            return Err(self.parser.unexpected("`in`"));
        }
        let over = self.value(|_| Ok(()));
        let trim = self.close("%}", left);
        let (body, mut stop) = self.items(&["else", "endfor"])?;
        let mut otherwise = None;
        if stop.tag == "else" {
            let trim = self.close("%}", stop.left);
            let (body, end) = self.items(&["endfor"])?;
            stop = end;
            otherwise = Some(Branch { trim, body });
        }
        let end = self.close("%}", stop.left);
        Ok(Item::For(Box::new(Loop { trim, key, name, over, body, otherwise, end })))
    }

    pub(super) fn component(&mut self, left: bool) -> Parsed<Item> {
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
        let trim = self.close("%}", left);
        let (body, stop) = self.items(&["endcomponent"])?;
        if matches!(self.parser.token, Token::Word(_)) {
            self.parser.dotted()?;
        }
        let end = self.close("%}", stop.left);
        Ok(Item::Component(Box::new(Component { trim, name, roots, parameters, declared, body, end })))
    }

    pub(super) fn unsupported(&self, what: &str) -> Diagnostic {
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
