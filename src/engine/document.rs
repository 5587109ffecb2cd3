//! What a template printed, as Kubernetes objects.

use super::order::rank;
use crate::diagnostics::{Diagnostic, Diagnostics, Result, Source};
use crate::yaml::{Node, reader};
use std::fmt;

/// One Kubernetes object.
#[derive(Clone, Debug)]
pub struct Document {
    /// The template's path below `templates/`.
    pub template: String,
    /// One YAML document with its comments: no `---`, no blank line twice, one newline at the end.
    pub text: String,
    /// The same, parsed. Its places are in the text, under the name `templates/… (rendered)`.
    pub node: Node,
    /// Which object it is.
    pub id: ObjectId,
    lines: Vec<usize>,
}

impl Document {
    /// For each line of the text, which line of the template's output it was.
    pub(super) fn lines(&self) -> &[usize] {
        &self.lines
    }
}

/// What makes an object this one.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ObjectId {
    /// Such as `apps/v1`.
    pub api_version: String,
    /// Such as `Deployment`.
    pub kind: String,
    /// None for what belongs to the cluster.
    pub namespace: Option<String>,
    /// The name in its namespace.
    pub name: String,
}

impl ObjectId {
    fn of(node: &Node) -> Result<Self> {
        let text = |path: [&str; 2]| {
            let parent = if path[0].is_empty() { Some(node) } else { node.get(path[0]) };
            parent.and_then(|parent| parent.get(path[1])).and_then(Node::as_str).map(str::to_string)
        };
        let demand = |path: [&str; 2], name: &str| {
            let found = text(path).filter(|text| !text.is_empty());
            found.ok_or_else(|| {
                let message = format!("a Kubernetes object needs {name}, a string");
                Diagnostic::error("incomplete-object", message).at(node.span.clone())
            })
        };
        Ok(ObjectId {
            api_version: demand(["", "apiVersion"], "`apiVersion`")?,
            kind: demand(["", "kind"], "`kind`")?,
            namespace: text(["metadata", "namespace"]),
            name: demand(["metadata", "name"], "`metadata.name`")?,
        })
    }

    /// The sort key of Helm's install order, then the name.
    pub(super) fn place(&self) -> ((usize, &str), &str, &Self) {
        (rank(&self.kind), &self.name, self)
    }
}

/// `Deployment elsa/elsa-server`.
impl fmt::Display for ObjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ", self.kind)?;
        if let Some(namespace) = &self.namespace {
            write!(f, "{namespace}/")?;
        }
        write!(f, "{}", self.name)
    }
}

/// A piece of a template's output between two `---` lines.
pub(super) struct Printed<'a> {
    texts: Vec<&'a str>,
    lines: Vec<usize>,
}

/// Splits a template's output where Helm does: at every line that begins with `---`.
pub(super) fn split(printed: &str) -> Vec<Printed<'_>> {
    let mut pieces = vec![Printed { texts: Vec::new(), lines: Vec::new() }];
    for (index, line) in printed.lines().enumerate() {
        let (separates, text) = match line.strip_prefix("---") {
            Some(rest) => (true, rest.trim_start()),
            None => (false, line),
        };
        if separates {
            pieces.push(Printed { texts: Vec::new(), lines: Vec::new() });
        }
        if let Some(piece) = pieces.last_mut().filter(|_| !separates || !text.is_empty()) {
            piece.texts.push(text);
            piece.lines.push(index + 1);
        }
    }
    pieces.iter_mut().for_each(Printed::trim);
    pieces
}

impl Printed<'_> {
    /// Drops blank lines at both ends, even those of a block scalar: so does Helm.
    fn trim(&mut self) {
        let blank = |text: &&str| text.trim().is_empty();
        let leading = self.texts.iter().take_while(|text| blank(text)).count();
        self.texts.drain(..leading);
        self.lines.drain(..leading);
        let kept = self.texts.len() - self.texts.iter().rev().take_while(|text| blank(text)).count();
        self.texts.truncate(kept);
        self.lines.truncate(kept);
        if let Some(last) = self.texts.last_mut() {
            *last = last.trim_end();
        }
    }

    /// For each line, which line of the output it was.
    pub(super) fn lines(&self) -> &[usize] {
        &self.lines
    }

    /// The object in it; nothing if there are only comments.
    pub(super) fn read(&self, template: &str, name: &str) -> Result<Option<Document>> {
        let parse = |text: &str| {
            let source = Source::new(format!("{name} (rendered)"), text);
            let mut nodes = reader::documents(&source)?;
            match nodes.get(1) {
                Some(second) => {
                    let message = "a second document needs a line `---` above";
                    let diagnostic = Diagnostic::error("incomplete-object", message);
                    Err(Diagnostics::from(diagnostic.at(second.span.clone())))
                }
                None => Ok(nodes.pop()),
            }
        };
        let whole = self.texts.join("\n") + "\n";
        let Some(node) = parse(&whole)? else { return Ok(None) };
        let id = ObjectId::of(&node)?;
        let template = template.to_string();
        let (text, lines) = self.tidy();
        if text == whole {
            return Ok(Some(Document { template, text, node, id, lines }));
        }
        // Blanks can be a part of a block scalar.
        match parse(&text) {
            Ok(Some(tidied)) if tidied == node => {
                Ok(Some(Document { template, text, node: tidied, id, lines }))
            }
            _ => Ok(Some(Document { template, text: whole, node, id, lines: self.lines.clone() })),
        }
    }

    /// The text without blanks at the ends of lines and without two blank lines in a row.
    fn tidy(&self) -> (String, Vec<usize>) {
        let mut text = String::new();
        let mut lines = Vec::new();
        let mut blank = None;
        for (content, number) in self.texts.iter().zip(&self.lines) {
            let content = content.trim_end();
            if content.is_empty() {
                blank = blank.or(Some(*number));
                continue;
            }
            if let Some(number) = blank.take() {
                text.push('\n');
                lines.push(number);
            }
            text.push_str(content);
            text.push('\n');
            lines.push(*number);
        }
        (text, lines)
    }
}
