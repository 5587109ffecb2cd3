//! What may be printed, and how: a number must be pinned, a list needs `toYaml`, and a text must stay a string.

use super::ast::{Expr, Item, Kind};
use super::check::Checker;
use super::position::{self, Position};
use super::text::{Level, Text};
use super::types::Ty;

impl Checker<'_, '_> {
    pub(super) fn print(&mut self, value: &Expr, items: &[Item], index: usize) {
        let ty = self.value(value);
        let range = &value.range;
        match ty {
            Ty::Text(text) => {
                let position = position::of(items, index, &self.scope.source.text);
                self.print_text(&text, value, position);
            }
            Ty::Bool | Ty::Integer | Ty::Invalid => {}
            Ty::Number => self.unpinned(value, "printed"),
            Ty::Scalar | Ty::Fraction => {
                let message = format!("Helm prints {} as it holds it, 1000000 as 1e+06", ty.describe());
                self.report("unprintable", range, message, format!("`{} | toJson`", self.span(range).text()));
            }
            Ty::Condition => {
                let help = "`first if condition else second`, with a boolean condition";
                self.report(
                    "unprintable",
                    range,
                    "`and` and `or` of different types cannot be printed",
                    help,
                );
            }
            Ty::Any | Ty::Data(_) => {
                let message = format!("{} is printed differently by Helm", ty.describe());
                self.report(
                    "unprintable",
                    range,
                    message,
                    format!("`{} | toYaml | nindent(n=…)`", self.span(range).text()),
                );
            }
        }
    }

    /// A string where YAML reads it: it must stay one, and must not turn into structure.
    fn print_text(&mut self, text: &Text, value: &Expr, position: Position) {
        if !self.scope.prose && position == Position::Value && !text.yaml {
            let span = self.span(&value.range);
            for (parameter, _) in text.parameters.iter().filter(|(_, whole)| **whole) {
                if let Some(known) = self.scope.parameter_mut(parameter) {
                    known.alone.get_or_insert(span.clone());
                }
            }
        }
        let allowed = match position {
            _ if self.scope.prose => Level::Free,
            Position::Block => Level::Free,
            Position::Value => Level::Plain,
            // Where a component's text ends up is the caller's affair; how free it is goes with it.
            _ if self.scope.component.is_some() => Level::Free,
            Position::Word => Level::Word,
            Position::Other => Level::Plain,
        };
        if text.level > allowed {
            self.unquoted(text.level, value);
        }
        if let Some(frame) = &mut self.scope.component {
            let sole = frame.sole.contains(&value.id);
            let level = match text.level {
                _ if matches!(position, Position::Block | Position::Value) => Level::Plain,
                Level::Free => Level::Free,
                // A word that other text stands beside reads as a string, however it reads alone.
                level if sole => level,
                _ => Level::Plain,
            };
            frame.result.level = frame.result.level.max(level);
            frame.result.yaml |= text.yaml;
            for (name, whole) in &text.parameters {
                *frame.result.parameters.entry(name.clone()).or_default() |= sole && *whole;
            }
        }
    }

    fn unquoted(&mut self, level: Level, value: &Expr) {
        let range = &value.range;
        let written = self.span(range).text().to_string();
        let loose = matches!(value.kind, Kind::Concat(..) | Kind::Ternary(_) | Kind::Logic(..));
        let quoted = if loose { format!("`({written}) | quote`") } else { format!("`{written} | quote`") };
        let padded = position::is_padded(value);
        let (message, help) = match level {
            Level::Free if padded => (
                "this text can hold anything, and its first line may be indented",
                "give the block scalar its indentation, `|2` before the tag, or quote the text".to_string(),
            ),
            Level::Free => ("this text can hold anything, also a newline or `: `: it must be quoted", quoted),
            Level::Empty => (
                "this text may be empty, which YAML reads as null",
                format!("{quoted}, or print it inside `{{% if {written} %}}`"),
            ),
            _ => ("this text may be `123` or `true`, which YAML does not read as a string", quoted),
        };
        self.report("unquoted-string", range, message, help);
    }

    pub(super) fn unpinned(&mut self, value: &Expr, what: &str) {
        let message = format!(
            "a number must be pinned before it is {what}: Helm holds it as a float, so 1000000 is 1e+06"
        );
        let help = format!("`{} | int`", self.span(&value.range).text());
        self.report("unpinned-number", &value.range, message, help);
    }
}
