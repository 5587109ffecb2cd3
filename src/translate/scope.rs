//! What a name means at a place in a template: variables, parameters, and which optional members are known to be there.

use super::ast::{Expr, Id, Kind, Logic, Path, Step};
use super::components::{Known, Segment};
use super::text::Text;
use super::types::Ty;
use crate::diagnostics::Source;
use std::sync::Arc;

/// The roots of every template.
pub(super) const ROOTS: [&str; 5] = ["values", "release", "chart", "elsa", "program"];

/// An expression's type and what else is known of it.
#[derive(Clone, Debug)]
pub(super) struct Typed<'s> {
    pub(super) ty: Ty<'s>,
    /// Whether it may be missing.
    pub(super) optional: bool,
    /// The part of a component's map parameter that it is.
    pub(super) origin: Option<(String, Vec<Segment>)>,
}

impl<'s> Typed<'s> {
    pub(super) fn new(ty: Ty<'s>) -> Self {
        Typed { ty, optional: false, origin: None }
    }
}

/// A condition that holds where a template is read.
#[derive(Clone, Debug)]
pub(super) struct Fact {
    /// The path as it is written.
    path: String,
    /// Known not to be empty, and not only to be there.
    pub(super) filled: bool,
}

/// What surrounds a place in a template.
pub(super) struct Scope<'s> {
    pub(super) source: Arc<Source>,
    /// Sentences for people.
    pub(super) prose: bool,
    /// The component's name and parameters; nothing in a file.
    pub(super) component: Option<Frame<'s>>,
    /// Variables, the innermost block last.
    blocks: Vec<Vec<(String, Typed<'s>)>>,
    /// Names that blocks which have ended had set.
    pub(super) ended: Vec<String>,
    pub(super) facts: Vec<Fact>,
}

/// The component whose body is being read.
pub(super) struct Frame<'s> {
    pub(super) name: String,
    pub(super) roots: Vec<String>,
    pub(super) parameters: Vec<Known<'s>>,
    pub(super) result: Text,
    /// Expressions that are all that the component prints.
    pub(super) sole: Vec<Id>,
}

impl<'s> Scope<'s> {
    pub(super) fn new(source: Arc<Source>, prose: bool, component: Option<Frame<'s>>) -> Self {
        Scope { source, prose, component, blocks: vec![Vec::new()], ended: Vec::new(), facts: Vec::new() }
    }

    pub(super) fn open(&mut self) {
        self.blocks.push(Vec::new());
    }

    pub(super) fn close(&mut self) {
        let block = self.blocks.pop().unwrap_or_default();
        self.ended.extend(block.into_iter().map(|(name, _)| name));
    }

    pub(super) fn variable(&self, name: &str) -> Option<&Typed<'s>> {
        self.blocks.iter().flatten().find(|(known, _)| known == name).map(|(_, typed)| typed)
    }

    pub(super) fn set(&mut self, name: &str, typed: Typed<'s>) {
        if let Some(block) = self.blocks.last_mut() {
            block.push((name.to_string(), typed));
        }
    }

    pub(super) fn parameter(&self, name: &str) -> Option<&Known<'s>> {
        self.component.as_ref()?.parameters.iter().find(|known| known.name == name)
    }

    pub(super) fn parameter_mut(&mut self, name: &str) -> Option<&mut Known<'s>> {
        self.component.as_mut()?.parameters.iter_mut().find(|known| known.name == name)
    }

    /// Every name that could be meant.
    pub(super) fn names(&self) -> Vec<String> {
        let variables = self.blocks.iter().flatten().map(|(name, _)| name.clone());
        let parameters =
            self.component.iter().flat_map(|frame| frame.parameters.iter().map(|p| p.name.clone()));
        variables.chain(parameters).chain(ROOTS.map(str::to_string)).collect()
    }

    /// What is known of a path up to a place in it.
    pub(super) fn fact(&self, path: &str) -> Option<&Fact> {
        let same = |fact: &&Fact| fact.path == path;
        self.facts.iter().filter(|fact| fact.filled).find(same).or_else(|| self.facts.iter().find(same))
    }

    /// What follows from a condition that holds, or that does not.
    pub(super) fn learn(&mut self, condition: &Expr, holds: bool) {
        match &condition.kind {
            Kind::Not(inner) => self.learn(inner, !holds),
            Kind::Logic(Logic::And, a, b) if holds => {
                self.learn(a, true);
                self.learn(b, true);
            }
            Kind::Logic(Logic::Or, a, b) if !holds => {
                self.learn(a, false);
                self.learn(b, false);
            }
            Kind::Path(path) if holds => {
                let path = spell(path, path.steps.len(), &self.source.text);
                self.facts.push(Fact { path, filled: true });
            }
            Kind::Defined(inner) if holds => {
                if let Kind::Path(path) = &inner.kind {
                    let path = spell(path, path.steps.len(), &self.source.text);
                    self.facts.push(Fact { path, filled: false });
                }
            }
            _ => {}
        }
    }
}

/// A path up to and with a number of steps, as it is written but for `?.`.
pub(super) fn spell(path: &Path, steps: usize, text: &str) -> String {
    let end = match steps.checked_sub(1).and_then(|last| path.steps.get(last)) {
        Some(Step::Member { name, .. }) => name.range.end,
        Some(Step::Index(index)) => index.range.end,
        None => path.root.range.end,
    };
    text[path.root.range.start..end].replace("?.", ".")
}
