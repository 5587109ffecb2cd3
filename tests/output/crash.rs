//! A run that dies at any step, or finds the disk full at any step, and what the next run makes of it.

use crate::support::*;
use elsakube::output::directory::{write, write_with};
use elsakube::output::drift;
use elsakube::output::files::Files;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;
use std::process::Command;

const OLD: &[(&str, &str)] = &[
    ("kustomization.yaml", "old kustomization\n"),
    ("server/a.yaml", "the same\n"),
    ("server/b.yaml", "old b\n"),
    ("stale/deep/x.yaml", "old x\n"),
];
const NEW: &[(&str, &str)] = &[
    ("kustomization.yaml", "new kustomization\n"),
    ("server/a.yaml", "the same\n"),
    ("server/c.yaml", "new c\n"),
    ("fresh/deep/y.yaml", "new y\n"),
];
const OTHER: &[(&str, &str)] = &[("kustomization.yaml", "other\n"), ("server/b.yaml", "other b\n")];
const FOREIGN: &[(&str, &str)] =
    &[("notes.txt", "mine"), ("server/mine.yaml", "mine"), ("stale/mine.txt", "mine")];

/// What happens at the step that fails.
#[derive(Clone, Copy, Debug, PartialEq)]
enum How {
    /// It and all later ones do nothing: as if killed.
    Killed,
    /// As killed, but half of the file was written.
    Torn,
    /// The process really ends, with half of the file written.
    Aborted,
    /// It fails for want of space; removing and all else goes on.
    NoSpace,
    /// From there on nothing that takes space works.
    StaysFull,
}

/// A disk that fails at one step. Nothing is synced: the tests would take minutes.
struct Faulty {
    left: Cell<usize>,
    how: How,
}

impl Faulty {
    fn at(step: usize, how: How) -> Self {
        Faulty { left: Cell::new(step), how }
    }

    fn step(&self, takes_space: bool, half: impl FnOnce()) -> io::Result<()> {
        let left = self.left.get();
        if left > 1 {
            self.left.set(left - 1);
            return Ok(());
        }
        let first = left == 1;
        self.left.set(0);
        match self.how {
            How::Killed => Err(io::Error::other("killed")),
            How::Torn | How::NoSpace | How::StaysFull | How::Aborted => {
                if !first && (self.how == How::NoSpace || self.how == How::StaysFull && !takes_space) {
                    return Ok(());
                }
                if first {
                    half();
                }
                if self.how == How::Aborted {
                    std::process::abort();
                }
                Err(io::Error::from(ErrorKind::StorageFull))
            }
        }
    }
}

impl Files for Faulty {
    fn create_dir(&self, path: &Path) -> io::Result<()> {
        self.step(true, || {})?;
        fs::create_dir(path)
    }
    fn create(&self, path: &Path, text: &str) -> io::Result<()> {
        self.step(true, || fs::write(path, &text[..text.len() / 2]).unwrap())?;
        assert!(!path.exists());
        fs::write(path, text)
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step(true, || {})?;
        fs::rename(from, to)
    }
    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.step(false, || {})?;
        fs::remove_file(path)
    }
    fn remove_dir(&self, path: &Path) -> io::Result<()> {
        self.step(false, || {})?;
        fs::remove_dir(path)
    }
    fn sync_dir(&self, _: &Path) -> io::Result<()> {
        self.step(false, || {})
    }
}

const NEVER: usize = usize::MAX;

fn heal(files: &[(&str, &str)], out: &Path) {
    write_with(&Faulty::at(NEVER, How::Killed), &tree(files), out, GENTLE).unwrap();
}

/// A directory as it is after a whole run, with the foreign files.
fn whole(files: &[(&str, &str)], foreign: bool) -> BTreeMap<String, String> {
    let temp = tempfile::tempdir().unwrap();
    if foreign {
        put(temp.path(), FOREIGN);
    }
    heal(files, temp.path());
    everything(temp.path())
}

/// `OLD` written among foreign files, or nothing at all.
fn prepare(out: &Path, fresh: bool) {
    if !fresh {
        put(out, FOREIGN);
        heal(OLD, out);
    }
}

/// No file is lost, torn or half of one tree while the list claims it is whole. Returns whether it is half written.
fn assert_sane(out: &Path, context: &str) -> bool {
    let fresh = !out.join("notes.txt").exists();
    if !out.exists() {
        return false;
    }
    let there = files(out);
    if !fresh {
        for (path, text) in FOREIGN {
            assert_eq!(there.get(*path).map(String::as_str), Some(*text), "{context}: foreign {path}");
        }
    }
    for (path, text) in &there {
        let known = [OLD, NEW, OTHER, FOREIGN].concat().iter().any(|(p, t)| p == path && t == text);
        assert!(
            known || path.ends_with('/') || path.contains(".elsakube"),
            "{context}: {path} holds {text:?}"
        );
    }
    let half_written = drift::check(&tree(NEW), out).unwrap().half_written;
    if !half_written && out.join(".elsakube").exists() {
        let temporary = |path: &str| path == ".elsakube.new" || path.ends_with('/');
        let visible = |all: BTreeMap<String, String>| all.into_iter().filter(|(path, _)| !temporary(path));
        let now: BTreeMap<_, _> = visible(everything(out)).collect();
        let wholes = [OLD, NEW, OTHER].map(|files| visible(whole(files, !fresh)).collect::<BTreeMap<_, _>>());
        assert!(wholes.contains(&now), "{context}: claims to be whole: {now:#?}");
    }
    half_written
}

fn assert_heals(out: &Path, fresh: bool, context: &str) {
    for files in [OTHER, NEW, OLD, NEW] {
        heal(files, out);
        assert_eq!(everything(out), whole(files, !fresh), "{context}");
        assert!(drift::check(&tree(files), out).unwrap().is_clean(), "{context}");
    }
}

/// How many steps a run has.
fn steps(fresh: bool) -> usize {
    let temp = tempfile::tempdir().unwrap();
    let out = temp.path().join("out");
    prepare(&out, fresh);
    let files = Faulty::at(NEVER, How::Killed);
    write_with(&files, &tree(NEW), &out, GENTLE).unwrap();
    NEVER - files.left.get()
}

#[test]
fn a_killed_run_is_finished_by_the_next() {
    for fresh in [true, false] {
        let steps = steps(fresh);
        assert!(steps > 15, "{steps}");
        let mut half_written = 0;
        for (how, step) in
            [How::Killed, How::Torn].into_iter().flat_map(|how| (1..=steps).map(move |n| (how, n)))
        {
            let context = format!("{how:?} at {step}, fresh {fresh}");
            let temp = tempfile::tempdir().unwrap();
            let out = temp.path().join("out");
            prepare(&out, fresh);
            write_with(&Faulty::at(step, how), &tree(NEW), &out, GENTLE).unwrap_err();
            half_written += usize::from(assert_sane(&out, &context));
            // The next run may want the new tree, the old one again, or a third.
            for files in [NEW, OLD, OTHER] {
                let copy = temp.path().join(format!("copy-{}", files.len()));
                copy_all(&out, &copy);
                heal(files, &copy);
                assert_eq!(everything(&copy), whole(files, !fresh), "{context}");
                fs::remove_dir_all(&copy).unwrap();
            }
            assert_heals(&out, fresh, &context);
        }
        assert!(half_written > 12, "{half_written}: the steps between were tried");
    }
}

#[test]
fn a_run_that_heals_may_be_killed_too() {
    for first in 1..=steps(false) {
        for second in (1..60).step_by(2) {
            let context = format!("killed at {first}, then at {second}");
            let temp = tempfile::tempdir().unwrap();
            let out = temp.path().join("out");
            prepare(&out, false);
            write_with(&Faulty::at(first, How::Torn), &tree(NEW), &out, GENTLE).unwrap_err();
            let finished = write_with(&Faulty::at(second, How::Torn), &tree(OTHER), &out, GENTLE).is_ok();
            assert_sane(&out, &context);
            heal(NEW, &out);
            assert_eq!(everything(&out), whole(NEW, true), "{context}");
            if finished {
                break;
            }
        }
    }
}

#[test]
fn a_full_disk_leaves_the_old_tree_or_one_that_says_so() {
    for (fresh, how) in
        [(true, How::NoSpace), (false, How::NoSpace), (true, How::StaysFull), (false, How::StaysFull)]
    {
        let mut undone = 0;
        for step in 1..=steps(fresh) {
            let context = format!("{how:?} at {step}, fresh {fresh}");
            let temp = tempfile::tempdir().unwrap();
            let out = temp.path().join("out");
            prepare(&out, fresh);
            let before = everything(temp.path());
            let found = only(write_with(&Faulty::at(step, how), &tree(NEW), &out, GENTLE));
            assert_eq!(found.code, "cannot-write", "{context}");
            let half_written = assert_sane(&out, &context);
            let told = found.help.is_some_and(|help| help.contains("half written"));
            assert!(told || !half_written, "{context}");
            if !half_written && everything(temp.path()) == before {
                undone += 1;
            } else {
                // Past the last step nothing is half written any more, but the caller cannot know.
                assert!(told, "{context}");
            }
            assert_heals(&out, fresh, &context);
        }
        // Up to the last file that waits to be renamed; taking the list back needs space, too.
        assert!(undone >= 8 || how == How::StaysFull, "{how:?}, fresh {fresh}: {undone} were undone");
    }
}

#[test]
fn an_edit_after_a_crash_is_still_an_edit() {
    let temp = tempfile::tempdir().unwrap();
    let out = temp.path();
    prepare(out, false);
    write_with(&Faulty::at(14, How::Killed), &tree(NEW), out, GENTLE).unwrap_err();
    assert!(drift::check(&tree(NEW), out).unwrap().half_written);
    put(out, &[("kustomization.yaml", "my edit")]);
    let before = everything(out);
    assert_eq!(only(write(&tree(NEW), out, GENTLE)).code, "edited-file");
    assert_eq!(everything(out), before);
    write(&tree(NEW), out, FORCE).unwrap();
    assert_eq!(everything(out), whole(NEW, true));
}

/// Plays the process that dies, when the next test starts it; nothing otherwise.
#[test]
fn the_process_that_dies() {
    if let (Ok(out), Ok(step)) = (std::env::var("DIE_IN"), std::env::var("DIE_AT")) {
        let step = step.parse().unwrap();
        write_with(&Faulty::at(step, How::Aborted), &tree(NEW), Path::new(&out), GENTLE).unwrap();
    }
}

#[test]
fn a_process_that_really_dies_leaves_no_lock_and_heals() {
    for step in 1..=steps(false) {
        let temp = tempfile::tempdir().unwrap();
        let out = temp.path().join("out");
        prepare(&out, false);
        let mut child = Command::new(std::env::current_exe().unwrap());
        child
            .args(["--exact", "crash::the_process_that_dies"])
            .env("DIE_IN", &out)
            .env("DIE_AT", step.to_string());
        assert!(!child.output().unwrap().status.success());
        assert_sane(&out, &format!("aborted at {step}"));
        assert_heals(&out, false, &format!("aborted at {step}"));
    }
}

fn copy_all(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    if from.exists() {
        for (path, text) in everything(from) {
            if path.ends_with('/') {
                fs::create_dir_all(to.join(path)).unwrap();
            } else {
                put(to, &[(&path, &text)]);
            }
        }
    }
}
