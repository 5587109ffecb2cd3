//! Object rules: checks of Kubernetes objects, rendered by elsakube or written by anybody, against what the programs in
//! their containers read, serve and can do. One file a family; a rule is one entry of a family's list, a page in
//! `docs/rules/` and a fixture in `tests/objects/`.

mod addresses;
mod answers;
mod arguments;
mod autoscalers;
mod container;
mod disruption;
mod exposure;
mod files;
mod given;
mod image;
mod images;
mod listeners;
mod manifests;
mod metrics;
mod mounts;
mod needs;
mod probe;
mod probes;
mod quantity;
mod quota;
mod reach;
mod replicas;
mod routes;
mod scale;
mod settings;
mod shutdown;
mod values;
mod vertical;
mod waits;

pub use container::{ANNOTATION, Programs};
pub use manifests::{Manifest, Manifests};

use super::metrics::{MetricNames, metric_names};
use crate::diagnostics::{Diagnostic, Severity, Span};
use container::{Container, Stranger};
use reach::Reach;
use std::cell::OnceCell;

/// A rule about objects.
pub struct ObjectRule {
    /// Kebab-case, such as `unread-setting`. A value rule of the same code says the same about values.
    pub code: &'static str,
    /// How much a finding matters.
    pub severity: Severity,
    /// What it is about, in a sentence or two.
    pub description: &'static str,
    find: fn(&Review, &mut Findings),
}

/// The families.
const FAMILIES: [&[ObjectRule]; 17] = [
    &images::RULES,
    &settings::RULES,
    &values::RULES,
    &addresses::RULES,
    &routes::RULES,
    &exposure::RULES,
    &replicas::RULES,
    &disruption::RULES,
    &probes::RULES,
    &answers::RULES,
    &shutdown::RULES,
    &files::RULES,
    &waits::RULES,
    &metrics::RULES,
    &arguments::RULES,
    &autoscalers::RULES,
    &quota::RULES,
];

/// Every rule.
pub fn all() -> impl Iterator<Item = &'static ObjectRule> {
    FAMILIES.into_iter().flatten()
}

/// Whether a rule is about what the program reads, takes and can write to. Templates must never break one; all others can
/// depend on values that have rules of their own.
pub fn is_fidelity(code: &str) -> bool {
    [&settings::RULES[..], &values::RULES, &files::RULES].into_iter().flatten().any(|rule| rule.code == code)
}

/// Manifests, and the containers in them that run Elsa.
pub struct Subject<'a> {
    manifests: &'a Manifests,
    containers: Vec<Container<'a>>,
    strangers: Vec<Stranger<'a>>,
}

impl<'a> Subject<'a> {
    /// Finds the containers that run Elsa.
    pub fn new(manifests: &'a Manifests, programs: &Programs) -> Self {
        let (containers, strangers) = container::find(manifests, programs);
        Subject { manifests, containers, strangers }
    }

    /// How many containers run a known program.
    pub fn containers(&self) -> usize {
        self.containers.len()
    }

    /// Whether there is nothing in it that any rule could look at: no container that runs Elsa, or might.
    pub fn is_idle(&self) -> bool {
        self.containers.is_empty() && self.strangers.is_empty()
    }

    /// What the rules find, in the order in which it stands in the files.
    pub fn findings(&self) -> Vec<Diagnostic> {
        let review = Review {
            manifests: self.manifests,
            containers: &self.containers,
            strangers: &self.strangers,
            reach: OnceCell::new(),
            metrics: OnceCell::new(),
        };
        let mut found: Vec<Diagnostic> = Vec::new();
        for rule in all() {
            let mut findings = Findings { rule, found: Vec::new() };
            (rule.find)(&review, &mut findings);
            for one in findings.found {
                // Two pods can read one ConfigMap.
                if !found.iter().any(|known| is_same(known, &one)) {
                    found.push(one);
                }
            }
        }
        let place = |finding: &Diagnostic| {
            finding.place().map(|span| (span.source.name.clone(), span.range.start, finding.code.clone()))
        };
        found.sort_by_cached_key(place);
        found
    }
}

/// What the rules look at. What several of them ask for is worked out once, when the first one does.
struct Review<'r, 'a> {
    manifests: &'a Manifests,
    containers: &'r [Container<'a>],
    strangers: &'r [Stranger<'a>],
    reach: OnceCell<Reach<'r, 'a>>,
    metrics: OnceCell<Vec<MetricNames>>,
}

impl<'r, 'a> Review<'r, 'a> {
    /// The ways from outside to the containers.
    fn reach(&self) -> &Reach<'r, 'a> {
        self.reach.get_or_init(|| Reach::new(self))
    }

    /// The metric names of each manifest.
    fn metrics(&self) -> impl Iterator<Item = (&'a Manifest, &MetricNames)> {
        let names = || self.manifests.iter().map(|manifest| metric_names(&manifest.node)).collect();
        self.manifests.iter().zip(self.metrics.get_or_init(names))
    }
}

fn is_same(a: &Diagnostic, b: &Diagnostic) -> bool {
    (&a.code, &a.message, a.place()) == (&b.code, &b.message, b.place())
}

/// What one rule finds.
struct Findings {
    rule: &'static ObjectRule,
    found: Vec<Diagnostic>,
}

impl Findings {
    /// A finding: what is wrong, and what to write instead.
    fn add(&mut self, place: &Span, message: impl Into<String>, help: impl Into<String>) {
        let finding = Diagnostic::error(self.rule.code, message).at(place.clone()).help(help);
        self.found.push(Diagnostic { severity: self.rule.severity, ..finding });
    }

    /// The same, with a second place that it has to do with.
    fn add_with(
        &mut self,
        place: &Span,
        other: (&Span, &str),
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.add(place, message, help);
        if let Some(finding) = self.found.pop() {
            self.found.push(finding.label(other.0.clone(), other.1));
        }
    }
}
