//! `elsakube schema`: the JSON schema that the chart ships, for editors.

use super::{Outcome, print};
use crate::assets::Templates;
use crate::cli::SchemaArguments;
use crate::diagnostics::Result;
use crate::values::{annotated, json_schema};
use std::io::Write;

pub(super) fn run(arguments: &SchemaArguments, out: &mut dyn Write) -> Result<Outcome> {
    let templates = match &arguments.templates {
        Some(dir) => Templates::with_overlay(dir)?,
        None => Templates::embedded(),
    };
    let schema = json_schema::of(&annotated::read(&templates.values)?.schema);
    print(out, &(serde_json::to_string_pretty(&schema).unwrap_or_default() + "\n"))?;
    Ok(Outcome::yes(Vec::new(), Vec::new()))
}
