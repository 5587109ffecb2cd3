//! The library in process: stacks of profiles to values, and values to all that elsakube says and makes of them.
#![allow(clippy::unwrap_used)]

use super::scenario::Scenario;
use elsakube::assets::Templates;
use elsakube::catalogue;
use elsakube::diagnostics::{Diagnostics, Severity};
use elsakube::engine::{Chart, Context, Document, Engine, Release};
use elsakube::values::annotated::{self, Annotated};
use elsakube::values::layers::{Inputs, Layers};
use elsakube::yaml::Node;
use std::collections::{BTreeMap, BTreeSet};

/// Templates, ready for any values of any Elsa release.
pub struct World {
    pub annotated: Annotated,
    engine: Engine,
    releases: BTreeMap<String, (String, serde_json::Value)>,
}

/// All that comes of some values.
pub struct Outcome {
    /// Objects of both outputs, by what they are.
    pub objects: BTreeMap<String, Node>,
    /// Rule and path of every error and warning.
    pub verdict: BTreeSet<(String, String)>,
    /// What NOTES prints.
    pub notes: String,
    /// Codes and sentences of the rules that refuse the values.
    pub errors: Vec<(String, String)>,
}

impl World {
    pub fn new(templates: &Templates) -> Self {
        let releases = catalogue::releases().iter().map(|release| {
            (release.release.clone(), (release.app_version.clone(), catalogue::Release::view(release)))
        });
        World {
            annotated: annotated::read(&templates.values).unwrap(),
            engine: Engine::new(templates).unwrap(),
            releases: releases.collect(),
        }
    }

    /// The merged values of a stack of profiles.
    pub fn values(&self, profiles: &[&str]) -> Result<Node, Diagnostics> {
        let profiles = profiles.iter().map(|name| name.to_string()).collect();
        let inputs = Inputs { profiles, ..Inputs::default() };
        Layers::load(&self.annotated, &inputs).map(|(layers, _)| layers.merged().clone())
    }

    /// The merged values of a scenario without arguments.
    pub fn scenario(&self, scenario: &Scenario) -> Node {
        assert!(scenario.sets.is_empty(), "{}", scenario.name);
        self.values(&scenario.profiles).unwrap_or_else(|error| panic!("{}: {error}", scenario.name))
    }

    fn context<'a>(&'a self, elsa: &str, values: &'a Node) -> Context<'a> {
        let (app_version, view) = &self.releases[elsa];
        Context {
            values,
            release: Release { name: "elsa".to_string(), namespace: "elsa".to_string() },
            chart: Chart { version: "0.0.0".to_string(), app_version: app_version.clone() },
            elsa: view,
        }
    }

    /// Everything that these values give; an error if a template fails with them.
    pub fn outcome(&self, elsa: &str, values: &Node) -> Result<Outcome, Diagnostics> {
        let context = self.context(elsa, values);
        let objects = self.objects(&context)?;
        let violations = self.engine.violations(&context)?;
        let pairs = violations.iter().map(|found| (found.code.clone(), found.path.clone())).collect();
        let errors = violations.iter().filter(|found| found.severity == Severity::Error);
        let errors = errors
            .map(|found| (found.code.clone(), format!("`{}` {}", found.path, found.sentence)))
            .collect();
        Ok(Outcome { objects, verdict: pairs, notes: self.engine.text("NOTES.txt", &context)?, errors })
    }

    /// What changes against an outcome, in a few words; the cheapest difference first.
    pub fn change(&self, before: &Outcome, elsa: &str, values: &Node) -> Result<Option<String>, Diagnostics> {
        let context = self.context(elsa, values);
        let objects = self.objects(&context)?;
        let keys = before.objects.keys().chain(objects.keys());
        if let Some(id) = keys.into_iter().find(|id| before.objects.get(*id) != objects.get(*id)) {
            return Ok(Some(format!("the object {id}")));
        }
        let after = self.outcome(elsa, values)?;
        if let Some((code, path)) = before.verdict.symmetric_difference(&after.verdict).next() {
            return Ok(Some(format!("what {code} says of {path}")));
        }
        Ok((before.notes != after.notes).then(|| "NOTES".to_string()))
    }

    fn objects(&self, context: &Context) -> Result<BTreeMap<String, Node>, Diagnostics> {
        let mut documents = self.engine.render_unjudged(context)?;
        documents.extend(self.engine.render_tests(context)?);
        let id = |document: &Document| format!("{} {}", document.id.api_version, document.id);
        Ok(documents.into_iter().map(|document| (id(&document), document.node)).collect())
    }
}
