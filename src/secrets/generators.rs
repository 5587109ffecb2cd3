//! The generators that `# @schema {secret: …}` can name: what a key of a Secret holds.

use super::{password_hash, random};
use crate::diagnostics::{Diagnostic, Result, nearest};
use crate::engine::filters;
use crate::values::schema::Schema;
use std::collections::BTreeMap;

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
    /// `salt`: 32 random bytes in base64.
    Salt,
    /// `passwordHash PASSWORD SALT`: the hash of a password with a salt, as Elsa 3.5 knows users by it.
    PasswordHash {
        /// The password: in an annotation the value beside it that names the key, in an
        /// [`Inventory`](super::Inventory) the key itself.
        password: String,
        /// The salt, likewise.
        salt: String,
    },
    /// `given`: what somebody else gives out, such as a cloud's access key; it has to be there and cannot be made.
    Given,
}

const NAMES: [&str; 7] =
    ["userName", "password", "signingKey", "erlangCookie", "salt", "passwordHash", "given"];
const LETTERS_AND_DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789abcdefghijklmnopqrstuvwxyz";

impl Generator {
    /// Reads what an annotation says.
    pub fn parse(text: &str) -> Option<Self> {
        let words: Vec<&str> = text.split_whitespace().collect();
        match words[..] {
            ["userName"] => Some(Generator::UserName("admin".to_string())),
            ["userName", name] => Some(Generator::UserName(name.to_string())),
            ["password"] => Some(Generator::Password),
            ["signingKey"] => Some(Generator::SigningKey),
            ["erlangCookie"] => Some(Generator::ErlangCookie),
            ["salt"] => Some(Generator::Salt),
            ["given"] => Some(Generator::Given),
            ["passwordHash", password, salt] => {
                Some(Generator::PasswordHash { password: password.to_string(), salt: salt.to_string() })
            }
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
            Some(near) if near != text => format!("did you mean `{near}`?"),
            _ => format!(
                "there are {}; `userName` can be followed by the name, and `passwordHash` is followed by the values that name the keys of the password and of the salt",
                NAMES.join(", ")
            ),
        };
        let diagnostic =
            Diagnostic::error("unknown-generator", format!("`{text}` is no generator of secrets")).help(help);
        Err(declared(diagnostic, schema).into())
    }

    /// Its name, as annotations spell it.
    pub fn name(&self) -> &'static str {
        match self {
            Generator::UserName(_) => NAMES[0],
            Generator::Password => NAMES[1],
            Generator::SigningKey => NAMES[2],
            Generator::ErlangCookie => NAMES[3],
            Generator::Salt => NAMES[4],
            Generator::PasswordHash { .. } => NAMES[5],
            Generator::Given => NAMES[6],
        }
    }

    /// Whether elsakube can make such a value.
    pub fn makes(&self) -> bool {
        *self != Generator::Given
    }

    /// A new value, made beside these keys of the same Secret; nothing while those are missing that it is made of, and
    /// for what is given.
    ///
    /// # Errors
    /// `no-randomness`.
    pub(super) fn generate(&self, made: &BTreeMap<&str, String>) -> Result<Option<String>> {
        let value = match self {
            Generator::UserName(name) => name.clone(),
            Generator::Password => random::text(LETTERS_AND_DIGITS, 32)?,
            Generator::SigningKey => random::text(&(b'!'..=b'~').collect::<Vec<_>>(), 64)?,
            Generator::ErlangCookie => random::text(&LETTERS_AND_DIGITS[..36], 32)?,
            Generator::Salt => filters::base64(&random::bytes::<32>()?),
            Generator::PasswordHash { password, salt } => {
                let salt = made.get(&**salt).and_then(|salt| password_hash::salt(salt));
                let hash = made.get(&**password).zip(salt);
                return Ok(hash.map(|(password, salt)| password_hash::text(password, &salt)));
            }
            Generator::Given => return Ok(None),
        };
        Ok(Some(value))
    }
}

/// Points at the declaration of a value.
pub(super) fn declared(diagnostic: Diagnostic, schema: &Schema) -> Diagnostic {
    match &schema.span {
        Some(span) => diagnostic.at(span.clone()),
        None => diagnostic,
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
        for text in [
            "",
            "password 16",
            "userName a b",
            "Password",
            "salt 8",
            "given key",
            "passwordHash",
            "passwordHash a",
            "passwordHash a b c",
        ] {
            assert_eq!(Generator::parse(text), None, "{text:?}");
        }
        let (password, salt) = ("a".to_string(), "b".to_string());
        assert_eq!(Generator::parse("passwordHash a b"), Some(Generator::PasswordHash { password, salt }));
        assert_eq!(Generator::parse("userName elsa"), Some(Generator::UserName("elsa".to_string())));
    }

    #[test]
    fn what_is_made_passes_the_check_of_its_kind_even_inside_a_uri() {
        for name in NAMES {
            let Some(generator) = Generator::parse(name).filter(Generator::makes) else { continue };
            for _ in 0..200 {
                let value = generator.generate(&BTreeMap::new()).unwrap().unwrap();
                let in_uri = !matches!(generator, Generator::SigningKey | Generator::Salt);
                let faults = shape::faults(Some(&generator), in_uri, value.as_bytes());
                assert!(faults.is_empty(), "{name}: {}", faults[0].message);
            }
        }
    }

    #[test]
    fn what_is_given_is_not_made() {
        let given = Generator::parse("given").unwrap();
        assert!(!given.makes());
        assert_eq!(given.generate(&BTreeMap::new()).unwrap(), None);
    }

    #[test]
    fn a_hash_fits_what_it_is_made_of() {
        let hash = Generator::parse("passwordHash login grain").unwrap();
        let mut made = BTreeMap::from([("login", "password".to_string())]);
        assert_eq!(hash.generate(&made).unwrap(), None);
        made.insert("grain", super::super::known::ADMIN_SALT.to_string());
        let value = hash.generate(&made).unwrap().unwrap();
        assert_eq!(value, "TfKzh9RLix6FPcCNeHLkGrysFu3bYxqzGqduNdi8v1U=");
        assert!(shape::faults(Some(&hash), false, value.as_bytes()).is_empty());
        let salts = [(); 2].map(|()| Generator::Salt.generate(&made).unwrap());
        assert_ne!(salts[0], salts[1]);
    }
}
