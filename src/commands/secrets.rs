//! `elsakube secrets`: what is needed, values for it, and whether given ones will do.

use super::{Exit, Outcome, inputs, print};
use crate::cli::{Secrets, SecretsFormat};
use crate::diagnostics::{Diagnostic, Diagnostics, Result, Severity};
use crate::secrets::{self, GivenSecret, Inventory};
use crate::values::input::Files;
use crate::values::set::SetArgument;
use std::io::Write;

pub(super) fn run(arguments: &Secrets, sets: Vec<SetArgument>, out: &mut dyn Write) -> Result<Outcome> {
    inputs::check_names(&arguments.installation)?;
    let is_stdin = |name: &String| name == "-";
    if arguments.inputs.files.iter().any(is_stdin) && arguments.verify.iter().any(is_stdin) {
        let message = "both -f and --verify would read the standard input";
        return Err(Diagnostic::error("file-unreadable", message).help("`-` can be given once").into());
    }
    let (loaded, engine) = inputs::load_with_engine(&arguments.inputs, sets)?;
    let context = loaded.context(&arguments.installation);
    // Warnings about values are for those who render them.
    loaded.judge(engine, &context)?;
    let inventory = Inventory::new(engine, &context, &loaded.annotated.schema)?;
    if arguments.generate || !arguments.verify.is_empty() {
        some_needed(&inventory, &loaded)?;
    }
    if !arguments.verify.is_empty() {
        return verify(arguments, &inventory, loaded.warnings.clone());
    }
    if arguments.generate {
        let Some(text) = secrets::manifest(&inventory)? else {
            let message = "no needed Secret is one that elsakube could make";
            return Err(Diagnostic::error("nothing-to-generate", message)
                .help("`elsakube secrets` lists them; those without a generator are yours")
                .into());
        };
        print(out, &text)?;
        return Ok(Outcome::yes(loaded.warnings.clone(), left_out(&inventory)));
    }
    let text = match arguments.format {
        SecretsFormat::Text => secrets::text(&inventory),
        SecretsFormat::Json => secrets::json(&inventory),
    };
    print(out, &text)?;
    Ok(Outcome::yes(loaded.warnings.clone(), Vec::new()))
}

/// Refuses where there is nothing for anybody to make.
fn some_needed(inventory: &Inventory, loaded: &inputs::Loaded) -> Result<()> {
    if inventory.secrets.iter().any(|secret| secret.needed().next().is_some()) {
        return Ok(());
    }
    let in_output =
        |secret: &&secrets::Secret| secret.maker.as_ref().is_some_and(|maker| maker.operator.is_none());
    let Some(secret) = inventory.secrets.iter().find(in_output) else {
        let message = "nothing that is rendered reads a Secret of the kinds that this is about";
        return Err(Diagnostic::error("nothing-to-generate", message).into());
    };
    let message = format!("nothing is left to be made: Secret {} is part of the output", secret.name);
    let diagnostic = Diagnostic::error("nothing-to-generate", message)
        .help("for credentials of your own set secrets.source to existing");
    Err(match loaded.layers.locate("secrets.source") {
        Some(span) => diagnostic.label(span, "says who makes the Secrets"),
        None => diagnostic,
    }
    .into())
}

/// What the manifest does not have although pods wait for it.
fn left_out(inventory: &Inventory) -> Vec<String> {
    let mut hints = Vec::new();
    for (secret, keys) in secrets::missing(inventory) {
        hints.extend(keys.iter().map(|key| format!("not generated: {key} of Secret {secret}")));
    }
    for secret in inventory.secrets.iter().filter(|secret| secret.maker.is_none()) {
        if secret.is_for_pulling() {
            hints.push(format!("not generated: Secret {}, for pulling images", secret.name));
        }
    }
    hints
}

fn verify(arguments: &Secrets, inventory: &Inventory, mut diagnostics: Vec<Diagnostic>) -> Result<Outcome> {
    let given = given(&arguments.verify)?;
    let found = secrets::verify(inventory, &given);
    let is_error = |diagnostic: &Diagnostic| diagnostic.severity == Severity::Error;
    let errors = found.iter().filter(|diagnostic| is_error(diagnostic)).count();
    let asked = inventory.secrets.iter().filter_map(|secret| {
        let keys = secret.needed().count();
        (keys > 0).then(|| format!("{} ({keys} keys)", secret.name))
    });
    let asked = asked.collect::<Vec<_>>().join(", ");
    let (exit, hint) = match errors {
        0 => (Exit::Yes, format!("as they must be: {asked}")),
        1 => (Exit::No, "1 error in what was checked".to_string()),
        errors => (Exit::No, format!("{errors} errors in what was checked")),
    };
    diagnostics.extend(found);
    Ok(Outcome { exit, diagnostics, hints: vec![hint] })
}

/// The Secrets of all files, or all that keeps them from being read.
fn given(names: &[String]) -> Result<Vec<GivenSecret>> {
    let (mut files, mut given, mut wrong) = (Files::default(), Vec::new(), Vec::new());
    for name in names {
        match secrets::open(&mut files, name).and_then(|source| secrets::read(&source)) {
            Ok(secrets) => given.extend(secrets),
            Err(Diagnostics(found)) => wrong.extend(found),
        }
    }
    if wrong.is_empty() { Ok(given) } else { Err(Diagnostics(wrong)) }
}
