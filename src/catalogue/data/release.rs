//! One Elsa release and its programs, as `releases/<minor>.yaml` says them.

use super::{Fact, Program};
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The programs that templates know; the others are published too, and elsakube renders none of them.
pub const RENDERED: [&str; 4] = ["server", "combined", "host", "studio"];

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
    /// What its images run, by name: `server`, `studio` …
    pub programs: IndexMap<String, Program>,
}

impl Release {
    /// For sorting: (3, 9).
    pub fn minor(&self) -> (u32, u32) {
        let mut parts = self.release.split('.').map(|part| part.parse().unwrap_or(0));
        (parts.next().unwrap_or(0), parts.next().unwrap_or(0))
    }

    /// What templates see as `elsa`: the plain facts without their sources, each program with an `id`, such as
    /// `server-3.9`; and of the settings nothing, as a template that needs one names it.
    pub fn view(&self) -> Value {
        let mut view = json!({"release": self.release, "appVersion": self.app_version});
        for name in RENDERED {
            let Some(program) = self.programs.get(name) else { continue };
            let refused: Vec<&String> = program.images.refused.keys().collect();
            let id = format!("{name}-{}", self.release);
            let mut members = json!({"id": id, "title": program.title, "refusedTags": refused});
            for (fact, Fact { value, .. }) in &program.facts {
                members[fact] = value.clone();
            }
            view[name] = members;
        }
        view
    }
}
