//! Expressions, with Tera's binding powers. What Tera has and Helm has not is refused here, each with a correction.

use super::ast::{Comparison, Expr, Id, Kind, Logic, Name, Ternary};
use super::lexer::{Lexer, Token};
use crate::diagnostics::{Diagnostic, Source, Span};
use std::ops::Range;
use std::sync::Arc;

/// Reads one template; `tags` holds the part between expressions.
pub(super) struct Parser<'a> {
    pub(super) source: &'a Arc<Source>,
    pub(super) lexer: Lexer<'a>,
    /// The token that comes next, and its place.
    pub(super) token: Token,
    pub(super) range: Range<usize>,
    /// Where the last token that was taken ends.
    pub(super) taken: usize,
    /// The number of the next expression.
    pub(super) next_id: Id,
    /// Mistakes so far: reading goes on after each.
    pub(super) mistakes: Vec<Diagnostic>,
}

/// A part of a template, or why it is none.
pub(super) type Parsed<T> = Result<T, Diagnostic>;

/// What stands between two operands, with how tightly it binds to the left.
enum Infix {
    Ternary,
    Logic(Logic),
    Is,
    Compare(Comparison),
    Concat,
    Pipe,
}

impl Infix {
    fn binding(&self) -> u8 {
        match self {
            Infix::Ternary => 0,
            Infix::Logic(Logic::Or) => 1,
            Infix::Logic(Logic::And) => 3,
            Infix::Is => 5,
            Infix::Compare(_) => 7,
            Infix::Concat => 13,
            Infix::Pipe => 17,
        }
    }
}

impl<'a> Parser<'a> {
    pub(super) fn new(source: &'a Arc<Source>, first: Id) -> Self {
        Parser {
            source,
            lexer: Lexer::new(source),
            token: Token::End,
            range: 0..0,
            taken: 0,
            next_id: first,
            mistakes: Vec::new(),
        }
    }

    pub(super) fn error(&self, code: &str, range: Range<usize>, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error(code, message).at(Span::new(self.source, range))
    }

    /// Takes the token and reads the next one.
    pub(super) fn advance(&mut self) -> Parsed<Token> {
        let (token, range) = self.lexer.next()?;
        self.taken = self.range.end;
        self.range = range;
        Ok(std::mem::replace(&mut self.token, token))
    }

    pub(super) fn is_sign(&self, sign: &str) -> bool {
        matches!(&self.token, Token::Sign(found) if *found == sign)
    }

    fn is_word(&self, word: &str) -> bool {
        matches!(&self.token, Token::Word(found) if found == word)
    }

    /// Takes the sign if it comes next.
    pub(super) fn sign(&mut self, sign: &str) -> Parsed<bool> {
        let found = self.is_sign(sign);
        if found {
            self.advance()?;
        }
        Ok(found)
    }

    /// Takes the word if it comes next.
    pub(super) fn word(&mut self, word: &str) -> Parsed<bool> {
        let found = self.is_word(word);
        if found {
            self.advance()?;
        }
        Ok(found)
    }

    pub(super) fn expect(&mut self, sign: &str) -> Parsed<()> {
        if self.sign(sign)? { Ok(()) } else { Err(self.unexpected(&format!("`{sign}`"))) }
    }

    pub(super) fn unexpected(&self, wanted: &str) -> Diagnostic {
        let found = match &self.token {
            Token::End => "the end of the template".to_string(),
            _ => format!("`{}`", &self.source.text[self.range.clone()]),
        };
        self.error("syntax", self.range.clone(), format!("expected {wanted}, found {found}"))
            .help(format!("write {wanted} here, or see what is missing before it"))
    }

    pub(super) fn name(&mut self) -> Parsed<Name> {
        let range = self.range.clone();
        if !matches!(self.token, Token::Word(_)) {
            return Err(self.unexpected("a name"));
        }
        match self.advance()? {
            Token::Word(text) => Ok(Name { text, range }),
            _ => Err(self.unexpected("a name")),
        }
    }

    /// `elsa.fullname`
    pub(super) fn dotted(&mut self) -> Parsed<Name> {
        let mut name = self.name()?;
        while self.sign(".")? {
            let part = self.name()?;
            name.text = format!("{}.{}", name.text, part.text);
            name.range.end = part.range.end;
        }
        Ok(name)
    }

    pub(super) fn expr(&mut self, start: usize, kind: Kind) -> Expr {
        self.next_id += 1;
        Expr { id: self.next_id, range: start..self.taken.max(start), kind }
    }

    /// Stands for an expression that could not be read.
    pub(super) fn invalid(&mut self) -> Expr {
        let start = self.range.start;
        self.expr(start, Kind::Invalid)
    }

    /// An expression whose operators bind at least as tightly as `minimum`.
    pub(super) fn expression(&mut self, minimum: u8) -> Parsed<Expr> {
        let start = self.range.start;
        let mut left = self.operand()?;
        while let Some(infix) = self.infix()? {
            let binding = infix.binding();
            if binding < minimum {
                break;
            }
            self.advance()?;
            let kind = match infix {
                Infix::Ternary => {
                    let condition = self.expression(0)?;
                    if !self.word("else")? {
                        return Err(self.unexpected("`else`"));
                    }
                    let otherwise = self.expression(0)?;
                    Kind::Ternary(Box::new(Ternary { then: left, condition, otherwise }))
                }
                Infix::Logic(logic) => {
                    Kind::Logic(logic, Box::new(left), Box::new(self.expression(binding + 1)?))
                }
                Infix::Compare(comparison) => {
                    Kind::Compare(comparison, Box::new(left), Box::new(self.expression(binding + 1)?))
                }
                Infix::Concat => Kind::Concat(Box::new(left), Box::new(self.expression(binding + 1)?)),
                Infix::Is => self.test(left)?,
                Infix::Pipe => self.filter(left)?,
            };
            left = self.expr(start, kind);
        }
        Ok(left)
    }

    /// The operator that comes next, if one does.
    fn infix(&self) -> Parsed<Option<Infix>> {
        let infix = match &self.token {
            Token::Word(word) => match word.as_str() {
                "if" => Infix::Ternary,
                "or" => Infix::Logic(Logic::Or),
                "and" => Infix::Logic(Logic::And),
                "is" => Infix::Is,
                "in" | "not" => {
                    return Err(self
                        .error("unsupported-operator", self.range.clone(), "`in` has no counterpart in Helm")
                        .help("`list | has(item=…)`, `map | hasKey(key=…)` or `text | contains(substr=…)`"));
                }
                _ => return Ok(None),
            },
            Token::Sign(sign) => match *sign {
                "==" => Infix::Compare(Comparison::Equal),
                "!=" => Infix::Compare(Comparison::NotEqual),
                "<" => Infix::Compare(Comparison::Less),
                "<=" => Infix::Compare(Comparison::LessOrEqual),
                ">" => Infix::Compare(Comparison::Greater),
                ">=" => Infix::Compare(Comparison::GreaterOrEqual),
                "~" => Infix::Concat,
                "|" => Infix::Pipe,
                "+" => return Err(self.arithmetic("+", "add(n=…)` for numbers, `~` for text")),
                "-" => return Err(self.arithmetic("-", "sub(n=…)`")),
                "*" => return Err(self.arithmetic("*", "mul(n=…)`")),
                "/" => return Err(self.arithmetic("/", "div(n=…)`")),
                "//" => return Err(self.arithmetic("//", "div(n=…)`, which truncates")),
                "%" => return Err(self.arithmetic("%", "mod(n=…)`, which takes the sign of the dividend")),
                "**" => return Err(self.arithmetic("**", "mul(n=…)`")),
                "[" | "?[" => {
                    return Err(self
                        .error(
                            "unsupported-index",
                            self.range.clone(),
                            "only a name can be followed by `[…]`",
                        )
                        .help("give the value a name with `set` first"));
                }
                _ => return Ok(None),
            },
            _ => return Ok(None),
        };
        Ok(Some(infix))
    }

    fn arithmetic(&self, sign: &str, instead: &str) -> Diagnostic {
        let message = format!("`{sign}` is computed differently by Helm");
        self.error("unsupported-operator", self.range.clone(), message).help(format!("`… | int | {instead}"))
    }
}
