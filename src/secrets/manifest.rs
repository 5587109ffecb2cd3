//! A manifest of new Secrets with random values.

use super::{Generator, Inventory, Secret};
use crate::diagnostics::Result;
use crate::yaml::writer::go_quote;
use std::collections::BTreeMap;
use std::fmt::Write;

/// One Secret a document, with every key that is needed and that elsakube can make; nothing if there is none. A Secret of
/// which it can make no key is left out, as an empty one would keep the user from creating it: `missing` names the keys.
///
/// # Errors
/// `no-randomness`.
pub fn manifest(inventory: &Inventory) -> Result<Option<String>> {
    let namespace = &inventory.namespace;
    let mut text = format!(
        "# New random values for the Secrets of {name}. Make them once, before the pods start:
#   elsakube secrets … --generate | kubectl create -n {namespace} -f -
# `create`, never `apply`: it refuses to overwrite a Secret that exists. With other values than those that they were
# set up with, databases refuse to be opened and everybody is logged out.
# This text is the only copy outside of the cluster: keep it in a vault or nowhere, never in Git.
",
        name = inventory.name,
    );
    for (secret, keys) in missing(inventory) {
        let _ = writeln!(
            text,
            "# Not in here, as it comes from elsewhere: {} of Secret {secret}.",
            keys.join(", ")
        );
    }
    let mut empty = true;
    for secret in &inventory.secrets {
        let keys: Vec<_> = secret
            .needed()
            .filter_map(|key| Some((&*key.name, key.generator.as_ref().filter(|kind| kind.makes())?)))
            .collect();
        if keys.is_empty() {
            continue;
        }
        if !empty {
            text.push_str("---\n");
        }
        empty = false;
        head(&mut text, inventory, secret);
        let made = values(&keys)?;
        for value in keys.iter().filter_map(|(key, _)| made.get_key_value(*key)) {
            let _ = writeln!(text, "  {}: {}", go_quote(value.0), go_quote(value.1));
        }
    }
    Ok((!empty).then_some(text))
}

/// The Secrets with keys that are needed and that elsakube cannot make, and these keys.
pub fn missing(inventory: &Inventory) -> Vec<(&str, Vec<&str>)> {
    let keys = inventory.secrets.iter().map(|secret| {
        let keys = secret.needed().filter(|key| !key.generator.as_ref().is_some_and(Generator::makes));
        (&*secret.name, keys.map(|key| &*key.name).collect::<Vec<_>>())
    });
    keys.filter(|(_, keys)| !keys.is_empty()).collect()
}

/// By key; hashes come after what they are made of.
fn values<'a>(keys: &[(&'a str, &Generator)]) -> Result<BTreeMap<&'a str, String>> {
    let (hashes, others): (Vec<_>, Vec<_>) =
        keys.iter().partition(|(_, generator)| matches!(generator, Generator::PasswordHash { .. }));
    let mut made = BTreeMap::new();
    for (key, generator) in others.into_iter().chain(hashes) {
        if let Some(value) = generator.generate(&made)? {
            made.insert(key, value);
        }
    }
    Ok(made)
}

fn head(text: &mut String, inventory: &Inventory, secret: &Secret) {
    let (name, namespace) = (go_quote(&secret.name), go_quote(&inventory.namespace));
    let _ =
        write!(text, "apiVersion: v1\nkind: Secret\nmetadata:\n  name: {name}\n  namespace: {namespace}\n");
    text.push_str("  labels:\n");
    for (key, value) in &inventory.labels {
        let _ = writeln!(text, "    {}: {}", go_quote(key), go_quote(value));
    }
    text.push_str("type: Opaque\nstringData:\n");
}
