//! The Helm chart directory: the translated templates and the files around them.

mod catalogue;
mod icon;
mod metadata;
mod profiles;
mod readme;
pub mod values_file;

use crate::assets::Templates;
use crate::catalogue::Release;
use crate::diagnostics::Result;
use crate::translate;
use crate::values::annotated::Annotated;
use crate::values::json_schema;
use crate::yaml::Node;
use crate::{catalogue as elsa, output::Tree};

/// The chart's name, which Helm's naming rule and the define names of the templates build on.
pub const NAME: &str = "elsa";

/// What a chart is made from.
#[derive(Debug)]
pub struct Chart<'a> {
    /// The one source.
    pub templates: &'a Templates,
    /// Defaults and their types.
    pub annotated: &'a Annotated,
    /// The Elsa release that the chart is for.
    pub release: &'a Release,
    /// The values that become the chart's defaults; nothing for the defaults themselves.
    pub values: &'a Node,
    /// The chart's version.
    pub version: &'a str,
}

impl Chart<'_> {
    /// Every file of the chart directory.
    ///
    /// # Errors
    /// What the translator refuses, all of it; a profile that cannot be read.
    pub fn files(&self) -> Result<Tree> {
        let mut tree = Tree::default();
        tree.insert("Chart.yaml", metadata::chart_yaml(self)?)?;
        tree.insert("values.yaml", values_file::text(&self.annotated.schema, self.values))?;
        let mut schema =
            serde_json::to_string_pretty(&json_schema::of(&self.annotated.schema)).unwrap_or_default();
        schema.push('\n');
        tree.insert("values.schema.json", schema)?;
        tree.insert("README.md", readme::text(self)?)?;
        tree.insert(".helmignore", HELMIGNORE.to_string())?;
        for (path, text) in profiles::files()? {
            tree.insert(&path, text)?;
        }
        tree.insert("templates/_release.tpl", catalogue::define(self.release))?;
        for (path, text) in translate::translate(self.templates, &self.annotated.schema, &elsa::schema()?)? {
            tree.insert(format!("templates/{path}"), text)?;
        }
        Ok(tree)
    }
}

const HELMIGNORE: &str = "# What `helm package` leaves out.
.elsakube
.git/
.gitignore
.DS_Store
*.swp
*.tmp
ci/
";
