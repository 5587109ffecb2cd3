//! Which value names which key: asked of the templates themselves, whatever they make of it.
//!
//! The templates are rendered once more with a marked name in place of each `secrets.ID.keys.KEY`. Where a reference
//! then reads a marked key, it read the key that this value names.

use super::Generator;
use super::generators::declared;
use super::references::{self, Reference};
use crate::diagnostics::{Diagnostic, Result};
use crate::engine::{Context, Engine};
use crate::values::path::{Path, Segment};
use crate::values::schema::Schema;
use crate::yaml::{Kind, Node};
use std::collections::BTreeMap;

/// A value that names a key of a Secret.
pub(super) struct Leaf {
    /// Such as `secrets.identity.keys.adminPassword`.
    pub(super) path: Path,
    /// Such as `identity`.
    id: String,
    /// What it says: the key's name.
    pub(super) key: String,
    /// What the key holds; nothing for what elsakube does not make, such as certificates.
    pub(super) generator: Option<Generator>,
}

/// All of them, and where they are used.
pub(super) struct Meanings {
    /// In the order of declaration.
    pub(super) leaves: Vec<Leaf>,
    /// Secret and key → leaves.
    keys: BTreeMap<(String, String), Vec<usize>>,
    /// Secret, of which something reads the whole → the `ID` whose name it is.
    secrets: BTreeMap<String, String>,
}

impl Meanings {
    /// Renders what it needs to know about these references.
    ///
    /// # Errors
    /// `unknown-generator`, and those of [`Engine::render`].
    pub(super) fn ask(
        engine: &Engine,
        context: &Context,
        schema: &Schema,
        references: &[Reference],
    ) -> Result<Self> {
        let leaves = leaves(schema, context.values)?;
        let mut meanings = Meanings { leaves, keys: BTreeMap::new(), secrets: BTreeMap::new() };
        meanings.ask_keys(engine, context, references)?;
        meanings.add_ingredients();
        if references.iter().any(|reference| reference.key.is_none()) {
            meanings.ask_names(engine, context, references)?;
        }
        Ok(meanings)
    }

    fn ask_keys(&mut self, engine: &Engine, context: &Context, references: &[Reference]) -> Result<()> {
        let mut values = context.values.clone();
        for (number, leaf) in self.leaves.iter().enumerate() {
            put(&mut values, &leaf.path, &mark(number));
        }
        let marked = rendered(engine, &Context { values: &values, ..context.clone() })?;
        for reference in references {
            let Some(key) = &reference.key else { continue };
            let there =
                |other: &&Reference| other.place == reference.place && other.secret == reference.secret;
            let Some(marked) = marked.iter().find(there).and_then(|other| other.key.as_deref()) else {
                continue;
            };
            let leaf = (0..self.leaves.len()).find(|number| mark(*number) == marked);
            let known = self.keys.entry((reference.secret.clone(), key.clone())).or_default();
            known.extend(leaf.filter(|leaf| !known.contains(leaf)));
        }
        Ok(())
    }

    /// Where a hash is read, what it is made of means something too, whoever reads that.
    fn add_ingredients(&mut self) {
        for ((secret, _), leaves) in self.keys.clone() {
            let ingredients: Vec<_> = leaves.into_iter().filter_map(|leaf| self.ingredients(leaf)).collect();
            for leaf in ingredients.into_iter().flatten() {
                let known = self.keys.entry((secret.clone(), self.leaves[leaf].key.clone())).or_default();
                if !known.contains(&leaf) {
                    known.push(leaf);
                }
            }
        }
    }

    /// A name can switch parts of the templates on and off, so each is marked alone, and counts only where nothing but
    /// that name has changed.
    fn ask_names(&mut self, engine: &Engine, context: &Context, references: &[Reference]) -> Result<()> {
        let mut ids: Vec<String> = self.leaves.iter().map(|leaf| leaf.id.clone()).collect();
        ids.dedup();
        for id in ids {
            let mut values = context.values.clone();
            let mark = mark(self.leaves.len());
            if !put(&mut values, &Path::default().key("secrets").key(&id).key("name"), &mark) {
                continue;
            }
            let marked = rendered(engine, &Context { values: &values, ..context.clone() })?;
            let places = |references: &[Reference]| -> Vec<String> {
                references.iter().map(|reference| reference.place.clone()).collect()
            };
            if places(&marked) != places(references) {
                continue;
            }
            for (reference, other) in references.iter().zip(&marked).filter(|(_, other)| other.secret == mark)
            {
                if reference.key.is_none() && other.key.is_none() {
                    self.secrets.insert(reference.secret.clone(), id.clone());
                }
            }
        }
        Ok(())
    }

    /// The leaves that name this key of this Secret, by number.
    pub(super) fn of_key(&self, secret: &str, key: &str) -> &[usize] {
        self.keys.get(&(secret.to_string(), key.to_string())).map_or(&[], Vec::as_slice)
    }

    /// The leaves of the password and of the salt that a hash is made of, by number; nothing for any other leaf.
    pub(super) fn ingredients(&self, hash: usize) -> Option<[usize; 2]> {
        let hash = self.leaves.get(hash)?;
        let Some(Generator::PasswordHash { password, salt }) = &hash.generator else { return None };
        let beside = |key: &str, generator: &Generator| {
            self.leaves.iter().position(|leaf| {
                leaf.id == hash.id && leaf.key == key && leaf.generator.as_ref() == Some(generator)
            })
        };
        Some([beside(password, &Generator::Password)?, beside(salt, &Generator::Salt)?])
    }

    /// All leaves of a Secret that something reads as a whole, by number; none if it is not one of the values'.
    pub(super) fn of_secret(&self, secret: &str) -> Vec<usize> {
        let Some(id) = self.secrets.get(secret) else { return Vec::new() };
        (0..self.leaves.len()).filter(|number| &self.leaves[*number].id == id).collect()
    }
}

fn leaves(schema: &Schema, values: &Node) -> Result<Vec<Leaf>> {
    let mut leaves = Vec::new();
    let all = schema.leaves();
    for (path, schema) in all.iter().cloned() {
        let [Segment::Key(root), Segment::Key(id), Segment::Key(keys), Segment::Key(_)] = &path.0[..] else {
            continue;
        };
        let Some(name) = path.find(values).and_then(Node::as_str) else { continue };
        if root == "secrets" && keys == "keys" {
            let mut generator = Generator::of(schema)?;
            if let Some(Generator::PasswordHash { password, salt }) = &mut generator {
                *password = key_beside(&all, values, (&path, schema), (password, Generator::Password))?;
                *salt = key_beside(&all, values, (&path, schema), (salt, Generator::Salt))?;
            }
            let (id, key) = (id.clone(), name.to_string());
            leaves.push(Leaf { path, id, key, generator });
        }
    }
    Ok(leaves)
}

/// The key that a value beside a hash names, which has to be of this kind.
fn key_beside(
    all: &[(Path, &Schema)],
    values: &Node,
    (path, schema): (&Path, &Schema),
    (name, kind): (&str, Generator),
) -> Result<String> {
    let mut beside = path.clone();
    beside.0.pop();
    let beside = beside.key(name);
    let found = all.iter().find(|(path, _)| *path == beside);
    if found.map(|(_, schema)| Generator::of(schema)).transpose()?.flatten() == Some(kind.clone())
        && let Some(key) = beside.find(values).and_then(Node::as_str)
    {
        return Ok(key.to_string());
    }
    let message = format!("{path} is the hash of `{name}`, and {beside} is no {}", kind.name());
    let help = "after `passwordHash` stand the values beside it that name the key of a password and the key of a salt";
    Err(declared(Diagnostic::error("unknown-generator", message).help(help), schema).into())
}

fn rendered(engine: &Engine, context: &Context) -> Result<Vec<Reference>> {
    Ok(references::all(&engine.render(context)?, &engine.render_tests(context)?))
}

/// A name that nobody has chosen, fit for a Secret and for a key.
fn mark(number: usize) -> String {
    format!("elsakube-mark-{number}")
}

/// Replaces a string of the values; false if there is none.
fn put(values: &mut Node, path: &Path, text: &str) -> bool {
    let mut node = values;
    for segment in &path.0 {
        let (Kind::Map(map), Segment::Key(key)) = (&mut node.kind, segment) else { return false };
        let Some(entry) = map.get_mut(key) else { return false };
        node = &mut entry.value;
    }
    let is_text = node.as_str().is_some();
    if is_text {
        node.kind = Kind::String(text.to_string());
    }
    is_text
}
