//! A directory, written or checked: the same for flat manifests and charts.

use super::{Exit, Outcome, print};
use crate::cli::Writing;
use crate::diagnostics::{Diagnostic, Result};
use crate::output::{Tree, directory, drift};
use std::io::Write;
use std::path::Path;

pub(super) fn run(
    tree: &Tree,
    dir: &Path,
    writing: Writing,
    diagnostics: Vec<Diagnostic>,
    next: String,
    out: &mut dyn Write,
) -> Result<Outcome> {
    if let Some(outcome) = Outcome::strict(writing.strict, &diagnostics) {
        return Ok(outcome);
    }
    let shown = dir.display();
    if writing.check {
        let drift = drift::check(tree, dir)?;
        print(out, &drift.to_string())?;
        let (exit, mut hint) = match drift.changes.len() {
            0 if drift.is_clean() => (Exit::Yes, format!("{shown} is up to date")),
            0 => (Exit::No, format!("{shown} is not up to date")),
            1 => (Exit::No, format!("{shown} is not up to date: 1 file differs")),
            count => (Exit::No, format!("{shown} is not up to date: {count} files differ")),
        };
        if drift.half_written {
            hint.push_str("; it is half written, run the same command without --check to finish it");
        }
        return Ok(Outcome { exit, diagnostics, hints: vec![hint] });
    }
    let written = directory::write(tree, dir, directory::Options { force: writing.force })?;
    Ok(Outcome::yes(diagnostics, vec![format!("{shown}: {written}"), format!("next: {next}")]))
}
