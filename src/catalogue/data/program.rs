//! What runs in an Elsa container.

use super::{Basis, Fact, MetricFamilies, Remark, Setting};
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

/// What runs in an Elsa container.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Program {
    /// As a person would call it.
    pub title: String,
    /// Whether it is a server or a Studio. The programs of one kind that templates know have the same facts.
    pub kind: ProgramKind,
    /// The images that run it.
    pub images: Images,
    /// The folder that holds the program in the image: nothing may be mounted over it.
    pub folder: Fact,
    /// Commands that probes like to call and that its published images do not hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image_lacks: Option<Fact>,
    /// What it answers over HTTP: path → how. A path that ends with `*` stands for all that begin alike.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub endpoints: IndexMap<String, Endpoint>,
    /// The files that it writes, and what for.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub files: IndexMap<String, Remark>,
    /// The metric families that it exposes, by name.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub metrics: MetricFamilies,
    /// What else is worth knowing, by subject: `timers`, `rolling updates` …
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub notes: IndexMap<String, Remark>,
    /// The configuration keys that it reads; nothing else is.
    #[serde(default)]
    pub settings: IndexMap<String, Setting>,
    /// What templates see of it, by name.
    #[serde(flatten)]
    pub facts: IndexMap<String, Fact>,
}

/// What a program is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ProgramKind {
    /// The API and the workflow engine.
    Server,
    /// The pages alone.
    Studio,
}

/// The images that run a program.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Images {
    /// Repositories below any registry; none for a program that everybody builds for himself.
    #[serde(default)]
    pub repositories: Vec<String>,
    /// A regular expression of the tags that are this release.
    #[serde(default)]
    pub tags: String,
    /// Tags that must not be used: why.
    #[serde(default)]
    pub refused: IndexMap<String, String>,
    /// Whether their entry point runs a container's arguments as a command, so that they replace the program.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub runs_arguments: bool,
    /// How we know it.
    pub basis: Basis,
    /// Where from, in words.
    pub source: String,
}

/// How a program answers a path.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Endpoint {
    /// What the answer says of the program.
    pub answer: Answer,
    /// The port: `http` or `management`.
    #[serde(default = "http")]
    pub port: String,
    /// The seconds that an answer may take when something else is away; 0 for none to speak of.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub seconds: i64,
    /// In words.
    pub effect: String,
    /// How we know it.
    pub basis: Basis,
    /// Where from, in words.
    pub source: String,
}

fn http() -> String {
    "http".to_string()
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde's signature
fn is_zero(seconds: &i64) -> bool {
    *seconds == 0
}

/// What an answer says of the program that gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Answer {
    /// 200 as long as the process listens.
    Process,
    /// 200 when the program and what it depends on work, else 503.
    Ready,
    /// 200 when the start is complete; each call leaves something behind, so it is for startup probes.
    Started,
    /// A file of the program, or 404 if the image has none.
    Asset,
    /// 200 with a page for whatever is asked: it says nothing.
    Page,
    /// 404.
    Missing,
    /// 401 without a login.
    Login,
    /// Metrics.
    Metrics,
    /// Part of the API.
    Api,
    /// What a workflow answers, or 404.
    Workflow,
}

impl Answer {
    /// The word that stands in `releases/`.
    pub fn word(self) -> &'static str {
        match self {
            Answer::Process => "process",
            Answer::Ready => "ready",
            Answer::Started => "started",
            Answer::Asset => "asset",
            Answer::Page => "page",
            Answer::Missing => "missing",
            Answer::Login => "login",
            Answer::Metrics => "metrics",
            Answer::Api => "api",
            Answer::Workflow => "workflow",
        }
    }
}

impl Program {
    /// What is known of a configuration key: under its own name, else under the longest `PREFIX*` that it begins with.
    pub fn setting(&self, name: &str) -> Option<(&str, &Setting)> {
        let matching = self.settings.iter().filter(|(known, setting)| setting.is_named(known, name));
        let best = matching.max_by_key(|(known, _)| (!known.ends_with('*'), known.len()));
        best.map(|(known, setting)| (known.as_str(), setting))
    }

    /// How it answers a path: under its own name, else under the longest `PREFIX*` that it begins with.
    pub fn endpoint(&self, path: &str) -> Option<&Endpoint> {
        let covers = |known: &str| known.strip_suffix('*').is_some_and(|prefix| path.starts_with(prefix));
        let covering = self.endpoints.iter().filter(|(known, _)| covers(known));
        self.endpoints
            .get(path)
            .or_else(|| covering.max_by_key(|(known, _)| known.len()).map(|(_, endpoint)| endpoint))
    }

    /// A fact that is text.
    pub fn text(&self, fact: &str) -> Option<&str> {
        self.facts.get(fact)?.value.as_str()
    }

    /// A fact that is a number.
    pub fn number(&self, fact: &str) -> Option<i64> {
        self.facts.get(fact)?.value.as_i64()
    }

    /// Whether a fact is `true`.
    pub fn is(&self, fact: &str) -> bool {
        self.facts.get(fact).is_some_and(|fact| fact.value.as_bool() == Some(true))
    }

    /// A fact that is a list of words.
    pub fn words(&self, fact: &str) -> Vec<&str> {
        let list = self.facts.get(fact).and_then(|fact| fact.value.as_array());
        list.into_iter().flatten().filter_map(serde_json::Value::as_str).collect()
    }
}
