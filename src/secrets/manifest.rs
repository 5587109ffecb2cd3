//! A manifest of new Secrets with random values.

use super::{Inventory, Secret};
use crate::diagnostics::Result;
use crate::yaml::writer::go_quote;
use std::fmt::Write;

/// One Secret a document, with every key that is needed and that elsakube can make; nothing if there is none.
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
    let mut empty = true;
    for secret in &inventory.secrets {
        let keys: Vec<_> = secret
            .needed()
            .filter_map(|key| key.generator.as_ref().map(|generator| (&key.name, generator)))
            .collect();
        if keys.is_empty() {
            continue;
        }
        if !empty {
            text.push_str("---\n");
        }
        empty = false;
        head(&mut text, inventory, secret);
        for (key, generator) in keys {
            let _ = writeln!(text, "  {}: {}", go_quote(key), go_quote(&generator.generate()?));
        }
    }
    Ok((!empty).then_some(text))
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
