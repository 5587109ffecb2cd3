//! The chart as a maintainer looks at it: lint, package, layout, and values that become its own.

#![allow(clippy::unwrap_used)]

mod common;

use common::{helm, helms, run, succeed};
use std::fs;
use std::path::{Path, PathBuf};

fn chart(scratch: &Path, arguments: &[&str]) -> PathBuf {
    let dir = scratch.join("elsa");
    let mut all = vec!["chart", "--quiet", "-o", dir.to_str().unwrap()];
    all.extend(arguments);
    succeed(&all);
    dir
}

#[test]
fn every_helm_lints_it_strictly_and_packs_it() {
    for elsa in common::releases() {
        let scratch = tempfile::tempdir().unwrap();
        let dir = chart(scratch.path(), &["--elsa", elsa, "--chart-version", "1.2.3"]);
        let files =
            ["values-dev.yaml", "values-prod.yaml", "ci/default-values.yaml"].map(|file| dir.join(file));
        for binary in helms() {
            for file in &files {
                let mut lint = helm(&binary, scratch.path());
                let lint = run(lint.args(["lint", "--strict"]).arg(&dir).arg("--values").arg(file));
                assert_eq!(
                    lint.code,
                    0,
                    "{} {}\n{}{}",
                    binary.display(),
                    file.display(),
                    lint.stdout,
                    lint.stderr
                );
                assert!(!lint.stdout.contains("[WARNING]"), "{}", lint.stdout);
            }
            let mut package = helm(&binary, scratch.path());
            let package = run(package.arg("package").arg(&dir).arg("--destination").arg(scratch.path()));
            assert_eq!(package.code, 0, "{}", package.stderr);
            assert!(scratch.path().join("elsa-1.2.3.tgz").is_file());
        }
    }
}

#[test]
fn its_templates_are_laid_out_as_a_person_would() {
    let scratch = tempfile::tempdir().unwrap();
    let dir = chart(scratch.path(), &[]);
    let mut defines = Vec::new();
    let mut all = String::new();
    for entry in walkdir::WalkDir::new(dir.join("templates")) {
        let entry = entry.unwrap();
        if !entry.file_type().is_file() {
            continue;
        }
        let (name, text) = (entry.path().display(), fs::read_to_string(entry.path()).unwrap());
        assert!(!text.contains("\n\n\n"), "{name}: a run of blank lines");
        assert!(text.ends_with('\n') && !text.ends_with("\n\n"), "{name}: its end");
        assert!(text.lines().all(|line| !line.ends_with(' ')), "{name}: a blank at the end of a line");
        if name.to_string().ends_with(".yaml") && !name.to_string().ends_with("extraobjects.yaml") {
            assert!(text.matches("\nkind: ").count() <= 1, "{name}: one kind a file");
        }
        let named = text.split("define \"").skip(1).filter_map(|rest| rest.split('"').next());
        defines.extend(named.map(str::to_string));
        all.push_str(&text);
    }
    assert!(defines.len() > 50);
    for name in defines {
        assert!(all.contains(&format!("include \"{name}\"")), "nothing includes {name}");
    }
}

#[test]
fn given_values_become_its_own_with_their_comments() {
    let scratch = tempfile::tempdir().unwrap();
    let dir = chart(scratch.path(), &["--profile", "prod", "--set", "exposure.host=elsa.corp.net"]);
    let text = fs::read_to_string(dir.join("values.yaml")).unwrap();
    assert!(text.contains("  host: elsa.corp.net\n") && text.contains("  program: host\n"), "{text}");
    assert!(text.contains("# -- Number of server pods"), "{text}");
    let clean = run(&mut common::elsakube(&[
        "chart",
        "--profile",
        "prod",
        "--set",
        "exposure.host=elsa.corp.net",
        "-o",
        dir.to_str().unwrap(),
        "--check",
    ]));
    assert_eq!((clean.code, clean.stdout.as_str()), (0, ""), "{}", clean.stderr);
    for binary in helms() {
        let mut template = helm(&binary, scratch.path());
        let template = run(template.args(["template", "elsa"]).arg(&dir).args(["--kube-version", "1.28.0"]));
        assert_eq!(template.code, 0, "{}", template.stderr);
        assert!(template.stdout.contains("elsa.corp.net"), "{}", binary.display());
    }
}

#[test]
fn a_version_that_is_none_is_refused() {
    for version in ["", "1", "1.2", "v1.2.3", "1.2.3.4", "01.2.3"] {
        let error = common::refuse(&["chart", "--chart-version", version, "-o", "unused"]);
        assert!(error.contains("error[chart-version]"), "{version}: {error}");
    }
}
