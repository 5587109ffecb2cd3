//! `elsakube completions`: profile names and value paths included.

use super::{Outcome, print};
use crate::cli::Cli;
use crate::diagnostics::Result;
use clap::CommandFactory;
use clap_complete::Shell;
use std::io::Write;

pub(super) fn run(shell: Shell, out: &mut dyn Write) -> Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "elsakube", &mut script);
    print(out, &String::from_utf8_lossy(&script))?;
    Ok(Outcome::yes(Vec::new(), Vec::new()))
}
