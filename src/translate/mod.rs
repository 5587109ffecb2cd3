//! Tera → Helm: the chart's templates are made from the very templates that render flat manifests.
//!
//! A template is read into a tree ([`tags`], [`parser`]), its types are checked against the annotated values and the
//! catalogue ([`check`]), and then it is written as a Go template ([`emit`]). Text, trim markers and line numbers stay
//! as they are. Whatever the two engines, or two versions of Helm, do differently is refused with a correction; how
//! they differ was measured and stands in `docs/equality.md`.

mod ast;
mod blocks;
mod calls;
mod check;
mod components;
mod emit;
mod expr;
mod filters;
mod go;
mod lexer;
mod operands;
mod operations;
mod parser;
mod paths;
mod position;
mod print;
mod reach;
mod scope;
mod tags;
mod text;
mod types;

use crate::assets::Templates;
use crate::diagnostics::{Diagnostic, Diagnostics, Result, Source, Span};
use crate::values::schema::{Pattern, Schema, Type};
use ast::{Item, Template};
use check::Checker;
use components::Definition;
use indexmap::IndexMap;
use std::collections::HashSet;
use std::sync::Arc;

/// The template that only flat manifests have: a chart cannot create the namespace that holds its installation.
const FLAT_ONLY: &str = "namespace.yaml";

/// The chart's templates, by their path below `templates/`. Components that no template of the chart calls are left
/// out.
///
/// # Errors
/// Every mistake of every template, in the order of the files: what is outside the subset, has the wrong type, or
/// would mean something else in Helm.
pub fn translate(templates: &Templates, values: &Schema, elsa: &Schema) -> Result<IndexMap<String, String>> {
    let (files, mut mistakes) = read(templates);
    let definitions = define(&files, &mut mistakes);
    let elsa = &trusted(elsa);
    let mut checker = Checker::new(values, elsa, &definitions);
    for name in definitions.keys() {
        checker.component(name, None);
    }
    for file in files.iter().filter(|file| !file.holds_components) {
        checker.file(&file.source, &file.template, file.prose);
    }
    mistakes.append(&mut checker.mistakes);
    mistakes.extend(lost(&files));
    if !mistakes.is_empty() {
        return Err(sorted(mistakes, &files));
    }
    let called = called(&files, &definitions, false);
    let integers = checker.integers;
    let chart = files.iter().filter(|file| file.path != FLAT_ONLY).filter_map(|file| {
        let items = &file.template.items;
        let text = emit::emit(&file.source.text, items, &integers, |name| called.contains(name));
        let empty = file.holds_components && !items.iter().any(|item| is_called(item, &called));
        (!empty).then(|| (file.chart_path(), text))
    });
    Ok(chart.collect())
}

/// The catalogue with its strings as the words that they are: we write it, so nothing in it is an injection.
fn trusted(schema: &Schema) -> Schema {
    let inside = |schema: &Schema| Box::new(trusted(schema));
    let ty = match &schema.ty {
        Type::String { pattern: None, values } if values.is_empty() => {
            Type::String { pattern: Pattern::new("^[A-Za-z0-9._/:-]*$", "a word").ok(), values: Vec::new() }
        }
        Type::List(of) => Type::List(inside(of)),
        Type::Map(of) => Type::Map(inside(of)),
        Type::Object(members) => {
            Type::Object(members.iter().map(|(key, member)| (key.clone(), trusted(member))).collect())
        }
        other => other.clone(),
    };
    Schema { ty, ..schema.clone() }
}

/// Components that no template calls, not even one that only flat manifests have: dead text.
pub fn unused(templates: &Templates) -> Vec<String> {
    let (files, mut mistakes) = read(templates);
    let definitions = define(&files, &mut mistakes);
    let called = called(&files, &definitions, true);
    definitions.keys().filter(|name| !called.contains(*name)).cloned().collect()
}

/// Two templates that would become one file of the chart, such as `rules/a.tera` and `rules/_a.tera`.
fn lost(files: &[File]) -> Vec<Diagnostic> {
    let mut taken: IndexMap<String, &File> = IndexMap::new();
    let mut mistakes = Vec::new();
    for file in files {
        if let Some(other) = taken.insert(file.chart_path(), file) {
            let path = file.chart_path();
            let message = format!("{} and {} both become {path} in the chart", other.path, file.path);
            let place = Span::new(&file.source, 0..0);
            mistakes.push(Diagnostic::error("same-chart-file", message).at(place).help("rename one of them"));
        }
    }
    mistakes
}

/// A template that was read.
struct File {
    path: String,
    source: Arc<Source>,
    template: Template,
    /// `_….tera` and `rules/….tera`: nothing of it is rendered by itself.
    holds_components: bool,
    /// Sentences for people, not YAML.
    prose: bool,
}

impl File {
    /// Helm renders everything but files whose names begin with an underscore.
    fn chart_path(&self) -> String {
        let Some(stem) = self.path.strip_suffix(".tera") else { return self.path.clone() };
        let (folder, name) = stem.rsplit_once('/').map_or(("", stem), |(folder, name)| (folder, name));
        let slash = if folder.is_empty() { "" } else { "/" };
        format!("{folder}{slash}_{}.tpl", name.trim_start_matches('_'))
    }
}

fn read(templates: &Templates) -> (Vec<File>, Vec<Diagnostic>) {
    let (mut mistakes, mut next) = (Vec::new(), 0);
    let files = templates.files.iter().map(|(path, source)| {
        let (template, found, free) = tags::parse(source, next);
        mistakes.extend(found);
        next = free;
        File {
            path: path.clone(),
            source: Arc::clone(source),
            template,
            holds_components: path.ends_with(".tera"),
            prose: path == "NOTES.txt" || path.starts_with("rules/"),
        }
    });
    (files.collect(), mistakes)
}

/// The components of all files by name.
fn define<'t>(files: &'t [File], mistakes: &mut Vec<Diagnostic>) -> IndexMap<String, Definition<'t>> {
    let mut definitions: IndexMap<String, Definition> = IndexMap::new();
    for file in files.iter().filter(|file| file.holds_components) {
        for item in &file.template.items {
            let Item::Component(component) = item else {
                mistakes.extend(outside(item, file));
                continue;
            };
            let name = &component.name;
            if let Some(first) = definitions.get(&name.text) {
                let there = Span::new(&first.source, first.component.name.range.clone());
                let message = format!("there is a component `{}` already", name.text);
                let mistake = Diagnostic::error("duplicate-component", message)
                    .at(Span::new(&file.source, name.range.clone()))
                    .label(there, "here")
                    .help("choose another name");
                mistakes.push(mistake);
                continue;
            }
            let source = Arc::clone(&file.source);
            definitions.insert(name.text.clone(), Definition { source, component, prose: file.prose });
        }
    }
    definitions
}

/// What stands between the components of a file that is never rendered by itself.
fn outside(item: &Item, file: &File) -> Option<Diagnostic> {
    let range = match item {
        Item::Comment { .. } | Item::Component(_) => return None,
        Item::Text(range) => {
            let text = &file.source.text[range.clone()];
            let blank = text.len() - text.trim_start().len();
            if blank == text.len() {
                return None;
            }
            range.start + blank..range.start + text.trim_end().len()
        }
        Item::Print { value, .. } => value.range.clone(),
        Item::Set { name, .. } => name.range.clone(),
        Item::If { arms, .. } => arms.first().map(|arm| arm.condition.range.clone())?,
        Item::For(repeat) => repeat.name.range.clone(),
        Item::Raw(_) => 0..0,
    };
    let mistake =
        Diagnostic::error("outside-component", "this file is never rendered: only its components are used");
    Some(
        mistake
            .at(Span::new(&file.source, range))
            .help("move this into a component, or into a file that is rendered"),
    )
}

/// The components that the templates of the chart call, or those of both outputs.
fn called(files: &[File], definitions: &IndexMap<String, Definition>, both: bool) -> HashSet<String> {
    let mut found = HashSet::new();
    let rendered = files.iter().filter(|file| !file.holds_components && (both || file.path != FLAT_ONLY));
    rendered.for_each(|file| reach::reach(&file.template.items, definitions, &mut found));
    found
}

fn is_called(item: &Item, called: &HashSet<String>) -> bool {
    matches!(item, Item::Component(component) if called.contains(&component.name.text))
}

/// In the order of files and lines.
fn sorted(mut mistakes: Vec<Diagnostic>, files: &[File]) -> Diagnostics {
    mistakes.sort_by_cached_key(|mistake| {
        mistake.labels.first().map(|label| {
            let file = files.iter().position(|file| Arc::ptr_eq(&file.source, &label.span.source));
            (file, label.span.range.start)
        })
    });
    Diagnostics(mistakes)
}
