//! `--set`, `--set-string`, `--set-file` and `--set-json` with Helm's syntax, its coercion and its oddities.
//!
//! Helm applies all `--set-json`, then all `--set`, `--set-string` and `--set-file`, whatever their order on the
//! command line. Here each is applied where it stands, so that the last one wins, as the reader of a command
//! expects. Whoever uses one form only sees no difference. `tests/data/set.tsv` holds what real helms answered.

mod json;
mod parser;
mod value;

use super::input::Files;
use super::path::Path;
use crate::diagnostics::{Diagnostic, Result, Source, Span};
use crate::yaml::Node;
use crate::yaml::reader::limits;
use std::sync::Arc;

/// Which of Helm's forms an argument has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `--set`: true, false, null and whole numbers are what they look like, all else is text.
    Set,
    /// `--set-string`: all values are text.
    String,
    /// `--set-file`: values are names of files that hold the text.
    File,
    /// `--set-json`: values are JSON; or the argument is one JSON object, which is merged.
    Json,
}

impl Form {
    /// As it is typed.
    pub fn flag(self) -> &'static str {
        match self {
            Form::Set => "--set",
            Form::String => "--set-string",
            Form::File => "--set-file",
            Form::Json => "--set-json",
        }
    }
}

/// One argument, which may hold several assignments.
#[derive(Clone, Debug)]
pub struct SetArgument {
    /// Its form.
    pub form: Form,
    /// The argument as typed.
    pub text: String,
    /// The same text, for diagnostics; named after the flag.
    pub source: Arc<Source>,
}

impl SetArgument {
    /// An argument of the command line.
    pub fn new(form: Form, text: impl Into<String>) -> Self {
        let text = text.into();
        SetArgument { form, source: Source::new(form.flag(), text.clone()), text }
    }

    /// The content of the variable `ELSAKUBE_SET`, which has the syntax of `--set`.
    pub fn environment(text: impl Into<String>) -> Self {
        let text = text.into();
        SetArgument { form: Form::Set, source: Source::new("ELSAKUBE_SET", text.clone()), text }
    }
}

/// What an argument did to the values.
#[derive(Debug, Default)]
pub struct Applied {
    /// What it set, up to the first index: an item is part of its list.
    pub paths: Vec<Path>,
    /// What it could not mean.
    pub warnings: Vec<Diagnostic>,
}

/// Applies an argument to the merged layers below it. An index changes an item of a list that a file or a profile
/// wrote, and a key cannot be set inside something that is no map, so this is no merge.
///
/// # Errors
/// `set-syntax` for what Helm cannot parse, `set-conflict` for a step into a value of another kind, the loader's
/// `control-character`, `number-too-large` and `duplicate-key`, and the codes of [`Files::read`]. The values are then half changed.
pub fn apply(into: &mut Node, argument: &SetArgument, files: &mut Files) -> Result<Applied> {
    parser::apply(into, argument, files)
}

/// Refuses control characters, as the reader of files does: Helm's `toYaml` loses a whole map to U+007F.
fn without_controls(text: &str, span: &Span) -> std::result::Result<(), Diagnostic> {
    let Some(bad) = text.chars().find(|character| limits::is_control(*character)) else { return Ok(()) };
    let message = format!("{} holds the control character {}", span.source.name, limits::code_point(bad));
    Err(Diagnostic::error("control-character", message).at(span.clone()))
}

/// A whole number that helm may round.
fn number_too_large(span: &Span) -> Diagnostic {
    limits::number_too_large(span.text(), span.clone())
        .help("as text it keeps its digits: --set-string KEY=VALUE")
}

/// A `set-syntax` error at a place in an argument.
fn syntax(span: Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic::error("set-syntax", message).at(span)
}
