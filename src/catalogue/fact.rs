//! A fact about an Elsa program never stands without its source.

use serde::{Deserialize, Serialize};

/// How we know something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    /// A running program was seen to do it.
    Measured,
    /// Read in the program's source.
    Source,
    /// Upstream says so.
    Documented,
    /// Our conclusion.
    Inferred,
}

impl Basis {
    /// The word that stands in `releases/`.
    pub fn word(self) -> &'static str {
        match self {
            Basis::Measured => "measured",
            Basis::Source => "source",
            Basis::Documented => "documented",
            Basis::Inferred => "inferred",
        }
    }
}

/// Something that is true of a program, how we know it and from where.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// What templates see.
    pub value: serde_json::Value,
    /// How we know it.
    pub basis: Basis,
    /// Where from, in words.
    pub source: String,
}

/// A configuration key that a program reads, as an environment variable. A key that ends with `*` stands for all that
/// begin alike: a section that is bound whole, or a list with one key an item.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Setting {
    /// `string`, `integer`, `flag`, `path`, `url`, `duration` (`hh:mm:ss`) or `enum`; with `*` also `list` or `section`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The values that an `enum` takes, in the program's spelling.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub allowed: Vec<String>,
    /// What holds when the key is not set; empty where nothing does.
    pub default: String,
    /// What the key does.
    pub effect: String,
    /// How we know it.
    pub basis: Basis,
    /// Where from, in words.
    pub source: String,
}
