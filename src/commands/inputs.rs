//! From what was typed to merged values, and from those to what the value rules say.

use crate::assets::Templates;
use crate::catalogue::{self, Release};
use crate::chart;
use crate::cli::{Inputs, Installation};
use crate::diagnostics::{Diagnostic, Diagnostics, Result, Severity};
use crate::engine::{self, Context, Engine};
use crate::translate;
use crate::values::annotated::{self, Annotated};
use crate::values::layers::{self, Layers};
use crate::values::set::SetArgument;
use regex_lite::Regex;
use serde_json::Value;
use std::panic::resume_unwind;
use std::thread;

/// Everything that the outputs are made from.
pub(super) struct Loaded {
    pub(super) templates: Templates,
    pub(super) annotated: Annotated,
    pub(super) layers: Layers,
    pub(super) release: Release,
    /// The catalogue's entry, as templates see it.
    pub(super) elsa: Value,
    /// Mistakes in values that a later layer replaced.
    pub(super) warnings: Vec<Diagnostic>,
}

/// Reads what was typed.
///
/// # Errors
/// Everything that can be wrong with it.
pub(super) fn load(inputs: &Inputs, sets: Vec<SetArgument>) -> Result<Loaded> {
    let release = catalogue::release(&inputs.elsa)?;
    read(release, templates(inputs)?, inputs, sets)
}

/// The same, with what renders it. Tera takes as long for the templates as all the rest takes: they are read side by side.
/// The engine goes when the process does, since taking it apart piece by piece takes time too.
///
/// # Errors
/// Those of [`load`], else those of [`Engine::new`].
pub(super) fn load_with_engine(inputs: &Inputs, sets: Vec<SetArgument>) -> Result<(Loaded, &'static Engine)> {
    let release = catalogue::release(&inputs.elsa)?;
    let templates = templates(inputs)?;
    let (engine, loaded) = thread::scope(|scope| {
        let engine = scope.spawn(|| {
            let engine = Engine::new(&templates);
            // The rules about objects look an image up in all of them.
            catalogue::releases();
            engine
        });
        let loaded = read(release, templates.clone(), inputs, sets);
        (engine.join().unwrap_or_else(|panic| resume_unwind(panic)), loaded)
    });
    let loaded = loaded?;
    Ok((loaded, Box::leak(Box::new(engine?))))
}

fn templates(inputs: &Inputs) -> Result<Templates> {
    match &inputs.templates {
        Some(dir) => Templates::with_overlay(dir),
        None => Ok(Templates::embedded()),
    }
}

fn read(release: Release, templates: Templates, inputs: &Inputs, sets: Vec<SetArgument>) -> Result<Loaded> {
    let annotated = annotated::read(&templates.values)?;
    if inputs.templates.is_some() {
        // Tera takes what no chart could say, and misspelt members for false: a user's templates must pass the
        // same check as ours, whichever output is wanted.
        translate::translate(&templates, &annotated.schema, &catalogue::schema()?)?;
    }
    let given = layers::Inputs {
        profiles: inputs.profile.clone(),
        files: inputs.files.clone(),
        sets,
        environment: std::env::var("ELSAKUBE_SET").ok().filter(|text| !text.is_empty()),
    };
    let (layers, warnings) = Layers::load(&annotated, &given)?;
    let elsa = release.view();
    Ok(Loaded { templates, annotated, layers, release, elsa, warnings })
}

impl Loaded {
    /// What templates see.
    pub(super) fn context(&self, installation: &Installation) -> Context<'_> {
        Context {
            values: self.layers.merged(),
            release: engine::Release {
                name: installation.name.clone(),
                namespace: installation.namespace.clone(),
            },
            chart: engine::Chart {
                version: env!("CARGO_PKG_VERSION").to_string(),
                app_version: self.release.app_version.clone(),
            },
            elsa: &self.elsa,
        }
    }

    /// Asks every value rule: what is broken and what is warned of, with the places that are to blame.
    ///
    /// # Errors
    /// Those of [`Engine::violations`].
    pub(super) fn violations(&self, engine: &Engine, context: &Context) -> Result<Vec<Diagnostic>> {
        let mut found = self.warnings.clone();
        for violation in engine.violations(context)? {
            let message = format!("{}: {}", violation.path, violation.sentence);
            let mut diagnostic =
                Diagnostic { severity: violation.severity, ..Diagnostic::error(violation.code, message) };
            if let Some(span) = self.layers.locate(&violation.path) {
                diagnostic = diagnostic.at(span);
            }
            found.push(diagnostic);
        }
        Ok(found)
    }

    /// Asks every value rule. The warnings come back, with the places that they blame.
    ///
    /// # Errors
    /// Every broken rule that is an error, warnings along with them.
    pub(super) fn judge(&self, engine: &Engine, context: &Context) -> Result<Vec<Diagnostic>> {
        let found = self.violations(engine, context)?;
        if found.iter().any(|diagnostic| diagnostic.severity == Severity::Error) {
            return Err(Diagnostics(found));
        }
        Ok(found)
    }
}

/// Refuses names that Kubernetes or Helm would refuse.
///
/// # Errors
/// `bad-name`.
pub(super) fn check_names(installation: &Installation) -> Result<()> {
    let mut wrong = Vec::new();
    for (flag, name, pattern, most) in [
        (
            "--name",
            &installation.name,
            r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$",
            53,
        ),
        ("--namespace", &installation.namespace, r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", 63),
    ] {
        if name.len() > most || !Regex::new(pattern).is_ok_and(|pattern| pattern.is_match(name)) {
            let source = crate::diagnostics::Source::new(flag, name.clone());
            let span = crate::diagnostics::Span::new(&source, 0..name.len());
            wrong.push(Diagnostic::error("bad-name", format!("`{name}` cannot be a name")).at(span).help(format!(
                "write at most {most} lower-case letters, digits and hyphens, with a letter or digit at each end, such as `{}`",
                chart::NAME
            )));
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(Diagnostics(wrong)) }
}
