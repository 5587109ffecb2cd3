//! `elsakube host`: the project of the one server that can have several replicas.

use super::{Outcome, writing};
use crate::catalogue::{self, Program};
use crate::cli::{Host, OnOff, Writing};
use crate::diagnostics::{Diagnostic, Diagnostics, Result};
use crate::host::{self, Options};
use serde_json::Value;
use std::io::Write;

pub(super) fn run(arguments: &Host, out: &mut dyn Write) -> Result<Outcome> {
    let release = catalogue::release(&arguments.elsa)?;
    let (program, names) = match (
        available(&release.release, release.programs.get("host")),
        host::names(&arguments.name, arguments.root_namespace.as_deref()),
    ) {
        (Ok(program), Ok(names)) => (program, names),
        (program, names) => {
            let mut found = program.err().map_or_else(Vec::new, |Diagnostics(found)| found);
            found.extend(names.err().into_iter().flat_map(|Diagnostics(found)| found));
            return Err(Diagnostics(found));
        }
    };
    let image = image(program);
    let tree = host::files(Options {
        names: &names,
        csharp_expressions: matches!(arguments.csharp_expressions, OnOff::On),
        image: &image,
        version: &release.app_version,
    })?;
    let writing = Writing { check: arguments.check, force: arguments.force, strict: false };
    let next = format!("docker build -t {image} {}", arguments.output.display());
    writing::run(&tree, &arguments.output, writing, Vec::new(), next, out)
        .map_err(|Diagnostics(found)| Diagnostics(found.into_iter().map(edited).collect()))
}

/// The program, unless there is none for that release.
fn available<'a>(release: &str, program: Option<&'a Program>) -> Result<&'a Program> {
    let fact = program.and_then(|program| program.facts.get("available"));
    match (program, fact) {
        (Some(program), Some(fact)) if fact.value == Value::Bool(true) => Ok(program),
        (_, fact) => {
            let why = fact.map_or_else(String::new, |fact| format!(": {}", fact.source));
            let message = format!("there is no host for Elsa {release}{why}");
            let help = format!("leave out --elsa: the host is one of Elsa {}", catalogue::DEFAULT_RELEASE);
            Err(Diagnostic::error("host-not-available", message).help(help).into())
        }
    }
}

/// The reference that the installation asks for, unless its values name another.
fn image(program: &Program) -> String {
    let image = program.facts.get("image").map(|fact| fact.value.clone()).unwrap_or_default();
    let part = |name: &str| image[name].as_str().unwrap_or_default().to_string();
    format!("{}/{}:{}", part("registry"), part("repository"), part("tag"))
}

/// Manifests are edited in the values; the host's code has no other place than its files.
fn edited(diagnostic: Diagnostic) -> Diagnostic {
    if diagnostic.code != "edited-file" {
        return diagnostic;
    }
    diagnostic.help(
        "compare with --check, or write to another directory and merge, or discard the edits with --force; without its \
         file .elsakube the directory is yours alone; nothing was written",
    )
}
