//! What operators stand between: literals, paths, tests, filters and calls of components.

use super::ast::{Argument, Call, Expr, Filter, Kind, Path, Step};
use super::lexer::Token;
use super::parser::{Parsed, Parser};

impl Parser<'_> {
    pub(super) fn operand(&mut self) -> Parsed<Expr> {
        let range = self.range.clone();
        let literal = |parser: &Self, what: &str, help: &str| {
            Err(parser.error("unsupported-literal", range.clone(), what).help(help))
        };
        let start = range.start;
        match self.token.clone() {
            Token::Text(text) => {
                self.advance()?;
                Ok(self.expr(start, Kind::Text(text)))
            }
            Token::Integer(number) => {
                self.advance()?;
                Ok(self.expr(start, Kind::Integer(number)))
            }
            Token::Fraction => literal(
                self,
                "numbers with a fraction are printed differently by Helm",
                "write it as a string",
            ),
            Token::Sign("-") => {
                self.advance()?;
                let Token::Integer(number) = self.token else {
                    return Err(self.unexpected("a whole number"));
                };
                self.advance()?;
                Ok(self.expr(start, Kind::Integer(-number)))
            }
            Token::Sign("(") => {
                self.advance()?;
                let inner = self.expression(0)?;
                self.expect(")")?;
                Ok(Expr { range: start..self.taken, ..inner })
            }
            Token::Sign("<") => {
                self.advance()?;
                self.call(start)
            }
            Token::Sign("[" | "{") => {
                let help = "keep it in values.yaml, or write it out as text";
                literal(self, "lists and maps cannot be written in a template", help)
            }
            Token::Word(word) => match word.as_str() {
                "true" | "True" | "false" | "False" => {
                    self.advance()?;
                    Ok(self.expr(start, Kind::Bool(word.eq_ignore_ascii_case("true"))))
                }
                "null" | "none" | "None" => {
                    literal(self, "there is no null in templates", "`\"\"`, or `is defined`")
                }
                "not" => {
                    self.advance()?;
                    let inner = self.expression(5)?;
                    Ok(self.expr(start, Kind::Not(Box::new(inner))))
                }
                _ => self.path(start),
            },
            _ => Err(self.unexpected("a value")),
        }
    }

    fn path(&mut self, start: usize) -> Parsed<Expr> {
        let root = self.name()?;
        let mut steps = Vec::new();
        loop {
            match self.token {
                Token::Sign(sign @ ("." | "?.")) => {
                    self.advance()?;
                    steps.push(Step::Member { name: self.name()?, optional: sign == "?." });
                }
                Token::Sign("[") => {
                    self.advance()?;
                    let colon = |parser: &Self| {
                        parser
                            .error(
                                "unsupported-index",
                                parser.range.clone(),
                                "slices have no counterpart in Helm",
                            )
                            .help("`trunc(n=…)` for the beginning of a text")
                    };
                    if self.is_sign(":") {
                        return Err(colon(self));
                    }
                    let index = self.expression(0)?;
                    if self.is_sign(":") {
                        return Err(colon(self));
                    }
                    self.expect("]")?;
                    steps.push(Step::Index(index));
                }
                Token::Sign("?[") => {
                    return Err(self
                        .error("unsupported-index", self.range.clone(), "`?[` has no counterpart in Helm")
                        .help("test the map first: `if map`"));
                }
                Token::Sign("(") => {
                    let message =
                        format!("there is no function `{}` in Helm that is the same as in Tera", root.text);
                    return Err(self
                        .error("unsupported-function", root.range, message)
                        .help("use a filter or a component: `value | filter`, `<a.component />`"));
                }
                _ => break,
            }
        }
        if root.text == "loop" {
            return Err(self
                .error("unsupported-loop", start..self.taken, "Helm's `range` does not count")
                .help(
                    "`for key, value in map` knows its key; a component can print what comes between items",
                ));
        }
        Ok(self.expr(start, Kind::Path(Path { root, steps })))
    }

    pub(super) fn test(&mut self, left: Expr) -> Parsed<Kind> {
        let negated = self.word("not")?;
        let start = left.range.start;
        let test = self.name()?;
        if test.text != "defined" || self.is_sign("(") {
            return Err(self
                .error("unsupported-test", test.range, format!("the test `{}` has no counterpart in Helm", test.text))
                .help("only `is defined` and `is not defined` have; compare, or use a filter such as `contains`"));
        }
        if !matches!(&left.kind, Kind::Path(path) if matches!(path.steps.last(), Some(Step::Member { .. }))) {
            return Err(self
                .error(
                    "unsupported-test",
                    left.range,
                    "only a member of a map can be tested with `is defined`",
                )
                .help("`map.member is defined`, or `map | hasKey(key=…)`"));
        }
        let defined = Kind::Defined(Box::new(left));
        Ok(if negated { Kind::Not(Box::new(self.expr(start, defined))) } else { defined })
    }

    pub(super) fn filter(&mut self, operand: Expr) -> Parsed<Kind> {
        let name = self.name()?;
        let mut arguments = Vec::new();
        if self.sign("(")? {
            while !self.sign(")")? {
                let name = self.name()?;
                self.expect("=")?;
                arguments.push(Argument { name, value: self.expression(0)? });
                if !self.is_sign(")") {
                    self.expect(",")?;
                }
            }
        }
        Ok(Kind::Filter(Box::new(Filter { operand, name, arguments })))
    }

    fn call(&mut self, start: usize) -> Parsed<Expr> {
        let name = self.dotted()?;
        let mut arguments = Vec::new();
        while !self.is_sign("/") {
            if self.is_sign(">") || self.is_sign("{") {
                let what = if self.is_sign(">") { "a component with a body" } else { "`{...spread}`" };
                return Err(self
                    .error(
                        "unsupported-component",
                        self.range.clone(),
                        format!("{what} has no counterpart in Helm"),
                    )
                    .help("`<a.component name=\"text\" other={expression} />`"));
            }
            let name = self.name()?;
            let value = if !self.sign("=")? {
                let path = Path { root: name.clone(), steps: Vec::new() };
                self.expr(name.range.start, Kind::Path(path))
            } else if self.sign("{")? {
                let value = self.expression(0)?;
                self.expect("}")?;
                value
            } else if let Token::Text(text) = self.token.clone() {
                let start = self.range.start;
                self.advance()?;
                self.expr(start, Kind::Text(text))
            } else {
                return Err(self.unexpected("a string or `{`"));
            };
            arguments.push(Argument { name, value });
        }
        let end = self.range.start;
        self.advance()?;
        self.expect(">")?;
        Ok(self.expr(start, Kind::Call(Call { name, arguments, end })))
    }
}
