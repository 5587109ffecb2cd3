//! Profiles: named values with a header that says what they are for and what they stand on. The embedded ones are
//! known by name; a path is a user's own.

use super::input::Files;
use super::merge::merge;
use crate::assets;
use crate::diagnostics::{Diagnostic, Diagnostics, Result, Source, Span, nearest};
use crate::yaml::{Entry, Kind, Map, Node, reader};
use indexmap::IndexMap;
use std::sync::Arc;

/// A profile's name in another one's header.
#[derive(Clone, Debug)]
pub struct Reference {
    /// The name, or a path relative to where elsakube runs.
    pub name: String,
    /// Where it stands.
    pub span: Span,
}

/// A base, on which an installation can stand, or an add-on, which says what it needs.
#[derive(Clone, Debug)]
pub struct Profile {
    /// `prod`, or the path as the user typed it.
    pub name: String,
    /// One sentence.
    pub description: String,
    /// The base whose values lie below its own.
    pub extends: Option<Reference>,
    /// The stack on which an add-on renders; nothing for a base.
    pub needs: Option<Vec<Reference>>,
    /// The bases that can carry an add-on; if empty, the one it needs and all that extend it.
    pub bases: Vec<Reference>,
    /// What it sets, without what it extends.
    pub values: Node,
    /// Its text.
    pub source: Arc<Source>,
    /// True for a user's own file, which may set lists and replace what others set.
    pub own: bool,
}

impl Profile {
    /// Whether it needs others, and cannot stand alone.
    pub fn is_add_on(&self) -> bool {
        self.needs.is_some()
    }

    /// Whether a name is a path to a user's own profile.
    pub fn is_path(name: &str) -> bool {
        name.contains('/') || name.ends_with(".yaml") || name.ends_with(".yml")
    }

    /// Reads a profile's text.
    ///
    /// # Errors
    /// Those of the YAML reader; `unknown-key` and `profile-header` for a header that is not one.
    pub fn read(name: &str, source: &Arc<Source>, own: bool) -> Result<Self> {
        Header { found: Vec::new() }.read(name, source, own)
    }
}

const KEYS: [&str; 5] = ["description", "extends", "needs", "bases", "values"];

struct Header {
    found: Vec<Diagnostic>,
}

impl Header {
    fn read(mut self, name: &str, source: &Arc<Source>, own: bool) -> Result<Profile> {
        let mut root = reader::read(source)?;
        let span = root.span.clone();
        let Kind::Map(map) = &mut root.kind else {
            return Err(Diagnostic::error("profile-header", "a profile is a map").at(span).into());
        };
        for (key, entry) in map.iter().filter(|(key, _)| !KEYS.contains(&key.as_str())) {
            let diagnostic =
                Diagnostic::error("unknown-key", format!("`{key}` is no part of a profile's header"));
            let help = match nearest(key, KEYS) {
                Some(near) => format!("did you mean `{near}`?"),
                None => {
                    "what a profile sets stands below its key `values`; a file of bare values goes with -f"
                        .into()
                }
            };
            self.found.push(diagnostic.at(entry.key.clone()).help(help));
        }
        let description = self.text(map, "description").map(|(text, _)| text);
        if description.is_none() && self.found.is_empty() {
            let message = format!("the profile {name} has no description");
            self.wrong(&span, message, "say in one sentence what it is for: description: …");
        }
        let extends = self.text(map, "extends").map(|(name, span)| Reference { name, span });
        let needs = self.references(map, "needs");
        let bases = self.references(map, "bases");
        match (&extends, &needs, &bases) {
            (Some(extends), Some(_), _) => {
                self.wrong(
                    &extends.span,
                    "an add-on extends nothing",
                    "name what it stands on in `needs` only",
                );
            }
            (_, None, Some(_)) => {
                let key = map["bases"].key.clone();
                self.wrong(&key, "only an add-on names its bases", "an add-on also says what it `needs`");
            }
            _ => {}
        }
        let values = match map.swap_remove("values") {
            None => Node::new(Kind::Map(Map::new()), span),
            Some(Entry { value, .. }) if value.as_map().is_some() => value,
            Some(Entry { key, value }) if value.is_null() => Node::new(Kind::Map(Map::new()), key),
            Some(Entry { value, .. }) => {
                self.wrong(&value.span, format!("`values` must be a map, not {}", value.describe()), "");
                value
            }
        };
        if !self.found.is_empty() {
            return Err(Diagnostics(self.found));
        }
        Ok(Profile {
            name: name.to_string(),
            description: description.unwrap_or_default(),
            extends,
            needs,
            bases: bases.unwrap_or_default(),
            values,
            source: Arc::clone(source),
            own,
        })
    }

    fn wrong(&mut self, span: &Span, message: impl Into<String>, help: &str) {
        let diagnostic = Diagnostic::error("profile-header", message).at(span.clone());
        self.found.push(if help.is_empty() { diagnostic } else { diagnostic.help(help) });
    }

    fn text(&mut self, map: &Map, key: &str) -> Option<(String, Span)> {
        let value = &map.get(key)?.value;
        match value.as_str().filter(|text| !text.trim().is_empty()) {
            Some(text) => Some((text.to_string(), value.span.clone())),
            None => {
                self.wrong(&value.span, format!("`{key}` must be a text, not {}", value.describe()), "");
                None
            }
        }
    }

    fn references(&mut self, map: &Map, key: &str) -> Option<Vec<Reference>> {
        let value = &map.get(key)?.value;
        let names = value.as_list().and_then(|list| {
            let name =
                |node: &Node| Some(Reference { name: node.as_str()?.to_string(), span: node.span.clone() });
            list.iter().map(name).collect::<Option<Vec<_>>>()
        });
        if names.is_none() {
            self.wrong(
                &value.span,
                format!("`{key}` must be a list of names"),
                &format!("such as {key}: [prod]"),
            );
        }
        names
    }
}

/// The profiles that have names.
#[derive(Clone, Debug)]
pub struct ProfileSet {
    sources: IndexMap<String, Arc<Source>>,
}

impl ProfileSet {
    /// The embedded ones.
    pub fn embedded() -> Self {
        ProfileSet::new(assets::profiles())
    }

    /// Any others: file name (`prod.yaml`) and text.
    pub fn new<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let named = |(file, text): (&str, &str)| {
            let name = file.strip_suffix(".yaml")?;
            Some((name.to_string(), Source::new(format!("profiles/{file}"), text)))
        };
        ProfileSet { sources: files.into_iter().filter_map(named).collect() }
    }

    /// Their names, sorted as given.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.sources.keys().map(String::as_str)
    }

    /// All of them by name, bases first.
    ///
    /// # Errors
    /// A broken header.
    pub fn all(&self) -> Result<Vec<Profile>> {
        let read = |(name, source): (&String, &Arc<Source>)| Profile::read(name, source, false);
        let mut all = self.sources.iter().map(read).collect::<Result<Vec<_>>>()?;
        all.sort_by_cached_key(|profile| (profile.is_add_on(), profile.name.clone()));
        Ok(all)
    }

    /// One of them, or a user's own file; `named` is where its name was written.
    ///
    /// # Errors
    /// `unknown-profile`, with the nearest name; the codes of [`Files::read`] and [`Profile::read`].
    pub fn get(&self, name: &str, named: &Span, files: &mut Files) -> Result<Profile> {
        if Profile::is_path(name) {
            return Profile::read(name, &files.read_named(name, named)?, true);
        }
        match self.sources.get(name) {
            Some(source) => Profile::read(name, source, false),
            None => {
                let known: Vec<&str> = self.names().collect();
                let help = match nearest(name, known.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None if known.is_empty() => "there are none".to_string(),
                    None => {
                        format!("there are {}; a file of your own is written ./NAME.yaml", known.join(", "))
                    }
                };
                let message = if name.is_empty() {
                    "a profile's name is missing".to_string()
                } else {
                    format!("there is no profile `{name}`")
                };
                Err(Diagnostic::error("unknown-profile", message).at(named.clone()).help(help).into())
            }
        }
    }

    /// A base and all that it extends, the lowest first; only the profile itself for an add-on.
    ///
    /// # Errors
    /// `profile-cycle`, `profile-header` for a base that extends an add-on, and the errors of [`ProfileSet::get`].
    pub fn chain(&self, profile: Profile, files: &mut Files) -> Result<Vec<Profile>> {
        let mut chain = vec![profile];
        while let Some(extends) = chain.last().and_then(|profile| profile.extends.clone()) {
            if chain.iter().any(|profile| profile.name == extends.name) {
                let names: Vec<&str> = chain.iter().map(|profile| profile.name.as_str()).collect();
                let message = format!("profiles extend each other: {}, {}", names.join(", "), extends.name);
                return Err(Diagnostic::error("profile-cycle", message).at(extends.span).into());
            }
            let next = self.get(&extends.name, &extends.span, files)?;
            if next.is_add_on() {
                let message = format!("a base cannot extend the add-on {}", next.name);
                return Err(Diagnostic::error("profile-header", message).at(extends.span).into());
            }
            chain.push(next);
        }
        chain.reverse();
        Ok(chain)
    }

    /// What the chart's `values-NAME.yaml` holds: all that a base extends and sets; an add-on's own values.
    ///
    /// # Errors
    /// As [`ProfileSet::chain`].
    pub fn flattened(&self, name: &str) -> Result<Node> {
        let source = Source::new("profile", name);
        let mut files = Files::default();
        let profile = self.get(name, &Span::new(&source, 0..name.len()), &mut files)?;
        Ok(flatten(self.chain(profile, &mut files)?.iter())
            .unwrap_or_else(|| Node::new(Kind::Map(Map::new()), Span::new(&source, 0..name.len()))))
    }
}

/// The values of several profiles, each over the one before it.
pub(super) fn flatten<'a>(profiles: impl Iterator<Item = &'a Profile>) -> Option<Node> {
    profiles.map(|profile| profile.values.clone()).reduce(|mut lower, upper| {
        merge(&mut lower, upper);
        lower
    })
}
