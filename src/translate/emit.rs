//! A template in Go: the same text, the same lines, the same trim markers.

use super::ast::{Arm, Branch, Component, Expr, Id, Item, Kind, Loop, Trim};
use super::go::{Place, quoted};
use super::scope::spell;
use std::collections::HashSet;

/// The Go template of a template whose components are all wanted but for those that the test turns down.
pub(super) fn emit(
    text: &str,
    items: &[Item],
    integers: &HashSet<Id>,
    wanted: impl Fn(&str) -> bool,
) -> String {
    let place = Place { text, integers, parameters: Vec::new(), ranges: 0, dot: None };
    let mut emitter = Emitter { text, place, out: String::new() };
    let kept = keep(text, items, wanted);
    emitter.items(&kept);
    if kept.len() < items.len() {
        // No blank lines where the last components stood.
        emitter.out.truncate(emitter.out.trim_end().len());
        emitter.out.push('\n');
    }
    emitter.out
}

/// Leaves out components that are not wanted, each with the comment above it and the blank lines below.
fn keep<'t>(text: &str, items: &'t [Item], wanted: impl Fn(&str) -> bool) -> Vec<&'t Item> {
    let blank = |item: &Item| matches!(item, Item::Text(range) if text[range.clone()].trim().is_empty());
    let mut kept: Vec<&Item> = Vec::new();
    let mut left_out = false;
    for item in items {
        match item {
            Item::Component(component) if !wanted(&component.name.text) => {
                let above = |item: &Item| {
                    let line =
                        matches!(item, Item::Text(range) if text[range.clone()].trim_matches(' ') == "\n");
                    line || matches!(item, Item::Comment { .. })
                };
                while kept.last().is_some_and(|item| above(item)) {
                    kept.pop();
                }
                left_out = true;
            }
            _ if left_out && blank(item) => left_out = false,
            _ => {
                left_out = false;
                kept.push(item);
            }
        }
    }
    kept
}

struct Emitter<'a> {
    text: &'a str,
    place: Place<'a>,
    out: String,
}

impl Emitter<'_> {
    fn tag(&mut self, trim: Trim, inner: &str) {
        // A tag keeps its lines, so that those behind it stay where they are.
        let missing = trim.lines.saturating_sub(inner.matches('\n').count());
        let inner = &format!("{inner}{}", "\n".repeat(missing));
        let (left, right) = (if trim.left { "{{- " } else { "{{ " }, if trim.right { " -}}" } else { " }}" });
        self.out.extend([left, inner, right]);
    }

    fn items(&mut self, items: &[&Item]) {
        for item in items {
            self.item(item);
        }
    }

    fn body(&mut self, items: &[Item]) {
        items.iter().for_each(|item| self.item(item));
    }

    fn item(&mut self, item: &Item) {
        match item {
            Item::Text(range) => self.out.push_str(&self.text[range.clone()]),
            Item::Raw(text) => self.raw(text),
            Item::Comment { trim, text, .. } => {
                let (left, right) =
                    (if trim.left { "{{- /*" } else { "{{/*" }, if trim.right { "*/ -}}" } else { "*/}}" });
                self.out.extend([left, text, right]);
            }
            Item::Print { trim, value } => {
                let go = self.place.expression(value);
                self.tag(*trim, &go.text);
            }
            Item::Set { trim, name, value } => {
                let go = self.place.expression(value);
                self.tag(*trim, &format!("${} := {}", name.text, go.text));
            }
            Item::If { arms, otherwise, end } => self.branches(arms, otherwise.as_ref(), *end),
            Item::For(repeat) => self.repeat(repeat),
            Item::Component(component) => self.define(component),
        }
    }

    fn raw(&mut self, text: &str) {
        self.out.push_str(&text.replace("{{", "{{ \"{{\" }}"));
        // A brace at the end would join the braces of a tag that follows.
        if !text.ends_with("{{") && self.out.ends_with('{') {
            self.out.pop();
            self.out.push_str("{{ \"{\" }}");
        }
    }

    fn branches(&mut self, arms: &[Arm], otherwise: Option<&Branch>, end: Trim) {
        let with = match arms {
            [arm] => self.with(arm),
            _ => None,
        };
        for (index, arm) in arms.iter().enumerate() {
            let word = match (index, &with) {
                (0, Some(_)) => "with",
                (0, None) => "if",
                _ => "else if",
            };
            let condition = self.place.expression(&arm.condition);
            self.tag(arm.trim, &format!("{word} {}", condition.text));
            self.place.dot.clone_from(&with);
            self.body(&arm.body);
            self.place.dot = None;
        }
        if let Some(branch) = otherwise {
            self.tag(branch.trim, "else");
            self.body(&branch.body);
        }
        self.tag(end, "end");
    }

    /// The path of an `if` whose body prints that path and nothing else: what Helm's authors write `with` for.
    fn with(&self, arm: &Arm) -> Option<String> {
        let Kind::Path(path) = &arm.condition.kind else { return None };
        if self.place.dot.is_some() || !self.place.has_dot(path) {
            return None;
        }
        let subject = spell(path, path.steps.len(), self.text);
        let mut printed = false;
        for item in &arm.body {
            match item {
                Item::Text(_) | Item::Raw(_) | Item::Comment { .. } => {}
                Item::Print { value, .. } if self.is_chain(value, &subject) => printed = true,
                _ => return None,
            }
        }
        printed.then_some(subject)
    }

    /// Whether an expression is the path, through filters whose arguments are written out.
    fn is_chain(&self, value: &Expr, subject: &str) -> bool {
        match &value.kind {
            Kind::Path(path) => spell(path, path.steps.len(), self.text) == subject,
            Kind::Filter(filter) => {
                let literal = |value: &Expr| matches!(value.kind, Kind::Text(_) | Kind::Integer(_));
                filter.arguments.iter().all(|argument| literal(&argument.value))
                    && self.is_chain(&filter.operand, subject)
            }
            _ => false,
        }
    }

    fn repeat(&mut self, repeat: &Loop) {
        let over = self.place.expression(&repeat.over).text;
        let names = match &repeat.key {
            Some(key) => format!("${}, ${}", key.text, repeat.name.text),
            None => format!("${}", repeat.name.text),
        };
        self.tag(repeat.trim, &format!("range {names} := {over}"));
        self.place.ranges += 1;
        self.body(&repeat.body);
        self.place.ranges -= 1;
        if let Some(branch) = &repeat.otherwise {
            self.tag(branch.trim, "else");
            self.body(&branch.body);
        }
        self.tag(repeat.end, "end");
    }

    fn define(&mut self, component: &Component) {
        self.tag(component.trim, &format!("define {}", quoted(&component.name.text)));
        self.place.parameters =
            component.parameters.iter().map(|parameter| parameter.name.text.clone()).collect();
        self.body(&component.body);
        self.place.parameters.clear();
        self.tag(component.end, "end");
    }
}
