//! Given hashes of passwords against the password and the salt that they are made of.

use super::given::{Content, GivenValue};
use super::{Generator, GivenSecret, Key, Secret, password_hash, shape};
use crate::diagnostics::{Diagnostic, Severity};

/// Hashes that do not fit their password and salt, and those of passwords that everybody knows. What has not
/// even the shape of its kind is not spoken of here.
pub(super) fn faults(secret: &Secret, given: &GivenSecret) -> Vec<Diagnostic> {
    secret.keys.iter().filter_map(|key| fault(secret, given, key)).collect()
}

fn fault(secret: &Secret, given: &GivenSecret, key: &Key) -> Option<Diagnostic> {
    let Some(Generator::PasswordHash { password: password_key, salt: salt_key }) = &key.generator else {
        return None;
    };
    let (name, secret) = (&key.name, &secret.name);
    let (hash_place, hash) = sound(given, name, key.generator.as_ref()?)?;
    let hash = password_hash::hash(hash)?;
    let salt = sound(given, salt_key, &Generator::Salt)
        .and_then(|(place, text)| Some((place, password_hash::salt(text)?)));
    if password_hash::is_known(&hash, salt.as_ref().map(|(_, salt)| &**salt)) {
        let message =
            format!("{name} of Secret {secret} is the hash of a password that everybody tries first");
        return Some(
            Diagnostic::error("weak-secret", message).at(hash_place.place.clone()).help(shape::GENERATE),
        );
    }
    let (salt_place, salt) = salt?;
    let (password_place, password) = sound(given, password_key, &Generator::Password)?;
    if password_hash::of(password, &salt) == hash {
        return None;
    }
    let message = format!("{name} of Secret {secret} is not the hash of {password_key} with {salt_key}");
    let help = format!(
        "nobody could log in with {password_key}: take all three from one run of `elsakube secrets --generate`"
    );
    Some(
        Diagnostic::error("hash-mismatch", message)
            .at(hash_place.place.clone())
            .label(password_place.place.clone(), "the password")
            .label(salt_place.place.clone(), "the salt")
            .help(help),
    )
}

/// A value that has the shape of its kind, however weak it is.
fn sound<'a>(given: &'a GivenSecret, key: &str, generator: &Generator) -> Option<(&'a GivenValue, &'a str)> {
    let value = given.values.get(key)?;
    let Content::Bytes(bytes) = &value.content else { return None };
    let faults = shape::faults(Some(generator), false, bytes);
    let is_off = |fault: &shape::Fault| fault.severity == Severity::Error && fault.code != "weak-secret";
    if faults.iter().any(is_off) {
        return None;
    }
    Some((value, std::str::from_utf8(bytes).ok()?))
}
