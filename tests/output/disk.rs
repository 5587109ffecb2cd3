//! Real file systems that are full or read-only. They need root and `mount`.

use crate::common::skip;
use crate::support::*;
use elsakube::output::directory::write;
use elsakube::output::{Tree, drift};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A small file system of our own, gone when dropped.
struct Tmpfs(tempfile::TempDir);

impl Tmpfs {
    fn new(size: &str) -> Option<Self> {
        let dir = tempfile::tempdir().unwrap();
        let options = format!("size={size},nr_inodes=200");
        let mount =
            Command::new("mount").args(["-t", "tmpfs", "-o", &options, "tmpfs"]).arg(dir.path()).output();
        if mount.is_ok_and(|output| output.status.success()) {
            return Some(Tmpfs(dir));
        }
        skip("tmpfs");
        None
    }

    fn out(&self) -> PathBuf {
        self.0.path().join("out")
    }

    fn remount(&self, how: &str) {
        assert!(Command::new("mount").args(["-o", how]).arg(self.0.path()).status().unwrap().success());
    }
}

impl Drop for Tmpfs {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.0.path()).status();
    }
}

fn big(size: usize, files: usize) -> Tree {
    let mut tree = Tree::new();
    for n in 0..files {
        tree.insert(format!("server/{n}.yaml"), format!("{size}\n").repeat(size / 4)).unwrap();
    }
    tree
}

fn fill(dir: &Path, bytes: usize) {
    fs::write(dir.join("filler"), vec![0; bytes]).unwrap();
}

#[test]
fn a_full_disk_is_told_and_undone() {
    let Some(disk) = Tmpfs::new("512k") else { return };
    let out = disk.out();
    write(&big(1000, 8), &out, GENTLE).unwrap();
    let old = everything(&out);
    let mut failed = 0;
    // One page more is free each time, so the disk runs full at one step after the other.
    for pages in (0..=120).rev() {
        fs::write(disk.0.path().join("filler"), "").unwrap();
        let mut room = pages * 4096;
        while fs::write(disk.0.path().join("filler"), vec![0; room]).is_err() {
            room -= 4096;
        }
        match write(&big(9000, 8), &out, GENTLE) {
            Ok(_) => break,
            Err(found) => {
                failed += 1;
                assert_eq!(found.0[0].code, "cannot-write");
                assert!(found.0[0].message.contains("No space left on device"), "{}", found.0[0].message);
                if drift::check(&big(9000, 8), &out).unwrap().half_written {
                    assert!(found.0[0].help.as_ref().unwrap().contains("half written"));
                    fs::remove_file(disk.0.path().join("filler")).unwrap();
                    write(&big(1000, 8), &out, GENTLE).unwrap();
                }
                assert_eq!(everything(&out), old);
            }
        }
    }
    assert!(failed > 10, "{failed}");
    assert!(drift::check(&big(9000, 8), &out).unwrap().is_clean());
    // Nothing at all fits: the directory that was made is taken back.
    fill(disk.0.path(), 200_000);
    let none = disk.0.path().join("none");
    assert!(only(write(&big(400_000, 1), &none, GENTLE)).message.contains("No space left"));
    assert!(!none.exists());
}

#[test]
fn a_read_only_disk_is_told_but_for_what_needs_no_writing() {
    let Some(disk) = Tmpfs::new("1m") else { return };
    let out = disk.out();
    write(&big(1000, 3), &out, GENTLE).unwrap();
    disk.remount("remount,ro");
    assert_eq!(write(&big(1000, 3), &out, GENTLE).unwrap().to_string(), "3 unchanged");
    assert!(drift::check(&big(1000, 3), &out).unwrap().is_clean());
    for dir in [out.clone(), disk.0.path().join("new/er")] {
        let found = only(write(&big(2000, 3), &dir, FORCE));
        assert_eq!(found.code, "cannot-write");
        assert!(found.message.contains("Read-only file system"), "{}", found.message);
        assert_eq!(found.help, None, "nothing is half written");
    }
    assert_eq!(drift::check(&big(2000, 3), &out).unwrap().changes.len(), 3);
}
