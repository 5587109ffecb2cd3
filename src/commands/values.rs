//! `elsakube values`: what the layers give together, and where each value comes from.

use super::{Outcome, inputs, print, short};
use crate::chart::values_file;
use crate::cli::{ValuesArguments, ValuesFormat};
use crate::diagnostics::Result;
use crate::values::set::SetArgument;
use std::io::Write;

pub(super) fn run(
    arguments: &ValuesArguments,
    sets: Vec<SetArgument>,
    out: &mut dyn Write,
) -> Result<Outcome> {
    let loaded = inputs::load(&arguments.inputs, sets)?;
    let merged = loaded.layers.merged();
    let text = if arguments.origins {
        let mut text = String::new();
        for (path, node, _) in loaded.layers.origins() {
            text.push_str(&format!("{path} = {}\t{}\n", short(node), node.span));
        }
        text
    } else {
        match arguments.format {
            ValuesFormat::Yaml => values_file::text(&loaded.annotated.schema, merged),
            ValuesFormat::Json => {
                let value = serde_json::to_value(merged).unwrap_or_default();
                serde_json::to_string_pretty(&value).unwrap_or_default() + "\n"
            }
        }
    };
    print(out, &text)?;
    Ok(Outcome::yes(loaded.warnings, Vec::new()))
}
