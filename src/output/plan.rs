//! What a run would do to a directory, decided before it does any of it.

use super::look::{Found, look};
use super::ownership::{Ownership, hash};
use super::{Tree, tree};
use crate::diagnostics::{Diagnostic, Diagnostics, Result};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// How many file names one message holds.
const NAMES: usize = 8;

/// The work of one run. Every list is sorted.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// Files that are not there yet.
    pub(super) created: Vec<String>,
    /// Files of ours whose text changes.
    pub(super) updated: Vec<String>,
    /// Files of ours that are not rendered any more.
    pub(super) removed: Vec<String>,
    /// Files of ours that are as they should be.
    pub(super) unchanged: Vec<String>,
    /// Folders that hold nothing of the new tree and held something of ours; innermost first.
    pub(super) folders: Vec<String>,
    /// The ownership file while the run is under way: the new hashes, and those of our files as they are now.
    pub(super) ownership: Ownership,
}

impl Plan {
    /// Compares a tree with a directory.
    ///
    /// # Errors
    /// `foreign-file`, `edited-file`: what is in the way, all of it; `cannot-read`.
    pub(super) fn new(tree: &Tree, dir: &Path, owned: &Ownership, force: bool) -> Result<Self> {
        let mut plan = Plan::default();
        // Also those that are gone: a crash may have left their folders.
        let mut now: BTreeMap<_, _> = owned.entries().collect();
        let mut foreign = Vec::new();
        let mut edited = Vec::new();
        let mut files: Vec<_> = tree.iter().collect();
        files.sort_unstable();
        for (path, text) in files {
            let path = path.to_string();
            let new = hash(text.as_bytes());
            plan.ownership.files.insert(path.clone(), new.clone());
            match look(dir, &path)? {
                Found::Nothing => plan.created.push(path),
                Found::Obstacle { at, what } => foreign.push(format!("{at} ({what})")),
                Found::File(_) if !owned.owns(&path) => foreign.push(path),
                Found::File(bytes) => {
                    let old = hash(&bytes);
                    if old == new {
                        plan.unchanged.push(path.clone());
                    } else if force || owned.wrote(&path, &old) {
                        plan.updated.push(path.clone());
                    } else {
                        edited.push(path.clone());
                    }
                    now.insert(path, old);
                }
            }
        }
        let stale: BTreeSet<&str> = owned.paths().filter(|path| tree.get(path).is_none()).collect();
        for path in stale {
            // Anything but a file there is not what we wrote: the file is gone, and what took its place stays.
            let Found::File(bytes) = look(dir, path)? else { continue };
            let old = hash(&bytes);
            if force || owned.wrote(path, &old) {
                plan.removed.push(path.to_string());
            } else {
                edited.push(path.to_string());
            }
            now.insert(path.to_string(), old);
        }
        plan.ownership.before = Some(now.into_iter().collect());
        plan.folders = emptied(tree, owned);
        foreign.sort_unstable();
        foreign.dedup();
        refuse(dir, &foreign, &edited).map(|()| plan)
    }

    /// Whether any file changes.
    pub(super) fn changes_files(&self) -> bool {
        !(self.created.is_empty() && self.updated.is_empty() && self.removed.is_empty())
    }

    /// The ownership file once the run has ended.
    pub(super) fn done(&self) -> Ownership {
        Ownership { files: self.ownership.files.clone(), before: None }
    }
}

fn emptied(tree: &Tree, owned: &Ownership) -> Vec<String> {
    let needed: BTreeSet<&str> = tree.iter().flat_map(|(path, _)| tree::folders(path)).collect();
    let ours: BTreeSet<&str> = owned.paths().flat_map(tree::folders).collect();
    let mut emptied: Vec<_> = ours.difference(&needed).map(ToString::to_string).collect();
    emptied.reverse();
    emptied
}

fn refuse(dir: &Path, foreign: &[String], edited: &[String]) -> Result<()> {
    let mut found = Vec::new();
    if !foreign.is_empty() {
        let (files, they) = names(dir, foreign);
        found.push(
            Diagnostic::error(
                "foreign-file",
                format!("{files} would be overwritten, and elsakube did not write {they}"),
            )
            .help(format!("move {they} away, or choose another directory; nothing was written")),
        );
    }
    if !edited.is_empty() {
        let (files, they) = names(dir, edited);
        let verb = if edited.len() == 1 { "has" } else { "have" };
        found.push(
            Diagnostic::error("edited-file", format!("{files} {verb} been edited since elsakube wrote {they}"))
                .help("move the edits into the values or a kustomize overlay, or discard them with --force; nothing was written"),
        );
    }
    if found.is_empty() { Ok(()) } else { Err(Diagnostics(found)) }
}

/// The files as a list, and the pronoun for them.
fn names(dir: &Path, paths: &[String]) -> (String, &'static str) {
    let mut list: Vec<_> =
        paths.iter().take(NAMES).map(|path| dir.join(path).display().to_string()).collect();
    if paths.len() > NAMES {
        list.push(format!("{} more", paths.len() - NAMES));
    }
    match list.as_slice() {
        [one] => (one.clone(), "it"),
        [most @ .., last] => (format!("{} and {last}", most.join(", ")), "them"),
        [] => (String::new(), "it"),
    }
}
