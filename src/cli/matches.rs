//! Between clap and [`super::Cli`]: the order of `--set` forms, which clap's derive forgets, and what completions offer.

use super::{Cli, candidate};
use crate::values::set::{Form, SetArgument};
use crate::{assets, values};
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

/// Takes any text, so that a message of ours can say what is wrong with it, and offers profiles to completions.
#[derive(Clone, Debug)]
pub(super) struct ProfileNames;

impl TypedValueParser for ProfileNames {
    type Value = String;

    fn parse_ref(
        &self,
        command: &clap::Command,
        argument: Option<&clap::Arg>,
        value: &OsStr,
    ) -> Result<String, clap::Error> {
        StringValueParser::new().parse_ref(command, argument, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let profiles = values::profile::ProfileSet::embedded().all().ok()?;
        let names: Vec<_> = profiles
            .iter()
            .map(|profile| candidate(profile.name.clone(), profile.description.clone()))
            .collect();
        Some(Box::new(names.into_iter()))
    }
}

/// Takes any text and offers the paths of values to completions.
#[derive(Clone, Debug)]
pub(super) struct ValuePaths {
    /// What follows the path: `=` in `--set`.
    pub(super) suffix: &'static str,
}

impl TypedValueParser for ValuePaths {
    type Value = String;

    fn parse_ref(
        &self,
        command: &clap::Command,
        argument: Option<&clap::Arg>,
        value: &OsStr,
    ) -> Result<String, clap::Error> {
        let text = StringValueParser::new().parse_ref(command, argument, value)?;
        if self.suffix == "=" && text.is_empty() {
            return Err(command.clone().error(ErrorKind::InvalidValue, "expected PATH=VALUE"));
        }
        Ok(text)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let annotated = values::annotated::read(&assets::Templates::embedded().values).ok()?;
        let leaves = annotated.schema.leaves();
        let paths: Vec<_> = leaves
            .into_iter()
            .map(|(path, schema)| {
                let sentence = schema.description.split(". ").next().unwrap_or_default().to_string();
                candidate(format!("{path}{}", self.suffix), sentence)
            })
            .collect();
        Some(Box::new(paths.into_iter()))
    }
}
