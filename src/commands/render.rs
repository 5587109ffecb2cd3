//! `elsakube render`: flat manifests, as a stream or a directory.

use super::rendered::Rendered;
use super::{Outcome, inputs, writing};
use crate::cli::Render;
use crate::diagnostics::{Diagnostic, Diagnostics, Result, Severity, nearest};
use crate::engine::Document;
use crate::output::layout::{self, File};
use crate::output::stream;
use crate::values::set::SetArgument;
use std::io::Write;

pub(super) fn run(arguments: &Render, sets: Vec<SetArgument>, out: &mut dyn Write) -> Result<Outcome> {
    inputs::check_names(&arguments.installation)?;
    let (loaded, engine) = inputs::load_with_engine(&arguments.inputs, sets)?;
    let context = loaded.context(&arguments.installation);
    let mut warnings = loaded.judge(engine, &context)?;
    let documents = engine.render(&context)?;
    let found = Rendered::new(&documents).verdict(&loaded, engine, &context)?;
    warnings.extend(found);
    if warnings.iter().any(|found| found.severity == Severity::Error) {
        return Err(Diagnostics(warnings));
    }
    let files: Vec<File> = documents.iter().map(file).collect();
    if let Some(dir) = &arguments.output {
        let next = format!("kubectl apply -k {}", dir.display());
        return writing::run(&layout::flat(&files)?, dir, arguments.writing, warnings, next, out);
    }
    if arguments.writing.check {
        return Err(Diagnostic::error(
            "no-directory",
            "--check compares with a directory, and none is named",
        )
        .help("add -o DIR")
        .into());
    }
    if let Some(outcome) = Outcome::strict(arguments.writing.strict, &warnings) {
        return Ok(outcome);
    }
    stream::write(&only(&files, &arguments.only)?, out)?;
    Ok(Outcome::yes(warnings, Vec::new()))
}

fn file(document: &Document) -> File<'_> {
    File {
        template: &document.template,
        kind: &document.id.kind,
        name: &document.id.name,
        text: &document.text,
    }
}

/// The objects that `--only` names, by the path that they would have in a directory; all of them if it names none.
fn only<'a>(files: &[File<'a>], wanted: &[String]) -> Result<Vec<File<'a>>> {
    if wanted.is_empty() {
        return Ok(files.to_vec());
    }
    let paths = layout::paths(files);
    let names: Vec<&str> = paths.iter().map(|path| path.trim_end_matches(".yaml")).collect();
    let mut unknown = Vec::new();
    for name in wanted.iter().map(|name| name.trim_end_matches(".yaml")) {
        if !names.contains(&name) {
            let help = match nearest(name, names.iter().copied()) {
                Some(near) => format!("did you mean {near}?"),
                None => format!("there are {}", names.join(", ")),
            };
            unknown.push(
                Diagnostic::error("unknown-object", format!("no object {name} is rendered")).help(help),
            );
        }
    }
    if !unknown.is_empty() {
        return Err(Diagnostics(unknown));
    }
    let asked = |name: &str| wanted.iter().any(|wanted| wanted.trim_end_matches(".yaml") == name);
    Ok(files.iter().zip(names).filter(|(_, name)| asked(name)).map(|(file, _)| *file).collect())
}
