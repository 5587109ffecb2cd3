//! Trees and directories for these tests.

use elsakube::diagnostics::{Diagnostic, Diagnostics};
use elsakube::output::Tree;
use elsakube::output::directory::{Options, Written, write};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

pub(crate) const FORCE: Options = Options { force: true };
pub(crate) const GENTLE: Options = Options { force: false };

/// A tree of `(path, text)`.
pub(crate) fn tree(files: &[(&str, &str)]) -> Tree {
    let mut tree = Tree::new();
    files.iter().for_each(|(path, text)| tree.insert(*path, *text).unwrap());
    tree
}

/// Writes files as a user would, folders included.
pub(crate) fn put(dir: &Path, files: &[(&str, &str)]) {
    for (path, text) in files {
        let path = dir.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

pub(crate) fn written(dir: &Path, files: &[(&str, &str)]) -> Written {
    write(&tree(files), dir, GENTLE).unwrap()
}

/// Everything below a directory: path → text; folders end in `/`, links in `@`, sockets in `=`.
pub(crate) fn everything(dir: &Path) -> BTreeMap<String, String> {
    let entry = |entry: walkdir::DirEntry| {
        let path = entry.path().strip_prefix(dir).unwrap().display().to_string();
        let kind = entry.file_type();
        if kind.is_dir() {
            (format!("{path}/"), String::new())
        } else if kind.is_symlink() {
            (format!("{path}@"), fs::read_link(entry.path()).unwrap().display().to_string())
        } else if !kind.is_file() {
            (format!("{path}="), String::new())
        } else {
            (path, String::from_utf8_lossy(&fs::read(entry.path()).unwrap()).into_owned())
        }
    };
    walkdir::WalkDir::new(dir).min_depth(1).into_iter().map(|found| entry(found.unwrap())).collect()
}

/// [`everything`] but for the ownership file.
pub(crate) fn files(dir: &Path) -> BTreeMap<String, String> {
    let mut files = everything(dir);
    files.remove(".elsakube");
    files
}

pub(crate) fn codes(outcome: Result<Written, Diagnostics>) -> Vec<String> {
    outcome.unwrap_err().0.into_iter().map(|diagnostic| diagnostic.code).collect()
}

pub(crate) fn only(outcome: Result<Written, Diagnostics>) -> Diagnostic {
    let Diagnostics(mut found) = outcome.unwrap_err();
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0)
}
