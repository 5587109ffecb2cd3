//! One Elsa release and its programs, as `releases/<minor>.yaml` says them.

use super::{Fact, Setting};
use crate::diagnostics::{Diagnostic, Result};
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// An Elsa release, such as 3.9.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Release {
    /// Its minor version: what `--elsa` takes.
    pub release: String,
    /// The patch version whose images are meant; the chart's `appVersion`.
    pub app_version: String,
    /// What is special about it, in a few words.
    pub note: String,
    /// What its images run, by the name that templates use: `elsa.server`, `elsa.studio` …
    pub programs: IndexMap<String, Program>,
}

/// What runs in an Elsa container.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Program {
    /// As a person would call it.
    pub title: String,
    /// `server` or `studio`; programs of one kind have the same facts.
    pub kind: String,
    /// The configuration keys that it reads; nothing else is.
    pub settings: IndexMap<String, Setting>,
    /// Everything else that is known of it, by name.
    #[serde(flatten)]
    pub facts: IndexMap<String, Fact>,
}

impl Program {
    /// What is known of a configuration key: under its own name, else under the longest `PREFIX*` that it begins with.
    pub fn setting(&self, key: &str) -> Option<(&str, &Setting)> {
        let own = self.settings.get_key_value(key);
        let covers = |known: &str| known.strip_suffix('*').is_some_and(|prefix| key.starts_with(prefix));
        let covering = self.settings.iter().filter(|(known, _)| covers(known));
        own.or_else(|| covering.max_by_key(|(known, _)| known.len()))
            .map(|(known, setting)| (known.as_str(), setting))
    }
}

impl Release {
    /// Reads a release's file.
    ///
    /// # Errors
    /// `catalogue`: not a release, or a fact without basis or source.
    pub fn parse(path: &str, text: &str) -> Result<Self> {
        serde_yaml::from_str(text)
            .map_err(|error| Diagnostic::error("catalogue", format!("releases/{path}: {error}")).into())
    }

    /// For sorting: (3, 9).
    pub fn minor(&self) -> (u32, u32) {
        let mut parts = self.release.split('.').map(|part| part.parse().unwrap_or(0));
        (parts.next().unwrap_or(0), parts.next().unwrap_or(0))
    }

    /// What templates see as `elsa`: the plain values without their sources, each program with an `id`, such as
    /// `server-3.9`; and of the settings nothing, as a template that needs one names it.
    pub fn view(&self) -> Value {
        let mut view = json!({"release": self.release, "appVersion": self.app_version});
        for (name, program) in &self.programs {
            let mut members = json!({"id": format!("{name}-{}", self.release), "title": program.title});
            for (fact, Fact { value, .. }) in &program.facts {
                members[fact] = value.clone();
            }
            view[name] = members;
        }
        view
    }
}
