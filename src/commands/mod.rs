//! The verbs, one file each: from what was typed to what is printed or written.

mod chart;
mod check;
mod completions;
mod elsa;
mod explain;
mod host;
mod inputs;
mod man;
mod manifests;
mod profile;
mod render;
mod rendered;
mod schema;
mod secrets;
mod values;
mod writing;

use crate::cli::{Cli, Command};
use crate::diagnostics::{Diagnostic, Result, Severity};
use crate::values::set::SetArgument;
use crate::yaml::{Node, writer};
use std::io::{self, Write};

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// It did what was asked, and the answer is yes: exit code 0.
    Yes,
    /// It could answer, and the answer is no: drift, or warnings under `--strict`. Exit code 1.
    No,
}

/// What a command has to say on stderr when it has done its work.
#[derive(Debug)]
pub struct Outcome {
    /// Yes or no.
    pub exit: Exit,
    /// Warnings.
    pub diagnostics: Vec<Diagnostic>,
    /// What was done and what to type next, a line each.
    pub hints: Vec<String>,
}

impl Outcome {
    fn yes(diagnostics: Vec<Diagnostic>, hints: Vec<String>) -> Self {
        Outcome { exit: Exit::Yes, diagnostics, hints }
    }

    /// The end of a command that takes warnings for a no, if there are any.
    fn strict(strict: bool, diagnostics: &[Diagnostic]) -> Option<Self> {
        (strict && diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Warning)).then(|| {
            Outcome {
                exit: Exit::No,
                diagnostics: diagnostics.to_vec(),
                hints: vec!["nothing was written: --strict takes warnings for a no".to_string()],
            }
        })
    }
}

/// Runs a command; `out` is the product's stream.
///
/// # Errors
/// Everything that is wrong with what was typed, in one go; nothing was written then.
pub fn run(cli: &Cli, sets: Vec<SetArgument>, out: &mut dyn Write) -> Result<Outcome> {
    match &cli.command {
        Command::Render(arguments) => render::run(arguments, sets, out),
        Command::Chart(arguments) => chart::run(arguments, sets, out),
        Command::Check(arguments) => check::run(arguments, cli.color, sets, out),
        Command::Values(arguments) => values::run(arguments, sets, out),
        Command::Explain(arguments) => explain::run(arguments, sets, out),
        Command::Host(arguments) => host::run(arguments, out),
        Command::Profile(command) => profile::run(command, out),
        Command::Elsa(command) => elsa::run(command, out),
        Command::Secrets(arguments) => secrets::run(arguments, sets, out),
        Command::Schema(arguments) => schema::run(arguments, out),
        Command::Completions { shell } => completions::run(*shell, out),
        Command::Man { command } => man::run(command.as_deref(), out),
    }
}

/// Writes to the product's stream. A reader that has gone away is no mistake.
fn print(out: &mut dyn Write, text: &str) -> Result<()> {
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Diagnostic::error("cannot-write", format!("cannot write to stdout: {error}")).into())
        }
        _ => Ok(()),
    }
}

/// A value on one line.
fn short(node: &Node) -> String {
    writer::to_json(&serde_json::to_value(node).unwrap_or_default())
}
