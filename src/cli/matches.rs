//! Between clap and [`super::Cli`]: the order of `--set` forms, which clap's derive forgets, and what completions offer.

use super::{Cli, candidate};
use crate::assets::Templates;
use crate::values::annotated;
use crate::values::path::Path;
use crate::values::profile::ProfileSet;
use crate::values::schema::Schema;
use crate::values::set::{Form, SetArgument};
use clap::builder::{PossibleValue, StringValueParser, TypedValueParser};
use clap::error::ErrorKind;
use clap::{ArgMatches, CommandFactory, FromArgMatches};
use std::ffi::{OsStr, OsString};

/// The command line and its `--set` arguments of all forms, in the order in which they were typed.
///
/// # Errors
/// clap's own, which knows how to print itself.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<(Cli, Vec<SetArgument>), clap::Error> {
    let mut command = Cli::command();
    let mut matches = command.try_get_matches_from_mut(arguments)?;
    let sets = matches.subcommand().map(|(_, matches)| sets(matches)).unwrap_or_default();
    let cli = Cli::from_arg_matches_mut(&mut matches).map_err(|error| error.format(&mut command))?;
    Ok((cli, sets))
}

fn sets(matches: &ArgMatches) -> Vec<SetArgument> {
    let forms = [
        ("set", Form::Set),
        ("set_string", Form::String),
        ("set_file", Form::File),
        ("set_json", Form::Json),
    ];
    let mut sets = Vec::new();
    for (id, form) in forms {
        let Ok(Some(texts)) = matches.try_get_many::<String>(id) else { continue };
        let indices = matches.indices_of(id).into_iter().flatten();
        sets.extend(indices.zip(texts).map(|(index, text)| (index, SetArgument::new(form, text))));
    }
    sets.sort_by_key(|(index, _)| *index);
    sets.into_iter().map(|(_, set)| set).collect()
}

/// Takes any text, so that a message of ours can say what is wrong with it, and offers these to completions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Offer {
    /// Names of profiles.
    Profiles,
    /// Paths of values.
    Paths,
    /// Paths of values with a `=`.
    Assignments,
}

impl TypedValueParser for Offer {
    type Value = String;

    fn parse_ref(
        &self,
        command: &clap::Command,
        argument: Option<&clap::Arg>,
        value: &OsStr,
    ) -> Result<String, clap::Error> {
        let text = StringValueParser::new().parse_ref(command, argument, value)?;
        if *self == Offer::Assignments && text.is_empty() {
            return Err(command.clone().error(ErrorKind::InvalidValue, "expected PATH=VALUE"));
        }
        Ok(text)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let offered = match self {
            Offer::Profiles => profiles(),
            Offer::Paths => paths(""),
            Offer::Assignments => paths("="),
        };
        Some(Box::new(offered?.into_iter()))
    }
}

fn profiles() -> Option<Vec<PossibleValue>> {
    let profiles = ProfileSet::embedded().all().ok()?;
    Some(
        profiles.iter().map(|profile| candidate(profile.name.clone(), profile.description.clone())).collect(),
    )
}

/// Every value, by its path and the first sentence about it.
fn paths(suffix: &str) -> Option<Vec<PossibleValue>> {
    let annotated = annotated::read(&Templates::embedded().values).ok()?;
    let path = |(path, schema): (Path, &Schema)| {
        let sentence = schema.description.split(". ").next().unwrap_or_default().to_string();
        candidate(format!("{path}{suffix}"), sentence)
    };
    Some(annotated.schema.leaves().into_iter().map(path).collect())
}
