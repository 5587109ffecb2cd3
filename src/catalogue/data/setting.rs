//! A configuration key that a program reads.

use super::Basis;
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

/// What a setting holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Any text.
    String,
    /// A whole number.
    Integer,
    /// `true` or `false`, as .NET spells them: any case.
    Bool,
    /// `0` or `1`, as the .NET runtime spells them.
    Flag,
    /// A path that begins with a slash.
    Path,
    /// An absolute address.
    Url,
    /// `hh:mm:ss`, with days and a dot before it if need be.
    Duration,
    /// One of the allowed values.
    Enum,
    /// A list, with one key an item: the name ends with `*`.
    List,
    /// A section that is bound whole: the name ends with `*`.
    Section,
}

impl Kind {
    /// The word that stands in `releases/`.
    pub fn word(self) -> &'static str {
        match self {
            Kind::String => "string",
            Kind::Integer => "integer",
            Kind::Bool => "bool",
            Kind::Flag => "flag",
            Kind::Path => "path",
            Kind::Url => "url",
            Kind::Duration => "duration",
            Kind::Enum => "enum",
            Kind::List => "list",
            Kind::Section => "section",
        }
    }
}

/// A configuration key that a program reads, as an environment variable. A key that ends with `*` stands for all that
/// begin alike: a section that is bound whole, or a list with one key an item.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Setting {
    /// What it holds.
    #[serde(rename = "type")]
    pub kind: Kind,
    /// The values that an `enum` takes, in the program's spelling.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub allowed: Vec<String>,
    /// Whether the program takes those in any case.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub any_case: bool,
    /// Whether its name is read in exactly this case, as the runtime and most libraries do. The configuration of .NET
    /// ignores the case of names.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub exact: bool,
    /// A regular expression that a value must match, beyond its type; empty for none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub pattern: String,
    /// What that demands, in words: `an address that ends in /elsa/api`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub pattern_help: String,
    /// Values that are read and do harm, as regular expressions of the whole value: why.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub refused: IndexMap<String, String>,
    /// What holds when the key is not set; empty where nothing does.
    pub default: String,
    /// What the key does.
    pub effect: String,
    /// Another setting and the values of it with which this one is read; nothing for always.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub when: IndexMap<String, Vec<String>>,
    /// A setting that wins over this one when both are set; empty for none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub overridden_by: String,
    /// What happens unless it is set; empty where the default is good.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub must: String,
    /// Whether its value is a secret, which belongs into no ConfigMap.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub secret: bool,
    /// How we know it.
    pub basis: Basis,
    /// Where from, in words.
    pub source: String,
}

impl Setting {
    /// Whether a variable of that name sets `known`, the key that this setting has in the catalogue.
    pub fn is_named(&self, known: &str, name: &str) -> bool {
        match known.strip_suffix('*') {
            Some(prefix) => {
                let head = name.get(..prefix.len());
                head.is_some_and(|head| self.same(prefix, head)) && name.len() > prefix.len()
            }
            None => self.same(known, name),
        }
    }

    fn same(&self, known: &str, name: &str) -> bool {
        if self.exact { known == name } else { known.eq_ignore_ascii_case(name) }
    }
}
