//! Defaults, profiles, files, the environment and arguments, laid over each other, with the origin of every value.

mod loader;

use super::annotated::Annotated;
use super::input::Files;
use super::path::{self, Path};
use super::profile::ProfileSet;
use super::set::SetArgument;
use super::stack::Stack;
use crate::diagnostics::{Diagnostic, Result, Source, Span};
use crate::yaml::{Kind, Node};
use loader::Loader;
use std::fmt;
use std::sync::Arc;

/// Where a layer comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The annotated values.
    Defaults,
    /// A profile, by its name or path.
    Profile(String),
    /// A file given with `-f`, as typed.
    File(String),
    /// The variable `ELSAKUBE_SET`.
    Environment,
    /// One `--set` argument of any form.
    Set,
}

/// As a listing names it.
impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::Defaults => f.write_str("defaults"),
            Origin::Profile(name) => write!(f, "profile {name}"),
            Origin::File(path) => f.write_str(path),
            Origin::Environment => f.write_str("ELSAKUBE_SET"),
            Origin::Set => f.write_str("--set"),
        }
    }
}

/// One layer.
#[derive(Clone, Debug)]
pub struct Layer {
    /// Where it comes from.
    pub origin: Origin,
    /// What it sets. For an argument that sets an item, the list as it is then.
    pub values: Node,
    /// Its text; nothing for the defaults, which may have several.
    source: Option<Arc<Source>>,
}

impl Layer {
    /// Whether a place lies in its text.
    fn has(&self, span: &Span) -> bool {
        self.source.as_ref().is_some_and(|source| Arc::ptr_eq(source, &span.source))
    }

    /// Whether it wrote a value or something in it.
    fn wrote(&self, node: &Node) -> bool {
        self.source.is_none()
            || self.has(&node.span)
            || match &node.kind {
                Kind::Map(map) => map.values().any(|entry| self.wrote(&entry.value)),
                Kind::List(list) => list.iter().any(|item| self.wrote(item)),
                _ => false,
            }
    }
}

/// What the command line and the environment name.
#[derive(Clone, Debug, Default)]
pub struct Inputs {
    /// `--profile`; one may hold several names, separated by commas.
    pub profiles: Vec<String>,
    /// `-f`; `-` is the standard input.
    pub files: Vec<String>,
    /// `--set` and its other forms, in the order of the command line.
    pub sets: Vec<SetArgument>,
    /// `ELSAKUBE_SET`.
    pub environment: Option<String>,
}

/// Values with their origins.
#[derive(Clone, Debug)]
pub struct Layers {
    /// The lowest first; the defaults are always there.
    layers: Vec<Layer>,
    stack: Stack,
    merged: Node,
}

impl Layers {
    /// Reads, merges and checks everything. Beside the layers come warnings: mistakes in values that a later layer
    /// replaced, and arguments that set nothing.
    ///
    /// # Errors
    /// All mistakes of all layers, the lowest layer's first.
    pub fn load(annotated: &Annotated, inputs: &Inputs) -> Result<(Self, Vec<Diagnostic>)> {
        Layers::load_with(annotated, inputs, &ProfileSet::embedded(), &mut Files::default())
    }

    /// The same with other profiles than the embedded ones and another standard input.
    ///
    /// # Errors
    /// As [`Layers::load`].
    pub fn load_with(
        annotated: &Annotated,
        inputs: &Inputs,
        profiles: &ProfileSet,
        files: &mut Files,
    ) -> Result<(Self, Vec<Diagnostic>)> {
        let mut loader = Loader::new(&annotated.defaults);
        let stack = loader.profiles(&inputs.profiles, profiles, files);
        loader.files(&inputs.files, files);
        let environment = inputs.environment.as_ref().map(SetArgument::environment);
        if let Some(argument) = &environment {
            loader.argument(Origin::Environment, argument, files);
        }
        for argument in &inputs.sets {
            loader.argument(Origin::Set, argument, files);
        }
        let arguments: Vec<&SetArgument> = environment.iter().chain(&inputs.sets).collect();
        loader.finish(&annotated.schema, stack, &arguments)
    }

    /// The values that templates see.
    pub fn merged(&self) -> &Node {
        &self.merged
    }

    /// All layers, the lowest first.
    pub fn layers(&self) -> &[Layer] {
        &self.layers
    }

    /// The profiles.
    pub fn stack(&self) -> &Stack {
        &self.stack
    }

    /// Every layer that set this path or something in it, and what it set, the lowest layer first; nothing for a
    /// path that is not one.
    pub fn history(&self, path: &str) -> Vec<(&Origin, &Node)> {
        let Ok(path) = Path::parse(path) else { return Vec::new() };
        let found = self.layers.iter().filter_map(|layer| Some((layer, path.find(&layer.values)?)));
        found.filter(|(layer, node)| layer.wrote(node)).map(|(layer, node)| (&layer.origin, node)).collect()
    }

    /// Where the value that won stands; if there is none, where what is nearest above it does.
    pub fn locate(&self, path: &str) -> Option<Span> {
        Path::parse(path).ok().map(|path| path.locate(&self.merged))
    }

    /// The layer that wrote a value of the merged tree.
    pub fn origin(&self, node: &Node) -> &Origin {
        self.layers
            .iter()
            .find(|layer| layer.has(&node.span))
            .map_or(&Origin::Defaults, |layer| &layer.origin)
    }

    /// Every scalar and every empty map or list of the merged tree, with its path and its origin.
    pub fn origins(&self) -> impl Iterator<Item = (Path, &Node, &Origin)> {
        path::leaves(&self.merged, true).into_iter().map(|(path, node)| (path, node, self.origin(node)))
    }
}
