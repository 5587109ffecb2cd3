//! What the object rules say about our own rendering, and whether it is the user's doing.

use super::inputs::Loaded;
use crate::diagnostics::{Diagnostic, Label, Result, Severity, Span};
use crate::engine::{Context, Document, Engine};
use crate::rules::objects::{self, Manifests, Programs, Subject};
use crate::rules::value_rules;
use crate::values::path::Path;
use crate::yaml::{Kind, Node};

/// The workloads that run Elsa.
const WORKLOADS: [&str; 2] = ["server", "studio"];

/// The values of a workload that let a user put anything into its pods.
const HATCHES: [&str; 13] = [
    "env",
    "envFrom",
    "volumes",
    "volumeMounts",
    "initContainers",
    "sidecars",
    "command",
    "args",
    "probes",
    "lifecycle",
    "podSecurityContext",
    "securityContext",
    "image",
];

/// What the rules find in rendered objects, at the values that are to blame where those are known, else in the objects.
pub(super) struct Rendered {
    /// How many objects there are.
    pub(super) objects: usize,
    /// How many containers of them run Elsa.
    pub(super) containers: usize,
    findings: Vec<Diagnostic>,
}

impl Rendered {
    pub(super) fn new(documents: &[Document]) -> Self {
        let manifests = manifests(documents);
        let subject = Subject::new(&manifests, &Programs::default());
        Rendered { objects: manifests.len(), containers: subject.containers(), findings: subject.findings() }
    }

    /// All findings with their own severity. What a value rule of the same code has said already is left out.
    pub(super) fn findings(self, loaded: &Loaded, said: &[Diagnostic]) -> Vec<Diagnostic> {
        let new = |finding: &Diagnostic| !said.iter().any(|known| known.code == finding.code);
        self.findings.into_iter().filter(new).map(|finding| located(loaded, finding)).collect()
    }

    /// For who renders, beside what the value rules say: warnings, since Helm would not know either. But where the
    /// templates themselves emit what the program does not read, it is an error: what would be there without the user's
    /// own additions to the pods.
    ///
    /// # Errors
    /// Those of [`Engine::render`].
    pub(super) fn verdict(
        self,
        loaded: &Loaded,
        engine: &Engine,
        context: &Context,
    ) -> Result<Vec<Diagnostic>> {
        if self.findings.is_empty() {
            return Ok(Vec::new());
        }
        let values = without_hatches(context.values, &loaded.annotated.defaults);
        let plain = engine.render(&Context { values: &values, ..context.clone() })?;
        let ours = Rendered::new(&plain).findings;
        let is_ours = |finding: &Diagnostic| {
            objects::is_fidelity(&finding.code)
                && ours.iter().any(|other| (&other.code, &other.message) == (&finding.code, &finding.message))
        };
        // A value rule of the same code has said it, or has a reason not to.
        let rules = value_rules::all(&loaded.templates.files);
        let new = |finding: &Diagnostic| !rules.iter().any(|rule| rule.code == finding.code);
        Ok(self
            .findings
            .into_iter()
            .filter(new)
            .map(|finding| {
                let severity = if is_ours(&finding) { Severity::Error } else { Severity::Warning };
                Diagnostic { severity, ..located(loaded, finding) }
            })
            .collect())
    }
}

fn manifests(documents: &[Document]) -> Manifests {
    let mut manifests = Manifests::default();
    for document in documents {
        manifests.add(document.node.clone());
    }
    manifests
}

/// The values as they would be had the user added nothing.
fn without_hatches(values: &Node, defaults: &Node) -> Node {
    let mut values = values.clone();
    for workload in WORKLOADS {
        for hatch in HATCHES {
            let default = defaults.get(workload).and_then(|workload| workload.get(hatch));
            let Kind::Map(members) = &mut values.kind else { continue };
            let Some(Kind::Map(members)) = members.get_mut(workload).map(|entry| &mut entry.value.kind)
            else {
                continue;
            };
            if let (Some(entry), Some(default)) = (members.get_mut(hatch), default) {
                entry.value = default.clone();
            }
        }
    }
    if let Kind::Map(members) = &mut values.kind
        && let Some(entry) = members.get_mut("extraObjects")
    {
        entry.value.kind = Kind::List(Vec::new());
    }
    values
}

/// Points at the user's own variable where the finding is about one, and at the member of `limits.quota`.
fn located(loaded: &Loaded, finding: Diagnostic) -> Diagnostic {
    let value = |span: &Span| match finding.code.as_str() {
        "quota-too-small" => quota(loaded, span),
        _ => variable(loaded, span),
    };
    let labels = finding.labels.iter().cloned();
    let labels =
        labels.map(|label| Label { span: value(&label.span).unwrap_or(label.span), text: label.text });
    let labels = labels.collect();
    Diagnostic { labels, ..finding }
}

/// Where the value of a rendered quota comes from: the line says of what it is.
fn quota(loaded: &Loaded, span: &Span) -> Option<Span> {
    let line = span.source.line(span.position().line);
    let key = span.source.text.get(line.start..span.range.start)?.trim();
    let key = key.strip_suffix(':')?.trim_matches(['"', '\'']);
    let path = Path::default().key("limits").key("quota").key(key);
    path.find(loaded.layers.merged()).map(|node| node.span.clone())
}

/// Where a variable of that name, or of that value, stands in `server.env` or `studio.env`.
fn variable(loaded: &Loaded, span: &Span) -> Option<Span> {
    let text = span.text().trim_matches(['"', '\'']);
    for workload in WORKLOADS {
        let path = Path::default().key(workload).key("env");
        let variables = path.find(loaded.layers.merged()).and_then(Node::as_list).unwrap_or_default();
        for variable in variables {
            let fields = ["name", "value"].into_iter().filter_map(|field| variable.get(field));
            if let Some(field) = fields.into_iter().find(|field| field.as_str() == Some(text)) {
                return Some(field.span.clone());
            }
        }
    }
    None
}
