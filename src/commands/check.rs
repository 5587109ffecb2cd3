//! `elsakube check`: mistakes in manifests, and in what values render.

use super::rendered::Rendered;
use super::{Exit, Outcome, inputs, manifests, print};
use crate::assets::Templates;
use crate::cli::{Check, Color, FindingsFormat};
use crate::diagnostics::{Diagnostic, Result, Severity, github, json, sarif, text};
use crate::rules::objects::{self, Programs, Subject};
use crate::rules::value_rules;
use crate::values::set::SetArgument;
use std::fmt::Write as _;
use std::io::{self, IsTerminal, Write};

/// What was looked at, and what is wrong with it.
#[derive(Default)]
struct Looked {
    objects: usize,
    containers: usize,
    found: Vec<Diagnostic>,
    hints: Vec<String>,
}

pub(super) fn run(
    arguments: &Check,
    color: Color,
    sets: Vec<SetArgument>,
    out: &mut dyn Write,
) -> Result<Outcome> {
    let values = names_values(arguments, &sets);
    if arguments.paths.is_empty() && !values {
        return Err(Diagnostic::error("nothing-to-check", "neither manifests nor values are named")
            .help("name files or directories, `-` for stdin, or a stack with --profile")
            .into());
    }
    let is_stdin = |name: &String| name == "-";
    if arguments.inputs.files.iter().any(is_stdin) && arguments.paths.iter().any(is_stdin) {
        let message = "both -f and the manifests would read the standard input";
        return Err(Diagnostic::error("file-unreadable", message).help("`-` can be given once").into());
    }
    let mut looked = Looked::default();
    if !arguments.paths.is_empty() {
        looked.at_manifests(arguments)?;
    }
    if values {
        looked.at_values(arguments, sets)?;
    }
    let color = color.on(io::stdout().is_terminal());
    print(out, &printed(arguments.format, &looked.found, color))?;
    Ok(looked.outcome(arguments.strict))
}

fn names_values(arguments: &Check, sets: &[SetArgument]) -> bool {
    let inputs = &arguments.inputs;
    !inputs.profile.is_empty() || !inputs.files.is_empty() || !sets.is_empty() || inputs.templates.is_some()
}

impl Looked {
    fn at_manifests(&mut self, arguments: &Check) -> Result<()> {
        let programs = Programs::parse(&arguments.program)?;
        let read = manifests::read(&arguments.paths)?;
        let subject = Subject::new(&read.manifests, &programs);
        self.objects += read.manifests.len();
        self.containers += subject.containers();
        self.found.extend(subject.findings());
        self.hints
            .extend(read.skipped.iter().map(|file| format!("skipped {file}: no Kubernetes object in it")));
        if subject.is_idle() {
            let message = "no container in these manifests is known to run Elsa, so little was checked";
            let help = "an image of Elsa's says what it runs; for your own add --program, such as --program host-3.9";
            self.found.push(Diagnostic::warning("nothing-known", message).help(help));
        }
        Ok(())
    }

    fn at_values(&mut self, arguments: &Check, sets: Vec<SetArgument>) -> Result<()> {
        inputs::check_names(&arguments.installation)?;
        let (loaded, engine) = inputs::load_with_engine(&arguments.inputs, sets)?;
        let context = loaded.context(&arguments.installation);
        let broken = loaded.violations(engine, &context)?;
        let rendered = Rendered::new(&engine.render_unjudged(&context)?);
        self.objects += rendered.objects;
        self.containers += rendered.containers;
        let findings = rendered.findings(&loaded, &broken);
        self.found.extend(broken);
        self.found.extend(findings);
        Ok(())
    }

    fn outcome(self, strict: bool) -> Outcome {
        let count = |severity: Severity| self.found.iter().filter(|found| found.severity == severity).count();
        let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
        let no = errors > 0 || strict && warnings > 0;
        let mut hints = self.hints;
        let (objects, containers) =
            (many(self.objects, "object"), many(self.containers, "container of Elsa"));
        let found = match (errors, warnings) {
            (0, 0) => "nothing found".to_string(),
            (0, warnings) => many(warnings, "warning"),
            (errors, 0) => many(errors, "error"),
            (errors, warnings) => format!("{}, {}", many(errors, "error"), many(warnings, "warning")),
        };
        hints.push(format!("{found} in {objects}, {containers}"));
        let exit = if no { Exit::No } else { Exit::Yes };
        Outcome { exit, diagnostics: Vec::new(), hints }
    }
}

/// `1 object`, `2 objects`, `2 containers of Elsa`.
fn many(count: usize, what: &str) -> String {
    if count == 1 {
        return format!("1 {what}");
    }
    match what.split_once(' ') {
        Some((noun, rest)) => format!("{count} {noun}s {rest}"),
        None => format!("{count} {what}s"),
    }
}

fn printed(format: FindingsFormat, found: &[Diagnostic], color: bool) -> String {
    match format {
        FindingsFormat::Text => found.iter().fold(String::new(), |mut text, diagnostic| {
            let _ = writeln!(text, "{}", text::render(diagnostic, color));
            text
        }),
        FindingsFormat::Json => json::render(found),
        FindingsFormat::Github => github::render(found),
        FindingsFormat::Sarif => {
            let values = value_rules::all(&Templates::embedded().files);
            let values = values.iter().map(|rule| (rule.code.as_str(), rule.description.as_str()));
            let rules: Vec<_> =
                objects::all().map(|rule| (rule.code, rule.description)).chain(values).collect();
            sarif::render(found, &rules)
        }
    }
}
