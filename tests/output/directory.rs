//! Whose file is whose.

use crate::common::tool;
use crate::support::*;
use elsakube::output::directory::write;
use std::fs;
use std::os::unix::fs::{MetadataExt, symlink};
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::Command;

const ONE: &[(&str, &str)] =
    &[("kustomization.yaml", "k1\n"), ("server/a.yaml", "a1\n"), ("server/b.yaml", "b1\n")];
const TWO: &[(&str, &str)] =
    &[("kustomization.yaml", "k2\n"), ("server/a.yaml", "a1\n"), ("studio/c.yaml", "c2\n")];

fn temp() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

#[test]
fn creates_updates_removes_and_leaves_alone() {
    let temp = temp();
    let out = temp.path().join("deep/er/out");
    let first = written(&out, ONE);
    assert_eq!(first.to_string(), "3 created");
    let again = written(&out, ONE);
    assert_eq!(again.to_string(), "3 unchanged");
    let second = written(&out, TWO);
    assert_eq!(second.created, ["studio/c.yaml"]);
    assert_eq!(second.updated, ["kustomization.yaml"]);
    assert_eq!(second.removed, ["server/b.yaml"]);
    assert_eq!(second.unchanged, ["server/a.yaml"]);
    let fresh = temp.path().join("fresh");
    written(&fresh, TWO);
    assert_eq!(everything(&out), everything(&fresh));
}

#[test]
fn emptied_folders_go_unless_somebody_uses_them() {
    let temp = temp();
    let out = temp.path();
    written(out, &[("a/b/c/x.yaml", ""), ("d/e/y.yaml", "")]);
    put(out, &[("d/notes.txt", "mine")]);
    written(out, &[]);
    assert_eq!(files(out).into_keys().collect::<Vec<_>>(), ["d/", "d/notes.txt"]);
}

#[test]
fn a_second_run_touches_nothing() {
    let temp = temp();
    written(temp.path(), ONE);
    let inode = |path: &str| temp.path().join(path).metadata().unwrap().ino();
    let before = (inode(".elsakube"), inode("server/a.yaml"));
    written(temp.path(), ONE);
    assert_eq!(before, (inode(".elsakube"), inode("server/a.yaml")));
}

#[test]
fn the_ownership_file_is_a_list_of_checksums() {
    let temp = temp();
    written(temp.path(), ONE);
    let text = fs::read_to_string(temp.path().join(".elsakube")).unwrap();
    let (comments, files): (Vec<_>, Vec<_>) = text.lines().partition(|line| line.starts_with('#'));
    assert_eq!(comments.len(), 2);
    let paths: Vec<_> = files.iter().map(|line| &line[66..]).collect();
    assert_eq!(paths, ["kustomization.yaml", "server/a.yaml", "server/b.yaml"]);
    let Some(mut sha256sum) = tool("sha256sum").map(Command::new) else { return };
    let mut check = || sha256sum.args(["--check", ".elsakube"]).current_dir(temp.path()).output().unwrap();
    assert!(check().status.success());
    put(temp.path(), &[("server/a.yaml", "edited")]);
    assert!(!check().status.success());
}

#[test]
fn foreign_files_are_no_obstacle_unless_a_path_collides() {
    let temp = temp();
    let out = temp.path();
    put(out, &[("notes.txt", "mine"), ("server/mine.yaml", "mine"), ("server/b.yaml", "b1\n")]);
    let before = everything(out);
    for options in [GENTLE, FORCE] {
        let found = only(write(&tree(ONE), out, options));
        assert_eq!(found.code, "foreign-file");
        assert!(
            found.message.contains("server/b.yaml") && !found.message.contains("mine.yaml"),
            "{}",
            found.message
        );
        assert_eq!(everything(out), before, "nothing was written");
    }
    fs::remove_file(out.join("server/b.yaml")).unwrap();
    written(out, ONE);
    written(out, TWO);
    assert_eq!(fs::read_to_string(out.join("server/mine.yaml")).unwrap(), "mine");
    assert_eq!(fs::read_to_string(out.join("notes.txt")).unwrap(), "mine");
}

#[test]
fn an_edited_file_is_neither_overwritten_nor_removed_without_force() {
    for edited in ["kustomization.yaml", "server/b.yaml"] {
        let temp = temp();
        let out = temp.path();
        written(out, ONE);
        put(out, &[(edited, "my edit")]);
        let before = everything(out);
        let found = only(write(&tree(TWO), out, GENTLE));
        assert_eq!(found.code, "edited-file");
        assert!(found.message.contains(edited) && found.help.unwrap().contains("--force"));
        assert_eq!(everything(out), before);
        write(&tree(TWO), out, FORCE).unwrap();
        assert_eq!(written(out, TWO).to_string(), "3 unchanged");
    }
}

#[test]
fn an_edit_that_says_what_is_rendered_is_no_conflict() {
    let temp = temp();
    written(temp.path(), ONE);
    put(temp.path(), &[("kustomization.yaml", "k2\n")]);
    assert_eq!(written(temp.path(), TWO).unchanged, ["kustomization.yaml", "server/a.yaml"]);
}

#[test]
fn a_deleted_file_comes_back_or_is_forgotten() {
    let temp = temp();
    written(temp.path(), ONE);
    fs::remove_dir_all(temp.path().join("server")).unwrap();
    assert_eq!(written(temp.path(), ONE).created, ["server/a.yaml", "server/b.yaml"]);
    fs::remove_file(temp.path().join("server/b.yaml")).unwrap();
    assert_eq!(written(temp.path(), TWO).removed, [""; 0]);
}

#[test]
fn everything_in_the_way_is_told_at_once() {
    let temp = temp();
    let out = temp.path();
    written(out, ONE);
    put(out, &[("kustomization.yaml", "edit"), ("server/b.yaml", "edit"), ("studio/c.yaml", "foreign")]);
    assert_eq!(codes(write(&tree(TWO), out, GENTLE)), ["foreign-file", "edited-file"]);
    let many: Vec<_> = (0..20).map(|n| format!("many/{n:02}.yaml")).collect();
    let many: Vec<_> = many.iter().map(|path| (path.as_str(), "x")).collect();
    put(out, &many);
    let found = only(write(&tree(&many), temp.path(), FORCE));
    assert!(found.message.contains("many/07.yaml and 12 more would be"), "{}", found.message);
}

#[test]
fn what_is_no_file_is_foreign() {
    type Make = fn(&Path);
    let cases: [(&str, Make); 4] = [
        ("a folder", |path| fs::create_dir(path).unwrap()),
        ("a symbolic link", |path| symlink("/etc/hostname", path).unwrap()),
        ("a symbolic link", |path| symlink("nowhere", path).unwrap()),
        ("a device, pipe or socket", |path| drop(UnixListener::bind(path).unwrap())),
    ];
    for (what, make) in cases {
        let temp = temp();
        let out = temp.path();
        written(out, ONE);
        for path in ["server/a.yaml", "studio"] {
            let _ = fs::remove_file(out.join(path));
            make(&out.join(path));
            let before = everything(out);
            if path == "studio" && what == "a folder" {
                continue;
            }
            let found = only(write(&tree(TWO), out, FORCE));
            assert_eq!(found.code, "foreign-file");
            assert!(found.message.contains(what), "{}", found.message);
            assert_eq!(everything(out), before);
            if path == "server/a.yaml" {
                // Not rendered any more: what took its place stays.
                write(&tree(&ONE[..1]), out, FORCE).unwrap();
                assert!(out.join(path).symlink_metadata().is_ok());
                let _ = fs::remove_file(out.join(path));
                let _ = fs::remove_dir(out.join(path));
                written(out, ONE);
            }
        }
    }
}

#[test]
fn links_inside_are_not_followed() {
    let temp = temp();
    let (out, victim) = (temp.path().join("out"), temp.path().join("victim"));
    put(&victim, &[("a.yaml", "a1\n"), ("b.yaml", "b1\n"), ("empty/x", "")]);
    fs::remove_file(victim.join("empty/x")).unwrap();
    let before = everything(&victim);
    written(&out, &[("kustomization.yaml", "k1\n"), ("server/b.yaml", "b1\n"), ("server/empty/x.yaml", "")]);
    fs::remove_dir_all(out.join("server")).unwrap();
    symlink(&victim, out.join("server")).unwrap();
    assert_eq!(only(write(&tree(ONE), &out, FORCE)).code, "foreign-file");
    assert_eq!(everything(&victim), before);
    // Its hash is right, but the file behind the link is not ours to remove; nor is the folder.
    write(&tree(&ONE[..1]), &out, FORCE).unwrap();
    assert_eq!(everything(&victim), before);
    assert!(out.join("server").is_symlink());
}

#[test]
fn a_list_that_points_outside_is_refused() {
    let temp = temp();
    let out = temp.path().join("out");
    put(temp.path(), &[("victim", ""), ("out/x", "")]);
    let hash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    for path in
        ["../victim".to_string(), temp.path().join("victim").display().to_string(), "x/../../victim".into()]
    {
        put(&out, &[(".elsakube", &format!("{hash}  {path}\n"))]);
        assert_eq!(only(write(&tree(ONE), &out, FORCE)).code, "corrupt-ownership");
    }
    assert!(temp.path().join("victim").exists());
}

#[test]
fn a_corrupt_list_is_told_with_its_line() {
    let temp = temp();
    let out = temp.path();
    written(out, ONE);
    let good = fs::read_to_string(out.join(".elsakube")).unwrap();
    for (bad, why) in [
        (good.replace("kustomization", "\0"), "line 3 is"),
        (format!("{good}<<<<<<< ours\n"), "line 6 is \"<<<<<<< ours\""),
        (format!("{good}{}", &good.lines().last().unwrap()), "within a line"),
        (String::new(), "within a line"),
    ] {
        fs::write(out.join(".elsakube"), bad).unwrap();
        let before = everything(out);
        let found = only(write(&tree(TWO), out, FORCE));
        assert_eq!(found.code, "corrupt-ownership");
        assert!(found.message.contains(why), "{}", found.message);
        assert!(found.help.unwrap().contains("version control"));
        assert_eq!(everything(out), before);
    }
    fs::write(out.join(".elsakube"), b"\xff\n").unwrap();
    assert!(only(write(&tree(TWO), out, FORCE)).message.contains("UTF-8"));
}

#[test]
fn elsakubes_own_names_may_be_taken_too() {
    for name in [".elsakube", ".elsakube.new"] {
        let temp = temp();
        symlink("/etc/hostname", temp.path().join(name)).unwrap();
        let before = everything(temp.path());
        assert_eq!(only(write(&tree(ONE), temp.path(), FORCE)).code, "foreign-file");
        assert_eq!(everything(temp.path()), before);
    }
    let temp = temp();
    put(temp.path(), &[(".elsakube.new", "my notes")]);
    assert_eq!(only(write(&tree(ONE), temp.path(), FORCE)).code, "foreign-file");
    assert_eq!(everything(temp.path()).len(), 1);
}

#[test]
fn the_directory_itself() {
    let temp = temp();
    let at = |name: &str| temp.path().join(name);
    put(temp.path(), &[("file", "")]);
    fs::create_dir(at("real")).unwrap();
    symlink("real", at("link")).unwrap();
    symlink("nowhere", at("dangling")).unwrap();
    symlink("loop", at("loop")).unwrap();
    written(&at("link"), ONE);
    assert!(at("real/server/a.yaml").exists() && at("link").is_symlink());
    let before = everything(temp.path());
    for (path, why) in [
        ("file", "not a directory"),
        ("file/", "not a directory"),
        ("file/out", "file"),
        ("dangling", "symbolic link to nothing"),
        ("dangling/", "symbolic link to nothing"),
        ("dangling/out", "symbolic link to nothing"),
        ("loop", "oo many"),
    ] {
        let found = only(write(&tree(ONE), &at(path), GENTLE));
        assert_eq!(found.code, "cannot-write", "{path}");
        assert!(found.message.contains(why), "{path}: {}", found.message);
    }
    assert_eq!(everything(temp.path()), before);
    assert!(only(write(&tree(ONE), Path::new(""), GENTLE)).message.contains("empty name"));
    let found = only(write(&tree(ONE), Path::new("/proc/elsakube/out"), GENTLE));
    assert!(found.message.starts_with("cannot write /proc/elsakube: No such file"), "{}", found.message);
}

#[test]
fn runs_at_the_same_time_wait_for_each_other() {
    let temp = temp();
    let out = temp.path().join("out");
    std::thread::scope(|scope| {
        for files in [ONE, TWO, ONE, TWO] {
            let out = &out;
            scope.spawn(move || {
                for _ in 0..15 {
                    written(out, files);
                    assert!(!elsakube::output::drift::check(&tree(files), out).unwrap().half_written);
                }
            });
        }
    });
    written(&out, TWO);
    let fresh = temp.path().join("fresh");
    written(&fresh, TWO);
    assert_eq!(everything(&out), everything(&fresh));
}
