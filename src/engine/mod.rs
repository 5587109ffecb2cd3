//! Values in, documents out: Tera with the filters that Helm has, and what comes of its output.
//!
//! Tera takes an undefined value in a condition for false, silently (`if values.server.enabeld`); only the types of
//! [`translate`](crate::translate) find that, so no template is trusted that it has not seen.

mod context;
mod document;
mod errors;
pub mod filters;
mod marks;
mod order;
mod origin;
mod violations;

pub use context::{Chart, Context, Release};
pub use document::{Document, ObjectId};
pub use order::rank;
pub use violations::Violation;

use crate::assets::Templates;
use crate::diagnostics::{Diagnostic, Diagnostics, Result};
use origin::Origins;
use std::sync::OnceLock;
use tera::Tera;

/// The template that fails with what the value rules say; it makes no object.
const VALIDATION: &str = "validate.yaml";

/// The templates, ready to be rendered with any values.
pub struct Engine {
    templates: Templates,
    tera: Tera,
    origins: OnceLock<Option<Origins>>,
}

impl Engine {
    /// Reads all templates.
    ///
    /// # Errors
    /// `template-syntax`: every mistake that Tera finds before it renders.
    pub fn new(templates: &Templates) -> Result<Self> {
        let mut tera = Tera::new();
        tera.autoescape_on(Vec::<&str>::new());
        filters::register(&mut tera);
        let sources = sources(templates).map(|(path, source)| (path, source.text.as_str()));
        tera.add_raw_templates(sources).map_err(|error| errors::loading(templates, &error))?;
        Ok(Engine { templates: templates.clone(), tera, origins: OnceLock::new() })
    }

    /// Every object, in Helm's install order, then by name.
    ///
    /// # Errors
    /// `template-failed`: a template cannot be rendered with these values. `incomplete-object` and the codes of
    /// [`yaml::reader`](crate::yaml::reader): what it printed is no Kubernetes object.
    pub fn render(&self, context: &Context) -> Result<Vec<Document>> {
        self.documents(context, |path| !path.starts_with("tests/"))
    }

    /// The same although value rules may be broken: the template that refuses such values in the chart is left out.
    ///
    /// # Errors
    /// Those of [`render`](Self::render).
    pub fn render_unjudged(&self, context: &Context) -> Result<Vec<Document>> {
        self.documents(context, |path| !path.starts_with("tests/") && path != VALIDATION)
    }

    /// The chart's tests, which flat output leaves out.
    ///
    /// # Errors
    /// Those of [`render`](Self::render).
    pub fn render_tests(&self, context: &Context) -> Result<Vec<Document>> {
        self.documents(context, |path| path.starts_with("tests/"))
    }

    /// A text for humans, such as `NOTES.txt`; nothing if there is no such template.
    ///
    /// # Errors
    /// `template-failed`.
    pub fn text(&self, path: &str, context: &Context) -> Result<String> {
        if !self.templates.files.contains_key(path) {
            return Ok(String::new());
        }
        let text = self.tera.render(path, &context.for_tera()?);
        text.map_err(|error| errors::rendering(&self.templates, &error).into())
    }

    /// What the value rules have to say, rule by rule.
    ///
    /// # Errors
    /// `template-failed`, and `rule-broken` for a rule that does not say what it has to say as rules do.
    pub fn violations(&self, context: &Context) -> Result<Vec<Violation>> {
        violations::all(&self.templates, &self.tera, context)
    }

    /// Adds to a diagnostic that points into a document the line of the template which made that line.
    #[must_use]
    pub fn blame(&self, context: &Context, document: &Document, diagnostic: Diagnostic) -> Diagnostic {
        let Ok(context) = context.for_tera() else { return diagnostic };
        let Ok(printed) = self.tera.render(&document.template, &context) else { return diagnostic };
        self.blamed(&context, &document.template, &printed, document.lines(), diagnostic)
    }

    fn documents(&self, context: &Context, wanted: impl Fn(&str) -> bool) -> Result<Vec<Document>> {
        let context = context.for_tera()?;
        let mut documents = Vec::new();
        let mut wrong: Vec<Diagnostic> = Vec::new();
        for (path, source) in
            sources(&self.templates).filter(|(path, _)| makes_documents(path) && wanted(path))
        {
            let printed = match self.tera.render(path, &context) {
                Ok(printed) => printed,
                Err(error) => {
                    wrong.push(errors::rendering(&self.templates, &error));
                    continue;
                }
            };
            for text in document::split(&printed) {
                match text.read(path, &source.name) {
                    Ok(document) => documents.extend(document),
                    Err(Diagnostics(found)) => wrong.extend(
                        found.into_iter().map(|one| self.blamed(&context, path, &printed, text.lines(), one)),
                    ),
                }
            }
        }
        if wrong.is_empty() {
            documents.sort_by(|a, b| a.id.place().cmp(&b.id.place()));
            return Ok(documents);
        }
        Err(Diagnostics(errors::distinct(wrong)))
    }

    /// Like [`blame`](Self::blame), where `lines` says for each line of the document which of the printed it was.
    fn blamed(
        &self,
        context: &tera::Context,
        path: &str,
        printed: &str,
        lines: &[usize],
        diagnostic: Diagnostic,
    ) -> Diagnostic {
        let origins = self.origins.get_or_init(|| Origins::new(&self.templates));
        let place = diagnostic.place().map(|span| span.position().line);
        let line = place.and_then(|line| lines.get(line.saturating_sub(1)).or(lines.last()));
        let span = match (origins, line) {
            (Some(origins), Some(line)) => origins.find(context, path, printed, *line),
            _ => None,
        };
        match span {
            Some(span) => diagnostic.label(span, "made here"),
            None => diagnostic,
        }
    }
}

/// The files that Tera reads: others may lie in a user's folder.
fn sources(
    templates: &Templates,
) -> impl Iterator<Item = (&str, &std::sync::Arc<crate::diagnostics::Source>)> {
    let read = |path: &str| path.ends_with(".yaml") || path.ends_with(".tera") || path.ends_with(".txt");
    templates.files.iter().map(|(path, source)| (path.as_str(), source)).filter(move |(path, _)| read(path))
}

/// `_*.tera` and `rules/*.tera` hold components, `*.txt` is for humans.
fn makes_documents(path: &str) -> bool {
    path.ends_with(".yaml")
}

#[cfg(test)]
mod tests;
