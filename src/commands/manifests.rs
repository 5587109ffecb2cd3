//! Manifests from files, directories and the standard input.

use crate::diagnostics::{Diagnostic, Diagnostics, Result, nearest};
use crate::rules::objects::Manifests;
use crate::values::input::Files;
use crate::yaml::reader;
use std::ffi::OsStr;
use std::path::Path;
use walkdir::WalkDir;

/// What was read.
pub(super) struct Read {
    pub(super) manifests: Manifests,
    /// Files of directories that hold no Kubernetes object.
    pub(super) skipped: Vec<String>,
}

/// Reads every file that is named, and every `.yaml`, `.yml` and `.json` file below every directory. Hidden files and
/// folders are passed over.
///
/// # Errors
/// Everything that cannot be read, in all files: `file-unreadable`, the codes of [`reader::documents`],
/// `incomplete-object`, and `helm-chart` for a directory with templates, which are no YAML.
pub(super) fn read(paths: &[String]) -> Result<Read> {
    let mut reading = Reading {
        files: Files::default(),
        read: Read { manifests: Manifests::default(), skipped: Vec::new() },
        wrong: Vec::new(),
    };
    for path in paths {
        if path != "-" && Path::new(path).is_dir() {
            reading.directory(path);
        } else {
            reading.file(path, true);
        }
    }
    if reading.wrong.is_empty() { Ok(reading.read) } else { Err(Diagnostics(reading.wrong)) }
}

struct Reading {
    files: Files,
    read: Read,
    wrong: Vec<Diagnostic>,
}

impl Reading {
    fn directory(&mut self, path: &str) {
        let walk = WalkDir::new(path).sort_by_file_name().into_iter();
        for entry in walk.filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry.file_name())) {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    let message = format!("cannot read {path}: {error}");
                    self.wrong.push(Diagnostic::error("file-unreadable", message));
                    continue;
                }
            };
            if entry.file_type().is_dir() && entry.path().join("Chart.yaml").is_file() {
                let message =
                    format!("{} is a Helm chart, whose templates are no YAML", entry.path().display());
                let help = format!(
                    "check what it renders: helm template elsa {} | elsakube check -",
                    entry.path().display()
                );
                self.wrong.push(Diagnostic::error("helm-chart", message).help(help));
                return;
            }
            if entry.file_type().is_file() && is_manifest(entry.path()) {
                self.file(&entry.path().to_string_lossy(), false);
            }
        }
    }

    fn file(&mut self, name: &str, named: bool) {
        let documents = match self.files.manifests(name).and_then(|source| reader::documents(&source)) {
            Ok(documents) => documents,
            Err(Diagnostics(found)) => return self.wrong.extend(found),
        };
        let mut objects = 0;
        for document in documents {
            let (span, like) = (document.span.clone(), kind_like(&document));
            if self.read.manifests.add(document) {
                objects += 1;
            } else if named {
                let diagnostic =
                    Diagnostic::error("incomplete-object", "this is no Kubernetes object").at(span);
                self.wrong.push(diagnostic.help(like));
            }
        }
        if objects == 0 && !named {
            self.read.skipped.push(name.to_string());
        }
    }
}

/// What a document lacks to be an object.
fn kind_like(document: &crate::yaml::Node) -> String {
    let keys = || document.as_map().into_iter().flatten().map(|(key, _)| key.as_str());
    for wanted in ["apiVersion", "kind"] {
        if document.get(wanted).is_none() {
            return match nearest(wanted, keys()) {
                Some(near) => format!("`{near}` has to be `{wanted}`"),
                None => format!("it has no `{wanted}`"),
            };
        }
    }
    "`apiVersion` and `kind` have to be strings".to_string()
}

fn is_hidden(name: &OsStr) -> bool {
    name.to_string_lossy().starts_with('.')
}

fn is_manifest(path: &Path) -> bool {
    path.extension().is_some_and(|extension| ["yaml", "yml", "json"].map(OsStr::new).contains(&extension))
}
