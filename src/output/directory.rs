//! Writes a tree into a directory; the module page says in which order, and why.

use super::files::{Disk, Files};
use super::look::{Found, is_folder, look};
use super::ownership::{FILE, NEXT, Ownership, is_ours, temporary};
use super::plan::Plan;
use super::{Tree, cannot_write, lock, tree};
use crate::diagnostics::{Diagnostic, Diagnostics, Result};
use std::collections::BTreeSet;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// How to write.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Overwrite and remove our own files although somebody has edited them. Foreign files are never touched.
    pub force: bool,
}

/// What a run did. Paths are relative to the directory and sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Files that were not there.
    pub created: Vec<String>,
    /// Files whose text changed.
    pub updated: Vec<String>,
    /// Files that are not rendered any more.
    pub removed: Vec<String>,
    /// Files that were as they should be.
    pub unchanged: Vec<String>,
}

/// `12 created, 1 updated, 1 removed, 30 unchanged`, without what did not happen.
impl fmt::Display for Written {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = [
            (&self.created, "created"),
            (&self.updated, "updated"),
            (&self.removed, "removed"),
            (&self.unchanged, "unchanged"),
        ];
        let parts = counts.iter().filter(|(files, _)| !files.is_empty());
        let parts: Vec<_> = parts.map(|(files, verb)| format!("{} {verb}", files.len())).collect();
        f.write_str(if parts.is_empty() { "no files" } else { "" })?;
        f.write_str(&parts.join(", "))
    }
}

/// Makes a directory hold a tree, and everything foreign that it holds already.
///
/// # Errors
/// `foreign-file`, `edited-file`, `corrupt-ownership`, `cannot-read`: nothing was written. `cannot-write`: the old tree
/// stands, or the message says that the directory is half written.
pub fn write(tree: &Tree, dir: &Path, options: Options) -> Result<Written> {
    write_with(&Disk, tree, dir, options)
}

/// [`write`] on any [`Files`].
///
/// # Errors
/// As [`write`].
pub fn write_with(files: &dyn Files, tree: &Tree, dir: &Path, options: Options) -> Result<Written> {
    // Without this, `link/` would be looked up behind the link.
    let dir: &Path = &dir.components().collect::<PathBuf>();
    let mut run = Run { files, tree, dir, folders: Vec::new(), temporary: Vec::new() };
    let outcome = run.make_directory().and_then(|()| {
        let _lock = lock::exclusive(dir);
        run.write(options)
    });
    if outcome.is_err() {
        run.remove_new_folders();
    }
    outcome
}

struct Run<'a> {
    files: &'a dyn Files,
    tree: &'a Tree,
    dir: &'a Path,
    /// Folders that this run has made, outermost first.
    folders: Vec<PathBuf>,
    /// Files that wait to be renamed: temporary and final path.
    temporary: Vec<(PathBuf, PathBuf)>,
}

impl Run<'_> {
    fn make_directory(&mut self) -> Result<()> {
        let mut missing = Vec::new();
        let mut dir = self.dir;
        loop {
            match dir.metadata() {
                Ok(metadata) if metadata.is_dir() => break,
                Ok(_) => {
                    let message = format!("cannot write into {}: it is not a directory", dir.display());
                    return Err(Diagnostic::error("cannot-write", message).into());
                }
                Err(why) if why.kind() == io::ErrorKind::NotFound => {}
                Err(why) => return Err(cannot_write(dir, &why).into()),
            }
            if dir.symlink_metadata().is_ok() {
                let message =
                    format!("cannot write into {}: it is a symbolic link to nothing", dir.display());
                return Err(Diagnostic::error("cannot-write", message).into());
            }
            missing.push(dir);
            match dir.parent() {
                Some(parent) if parent != Path::new("") => dir = parent,
                _ if self.dir.as_os_str().is_empty() => {
                    return Err(
                        Diagnostic::error("cannot-write", "the output directory has an empty name").into()
                    );
                }
                _ => break,
            }
        }
        missing.into_iter().rev().try_for_each(|dir| self.make_folder(dir.to_path_buf()))
    }

    fn write(&mut self, options: Options) -> Result<Written> {
        let old = Ownership::load(self.dir)?;
        let owned = old.clone().unwrap_or_default();
        let plan = Plan::new(self.tree, self.dir, &owned, options.force)?;
        self.remove_leftovers(&owned)?;
        if plan.changes_files()
            && let Err(why) = self.stage(&plan)
        {
            self.unstage(old.as_ref());
            let undone = Ownership::load(self.dir).is_ok_and(|now| now == old);
            return Err(if undone { why } else { half_written(why) });
        }
        self.commit(&plan, old.as_ref()).map_err(half_written)?;
        let Plan { created, updated, removed, unchanged, .. } = plan;
        Ok(Written { created, updated, removed, unchanged })
    }

    /// Everything that takes space: the ownership file with both hashes, folders, and the text of all files.
    fn stage(&mut self, plan: &Plan) -> Result<()> {
        self.write_ownership(&plan.ownership)?;
        for path in plan.created.iter().chain(&plan.updated) {
            for folder in tree::folders(path) {
                let folder = self.dir.join(folder);
                if !folder.exists() {
                    self.make_folder(folder)?;
                }
            }
            let hash = plan.ownership.files.get(path).map_or("", String::as_str);
            let temporary = self.dir.join(temporary(path, hash));
            let target = self.dir.join(path);
            self.create(&temporary, self.tree.get(path).unwrap_or_default())
                .map_err(|why| cannot_write(&target, &why))?;
            self.temporary.push((temporary, target));
        }
        Ok(())
    }

    /// Back to the old tree. If the disk does not let us, the new ownership file stays, for the next run to finish.
    fn unstage(&mut self, old: Option<&Ownership>) {
        let mut temporary = std::mem::take(&mut self.temporary).into_iter();
        if temporary.any(|(temporary, _)| self.files.remove_file(&temporary).is_err()) {
            return;
        }
        self.remove_new_folders();
        match old {
            Some(old) => drop(self.write_ownership(old)),
            None => drop(self.files.remove_file(&self.dir.join(FILE))),
        }
    }

    fn commit(&mut self, plan: &Plan, old: Option<&Ownership>) -> Result<()> {
        let mut touched = BTreeSet::new();
        for path in &plan.removed {
            let path = self.dir.join(path);
            self.files.remove_file(&path).map_err(|why| cannot_write(&path, &why))?;
            touched.extend(path.parent().map(Path::to_path_buf));
        }
        for (temporary, target) in std::mem::take(&mut self.temporary) {
            self.files.rename(&temporary, &target).map_err(|why| cannot_write(&target, &why))?;
            touched.extend(target.parent().map(Path::to_path_buf));
        }
        for folder in &plan.folders {
            let inside = is_folder(self.dir, folder);
            let folder = self.dir.join(folder);
            // Somebody's files in it are a good reason to keep it.
            if inside && is_empty(&folder) {
                self.files.remove_dir(&folder).map_err(|why| cannot_write(&folder, &why))?;
                touched.remove(&folder);
                touched.extend(folder.parent().map(Path::to_path_buf));
            }
        }
        touched.extend(self.folders.iter().filter_map(|folder| Some(folder.parent()?.to_path_buf())));
        for folder in touched.iter().filter(|folder| **folder != Path::new("")) {
            self.files.sync_dir(folder).map_err(|why| cannot_write(folder, &why))?;
        }
        let done = plan.done();
        if plan.changes_files() || old != Some(&done) { self.write_ownership(&done) } else { Ok(()) }
    }

    fn write_ownership(&self, ownership: &Ownership) -> Result<()> {
        let (next, path) = (self.dir.join(NEXT), self.dir.join(FILE));
        let write = || {
            self.create(&next, &ownership.text())?;
            self.files.rename(&next, &path).inspect_err(|_| drop(self.files.remove_file(&next)))?;
            self.files.sync_dir(self.dir)
        };
        write().map_err(|why| cannot_write(&path, &why).into())
    }

    /// Makes a new file, whole or not at all.
    fn create(&self, path: &Path, text: &str) -> io::Result<()> {
        self.files.create(path, text).inspect_err(|why| {
            if why.kind() != io::ErrorKind::AlreadyExists {
                let _ = self.files.remove_file(path);
            }
        })
    }

    /// Removes what a crashed run left to be renamed.
    fn remove_leftovers(&self, owned: &Ownership) -> Result<()> {
        let mut leftovers = Vec::new();
        match look(self.dir, NEXT)? {
            Found::Nothing => {}
            Found::File(bytes) if is_ours(&bytes) => leftovers.push(NEXT.to_string()),
            Found::File(_) | Found::Obstacle { .. } => {
                let message = format!("{} is in the way of a temporary file", self.dir.join(NEXT).display());
                return Err(Diagnostic::error("foreign-file", message).help("move it away").into());
            }
        }
        if owned.before.is_some() {
            leftovers.extend(owned.files.iter().map(|(path, hash)| temporary(path, hash)));
        }
        for path in leftovers {
            if let Found::File(_) = look(self.dir, &path)? {
                let path = self.dir.join(path);
                self.files.remove_file(&path).map_err(|why| cannot_write(&path, &why))?;
            }
        }
        Ok(())
    }

    fn make_folder(&mut self, folder: PathBuf) -> Result<()> {
        match self.files.create_dir(&folder) {
            Ok(()) => self.folders.push(folder),
            // Another run was faster.
            Err(why) if why.kind() == io::ErrorKind::AlreadyExists => {}
            Err(why) => return Err(cannot_write(&folder, &why).into()),
        }
        Ok(())
    }

    fn remove_new_folders(&mut self) {
        let remains = |folder: &PathBuf| self.files.remove_dir(folder).is_err();
        // Innermost first; the directory itself goes last of all, once nothing is in it.
        self.folders = std::mem::take(&mut self.folders).into_iter().rev().filter(remains).collect();
        self.folders.reverse();
    }
}

fn is_empty(folder: &Path) -> bool {
    folder.read_dir().is_ok_and(|mut entries| entries.next().is_none())
}

fn half_written(Diagnostics(found): Diagnostics) -> Diagnostics {
    let help =
        "the directory is half written: once there is a remedy, run the same command again to finish it";
    Diagnostics(found.into_iter().map(|diagnostic| diagnostic.help(help)).collect())
}
