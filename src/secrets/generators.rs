//! The generators that `# @schema {secret: …}` can name: what a key of a Secret holds.

use super::random;
use crate::diagnostics::{Diagnostic, Result, nearest};
use crate::values::schema::Schema;

/// What a key holds, and so how a value for it is made and checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Generator {
    /// `userName`: a name that needs no secrecy; `admin`, or the word after `userName`.
    UserName(String),
    /// `password`: 32 letters and digits, which no URI or connection string has to quote.
    Password,
    /// `signingKey`: 64 printable ASCII characters, none of them a blank.
    SigningKey,
    /// `erlangCookie`: 32 upper-case letters and digits, as Erlang itself makes them.
    ErlangCookie,
}

const NAMES: [&str; 4] = ["userName", "password", "signingKey", "erlangCookie"];
const LETTERS_AND_DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789abcdefghijklmnopqrstuvwxyz";

impl Generator {
    /// Reads what an annotation says.
    pub fn parse(text: &str) -> Option<Self> {
        let mut words = text.split_whitespace();
        let (name, argument) = (words.next()?, words.next());
        if words.next().is_some() {
            return None;
        }
        match (name, argument) {
            ("userName", name) => Some(Generator::UserName(name.unwrap_or("admin").to_string())),
            ("password", None) => Some(Generator::Password),
            ("signingKey", None) => Some(Generator::SigningKey),
            ("erlangCookie", None) => Some(Generator::ErlangCookie),
            _ => None,
        }
    }

    /// The generator of a value that names a key; nothing if it has none.
    ///
    /// # Errors
    /// `unknown-generator`, pointing at the declaration.
    pub(super) fn of(schema: &Schema) -> Result<Option<Self>> {
        let Some(text) = &schema.secret else { return Ok(None) };
        if let Some(generator) = Generator::parse(text) {
            return Ok(Some(generator));
        }
        let help = match nearest(text, NAMES) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("there are {}; `userName` can be followed by the name", NAMES.join(", ")),
        };
        let diagnostic =
            Diagnostic::error("unknown-generator", format!("`{text}` is no generator of secrets")).help(help);
        Err(match &schema.span {
            Some(span) => diagnostic.at(span.clone()),
            None => diagnostic,
        }
        .into())
    }

    /// Its name, as annotations spell it.
    pub fn name(&self) -> &'static str {
        match self {
            Generator::UserName(_) => NAMES[0],
            Generator::Password => NAMES[1],
            Generator::SigningKey => NAMES[2],
            Generator::ErlangCookie => NAMES[3],
        }
    }

    /// A new value.
    ///
    /// # Errors
    /// `no-randomness`.
    pub(super) fn generate(&self) -> Result<String> {
        match self {
            Generator::UserName(name) => Ok(name.clone()),
            Generator::Password => random::text(LETTERS_AND_DIGITS, 32),
            Generator::SigningKey => random::text(&(b'!'..=b'~').collect::<Vec<_>>(), 64),
            Generator::ErlangCookie => random::text(&LETTERS_AND_DIGITS[..36], 32),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::shape;
    use super::*;
    use crate::assets::Templates;
    use crate::values::annotated;

    #[test]
    fn every_annotation_names_a_generator() {
        let annotated = annotated::read(&Templates::embedded().values).unwrap();
        let leaves = annotated.schema.leaves();
        let secret: Vec<_> = leaves.iter().filter(|(_, schema)| schema.secret.is_some()).collect();
        assert!(!secret.is_empty());
        for (path, schema) in secret {
            assert!(Generator::of(schema).is_ok(), "{path}: {:?}", schema.secret);
            let path = path.to_string();
            assert!(
                path.starts_with("secrets.") && path.contains(".keys."),
                "{path} names no key of a Secret"
            );
        }
    }

    #[test]
    fn a_misspelt_one_is_refused() {
        let schema = Schema {
            secret: Some("pasword".to_string()),
            ..Schema::new(crate::values::schema::Type::STRING)
        };
        let error = Generator::of(&schema).unwrap_err();
        assert_eq!(error.0[0].code, "unknown-generator");
        assert_eq!(error.0[0].help.as_deref(), Some("did you mean `password`?"));
        for text in ["", "password 16", "userName a b", "Password"] {
            assert_eq!(Generator::parse(text), None, "{text:?}");
        }
        assert_eq!(Generator::parse("userName elsa"), Some(Generator::UserName("elsa".to_string())));
    }

    #[test]
    fn what_is_made_passes_the_check_of_its_kind_even_inside_a_uri() {
        for name in NAMES {
            let generator = Generator::parse(name).unwrap();
            for _ in 0..200 {
                let value = generator.generate().unwrap();
                let in_uri = generator != Generator::SigningKey;
                let faults = shape::faults(Some(&generator), in_uri, value.as_bytes());
                assert!(faults.is_empty(), "{name}: {}", faults[0].message);
            }
        }
    }
}
