//! The types of filters where they are called.

use super::ast::{Argument, Filter, Kind};
use super::check::Checker;
use super::filters::{self, Gives, Signature, Takes, Wants};
use super::scope::Typed;
use super::text::{Level, Text};
use super::types::Ty;
use crate::diagnostics::nearest;
use crate::values::schema::Pattern;

impl<'s> Checker<'s, '_> {
    pub(super) fn filter(&mut self, filter: &Filter) -> Typed<'s> {
        let Some(signature) = filters::find(&filter.name.text) else {
            self.expr(&filter.operand);
            let names = filters::FILTERS.iter().map(|filter| filter.name);
            let help = match nearest(&filter.name.text, names.clone()) {
                Some(near) => format!("there is `{near}`"),
                None => format!("there are: {}", names.collect::<Vec<_>>().join(", ")),
            };
            let message = format!("there is no filter `{}` that both engines have", filter.name.text);
            self.report("unknown-filter", &filter.name.range, message, help);
            return Typed::new(Ty::Invalid);
        };
        let operand = self.expr(&filter.operand);
        let before = self.mistakes.len();
        self.arguments(filter, signature);
        // These three are for what may be missing.
        if !matches!(signature.takes, Takes::Everything | Takes::Filled) {
            self.must_exist(&filter.operand, &operand);
        }
        self.uses(&operand, signature.takes != Takes::Map, &filter.operand.range);
        let values: Vec<(&Argument, Ty<'s>)> =
            filter.arguments.iter().map(|argument| (argument, self.value(&argument.value))).collect();
        for (argument, ty) in &values {
            if let Some((_, wants)) = signature.arguments.iter().find(|(name, _)| *name == argument.name.text)
            {
                self.argument(signature, argument, ty, *wants);
            }
        }
        let wrong = self.mistakes.len() > before;
        if wrong || matches!(operand.ty, Ty::Invalid) || !self.takes(filter, signature, &operand) {
            return Typed::new(Ty::Invalid);
        }
        Typed::new(self.gives(signature, operand.ty, &values))
    }

    /// Whether every argument is there, once, and no other.
    fn arguments(&mut self, filter: &Filter, signature: &Signature) {
        let list = || match signature.arguments {
            [] => "it takes no arguments".to_string(),
            names => {
                let written = names.iter().map(|(name, _)| format!("{name}=…")).collect::<Vec<_>>();
                format!("`{}({})`", signature.name, written.join(", "))
            }
        };
        for argument in &filter.arguments {
            if !signature.arguments.iter().any(|(name, _)| *name == argument.name.text) {
                let message = format!("`{}` has no argument `{}`", signature.name, argument.name.text);
                self.report("bad-argument", &argument.name.range, message, list());
            }
        }
        for (name, _) in signature.arguments {
            if !filter.arguments.iter().any(|argument| argument.name.text == *name) {
                let message = format!("`{}` needs the argument `{name}`", signature.name);
                self.report("bad-argument", &filter.name.range, message, list());
            }
        }
    }

    fn argument(&mut self, signature: &Signature, argument: &Argument, ty: &Ty<'s>, wants: Wants) {
        let range = &argument.value.range;
        let wrong = |what: &str| {
            format!("the argument `{}` of `{}` must be {what}", argument.name.text, signature.name)
        };
        match (wants, ty, &argument.value.kind) {
            (_, Ty::Invalid, _) | (Wants::Same, ..) | (Wants::Integer, Ty::Integer, _) => {}
            (Wants::Text, Ty::Text(text), _) => self.strict(text, range, "an argument"),
            (Wants::Pattern, _, Kind::Text(pattern)) => {
                let problem = if pattern.is_ascii() {
                    Pattern::new(pattern, "").err()
                } else {
                    Some("it must be ASCII".into())
                };
                if let Some(problem) = problem {
                    let help = "use the syntax that both know: classes, groups, repetitions and anchors";
                    self.report(
                        "bad-argument",
                        range,
                        format!("Go and Rust read this pattern differently: {problem}"),
                        help,
                    );
                }
            }
            (Wants::Count, _, Kind::Integer(count)) if *count >= 0 => {}
            (Wants::Integer, Ty::Number, _) => self.unpinned(&argument.value, "computed with"),
            (wants, ..) => {
                let (what, help) = match wants {
                    Wants::Pattern => ("a pattern that is written out", "write it as a string"),
                    Wants::Count => ("a number from 0 on that is written out", "write the number"),
                    Wants::Integer => {
                        ("a whole number", "pin a number with `| int`, read a text with `| atoi`")
                    }
                    Wants::Text | Wants::Same => ("a string", "give it a string"),
                };
                self.report("bad-argument", range, wrong(what), help);
            }
        }
    }

    /// Whether the filter takes the operand; reports it if not.
    fn takes(&mut self, filter: &Filter, signature: &Signature, operand: &Typed<'s>) -> bool {
        let (range, ty) = (&filter.operand.range, &operand.ty);
        match (signature.takes, ty) {
            (Takes::Everything, Ty::Number) if signature.gives == Gives::Yaml => {
                self.unpinned(&filter.operand, "written by toYaml");
                false
            }
            (Takes::Everything, Ty::Condition) => self.refuse(filter, ty),
            (Takes::Everything, _) | (Takes::AnyText, Ty::Text(_)) => true,
            (Takes::Text | Takes::Printable, Ty::Text(text)) => {
                self.strict(text, range, &format!("given to `{}`", signature.name));
                !text.yaml
            }
            (Takes::Printable, Ty::Bool | Ty::Integer)
            | (Takes::Number, Ty::Number | Ty::Integer | Ty::Bool)
            | (Takes::Integer, Ty::Integer)
            | (Takes::Filled, Ty::Text(_) | Ty::Bool | Ty::Integer | Ty::Data(_)) => true,
            (Takes::Strings, _) if ty.is_list() => {
                let strings = ty.each().is_ok_and(|item| matches!(item.ty, Ty::Text(_)));
                strings || self.refuse(filter, ty)
            }
            (Takes::Map, _) if ty.is_map() => true,
            (Takes::Printable | Takes::Integer | Takes::Filled, Ty::Number) => {
                self.unpinned(&filter.operand, &format!("given to `{}`", signature.name));
                false
            }
            _ => self.refuse(filter, ty),
        }
    }

    fn refuse(&mut self, filter: &Filter, ty: &Ty<'s>) -> bool {
        let name = filter.name.text.as_str();
        let help = match (name, ty) {
            ("int", Ty::Text(_)) => "read a number from text with `| atoi`",
            ("int", Ty::Scalar | Ty::Fraction) => "print it with `| toJson`; nothing can be computed from it",
            (_, Ty::Scalar | Ty::Fraction | Ty::Any) => "make a string of it with `| toJson` first",
            ("quote", _) => "print it with `| toYaml` or `| toJson`",
            ("has", _) => "`map | hasKey(key=…)`, `text | contains(substr=…)`",
            ("hasKey", _) => "`list | has(item=…)`, `text | contains(substr=…)`",
            ("contains", _) => "`list | has(item=…)`, `map | hasKey(key=…)`",
            (_, Ty::Integer | Ty::Bool) => "make a string of it with `| quote` or `| toJson` first",
            _ => "another filter may do it; `| toJson` makes a string of anything",
        };
        self.report(
            "wrong-input",
            &filter.operand.range,
            format!("`{name}` does not take {}", ty.describe()),
            help,
        );
        false
    }

    fn gives(&mut self, signature: &Signature, operand: Ty<'s>, arguments: &[(&Argument, Ty<'s>)]) -> Ty<'s> {
        let fresh = |level| Ty::Text(Text::new(level));
        match (signature.gives, operand) {
            (Gives::Yaml, _) => Ty::Text(Text { yaml: true, ..Text::new(Level::Plain) }),
            (Gives::Plain | Gives::Nothing, _) => fresh(Level::Plain),
            (Gives::Word, _) => fresh(Level::Word),
            (Gives::Bool, _) => Ty::Bool,
            (Gives::Integer, _) => Ty::Integer,
            (Gives::Same, Ty::Text(text)) => Ty::Text(Text { values: None, ..text }),
            (Gives::Changed, Ty::Text(text)) => Ty::Text(text.changed(Level::Word)),
            (Gives::Replaced, Ty::Text(text)) => {
                let with = arguments.iter().find(|(argument, _)| argument.name.text == "to");
                let level = match with {
                    Some((_, Ty::Text(with))) => with.level.max(Level::Word),
                    _ => Level::Word,
                };
                Ty::Text(text.changed(level))
            }
            (Gives::Joined, list) => {
                let item = match list.each() {
                    Ok(inside) => inside.ty,
                    Err(_) => Ty::Invalid,
                };
                let Ty::Text(item) = item else { return Ty::Invalid };
                match arguments {
                    [(_, Ty::Text(separator))] => Ty::Text(item.or(separator).changed(Level::Word)),
                    _ => Ty::Text(item.changed(Level::Word)),
                }
            }
            (Gives::Default, operand) => {
                let operand = if let Ty::Text(text) = operand { Ty::Text(text.filled()) } else { operand };
                let Some((argument, other)) = arguments.first() else { return Ty::Invalid };
                operand.or(other).unwrap_or_else(|| {
                    let message =
                        format!("the default of {} cannot be {}", operand.describe(), other.describe());
                    self.report(
                        "mismatched-types",
                        &argument.value.range,
                        message,
                        "give both the same type",
                    );
                    Ty::Invalid
                })
            }
            (Gives::Present, Ty::Text(text)) => Ty::Text(text.filled()),
            (Gives::Present, operand) => operand,
            (Gives::Same | Gives::Changed | Gives::Replaced, _) => Ty::Invalid,
        }
    }
}
