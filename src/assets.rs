//! What is compiled in: templates, profiles, Kubernetes field tables and the host's project; and the
//! templates of a user's `--templates DIR` laid over the embedded ones.

use crate::diagnostics::{Diagnostic, Result, Source};
use crate::rules::value_rules;
use include_dir::{Dir, include_dir};
use indexmap::IndexMap;
use std::path::Path;
use std::sync::Arc;

static TEMPLATES: Dir = include_dir!("$CARGO_MANIFEST_DIR/templates");
static PROFILES: Dir = include_dir!("$CARGO_MANIFEST_DIR/profiles");
static SCHEMAS: Dir = include_dir!("$CARGO_MANIFEST_DIR/schemas");
static HOST: Dir = include_dir!("$CARGO_MANIFEST_DIR/host");

/// Every file of a folder and of those below it: path inside the folder → text, sorted by path.
fn files(dir: &'static Dir<'static>) -> Vec<(&'static str, &'static str)> {
    fn walk(dir: &'static Dir<'static>, found: &mut Vec<(&'static str, &'static str)>) {
        found.extend(dir.files().filter_map(|file| Some((file.path().to_str()?, file.contents_utf8()?))));
        dir.dirs().for_each(|dir| walk(dir, found));
    }
    let mut found = Vec::new();
    walk(dir, &mut found);
    found.sort_unstable();
    found
}

/// The embedded profiles: `dev.yaml` → text.
pub fn profiles() -> Vec<(&'static str, &'static str)> {
    files(&PROFILES)
}

/// The files of the host's project, as they were measured: `Program.cs` → text.
pub fn host() -> Vec<(&'static str, &'static str)> {
    files(&HOST)
}

/// The embedded field table of that name, such as `kubernetes.txt`.
pub fn schema(name: &str) -> Option<&'static str> {
    SCHEMAS.get_file(name)?.contents_utf8()
}

/// The one source of both outputs: every template, and the annotated `values.yaml` files.
#[derive(Clone, Debug)]
pub struct Templates {
    /// Path below `templates/` → text; sorted. `values.yaml` is not in it.
    pub files: IndexMap<String, Arc<Source>>,
    /// The embedded annotated values, then the user's own, if they have any.
    pub values: Vec<Arc<Source>>,
}

impl Templates {
    /// The embedded templates.
    pub fn embedded() -> Self {
        let mut templates = Templates { files: IndexMap::new(), values: Vec::new() };
        for (path, text) in files(&TEMPLATES) {
            templates.add(path, Source::new(format!("templates/{path}"), text));
        }
        templates.collect_rules();
        templates
    }

    /// The embedded templates with a user's folder laid over them: a file of the same path replaces, any other
    /// is added, and its `values.yaml` joins the annotated values.
    ///
    /// # Errors
    /// `templates-unreadable`: no such folder, or a file in it that is not UTF-8 or cannot be read.
    pub fn with_overlay(dir: &Path) -> Result<Self> {
        let mut templates = Templates::embedded();
        let unreadable = |path: &Path, why: &dyn std::fmt::Display| {
            Diagnostic::error("templates-unreadable", format!("cannot read {}: {why}", path.display()))
        };
        for entry in walkdir::WalkDir::new(dir).sort_by_file_name() {
            let entry = entry.map_err(|error| unreadable(dir, &error))?;
            let hidden = entry.depth() > 0 && entry.file_name().to_string_lossy().starts_with('.');
            if hidden || !entry.file_type().is_file() {
                continue;
            }
            let text =
                std::fs::read_to_string(entry.path()).map_err(|error| unreadable(entry.path(), &error))?;
            let inside = entry.path().strip_prefix(dir).unwrap_or(entry.path());
            let path = inside.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
            templates.add(&path, Source::new(entry.path().display().to_string(), text));
        }
        templates.collect_rules();
        Ok(templates)
    }

    /// Writes the components that call every rule anew, as the overlay may have added some.
    fn collect_rules(&mut self) {
        let text = value_rules::collection(&self.files);
        self.add(
            value_rules::COLLECTION,
            Source::new(format!("templates/{}", value_rules::COLLECTION), text),
        );
        self.files.sort_keys();
    }

    fn add(&mut self, path: &str, source: Arc<Source>) {
        if path == "values.yaml" {
            self.values.push(source);
        } else {
            self.files.insert(path.to_string(), source);
        }
    }
}
