//! The type check of templates: files and component bodies. Everything that it lets through means the same in Tera and
//! in Helm; everything else is reported with a correction, all of it in one run.

use super::ast::{Branch, Component, Id, Item, Loop, Name, Template};
use super::components::{self, Definition, Info, Segment};
use super::position;
use super::scope::{Frame, ROOTS, Scope, Typed};
use super::text::{Level, Text};
use super::types::{Missing, Ty};
use crate::diagnostics::{Diagnostic, Source, Span};
use crate::values::schema::Schema;
use indexmap::IndexMap;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

/// How far the check of a component is.
enum Progress<'s> {
    Begun,
    Done(Rc<Info<'s>>),
}

/// The check of all templates of a run.
pub(super) struct Checker<'s, 't> {
    pub(super) values: &'s Schema,
    pub(super) elsa: &'s Schema,
    definitions: &'t IndexMap<String, Definition<'t>>,
    progress: HashMap<String, Progress<'s>>,
    /// What is being read.
    pub(super) scope: Scope<'s>,
    /// Expressions that are whole numbers: Go prints them with another verb.
    pub(super) integers: HashSet<Id>,
    pub(super) mistakes: Vec<Diagnostic>,
}

impl<'s, 't> Checker<'s, 't> {
    pub(super) fn new(
        values: &'s Schema,
        elsa: &'s Schema,
        definitions: &'t IndexMap<String, Definition<'t>>,
    ) -> Self {
        let scope = Scope::new(Source::new("", ""), false, None);
        Checker {
            values,
            elsa,
            definitions,
            progress: HashMap::new(),
            scope,
            integers: HashSet::new(),
            mistakes: Vec::new(),
        }
    }

    /// Checks a file that is no list of components.
    pub(super) fn file(&mut self, source: &Arc<Source>, template: &Template, prose: bool) {
        self.scope = Scope::new(Arc::clone(source), prose, None);
        self.items(&template.items);
    }

    /// The names of all components.
    pub(super) fn component_names(&self) -> impl Iterator<Item = &'t str> {
        self.definitions.keys().map(String::as_str)
    }

    /// What is known of a component; its body is checked when it is first asked for. Nothing if there is no such
    /// component, or if it is the one that asks.
    pub(super) fn component(&mut self, name: &str, caller: Option<Span>) -> Option<Rc<Info<'s>>> {
        match self.progress.get(name) {
            Some(Progress::Done(info)) => return Some(Rc::clone(info)),
            Some(Progress::Begun) => {
                let message = format!("the component `{name}` calls itself, directly or through others");
                let mistake = Diagnostic::error("recursive-component", message);
                let mistake = caller.into_iter().fold(mistake, Diagnostic::at);
                self.mistakes.push(mistake.help("write the levels out, or use a loop"));
                return None;
            }
            None => {}
        }
        let definition = self.definitions.get(name)?;
        self.progress.insert(name.to_string(), Progress::Begun);
        let (parameters, mistakes) = components::declare(definition, self.values, self.elsa);
        self.mistakes.extend(mistakes);
        let mut sole = Vec::new();
        position::sole(&definition.component.body, &definition.source.text, &mut sole);
        let frame = Frame {
            sole,
            name: name.to_string(),
            roots: definition.component.roots.iter().map(|root| root.text.clone()).collect(),
            parameters,
            result: Text::new(Level::Plain),
        };
        let scope = Scope::new(Arc::clone(&definition.source), definition.prose, Some(frame));
        let outer = std::mem::replace(&mut self.scope, scope);
        self.signature(definition.component);
        self.items(&definition.component.body);
        let scope = std::mem::replace(&mut self.scope, outer);
        let frame = scope.component?;
        let info = Rc::new(Info { parameters: frame.parameters, result: frame.result });
        self.progress.insert(name.to_string(), Progress::Done(Rc::clone(&info)));
        Some(info)
    }

    fn signature(&mut self, component: &Component) {
        for root in &component.roots {
            if !ROOTS.contains(&root.text.as_str()) {
                let message = format!("there is no root `@{}`", root.text);
                let help = "roots are @values, @release, @chart, @elsa and @program; parameters have no `@`";
                self.report("unknown-name", &root.range, message, help);
            }
        }
        for (index, parameter) in component.parameters.iter().enumerate() {
            let name = &parameter.name;
            let twice = component.parameters[..index].iter().any(|earlier| earlier.name.text == name.text);
            if twice || self.is_reserved(&name.text) {
                self.shadowed(name);
            }
        }
    }

    pub(super) fn span(&self, range: &Range<usize>) -> Span {
        Span::new(&self.scope.source, range.clone())
    }

    pub(super) fn report(
        &mut self,
        code: &str,
        range: &Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let mistake = Diagnostic::error(code, message).at(self.span(range)).help(help);
        self.mistakes.push(mistake);
    }

    fn items(&mut self, items: &[Item]) {
        for (index, item) in items.iter().enumerate() {
            match item {
                Item::Text(_) | Item::Comment { .. } | Item::Raw(_) => {}
                Item::Print { value, .. } => self.print(value, items, index),
                Item::Set { name, value, .. } => {
                    let typed = self.expr(value);
                    self.declare(name, typed);
                }
                Item::If { arms, otherwise, .. } => {
                    let facts = self.scope.facts.len();
                    for arm in arms {
                        self.condition(&arm.condition);
                        let before = self.scope.facts.len();
                        self.scope.learn(&arm.condition, true);
                        self.block(&arm.body);
                        self.scope.facts.truncate(before);
                        self.scope.learn(&arm.condition, false);
                    }
                    self.branch(otherwise.as_ref());
                    self.scope.facts.truncate(facts);
                }
                Item::For(repeat) => self.repeat(repeat),
                Item::Component(component) => {
                    let help =
                        "move it to a file that is named `_….tera` or stands in `rules/`, outside any block";
                    self.report(
                        "misplaced-component",
                        &component.name.range,
                        "a component cannot stand here",
                        help,
                    );
                }
            }
        }
    }

    fn block(&mut self, items: &[Item]) {
        self.scope.open();
        self.items(items);
        self.scope.close();
    }

    fn branch(&mut self, branch: Option<&Branch>) {
        if let Some(branch) = branch {
            self.block(&branch.body);
        }
    }

    fn is_reserved(&self, name: &str) -> bool {
        ROOTS.contains(&name) || matches!(name, "context" | "loop" | "body" | "self")
    }

    fn shadowed(&mut self, name: &Name) {
        let message = if self.is_reserved(&name.text) {
            format!("`{}` has a meaning of its own in every template", name.text)
        } else {
            format!("`{}` is defined already, and the engines differ on which of the two is meant", name.text)
        };
        self.report("shadowed-name", &name.range, message, "choose another name");
    }

    fn declare(&mut self, name: &Name, typed: Typed<'s>) {
        let taken = self.scope.variable(&name.text).is_some() || self.scope.parameter(&name.text).is_some();
        if taken || self.is_reserved(&name.text) {
            self.shadowed(name);
        }
        self.scope.set(&name.text, typed);
    }

    fn repeat(&mut self, repeat: &Loop) {
        let over = self.expr(&repeat.over);
        self.must_exist(&repeat.over, &over);
        self.uses(&over, false, &repeat.over.range);
        let element = self.element(repeat, &over.ty);
        self.scope.open();
        if let Some(key) = &repeat.key {
            self.declare(key, Typed::new(Ty::Text(over.ty.key())));
        }
        let origin = over.origin.map(|(parameter, mut path)| {
            path.push(Segment::Each);
            (parameter, path)
        });
        self.declare(&repeat.name, Typed { ty: element, optional: false, origin });
        self.items(&repeat.body);
        self.scope.close();
        self.branch(repeat.otherwise.as_ref());
    }

    fn element(&mut self, repeat: &Loop, over: &Ty<'s>) -> Ty<'s> {
        let range = &repeat.over.range;
        let keyed = repeat.key.is_some();
        if matches!(over, Ty::Invalid) {
            return Ty::Invalid;
        }
        if over.is_list() == keyed && matches!(over, Ty::Data(_)) {
            let (what, help) = if keyed {
                ("a list has no keys", "`for item in list`")
            } else {
                ("Tera and Helm give a map's members in different forms", "`for key, value in map`")
            };
            self.report("not-iterable", range, what, help);
            return Ty::Invalid;
        }
        match over.each() {
            Ok(inside) => inside.ty,
            Err(Missing::Differs) => {
                let help = "name the members one by one, or give them the same type in values.yaml";
                self.report("not-iterable", range, "the members of this map have different types", help);
                Ty::Invalid
            }
            Err(_) => {
                let message = format!("{} cannot be looped over", over.describe());
                self.report(
                    "not-iterable",
                    range,
                    message,
                    "loop over a list, or over a map with `for key, value in …`",
                );
                Ty::Invalid
            }
        }
    }
}
