//! `elsakube profile`: deltas, not dumps.

use super::{Outcome, print, short};
use crate::assets::Templates;
use crate::cli::ProfileCommand;
use crate::diagnostics::Result;
use crate::values::annotated;
use crate::values::layers::{Inputs, Layers};
use crate::values::profile::{Profile, ProfileSet};
use crate::values::stack;
use std::fmt::Write as _;
use std::io::Write;

pub(super) fn run(command: &ProfileCommand, out: &mut dyn Write) -> Result<Outcome> {
    let text = match command {
        ProfileCommand::List => list()?,
        ProfileCommand::Show { profile } => lines(&load(&[])?, &load(profile)?),
        ProfileCommand::Diff { left, right } => lines(&load(&split(left))?, &load(&split(right))?),
    };
    print(out, &text)?;
    Ok(Outcome::yes(Vec::new(), Vec::new()))
}

fn list() -> Result<String> {
    let profiles = ProfileSet::embedded().all()?;
    let stands = |profile: &Profile| {
        let needs: Vec<&str> = profile.needs.iter().flatten().map(|need| need.name.as_str()).collect();
        if profile.is_add_on() { format!("on {}", needs.join(",")) } else { "base".to_string() }
    };
    let rows: Vec<_> =
        profiles.iter().map(|profile| (&profile.name, stands(profile), &profile.description)).collect();
    let first = rows.iter().map(|(name, ..)| name.len()).max().unwrap_or(0);
    let second = rows.iter().map(|(_, stands, _)| stands.len()).max().unwrap_or(0);
    let mut text = String::new();
    for (name, stands, description) in &rows {
        let _ = writeln!(text, "{name:<first$}  {stands:<second$}  {description}");
    }
    Ok(text)
}

/// The names of a stack; `defaults` is the empty one.
fn split(stack: &str) -> Vec<String> {
    stack.split(',').filter(|name| *name != "defaults").map(str::to_string).collect()
}

fn load(stack: &[String]) -> Result<Layers> {
    let annotated = annotated::read(&Templates::embedded().values)?;
    let inputs = Inputs { profiles: stack.to_vec(), ..Inputs::default() };
    Ok(Layers::load(&annotated, &inputs)?.0)
}

/// One line for each value that differs, with where the right side sets it: `path: old -> new`, `path: + new` or
/// `path: - old`.
fn lines(left: &Layers, right: &Layers) -> String {
    let mut text = String::new();
    for difference in stack::diff(left.merged(), right.merged()) {
        let path = &difference.path;
        let _ = match (difference.left, difference.right) {
            (Some(old), Some(new)) => {
                writeln!(text, "{path}: {} -> {}\t{}", short(old), short(new), new.span)
            }
            (None, Some(new)) => writeln!(text, "{path}: + {}\t{}", short(new), new.span),
            (Some(old), None) => writeln!(text, "{path}: - {}", short(old)),
            (None, None) => Ok(()),
        };
    }
    text
}
