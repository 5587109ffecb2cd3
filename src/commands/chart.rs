//! `elsakube chart`: the Helm chart directory.

use super::{Outcome, inputs, writing};
use crate::chart;
use crate::cli::{Chart, Installation};
use crate::diagnostics::Result;
use crate::values::set::SetArgument;
use std::io::Write;

pub(super) fn run(arguments: &Chart, sets: Vec<SetArgument>, out: &mut dyn Write) -> Result<Outcome> {
    let (loaded, engine) = inputs::load_with_engine(&arguments.inputs, sets)?;
    let installation = Installation { name: chart::NAME.to_string(), namespace: chart::NAME.to_string() };
    let warnings = loaded.judge(engine, &loaded.context(&installation))?;
    let tree = chart::Chart {
        templates: &loaded.templates,
        annotated: &loaded.annotated,
        release: &loaded.release,
        values: loaded.layers.merged(),
        version: arguments.chart_version.as_deref().unwrap_or(env!("CARGO_PKG_VERSION")),
    }
    .files()?;
    let dir = arguments.output.display();
    let next = format!("helm install elsa {dir} --namespace elsa --create-namespace --values FILE");
    writing::run(&tree, &arguments.output, arguments.writing, warnings, next, out)
}
