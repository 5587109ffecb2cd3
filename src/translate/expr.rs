//! The types of expressions.

use super::ast::{Comparison, Expr, Kind, Logic, Step, Ternary};
use super::check::Checker;
use super::components::Use;
use super::scope::{Typed, spell};
use super::text::{Level, Text};
use super::types::Ty;
use crate::diagnostics::nearest;
use std::ops::Range;

impl<'s> Checker<'s, '_> {
    /// The type of an expression that must be there, whatever is done with it.
    pub(super) fn value(&mut self, expr: &Expr) -> Ty<'s> {
        let typed = self.expr(expr);
        self.must_exist(expr, &typed);
        self.uses(&typed, true, &expr.range);
        typed.ty
    }

    /// Reports a value that may be missing.
    pub(super) fn must_exist(&mut self, expr: &Expr, typed: &Typed<'s>) {
        if !typed.optional {
            return;
        }
        let written = self.span(&expr.range).text().to_string();
        let message = format!("`{written}` may be missing, which the engines treat differently");
        let help = match typed.ty {
            Ty::Number | Ty::Fraction | Ty::Scalar | Ty::Any => {
                format!("print it inside `{{% if {written} is defined %}}`")
            }
            _ => format!("print it inside `{{% if {written} %}}`, or add `| default(value=…)`"),
        };
        self.report("maybe-missing", &expr.range, message, help);
    }

    /// Notes that a part of a component's parameter is read.
    pub(super) fn uses(&mut self, typed: &Typed<'s>, whole: bool, range: &Range<usize>) {
        let Some((parameter, path)) = typed.origin.clone() else { return };
        let span = self.span(range);
        if let Some(known) = self.scope.parameter_mut(&parameter) {
            known.uses.push(Use { path, whole, span });
        }
    }

    /// Checks something that is used as a condition only.
    pub(super) fn condition(&mut self, expr: &Expr) -> Typed<'s> {
        let typed = self.expr(expr);
        self.uses(&typed, false, &expr.range);
        let written = self.span(&expr.range).text().to_string();
        match &typed.ty {
            Ty::Number | Ty::Integer => {
                let number =
                    if matches!(typed.ty, Ty::Number) { format!("{written} | int") } else { written };
                let message = "a number is no condition: the helms disagree about which numbers are false";
                self.report(
                    "number-condition",
                    &expr.range,
                    message,
                    format!("`{number} > 0` or `{number} != 0`"),
                );
            }
            Ty::Fraction | Ty::Scalar | Ty::Any => {
                let message = "this may be a number, and the helms disagree about which numbers are false";
                let empty = if matches!(typed.ty, Ty::Fraction) { "\"0\"" } else { "'\"\"'" };
                let help = format!("`{written} | toJson != {empty}`");
                self.report("number-condition", &expr.range, message, help);
            }
            Ty::Data(_) if typed.ty.is_closed() && !typed.optional => {
                let message = "a map with declared keys is never empty, so this is always true";
                self.report("always-true", &expr.range, message, "name the key that is meant");
            }
            _ => {}
        }
        typed
    }

    /// The type of an expression; its origin is kept, and that it may be missing.
    pub(super) fn expr(&mut self, expr: &Expr) -> Typed<'s> {
        let typed = match &expr.kind {
            Kind::Invalid => Typed::new(Ty::Invalid),
            Kind::Text(text) => Typed::new(Ty::Text(Text::literal(text))),
            Kind::Integer(_) => Typed::new(Ty::Integer),
            Kind::Bool(_) => Typed::new(Ty::Bool),
            Kind::Path(path) => self.path(path, path.steps.len()),
            Kind::Not(inner) => {
                self.condition(inner);
                Typed::new(Ty::Bool)
            }
            Kind::Logic(logic, a, b) => self.logic(*logic, a, b),
            Kind::Compare(comparison, a, b) => {
                self.compare(*comparison, a, b, &expr.range);
                Typed::new(Ty::Bool)
            }
            Kind::Concat(a, b) => Typed::new(self.concat(a, b)),
            Kind::Filter(filter) => self.filter(filter),
            Kind::Defined(inner) => {
                self.defined(inner, &expr.range);
                Typed::new(Ty::Bool)
            }
            Kind::Ternary(ternary) => Typed::new(self.ternary(ternary, &expr.range)),
            Kind::Call(call) => Typed::new(self.call(call, &expr.range)),
        };
        if matches!(typed.ty, Ty::Integer) {
            self.integers.insert(expr.id);
        }
        typed
    }

    fn logic(&mut self, logic: Logic, a: &Expr, b: &Expr) -> Typed<'s> {
        let left = self.condition(a);
        let facts = self.scope.facts.len();
        self.scope.learn(a, logic == Logic::And);
        let right = self.condition(b);
        self.scope.facts.truncate(facts);
        let ty = match (&left.ty, logic) {
            // What is taken from the left of an `or` is not empty.
            (Ty::Text(text), Logic::Or) => Ty::Text(text.clone().filled()).or(&right.ty),
            (ty, _) => ty.or(&right.ty),
        };
        if matches!(ty, Some(Ty::Data(_))) {
            self.uses(&left, true, &a.range);
            self.uses(&right, true, &b.range);
        }
        let optional = right.optional || (logic == Logic::And && left.optional);
        Typed { ty: ty.unwrap_or(Ty::Condition), optional, origin: None }
    }

    fn compare(&mut self, comparison: Comparison, a: &Expr, b: &Expr, range: &Range<usize>) {
        let (left, right) = (self.value(a), self.value(b));
        match (&left, &right) {
            (Ty::Invalid, _) | (_, Ty::Invalid) | (Ty::Integer, Ty::Integer) => {}
            (Ty::Bool, Ty::Bool) if !comparison.orders() => {}
            (Ty::Text(x), Ty::Text(y)) if !comparison.orders() => {
                self.strict(x, &a.range, "compared");
                self.strict(y, &b.range, "compared");
                self.within_enum(x, b);
                self.within_enum(y, a);
            }
            (Ty::Number, _) => self.unpinned(a, "compared"),
            (_, Ty::Number) => self.unpinned(b, "compared"),
            _ => {
                let message =
                    format!("{} and {} do not compare alike in Helm", left.describe(), right.describe());
                let help = if comparison.orders() {
                    "order whole numbers only: `a | int < b | int`"
                } else {
                    "compare two strings, two booleans or two numbers with `| int`; other values as `| toJson`"
                };
                self.report("incomparable", range, message, help);
            }
        }
    }

    /// Reports a comparison with a word that the other side can never be.
    fn within_enum(&mut self, text: &Text, literal: &Expr) {
        let (Some(values), Kind::Text(word)) = (&text.values, &literal.kind) else { return };
        if values.iter().any(|value| value == word) {
            return;
        }
        let known = values.iter().map(String::as_str);
        let help = match nearest(word, known) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => format!(
                "it can be: {}",
                values.iter().map(|v| format!("\"{v}\"")).collect::<Vec<_>>().join(", ")
            ),
        };
        self.report("not-in-enum", &literal.range, format!("this is never \"{word}\""), help);
    }

    /// Text is hashed, compared or changed: it must not come from `toYaml`, whose characters differ.
    pub(super) fn strict(&mut self, text: &Text, range: &Range<usize>, what: &str) {
        if text.yaml {
            let message =
                format!("text from toYaml is {what}, and the engines write it with different characters");
            self.report(
                "yaml-text",
                range,
                message,
                "use `| toJson` in place of `| toYaml`, or print it as it is",
            );
        }
        let span = self.span(range);
        for parameter in text.parameters.keys() {
            if let Some(known) = self.scope.parameter_mut(parameter) {
                known.strict.get_or_insert(span.clone());
            }
        }
    }

    fn concat(&mut self, a: &Expr, b: &Expr) -> Ty<'s> {
        let (left, right) = (self.part(a), self.part(b));
        match (left, right) {
            (Some(left), Some(right)) => Ty::Text(left.then(&right)),
            _ => Ty::Invalid,
        }
    }

    /// One side of `~` as text.
    fn part(&mut self, expr: &Expr) -> Option<Text> {
        match self.value(expr) {
            Ty::Text(text) => Some(text),
            Ty::Integer => Some(Text::new(Level::Word)),
            Ty::Invalid => None,
            Ty::Number => {
                self.unpinned(expr, "joined to text");
                None
            }
            ty => {
                let message = format!("`~` cannot take {}: Helm writes it differently", ty.describe());
                let help = "join strings and whole numbers; `| toJson` makes a string of anything";
                self.report("wrong-input", &expr.range, message, help);
                None
            }
        }
    }

    fn ternary(&mut self, ternary: &Ternary, range: &Range<usize>) -> Ty<'s> {
        let condition = self.value(&ternary.condition);
        if !matches!(condition, Ty::Bool | Ty::Invalid) {
            let written = self.span(&ternary.condition.range).text().to_string();
            let message = format!(
                "the condition must be a boolean, not {}: Helm's `ternary` takes nothing else",
                condition.describe()
            );
            let help = match condition {
                Ty::Text(_) => format!("`{written} != \"\"`"),
                _ => "compare it, or use `{% if %}`".to_string(),
            };
            self.report("not-boolean", &ternary.condition.range, message, help);
        }
        let (then, otherwise) = (self.value(&ternary.then), self.value(&ternary.otherwise));
        then.or(&otherwise).unwrap_or_else(|| {
            let message = format!("this is {} or {}", then.describe(), otherwise.describe());
            self.report("mismatched-types", range, message, "give both sides the same type");
            Ty::Invalid
        })
    }

    fn defined(&mut self, tested: &Expr, range: &Range<usize>) {
        let Kind::Path(path) = &tested.kind else { return };
        let Some((Step::Member { name, .. }, before)) = path.steps.split_last() else { return };
        let parent = self.path(path, before.len());
        if parent.optional {
            let written = spell(path, before.len(), &self.scope.source.text);
            let message = format!("`{written}` may be missing itself");
            self.report(
                "maybe-missing",
                &tested.range,
                message,
                format!("`{written} and {written}.{} is defined`", name.text),
            );
        }
        self.uses(&parent, false, &tested.range);
        let member = self.step(&parent, &name.text, &name.range);
        if !member.optional && !matches!(member.ty, Ty::Invalid) {
            self.report(
                "always-true",
                range,
                "a declared key is always defined",
                "test whether it is empty: `if path`",
            );
        }
    }
}
