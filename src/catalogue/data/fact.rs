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
    /// What is true.
    pub value: serde_json::Value,
    /// How we know it.
    pub basis: Basis,
    /// Where from, in words.
    pub source: String,
}

/// A sentence about a program that no template and no rule asks for, such as what it cannot do.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Remark {
    /// The sentence, without a final stop.
    pub text: String,
    /// How we know it.
    pub basis: Basis,
    /// Where from, in words.
    pub source: String,
}
