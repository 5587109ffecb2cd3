//! What templates can name: `values`, `release`, `chart`, `elsa` and `program`.

use crate::catalogue::choice;
use crate::diagnostics::{Diagnostic, Result};
use crate::yaml::Node;
use serde_json::Value;

/// Everything that a rendering depends on.
#[derive(Clone, Debug)]
pub struct Context<'a> {
    /// The merged values.
    pub values: &'a Node,
    /// Who installs, and where.
    pub release: Release,
    /// The chart that Helm would install.
    pub chart: Chart,
    /// The catalogue's entry of the chosen Elsa release; `program` is the one of its programs that the values choose.
    pub elsa: &'a Value,
}

/// Helm's word for an installation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release {
    /// `--name`
    pub name: String,
    /// `--namespace`
    pub namespace: String,
}

/// What templates can know of their chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chart {
    /// The chart's own version.
    pub version: String,
    /// The version of Elsa.
    pub app_version: String,
}

impl Context<'_> {
    /// The five names as Tera takes them, with the members of maps sorted: Go ranges over maps that way.
    pub(super) fn for_tera(&self) -> Result<tera::Context> {
        let release = serde_json::json!({"name": self.release.name, "namespace": self.release.namespace});
        let chart = serde_json::json!({"appVersion": self.chart.app_version, "version": self.chart.version});
        let elsa = sorted(self.elsa);
        let roots = [
            ("values", tera::Value::try_from_serializable(self.values)),
            ("release", tera::Value::try_from_serializable(&release)),
            ("chart", tera::Value::try_from_serializable(&chart)),
            ("program", tera::Value::try_from_serializable(&elsa[choice::entry(self.values)])),
            ("elsa", tera::Value::try_from_serializable(&elsa)),
        ];
        let mut context = tera::Context::new();
        for (name, value) in roots {
            let value = value.map_err(|error| {
                Diagnostic::error("template-failed", format!("templates cannot take `{name}`: {error}"))
            })?;
            context.insert_value(name, value);
        }
        Ok(context)
    }
}

fn sorted(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(sorted).collect(),
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by_key(|(key, _)| *key);
            members.into_iter().map(|(key, value)| (key.clone(), sorted(value))).collect()
        }
        scalar => scalar.clone(),
    }
}
