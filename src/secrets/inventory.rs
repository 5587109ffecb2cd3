//! The list: each Secret, its keys, what they hold and who reads them.

use super::meanings::Meanings;
use super::references::{self, Reader, Reference, Way, text};
use super::{Generator, Maker, makers};
use crate::diagnostics::{Diagnostic, Result};
use crate::engine::{Context, Document, Engine};
use crate::values::schema::Schema;
use crate::yaml::Map;
use std::collections::BTreeMap;

/// Keys that a TLS Secret has; certificates come from cert-manager or the user.
const TLS: [&str; 3] = ["tls.crt", "tls.key", "ca.crt"];

/// Every Secret that the rendered objects refer to.
#[derive(Clone, Debug)]
pub struct Inventory {
    /// Name of the installation.
    pub name: String,
    /// Where the Secrets have to be.
    pub namespace: String,
    /// Labels that all objects have in common.
    pub labels: Vec<(String, String)>,
    /// By name.
    pub secrets: Vec<Secret>,
}

/// One Secret.
#[derive(Clone, Debug)]
pub struct Secret {
    /// Its name.
    pub name: String,
    /// Who makes it; nothing if neither this output nor an operator does.
    pub maker: Option<Maker>,
    /// Its keys: those that values name in the order of declaration, then others by name.
    pub keys: Vec<Key>,
    /// Who reads it as a whole, where no value says which keys that means.
    pub whole: Vec<Reader>,
}

/// One key.
#[derive(Clone, Debug)]
pub struct Key {
    /// Its name.
    pub name: String,
    /// The value that names it; nothing for what a user's own values refer to.
    pub value: Option<String>,
    /// What it holds.
    pub generator: Option<Generator>,
    /// Whether every reader can do without it.
    pub optional: bool,
    /// Who reads it.
    pub readers: Vec<Reader>,
}

impl Key {
    /// Whether pods do not start without it, and it is not a certificate.
    pub fn is_needed(&self) -> bool {
        let is_certificate = self.generator.is_none() && (self.value.is_some() || TLS.contains(&&*self.name));
        !self.optional && !is_certificate
    }

    /// Whether no object reads it, but people do: the cluster can do without it.
    pub(super) fn is_for_people(&self) -> bool {
        self.readers.iter().all(|reader| reader.way == Way::Login)
    }

    /// Whether some container writes it into a longer text.
    pub fn in_text(&self) -> bool {
        self.readers.iter().any(|reader| reader.in_text)
    }
}

impl Secret {
    /// The keys that somebody outside of the output has to fill.
    pub fn needed(&self) -> impl Iterator<Item = &Key> {
        self.keys.iter().filter(|key| self.maker.is_none() && key.is_needed())
    }

    /// Whether it holds nothing but credentials for pulling images.
    pub fn is_for_pulling(&self) -> bool {
        self.keys.is_empty() && self.whole.iter().all(|reader| reader.way == Way::Pull)
    }
}

impl Inventory {
    /// Reads the references of everything that is rendered, `helm test`'s pod included.
    ///
    /// # Errors
    /// Those of [`Engine::render`]; `unknown-generator`; `secret-key-conflict`: one key would have to hold two things.
    pub fn new(engine: &Engine, context: &Context, schema: &Schema) -> Result<Self> {
        let (documents, tests) = (engine.render(context)?, engine.render_tests(context)?);
        let references = references::all(&documents, &tests);
        let meanings = Meanings::ask(engine, context, schema, &references)?;
        let mut drafts: BTreeMap<&str, Draft> = BTreeMap::new();
        for reference in &references {
            drafts.entry(&reference.secret).or_default().add(reference, &meanings);
        }
        let mut secrets = Vec::new();
        for (name, mut draft) in drafts {
            draft.add_ingredients(name, &meanings);
            let maker = documents.iter().flat_map(makers::made).find(|made| made.secret == name);
            secrets.push(draft.finish(name, maker.map(|made| made.maker), &meanings)?);
        }
        Ok(Inventory {
            name: context.release.name.clone(),
            namespace: context.release.namespace.clone(),
            labels: labels(&documents, &tests, &context.release.name),
            secrets,
        })
    }
}

/// A Secret while its references are being gathered.
#[derive(Default)]
struct Draft {
    /// Number of the first leaf (none sorts last) and name → optional, readers.
    keys: BTreeMap<(usize, String), (bool, Vec<Reader>)>,
    whole: Vec<Reader>,
}

impl Draft {
    fn add(&mut self, reference: &Reference, meanings: &Meanings) {
        let secret = &reference.secret;
        let mut note = |key: &str, reader: Reader| {
            let readers = self.key(secret, key, reference.optional, meanings);
            if !readers.contains(&reader) {
                readers.push(reader);
            }
        };
        if let Some(key) = &reference.key {
            return note(key, reference.reader.clone());
        }
        let leaves = meanings.of_secret(secret);
        for leaf in &leaves {
            let key = &meanings.leaves[*leaf].key;
            let way = match &reference.reader.way {
                Way::Variables(prefix) => Way::Variable(format!("{prefix}{key}")),
                Way::File(folder) => Way::File(format!("{}/{key}", folder.trim_end_matches('/'))),
                other => other.clone(),
            };
            note(key, Reader { way, ..reference.reader.clone() });
        }
        if leaves.is_empty() && !self.whole.contains(&reference.reader) {
            self.whole.push(reference.reader.clone());
        }
    }

    /// The readers of a key, which is a needed one from now on unless `optional`.
    fn key(&mut self, secret: &str, key: &str, optional: bool, meanings: &Meanings) -> &mut Vec<Reader> {
        let leaf = meanings.of_key(secret, key).first().copied();
        let leaf = leaf.or_else(|| {
            meanings.of_secret(secret).into_iter().find(|leaf| meanings.leaves[*leaf].key == key)
        });
        let place = (leaf.unwrap_or(usize::MAX), key.to_string());
        let (known, readers) = self.keys.entry(place).or_insert((true, Vec::new()));
        *known &= optional;
        readers
    }

    /// Where a hash is read, whoever logs in has to know the password, and nobody can make it without password and
    /// salt.
    fn add_ingredients(&mut self, secret: &str, meanings: &Meanings) {
        let hashes = self.keys.iter().filter_map(|((leaf, hash), (optional, _))| {
            Some((meanings.ingredients(*leaf)?, hash.clone(), *optional))
        });
        for ([password, salt], hash, optional) in hashes.collect::<Vec<_>>() {
            let [password, salt] = [password, salt].map(|leaf| &meanings.leaves[leaf].key);
            let readers = self.key(secret, password, optional, meanings);
            if !readers.contains(&Reader::person()) {
                readers.push(Reader::person());
            }
            let readers = self.key(secret, salt, optional, meanings);
            if readers.is_empty() {
                let object = format!("secret/{secret}");
                readers.push(Reader { object, way: Way::Field(hash), ..Reader::person() });
            }
        }
    }

    fn finish(self, name: &str, maker: Option<Maker>, meanings: &Meanings) -> Result<Secret> {
        let mut keys = Vec::new();
        for ((first, key), (optional, readers)) in self.keys {
            let leaf = meanings.leaves.get(first);
            let generator = leaf.and_then(|leaf| leaf.generator.clone());
            for other in meanings.of_key(name, &key).iter().map(|leaf| &meanings.leaves[*leaf]) {
                if let Some(leaf) = leaf.filter(|_| other.generator != generator) {
                    let message = format!(
                        "{} and {} both name the key {key} of Secret {name}, which cannot hold both",
                        leaf.path, other.path
                    );
                    let help = "give them different keys, or different Secrets";
                    return Err(Diagnostic::error("secret-key-conflict", message).help(help).into());
                }
            }
            let value = leaf.map(|leaf| leaf.path.to_string());
            keys.push(Key { name: key, value, generator, optional, readers });
        }
        Ok(Secret { name: name.to_string(), maker, keys, whole: self.whole })
    }
}

/// The labels on which all objects of this installation agree. The version is not among them: Secrets stay while it
/// changes.
fn labels(documents: &[Document], tests: &[Document], installation: &str) -> Vec<(String, String)> {
    const INSTANCE: &str = "app.kubernetes.io/instance";
    let mut common = vec![(INSTANCE, installation), ("app.kubernetes.io/part-of", "elsa")];
    let labels = documents.iter().chain(tests).filter_map(|document| {
        let labels = document.node.get("metadata")?.get("labels")?;
        (text(labels, INSTANCE) == Some(installation)).then(|| labels.as_map()).flatten()
    });
    let labels: Vec<&Map> = labels.collect();
    for (key, entry) in labels.first().copied().into_iter().flatten() {
        let new = key != "app.kubernetes.io/version" && common.iter().all(|(known, _)| known != key);
        let Some(value) = entry.value.as_str().filter(|_| new) else { continue };
        if labels.iter().all(|labels| labels.get(key).is_some_and(|other| other.value == entry.value)) {
            common.push((key, value));
        }
    }
    common.into_iter().map(|(key, value)| (key.to_string(), value.to_string())).collect()
}
