//! Compares a directory with the tree that ought to be in it, and writes nothing.

use super::look::{Found, look};
use super::ownership::{FILE, Ownership, hash};
use super::{Tree, cannot_read, lock};
use crate::diagnostics::{Diagnostic, Result};
use similar::TextDiff;
use std::collections::BTreeSet;
use std::fmt;
use std::io;
use std::path::Path;

/// What writing the tree would change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drift {
    /// A run was interrupted, or is not finished: to be said on stderr.
    pub half_written: bool,
    /// The files that differ, sorted by path.
    pub changes: Vec<Change>,
}

/// One file that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Path in the directory.
    pub path: String,
    /// Missing, different or extra.
    pub kind: ChangeKind,
    /// Unified diff from what is there to what is rendered, with its final newline.
    pub diff: String,
}

/// How a file differs from the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeKind {
    /// Rendered, but not there.
    Missing,
    /// There with another text.
    Different,
    /// There and ours, but not rendered any more.
    Extra,
}

impl Drift {
    /// Whether there is nothing to write.
    pub fn is_clean(&self) -> bool {
        self.changes.is_empty() && !self.half_written
    }
}

/// All diffs, one after the other: what `--check` prints on stdout, and `patch -p1` takes.
impl fmt::Display for Drift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.changes.iter().try_for_each(|change| f.write_str(&change.diff))
    }
}

/// Compares. Foreign files that no file of the tree collides with are no drift; a directory that is not there lacks
/// every file.
///
/// # Errors
/// `cannot-read`, `corrupt-ownership`, `foreign-file` (where the ownership file should be).
pub fn check(tree: &Tree, dir: &Path) -> Result<Drift> {
    match dir.metadata() {
        Ok(metadata) if metadata.is_dir() => {}
        Ok(_) => {
            let message = format!("cannot read {}: it is not a directory", dir.display());
            return Err(Diagnostic::error("cannot-read", message).into());
        }
        Err(why) if why.kind() == io::ErrorKind::NotFound => {}
        Err(why) => return Err(cannot_read(dir, &why).into()),
    }
    let _lock = lock::shared(dir);
    let owned = Ownership::load(dir)?;
    let mut paths: BTreeSet<&str> = tree.iter().map(|(path, _)| path).collect();
    paths.extend(owned.iter().flat_map(Ownership::paths));
    let mut drift =
        Drift { half_written: owned.as_ref().is_some_and(|o| o.before.is_some()), changes: Vec::new() };
    for path in paths {
        drift.changes.extend(compare(path, look(dir, path)?, tree.get(path)));
    }
    if drift.is_clean() {
        // Usually a consequence of the above; alone, it means that the list was lost.
        let mut files: Vec<_> =
            tree.iter().map(|(path, text)| (path.to_string(), hash(text.as_bytes()))).collect();
        files.sort_unstable();
        let wanted = Ownership { files: files.into_iter().collect(), before: None }.text();
        let there = owned.map_or(Found::Nothing, |owned| Found::File(owned.text().into_bytes()));
        drift.changes.extend(compare(FILE, there, Some(&wanted)));
    }
    Ok(drift)
}

fn compare(path: &str, there: Found, wanted: Option<&str>) -> Option<Change> {
    let change = |kind, diff| Some(Change { path: path.to_string(), kind, diff });
    match (there, wanted) {
        (Found::Nothing | Found::Obstacle { .. }, None) => None,
        (Found::Nothing, Some(text)) => {
            change(ChangeKind::Missing, unified("", text, "/dev/null", &format!("b/{path}")))
        }
        (Found::Obstacle { at, what }, Some(_)) => change(
            ChangeKind::Different,
            format!("File a/{at} is {what} while file b/{path} is a regular file\n"),
        ),
        (Found::File(bytes), wanted) if wanted.is_some_and(|text| text.as_bytes() == bytes) => None,
        (Found::File(bytes), wanted) => {
            let kind = if wanted.is_some() { ChangeKind::Different } else { ChangeKind::Extra };
            let to = if wanted.is_some() { format!("b/{path}") } else { "/dev/null".into() };
            let from = format!("a/{path}");
            change(
                kind,
                match String::from_utf8(bytes) {
                    Ok(text) => unified(&text, wanted.unwrap_or_default(), &from, &to),
                    Err(_) => format!("Binary files {from} and {to} differ\n"),
                },
            )
        }
    }
}

fn unified(old: &str, new: &str, from: &str, to: &str) -> String {
    let diff = TextDiff::from_lines(old, new).unified_diff().header(from, to).to_string();
    // An empty file has no lines that differ, but is there or is not.
    if diff.is_empty() { format!("--- {from}\n+++ {to}\n") } else { diff }
}
