//! The types of paths: from a root, a parameter or a variable into maps.

use super::ast::{Expr, Kind, Path, Step};
use super::check::Checker;
use super::components::{Segment, data, walk};
use super::scope::{Typed, spell};
use super::text::{Level, Text};
use super::types::{Missing, Ty};
use crate::diagnostics::nearest;
use std::ops::Range;

impl<'s> Checker<'s, '_> {
    /// The type of a path up to a number of steps.
    pub(super) fn path(&mut self, path: &Path, steps: usize) -> Typed<'s> {
        let root = path.root.text.as_str();
        let mut at = match root {
            "values" | "elsa" | "program" => {
                self.root(path);
                match data(root, self.values, self.elsa) {
                    Some(ty) => Typed::new(ty),
                    None => {
                        self.unknown_name(path);
                        return Typed::new(Ty::Invalid);
                    }
                }
            }
            "release" | "chart" => return self.builtin(path),
            _ => match self.scope.variable(root).cloned() {
                Some(typed) => typed,
                None => match self.scope.parameter(root) {
                    Some(known) if matches!(known.ty, Ty::Data(_)) => Typed {
                        ty: known.ty.clone(),
                        optional: false,
                        origin: Some((root.to_string(), Vec::new())),
                    },
                    Some(known) => Typed::new(known.ty.clone()),
                    None => {
                        self.unknown_name(path);
                        return Typed::new(Ty::Invalid);
                    }
                },
            },
        };
        self.apply_fact(path, 0, &mut at);
        for (index, step) in path.steps.iter().take(steps).enumerate() {
            if matches!(at.ty, Ty::Invalid) {
                return at;
            }
            let skips = matches!(step, Step::Member { optional: true, .. });
            if at.optional && !skips {
                let written = spell(path, index, &self.scope.source.text);
                let range = path.root.range.start..path.root.range.start + written.len();
                let message = format!("`{written}` may be missing, and then nothing can be inside it");
                self.report(
                    "maybe-missing",
                    &range,
                    message,
                    format!("test it first (`{{% if {written} %}}`), or write `?.`"),
                );
            }
            let missing = skips && at.optional;
            at = match step {
                Step::Member { name, .. } => self.step(&at, &name.text, &name.range),
                Step::Index(index) => self.index(&at, index),
            };
            at.optional |= missing;
            self.apply_fact(path, index + 1, &mut at);
        }
        at
    }

    fn apply_fact(&self, path: &Path, steps: usize, at: &mut Typed<'s>) {
        let written = spell(path, steps, &self.scope.source.text);
        if let Some(fact) = self.scope.fact(&written) {
            at.optional = false;
            if let (true, Ty::Text(text)) = (fact.filled, &at.ty) {
                at.ty = Ty::Text(text.clone().filled());
            }
        }
    }

    /// A component sees only the roots that it declares.
    fn root(&mut self, path: &Path) {
        let root = &path.root;
        let Some(frame) = &self.scope.component else { return };
        if !frame.roots.contains(&root.text) {
            let message = format!("the component `{}` does not declare the root `{}`", frame.name, root.text);
            self.report(
                "undeclared-root",
                &root.range,
                message,
                format!("add `@{}` to its parameters", root.text),
            );
        }
    }

    fn builtin(&mut self, path: &Path) -> Typed<'s> {
        self.root(path);
        let root = path.root.text.as_str();
        let known: [&str; 2] =
            if root == "chart" { ["version", "appVersion"] } else { ["name", "namespace"] };
        match path.steps.as_slice() {
            [Step::Member { name, optional: false }] if known.contains(&name.text.as_str()) => {}
            steps => {
                let range = match steps.first() {
                    Some(Step::Member { name, .. }) => name.range.clone(),
                    _ => path.root.range.clone(),
                };
                let help = format!("there are `{root}.{}` and `{root}.{}`", known[0], known[1]);
                self.report(
                    "unknown-member",
                    &range,
                    format!("`{root}` has two members, and this is none of them"),
                    help,
                );
                return Typed::new(Ty::Invalid);
            }
        }
        Typed::new(Ty::Text(Text::new(Level::Word)))
    }

    fn unknown_name(&mut self, path: &Path) {
        let name = &path.root.text;
        let help = if self.scope.ended.contains(name) {
            "it was set inside a block that has ended; set it before the block, with `value if condition else other`".to_string()
        } else if self.values.member(name).is_some() {
            format!("write `values.{name}`")
        } else {
            let names = self.scope.names();
            match nearest(name, names.iter().map(String::as_str)) {
                Some(near) => format!("there is `{near}`"),
                None => format!("there are: {}", names.join(", ")),
            }
        };
        self.report("unknown-name", &path.root.range, format!("there is no `{name}` here"), help);
    }

    /// From a map to a member of it.
    pub(super) fn step(&mut self, at: &Typed<'s>, key: &str, range: &Range<usize>) -> Typed<'s> {
        let help = match at.ty.member(key) {
            Ok(inside) => {
                let origin = at.origin.clone().map(|(parameter, mut path)| {
                    path.push(Segment::Key(key.to_string()));
                    (parameter, path)
                });
                return Typed { ty: inside.ty, optional: inside.optional, origin };
            }
            Err(_) if matches!(at.ty, Ty::Invalid) => return Typed::new(Ty::Invalid),
            Err(Missing::Unknown(keys)) => match nearest(key, keys.iter().map(String::as_str)) {
                Some(near) => format!("there is `{near}`"),
                None if keys.is_empty() => "it has none".to_string(),
                None => format!("there are: {}", keys.join(", ")),
            },
            Err(Missing::Differs) => "give it the same type in all the maps that this can be".to_string(),
            Err(Missing::NoMap) => format!("this is {}, nothing is inside it", at.ty.describe()),
        };
        self.report("unknown-member", range, format!("there is no member `{key}`"), help);
        Typed::new(Ty::Invalid)
    }

    fn index(&mut self, at: &Typed<'s>, index: &Expr) -> Typed<'s> {
        if !at.ty.is_map() {
            let help = "loop over a list; for the members of a map, index it by a string";
            self.report(
                "unsupported-index",
                &index.range,
                format!("{} has no index that both engines know", at.ty.describe()),
                help,
            );
            return Typed::new(Ty::Invalid);
        }
        if let Kind::Text(key) = &index.kind {
            return self.step(at, key, &index.range);
        }
        match self.value(index) {
            Ty::Text(text) => self.strict(&text, &index.range, "used as a key"),
            Ty::Invalid => return Typed::new(Ty::Invalid),
            ty => {
                let message = format!("{} is no key of a map", ty.describe());
                self.report("wrong-input", &index.range, message, "index a map by a string");
                return Typed::new(Ty::Invalid);
            }
        }
        let origin = at.origin.clone().map(|(parameter, mut path)| {
            path.push(Segment::Each);
            (parameter, path)
        });
        match walk(&at.ty, &[Segment::Each]) {
            Ok(inside) => Typed { ty: inside.ty, optional: true, origin },
            Err(_) => {
                let message =
                    "the members of this map have different types, so the type of this one is not known";
                self.report("unsupported-index", &index.range, message, "name the member");
                Typed::new(Ty::Invalid)
            }
        }
    }
}
