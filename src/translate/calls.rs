//! Components where they are called: whether the arguments fit, and what is printed.

use super::ast::{Call, Expr};
use super::check::Checker;
use super::components::{Info, Known, Use, disagreement};
use super::scope::Typed;
use super::text::{Level, Text};
use super::types::Ty;
use crate::diagnostics::{Diagnostic, Span, nearest};
use std::ops::Range;

impl<'s> Checker<'s, '_> {
    pub(super) fn call(&mut self, call: &Call, range: &Range<usize>) -> Ty<'s> {
        let name = call.name.text.as_str();
        if !self.component_names().any(|known| known == name) {
            call.arguments.iter().for_each(|argument| drop(self.expr(&argument.value)));
            let help = match nearest(name, self.component_names()) {
                Some(near) => format!("there is `{near}`"),
                None => "define it in a file that is named `_….tera`".to_string(),
            };
            self.report(
                "unknown-component",
                &call.name.range,
                format!("there is no component `{name}`"),
                help,
            );
            return Ty::Invalid;
        }
        let caller = self.span(range);
        let Some(info) = self.component(name, Some(caller)) else { return Ty::Invalid };
        self.given(call, &info);
        let mut result = Text { level: info.result.level, yaml: info.result.yaml, ..Text::new(Level::Plain) };
        for parameter in &info.parameters {
            let Some(argument) = call.arguments.iter().find(|argument| argument.name.text == parameter.name)
            else {
                continue;
            };
            let typed = self.expr(&argument.value);
            self.must_exist(&argument.value, &typed);
            self.fits(call, parameter, &argument.value, &typed);
            let part = info.result.parameters.get(&parameter.name);
            if let (Ty::Text(text), Some(sole)) = (&typed.ty, part) {
                let alone = *sole || text.level == Level::Free;
                result.level = result.level.max(if alone { text.level } else { Level::Plain });
                result.yaml |= text.yaml;
                for (name, whole) in &text.parameters {
                    *result.parameters.entry(name.clone()).or_default() |= *sole && *whole;
                }
            }
        }
        Ty::Text(result)
    }

    /// Whether every parameter is given, once, and nothing else.
    fn given(&mut self, call: &Call, info: &Info<'s>) {
        let names: Vec<&str> = info.parameters.iter().map(|parameter| parameter.name.as_str()).collect();
        let list = match names.as_slice() {
            [] => "it has no parameters".to_string(),
            names => format!("its parameters are: {}", names.join(", ")),
        };
        for (index, argument) in call.arguments.iter().enumerate() {
            let twice = call.arguments[..index].iter().any(|earlier| earlier.name.text == argument.name.text);
            if twice || !names.contains(&argument.name.text.as_str()) {
                let what = if twice { "is given a second" } else { "has no parameter" };
                let message = format!("`{}` {what} `{}`", call.name.text, argument.name.text);
                let near = nearest(&argument.name.text, names.iter().copied());
                let help =
                    near.filter(|_| !twice).map_or_else(|| list.clone(), |near| format!("it has `{near}`"));
                self.report("bad-call", &argument.name.range, message, help);
            }
        }
        for name in &names {
            if !call.arguments.iter().any(|argument| argument.name.text == *name) {
                let message = format!("`{}` needs `{name}`", call.name.text);
                self.report("bad-call", &call.name.range, message, list.clone());
            }
        }
    }

    /// Whether an argument can be what the parameter is used as.
    fn fits(&mut self, call: &Call, parameter: &Known<'s>, argument: &Expr, typed: &Typed<'s>) {
        match (&parameter.ty, &typed.ty) {
            (Ty::Invalid, _) | (_, Ty::Invalid) => {}
            (Ty::Text(_), Ty::Text(text)) => {
                self.uses(typed, true, &argument.range);
                self.fits_text(call, parameter, argument, text);
            }
            (Ty::Bool, Ty::Bool) | (Ty::Integer, Ty::Integer) => self.uses(typed, true, &argument.range),
            (Ty::Integer, Ty::Number) => self.unpinned(argument, "given to a component"),
            (Ty::Data(_), Ty::Data(_)) if parameter.ty.is_list() == typed.ty.is_list() => {
                for used in &parameter.uses {
                    self.agree(call, parameter, used, argument, typed);
                }
            }
            (declared, given) => {
                let message = format!(
                    "`{}` takes {} as `{}`, not {}",
                    call.name.text,
                    declared.describe(),
                    parameter.name,
                    given.describe()
                );
                let help = match declared {
                    Ty::Bool => "give it a boolean, or a comparison",
                    Ty::Text(_) => "give it a string: `| quote` and `| toJson` make one",
                    _ => "give it a value of that type",
                };
                self.report("argument-mismatch", &argument.range, message, help);
            }
        }
    }

    fn fits_text(&mut self, call: &Call, parameter: &Known<'s>, argument: &Expr, text: &Text) {
        let own = self.scope.component.is_some();
        if let Some(place) = &parameter.strict {
            if text.yaml {
                let message =
                    format!("`{}` of `{}` cannot be text from toYaml", parameter.name, call.name.text);
                let help = "its characters differ between the engines; use `| toJson`";
                self.conflict(
                    "yaml-text",
                    &argument.range,
                    message,
                    place,
                    "hashed, compared or changed here",
                    help,
                );
            }
            for name in text.parameters.keys().filter(|_| own) {
                if let Some(known) = self.scope.parameter_mut(name) {
                    known.strict.get_or_insert(place.clone());
                }
            }
        }
        if let Some(place) = &parameter.alone {
            if text.level > Level::Plain {
                let message = match text.level {
                    Level::Free => "this text can hold anything, and it becomes an unquoted YAML value",
                    Level::Empty => "this text may be empty, and it becomes an unquoted YAML value",
                    _ => "this text may be `123` or `true`, and it becomes an unquoted YAML value",
                };
                let help = "quote it where it is printed";
                self.conflict(
                    "unquoted-string",
                    &argument.range,
                    message.to_string(),
                    place,
                    "printed here",
                    help,
                );
            }
            for (name, _) in text.parameters.iter().filter(|(_, whole)| own && **whole) {
                if let Some(known) = self.scope.parameter_mut(name) {
                    known.alone.get_or_insert(place.clone());
                }
            }
        }
    }

    fn agree(&mut self, call: &Call, parameter: &Known<'s>, used: &Use, argument: &Expr, typed: &Typed<'s>) {
        if let Some(problem) = disagreement(used, &parameter.ty, &typed.ty) {
            let written = self.span(&argument.range).text().to_string();
            let message = format!("`{written}` {problem}, and `{}` uses that", call.name.text);
            let help = format!("give it the key names and types of what `@param {}` names", parameter.name);
            self.conflict("argument-mismatch", &argument.range, message, &used.span, "used here", &help);
            return;
        }
        // What a component passes on, it uses itself.
        if let Some((own, path)) = &typed.origin {
            let path = path.iter().chain(&used.path).cloned().collect();
            let used = Use { path, ..used.clone() };
            if let Some(known) = self.scope.parameter_mut(own) {
                known.uses.push(used);
            }
        }
    }

    /// A mistake that two places make together.
    fn conflict(
        &mut self,
        code: &str,
        range: &Range<usize>,
        message: String,
        place: &Span,
        label: &str,
        help: &str,
    ) {
        let mistake =
            Diagnostic::error(code, message).at(self.span(range)).label(place.clone(), label).help(help);
        self.mistakes.push(mistake);
    }
}
