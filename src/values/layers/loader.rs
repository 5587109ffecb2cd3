//! Reads the layers, merges them and finds what is wrong with them.

use super::{Layer, Layers, Origin};
use crate::diagnostics::{Diagnostic, Diagnostics, Result, Severity, Source, Span};
use crate::values::input::Files;
use crate::values::merge::{coalesce, merge};
use crate::values::path::{self, Path, Segment};
use crate::values::profile::ProfileSet;
use crate::values::schema::{Schema, Type};
use crate::values::set::{self, SetArgument};
use crate::values::stack::Stack;
use crate::values::validate::{validate, validate_layer};
use crate::yaml::{Kind, Map, Node, reader};
use std::sync::Arc;

/// Collects layers and whatever is wrong with them.
pub(super) struct Loader {
    layers: Vec<Layer>,
    /// All layers above the defaults, merged, with null as a mark.
    over: Node,
    found: Vec<Diagnostic>,
}

impl Loader {
    pub(super) fn new(defaults: &Node) -> Self {
        let layer = Layer { origin: Origin::Defaults, values: defaults.clone(), source: None };
        let over = Node::new(Kind::Map(Map::new()), defaults.span.clone());
        Loader { layers: vec![layer], over, found: Vec::new() }
    }

    fn wrong(&mut self, Diagnostics(diagnostics): Diagnostics) {
        self.found.extend(diagnostics);
    }

    fn add(&mut self, origin: Origin, values: &Node, source: &Arc<Source>) {
        merge(&mut self.over, values.clone());
        self.layers.push(Layer { origin, values: values.clone(), source: Some(Arc::clone(source)) });
    }

    pub(super) fn profiles(&mut self, names: &[String], set: &ProfileSet, files: &mut Files) -> Stack {
        let stack = Stack::resolve(names, set, files).unwrap_or_else(|diagnostics| {
            self.wrong(diagnostics);
            Stack::default()
        });
        for profile in stack.profiles() {
            self.add(Origin::Profile(profile.name.clone()), &profile.values, &profile.source);
        }
        stack
    }

    pub(super) fn files(&mut self, names: &[String], files: &mut Files) {
        for name in names {
            let read = files.read(name).and_then(|source| Ok((reader::read(&source)?, source)));
            match read {
                Ok((values, source)) => self.add(Origin::File(name.clone()), &values, &source),
                Err(diagnostics) => self.wrong(diagnostics),
            }
        }
    }

    pub(super) fn argument(&mut self, origin: Origin, argument: &SetArgument, files: &mut Files) {
        match set::apply(&mut self.over, argument, files) {
            Err(diagnostics) => self.wrong(diagnostics),
            Ok(applied) => {
                self.found.extend(applied.warnings);
                let start = Span::new(&argument.source, 0..0);
                let mut values = Node::new(Kind::Map(Map::new()), start);
                for path in &applied.paths {
                    copy(&self.over, &mut values, &path.0);
                }
                self.layers.push(Layer { origin, values, source: Some(Arc::clone(&argument.source)) });
            }
        }
    }

    pub(super) fn finish(
        mut self,
        schema: &Schema,
        stack: Stack,
        arguments: &[&SetArgument],
    ) -> Result<(Layers, Vec<Diagnostic>)> {
        let merged = coalesce(&self.layers[0].values, &self.over, &|path| is_free(schema, path));
        let mut wrong = validate(schema, &merged, arguments);
        for null in self.nulls_over_profiles(&merged) {
            wrong.retain(|other| other.place() != null.place());
            wrong.push(null);
        }
        wrong.extend(self.replaced(schema, arguments, &wrong));
        self.found.extend(wrong);
        // What could not be read has no layer and comes first, in the order of reading; then each layer from its top.
        let layers = &self.layers;
        self.found.sort_by_key(|diagnostic| {
            let layer = diagnostic
                .place()
                .and_then(|span| Some((layers.iter().position(|layer| layer.has(span))?, span)));
            layer.map(|(layer, span)| (layer, span.range.start))
        });
        if self.found.iter().any(|diagnostic| diagnostic.severity == Severity::Error) {
            return Err(Diagnostics(self.found));
        }
        Ok((Layers { layers: self.layers, stack, merged }, self.found))
    }

    /// Nulls that would take away what only a profile has set. Helm leaves a null there, because a profile comes
    /// as `-f` like any other file.
    fn nulls_over_profiles(&self, merged: &Node) -> Vec<Diagnostic> {
        let leaves = path::leaves(&self.over, false).into_iter();
        let nulls =
            leaves.filter(|(path, node)| node.is_null() && path.find(merged).is_some_and(Node::is_null));
        nulls.filter_map(|(path, null)| self.null_over_profile(&path, null)).collect()
    }

    fn null_over_profile(&self, path: &Path, null: &Node) -> Option<Diagnostic> {
        if path.find(&self.layers[0].values).is_some() {
            return None;
        }
        let (name, set) = self.layers.iter().rev().find_map(|layer| match &layer.origin {
            Origin::Profile(name) => {
                path.find(&layer.values).filter(|set| !set.is_null()).map(|set| (name, set))
            }
            _ => None,
        })?;
        let message = format!("null cannot take away `{path}`, which the profile {name} sets");
        let diagnostic = Diagnostic::error("null-over-profile", message)
            .at(null.span.clone())
            .label(set.span.clone(), format!("set by {name}"));
        Some(diagnostic.help("null only takes defaults away: give it another value"))
    }

    /// Mistakes that a later layer has replaced: helm never sees them.
    fn replaced(&self, schema: &Schema, arguments: &[&SetArgument], wrong: &[Diagnostic]) -> Vec<Diagnostic> {
        let mut replaced: Vec<Diagnostic> = Vec::new();
        for layer in &self.layers[1..] {
            let mut values = layer.values.clone();
            drop_nulls(&mut values);
            for mut diagnostic in validate_layer(schema, &values, arguments) {
                let known =
                    |other: &Diagnostic| other.code == diagnostic.code && other.place() == diagnostic.place();
                if !wrong.iter().chain(&replaced).any(known) {
                    diagnostic.severity = Severity::Warning;
                    diagnostic.message.push_str(" (a later layer replaces it)");
                    replaced.push(diagnostic);
                }
            }
        }
        replaced
    }
}

/// Whether a null may take away the default at a path: not where the schema demands the key.
fn is_free(schema: &Schema, path: &Path) -> bool {
    let mut schema = schema;
    let mut required = false;
    for segment in &path.0 {
        let Segment::Key(key) = segment else { return true };
        let Some(member) = schema.member(key) else { return true };
        required = member.required && !matches!(schema.ty, Type::Map(_));
        schema = member;
    }
    !required
}

/// Copies what stands at a path, and the maps on the way to it.
fn copy(from: &Node, into: &mut Node, path: &[Segment]) {
    let [Segment::Key(key), rest @ ..] = path else {
        *into = from.clone();
        return;
    };
    let (Kind::Map(map), Some(entry)) = (&mut into.kind, from.as_map().and_then(|map| map.get(key))) else {
        return;
    };
    let fresh = || {
        let mut entry = entry.clone();
        if !rest.is_empty() {
            entry.value.kind = Kind::Map(Map::new());
        }
        entry
    };
    copy(&entry.value, &mut map.entry(key.clone()).or_insert_with(fresh).value, rest);
}

/// Takes nulls out of maps: in a layer they are marks, and where they stay the merged values have them.
fn drop_nulls(node: &mut Node) {
    if let Kind::Map(map) = &mut node.kind {
        map.retain(|_, entry| !entry.value.is_null());
        map.values_mut().for_each(|entry| drop_nulls(&mut entry.value));
    }
}
