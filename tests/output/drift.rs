//! `--check`: the diff is what a run would change, and nothing is written.

use crate::common::tool;
use crate::support::*;
use elsakube::output::drift::{ChangeKind, check};
use std::fs;
use std::os::unix::fs::symlink;
use std::process::Command;

const TREE: &[(&str, &str)] =
    &[("b.yaml", "one\ntwo\nthree\n"), ("a/new.yaml", "new\n"), ("c.yaml", "same\n")];

#[test]
fn a_written_tree_is_clean_whatever_else_is_there() {
    let temp = tempfile::tempdir().unwrap();
    written(temp.path(), TREE);
    put(temp.path(), &[("notes.txt", "mine"), ("a/mine.yaml", "mine")]);
    let drift = check(&tree(TREE), temp.path()).unwrap();
    assert!(drift.is_clean());
    assert_eq!(drift.to_string(), "");
}

#[test]
fn missing_different_and_extra_files_make_one_sorted_diff() {
    let temp = tempfile::tempdir().unwrap();
    written(temp.path(), &[("b.yaml", "one\ntwo\n"), ("c.yaml", "same\n"), ("old.yaml", "old")]);
    let before = everything(temp.path());
    let drift = check(&tree(TREE), temp.path()).unwrap();
    let diff = "\
--- /dev/null
+++ b/a/new.yaml
@@ -0,0 +1 @@
+new
--- a/b.yaml
+++ b/b.yaml
@@ -1,2 +1,3 @@
 one
 two
+three
--- a/old.yaml
+++ /dev/null
@@ -1 +0,0 @@
-old
\\ No newline at end of file
";
    assert_eq!(drift.to_string(), diff);
    let kinds: Vec<_> = drift.changes.iter().map(|change| change.kind).collect();
    assert_eq!(kinds, [ChangeKind::Missing, ChangeKind::Different, ChangeKind::Extra]);
    assert!(!drift.is_clean() && !drift.half_written);
    assert_eq!(everything(temp.path()), before);
    // The diff is a patch.
    let Some(mut git) = tool("git").map(Command::new) else { return };
    fs::write(temp.path().join("patch"), diff).unwrap();
    assert!(git.args(["apply", "patch"]).current_dir(temp.path()).status().unwrap().success());
    fs::remove_file(temp.path().join("patch")).unwrap();
    let fresh = tempfile::tempdir().unwrap();
    written(fresh.path(), TREE);
    assert_eq!(files(temp.path()), files(fresh.path()));
}

#[test]
fn a_directory_that_is_not_there_lacks_every_file() {
    let temp = tempfile::tempdir().unwrap();
    let out = temp.path().join("out");
    assert_eq!(check(&tree(TREE), &out).unwrap().changes.len(), 3);
    assert!(!out.exists());
}

#[test]
fn a_lost_or_outdated_list_is_drift() {
    let temp = tempfile::tempdir().unwrap();
    written(temp.path(), TREE);
    fs::remove_file(temp.path().join(".elsakube")).unwrap();
    let drift = check(&tree(TREE), temp.path()).unwrap();
    assert_eq!(drift.changes.len(), 1);
    assert!(drift.to_string().starts_with("--- /dev/null\n+++ b/.elsakube\n"));
}

#[test]
fn what_is_no_text_or_no_file_is_named() {
    let temp = tempfile::tempdir().unwrap();
    written(temp.path(), TREE);
    fs::write(temp.path().join("b.yaml"), b"\xff\xfe").unwrap();
    fs::remove_file(temp.path().join("c.yaml")).unwrap();
    fs::create_dir(temp.path().join("c.yaml")).unwrap();
    fs::remove_dir_all(temp.path().join("a")).unwrap();
    symlink("/etc", temp.path().join("a")).unwrap();
    let drift = check(&tree(TREE), temp.path()).unwrap();
    let expected = "\
File a/a is a symbolic link while file b/a/new.yaml is a regular file
Binary files a/b.yaml and b/b.yaml differ
File a/c.yaml is a folder while file b/c.yaml is a regular file
";
    assert_eq!(drift.to_string(), expected);
}

#[test]
fn what_cannot_be_compared_is_an_error() {
    let temp = tempfile::tempdir().unwrap();
    put(temp.path(), &[("file", ""), ("out/.elsakube", "nonsense\n")]);
    let code = |path: &str| check(&tree(TREE), &temp.path().join(path)).unwrap_err().0.remove(0).code;
    assert_eq!(code("file"), "cannot-read");
    assert_eq!(code("file/out"), "cannot-read");
    assert_eq!(code("out"), "corrupt-ownership");
}
