//! What elsakube has to say about somebody's input: one type for a mistake in values, in a `--set` argument, in
//! a template and in rendered YAML, so that all of them look alike.

pub mod github;
pub mod json;
mod place;
pub mod sarif;
mod source;
pub mod text;

pub use source::{Position, Source, Span};

/// How much a diagnostic matters: an error stops the command, a warning does so under `--strict`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Printed; the command goes on.
    Warning,
    /// The command ends with exit code 2 and has written nothing.
    Error,
}

/// A place that a diagnostic points at, with the few words that stand beside the caret.
#[derive(Clone, Debug)]
pub struct Label {
    /// The characters to underline.
    pub span: Span,
    /// May be empty.
    pub text: String,
}

/// One finding.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// Stable kebab-case name, such as `unknown-key`: what `elsakube explain CODE` takes.
    pub code: String,
    /// Error or warning.
    pub severity: Severity,
    /// What is wrong, as one sentence without a final stop.
    pub message: String,
    /// Where. The first label is the place to blame; further ones show what it conflicts with.
    pub labels: Vec<Label>,
    /// What to write instead.
    pub help: Option<String>,
}

impl Diagnostic {
    /// An error without a place.
    pub fn error(code: impl Into<String>, message: impl Into<String>) -> Self {
        Diagnostic {
            code: code.into(),
            severity: Severity::Error,
            message: message.into(),
            labels: Vec::new(),
            help: None,
        }
    }

    /// A warning without a place.
    pub fn warning(code: impl Into<String>, message: impl Into<String>) -> Self {
        Diagnostic { severity: Severity::Warning, ..Diagnostic::error(code, message) }
    }

    /// Points at a place.
    #[must_use]
    pub fn at(self, span: Span) -> Self {
        self.label(span, "")
    }

    /// Points at a place and says something beside it.
    #[must_use]
    pub fn label(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { span, text: text.into() });
        self
    }

    /// The place to blame, if there is one.
    pub fn place(&self) -> Option<&Span> {
        self.labels.first().map(|label| &label.span)
    }

    /// Says what to write instead.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// Everything that is wrong, found in one run; at least one of them is an error.
#[derive(Debug, thiserror::Error)]
#[error("{}", .0.first().map_or("nothing", |d| d.message.as_str()))]
pub struct Diagnostics(pub Vec<Diagnostic>);

impl From<Diagnostic> for Diagnostics {
    fn from(diagnostic: Diagnostic) -> Self {
        Diagnostics(vec![diagnostic])
    }
}

/// What every stage returns.
pub type Result<T> = std::result::Result<T, Diagnostics>;

/// The candidate that is nearest to a misspelt name, if any is near enough to be meant.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = name.to_lowercase();
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&folded, &candidate.to_lowercase()), candidate))
        .filter(|(distance, candidate)| *distance <= (candidate.chars().count() / 3).max(1))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}
