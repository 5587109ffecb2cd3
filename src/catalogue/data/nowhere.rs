//! What guides and old manifests name and no known release has, or another one alone: variables that the program at hand
//! does not read, images that are something else, metrics that nothing exposes, releases without an image.

use super::Basis;
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

/// Everything of that sort: `releases/nowhere.yaml`.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Nowhere {
    /// Releases that elsakube leaves out.
    pub releases: IndexMap<String, Absence>,
    /// Repositories below any registry.
    pub images: IndexMap<String, Absence>,
    /// Environment variables, asked for once a program is found not to read one; a name that ends with `*` stands for all that begin alike.
    pub settings: IndexMap<String, Absence>,
    /// Metric names.
    pub metrics: IndexMap<String, Absence>,
}

/// Why there is no such thing, and what to use instead.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Absence {
    /// What is wrong with it, as a sentence without a final stop: `no program reads it; …`.
    pub why: String,
    /// What to write instead.
    pub instead: String,
    /// How we know it.
    pub basis: Basis,
    /// Where from, in words.
    pub source: String,
}

impl Nowhere {
    /// What is known of a variable that the program at hand does not read.
    pub fn setting(&self, name: &str) -> Option<&Absence> {
        let named = |known: &str| match known.strip_suffix('*') {
            Some(prefix) => name.get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix)),
            None => known.eq_ignore_ascii_case(name),
        };
        let matching = self.settings.iter().filter(|(known, _)| named(known));
        matching.max_by_key(|(known, _)| (!known.ends_with('*'), known.len())).map(|(_, absence)| absence)
    }
}
