//! Secrets that somebody made against the list. No message holds anything of a value.

use super::given::Content;
use super::shape::faults;
use super::{Generator, GivenSecret, Inventory, Key, Secret, hashes};
use crate::diagnostics::{Diagnostic, Severity, nearest};

/// Everything that is wrong with these Secrets, or missing.
pub fn verify(inventory: &Inventory, given: &[GivenSecret]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for secret in inventory.secrets.iter().filter(|secret| secret.maker.is_none()) {
        let named: Vec<&GivenSecret> = given.iter().filter(|given| given.name == secret.name).collect();
        let (here, elsewhere): (Vec<_>, Vec<_>) = named.into_iter().partition(|given| {
            given.namespace.as_ref().is_none_or(|namespace| *namespace == inventory.namespace)
        });
        match here.as_slice() {
            [] if secret.needed().next().is_none() => {}
            [] => found.push(missing(inventory, secret, elsewhere.first().copied(), given)),
            [first, others @ ..] => {
                compare(secret, first, &mut found);
                for other in others {
                    let message = format!("Secret {} is given twice", secret.name);
                    found.push(
                        Diagnostic::error("duplicate-secret", message)
                            .label(other.place.clone(), "again here")
                            .label(first.place.clone(), "first here")
                            .help("keep one of them: the cluster can hold one"),
                    );
                }
            }
        }
    }
    found
}

fn missing(
    inventory: &Inventory,
    secret: &Secret,
    elsewhere: Option<&GivenSecret>,
    given: &[GivenSecret],
) -> Diagnostic {
    let namespace = &inventory.namespace;
    let keys: Vec<&str> = secret.needed().map(|key| key.name.as_str()).collect();
    let needs = format!("Secret {} with {} is needed", secret.name, keys.join(", "));
    let error = |why: &str| Diagnostic::error("missing-secret", format!("{needs}, {why}"));
    if let Some(elsewhere) = elsewhere {
        return error(&format!("and this one is not in the namespace {namespace}"))
            .at(elsewhere.place.clone())
            .help(format!("put it into {namespace}, or name the right namespace with --namespace"));
    }
    let diagnostic = error("and no file has it");
    let listed = |name: &str| inventory.secrets.iter().any(|secret| secret.name == name);
    let others = given.iter().map(|given| given.name.as_str()).filter(|name| !listed(name));
    match nearest(&secret.name, others).and_then(|near| given.iter().find(|given| given.name == near)) {
        Some(near) => diagnostic.label(near.place.clone(), "is it this one?"),
        None if secret.needed().all(|key| key.generator.as_ref().is_some_and(Generator::makes)) => {
            diagnostic.help("`elsakube secrets --generate` makes one")
        }
        None if secret.needed().all(|key| key.generator == Some(Generator::Given)) => {
            diagnostic.help("its values come from elsewhere: make it with `kubectl create secret generic`")
        }
        None => diagnostic,
    }
}

fn compare(secret: &Secret, given: &GivenSecret, found: &mut Vec<Diagnostic>) {
    let known = |name: &str| secret.keys.iter().any(|key| key.name == name);
    // What has no value may be something else than a key's name.
    let unused: Vec<_> = given
        .values
        .iter()
        .filter(|(name, value)| !known(name) && !matches!(value.content, Content::Null))
        .collect();
    for key in &secret.keys {
        match given.values.get(&key.name) {
            Some(value) => {
                let place = |diagnostic: Diagnostic| diagnostic.at(value.place.clone());
                found.extend(judge(secret, key, &value.content).into_iter().map(place));
            }
            None if key.is_needed() && !key.is_for_people() => {
                let message = format!("Secret {} has no key {}", secret.name, key.name);
                let mut diagnostic = Diagnostic::error("missing-secret-key", message).at(given.place.clone());
                diagnostic.help = key.readers.first().map(|reader| format!("{reader} reads it"));
                let names = unused.iter().map(|(name, _)| name.as_str());
                let near = nearest(&key.name, names).and_then(|near| given.values.get(near));
                found.push(match near {
                    Some(near) => diagnostic.label(near.place.clone(), "is it this one?"),
                    None => diagnostic,
                });
            }
            None => {}
        }
    }
    found.extend(hashes::faults(secret, given));
    if secret.whole.is_empty() && secret.needed().next().is_some() {
        found.extend(unused.into_iter().map(|(name, value)| {
            let message = format!("nothing reads the key {name} of Secret {}", secret.name);
            Diagnostic::warning("unused-secret-key", message).at(value.place.clone())
        }));
    }
}

fn judge(secret: &Secret, key: &Key, content: &Content) -> Vec<Diagnostic> {
    let about = |severity: Severity, code: &str, message: &str, help: &str| {
        let message = format!("{} of Secret {} {message}", key.name, secret.name);
        Diagnostic { severity, ..Diagnostic::error(code, message) }.help(help)
    };
    let error = |message: &str, help: &str| vec![about(Severity::Error, "secret-shape", message, help)];
    match content {
        Content::NotBase64 => {
            error("is not base64", "`data` takes base64, `stringData` takes the text itself")
        }
        Content::NotText(kind) => error(&format!("is {kind} to YAML"), "put it in quotes"),
        Content::Null => vec![about(Severity::Error, "empty-secret", "has no value", "give it one")],
        Content::Bytes(bytes) => faults(key.generator.as_ref(), key.in_text(), bytes)
            .into_iter()
            .map(|fault| about(fault.severity, fault.code, fault.message, fault.help))
            .collect(),
    }
}
