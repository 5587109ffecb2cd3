//! `elsakube elsa`: the catalogue, for people and programs.

mod show;

use super::{Outcome, print};
use crate::catalogue;
use crate::cli::{ElsaCommand, ElsaFormat};
use crate::diagnostics::Result;
use std::fmt::Write as _;
use std::io::Write;

pub(super) fn run(command: &ElsaCommand, out: &mut dyn Write) -> Result<Outcome> {
    let text = match command {
        ElsaCommand::List => list()?,
        ElsaCommand::Show { release, format } => {
            let release = catalogue::release(release)?;
            match format {
                ElsaFormat::Json => serde_json::to_string_pretty(&release).unwrap_or_default() + "\n",
                ElsaFormat::Text => show::text(&release),
            }
        }
    };
    print(out, &text)?;
    Ok(Outcome::yes(Vec::new(), Vec::new()))
}

fn list() -> Result<String> {
    let mut text = String::new();
    for release in catalogue::releases() {
        let chosen = if release.release == catalogue::DEFAULT_RELEASE { "default" } else { "" };
        let _ =
            writeln!(text, "{:<6} {:<8} {chosen:<8} {}", release.release, release.app_version, release.note);
    }
    Ok(text)
}
