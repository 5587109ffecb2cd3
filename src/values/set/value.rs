//! What stands behind the `=` of an assignment: a text, a list in braces, the name of a file, or JSON.

use super::parser::{Parser, Stop, Token};
use super::{Form, json, number_too_large, syntax, without_controls};
use crate::diagnostics::{Diagnostic, Span};
use crate::yaml::reader::limits;
use crate::yaml::{Kind, Node};

impl Parser<'_> {
    /// What stands behind `=`, and whether the argument ends before it.
    pub(super) fn value(&mut self) -> std::result::Result<(Node, bool), Stop> {
        if self.argument.form == Form::Json {
            return Ok((self.json_value()?, false));
        }
        if self.rest().is_empty() {
            let span = self.span(self.at..self.at);
            return Ok((Node::new(Kind::String(String::new()), span), true));
        }
        if !self.rest().starts_with('{') {
            let token = self.until(&[',']);
            return Ok((self.scalar(&token)?, false));
        }
        let start = self.at;
        self.at += 1;
        let mut items = Vec::new();
        loop {
            let token = self.until(&[',', '}']);
            let Some(stop) = token.stop else {
                let help = "a `{` that begins a text is `\\{`; a `}` in a list is `\\}`";
                return Err(syntax(self.span(start..token.range.end), "this list has no `}`")
                    .help(help)
                    .into());
            };
            items.push(self.scalar(&token)?);
            if stop == '}' {
                let node = Node::new(Kind::List(items), self.span(start..self.at));
                if self.rest().starts_with(',') {
                    self.at += 1;
                }
                return Ok((node, false));
            }
        }
    }

    /// JSON, the blanks behind it and a comma; nothing at all is null.
    fn json_value(&mut self) -> std::result::Result<Node, Stop> {
        let start = self.at;
        if self.blank() {
            return Ok(Node::new(Kind::Null, self.span(start..start)));
        }
        let (node, end) = json::read(&self.argument.source, self.at)?;
        self.at = end;
        self.blank();
        Ok(node)
    }

    /// Skips blanks and one comma; true if a comma or the end came.
    fn blank(&mut self) -> bool {
        self.at += self.rest().len() - self.rest().trim_start().len();
        let comma = self.rest().starts_with(',');
        self.at += usize::from(comma);
        comma || self.rest().is_empty()
    }

    fn scalar(&mut self, token: &Token) -> std::result::Result<Node, Stop> {
        let span = self.span(token.range.clone());
        if self.argument.form == Form::File {
            let content = self.files.content(&token.text, &span).map_err(Stop::Wrong)?;
            without_controls(&content, &span)?;
            return Ok(Node::new(Kind::String(content), span));
        }
        without_controls(&token.text, &span)?;
        let kind = match self.argument.form {
            Form::Set => typed(&token.text, &span)?,
            _ => Kind::String(token.text.clone()),
        };
        let plain = (!matches!(kind, Kind::String(_))).then(|| token.text.as_str().into());
        Ok(Node { kind, span, plain })
    }
}

/// What `--set` makes of a value: fractions, other spellings of true and false, and whole numbers that begin with 0
/// or do not fit 64 bits stay text.
fn typed(text: &str, span: &Span) -> std::result::Result<Kind, Diagnostic> {
    // Go folds the long s, too.
    let folded = text.replace('ſ', "s").to_ascii_lowercase();
    match folded.as_str() {
        "true" => Ok(Kind::Bool(true)),
        "false" => Ok(Kind::Bool(false)),
        "null" => Ok(Kind::Null),
        "0" => Ok(Kind::Int(0)),
        _ => match text.parse::<i64>() {
            Ok(_) if text.starts_with('0') => Ok(Kind::String(text.to_string())),
            Ok(number) if limits::is_rounded(number as f64) => Err(number_too_large(span)),
            Ok(number) => Ok(Kind::Int(number)),
            Err(_) => Ok(Kind::String(text.to_string())),
        },
    }
}
