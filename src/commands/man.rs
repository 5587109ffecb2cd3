//! `elsakube man`: manual pages from the definitions behind `--help`.

use super::{Outcome, print};
use crate::cli::Cli;
use crate::diagnostics::{Diagnostic, Result, nearest};
use clap::CommandFactory;
use std::io::Write;

pub(super) fn run(command: Option<&str>, out: &mut dyn Write) -> Result<Outcome> {
    let mut page = Cli::command();
    page.build();
    if let Some(name) = command {
        let Some(found) = page.find_subcommand(name) else {
            let names: Vec<String> = page.get_subcommands().map(|verb| verb.get_name().to_string()).collect();
            let help = match nearest(name, names.iter().map(String::as_str)) {
                Some(near) => format!("did you mean {near}?"),
                None => format!("there are {}", names.join(", ")),
            };
            return Err(Diagnostic::error("unknown-command", format!("there is no command `{name}`"))
                .help(help)
                .into());
        };
        let title = format!("elsakube-{name}");
        page = found.clone().name(title.clone()).display_name(title);
    }
    let mut text = Vec::new();
    clap_mangen::Man::new(page)
        .render(&mut text)
        .map_err(|error| Diagnostic::error("cannot-write", format!("cannot make the page: {error}")))?;
    print(out, &String::from_utf8_lossy(&text))?;
    Ok(Outcome::yes(Vec::new(), Vec::new()))
}
