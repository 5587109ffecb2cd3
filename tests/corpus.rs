//! `elsakube check` finds each of the mistakes of `corpus/mistakes.rs`, written into our own rendering of every release,
//! at its line, and nothing else; and nothing at all where no mistake was made.
#![allow(clippy::unwrap_used)]

mod common;
#[path = "corpus/mistakes.rs"]
mod mistakes;
#[path = "corpus/stream.rs"]
mod stream;

use common::scenario::{self, SCENARIOS};
use common::{HELMS, elsakube, helm, run, succeed, tool};
use mistakes::MISTAKES;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use stream::Stream;

/// What every mistake is tried on: a release, and the stack with what makes it fit.
const STACKS: [(&str, &[&str]); 10] = [
    ("3.5", &["--profile", "dev"]),
    ("3.5", &["--profile", "prod,stock"]),
    ("3.5", &["--profile", "prod,stock", "--set", "locks.provider=Postgres"]),
    ("3.6", &["--profile", "dev"]),
    ("3.6", &["--profile", "prod,stock", "--set", "exposure.type=none"]),
    ("3.8", &["--profile", "dev"]),
    ("3.8", &["--profile", "prod,stock"]),
    ("3.9", &["--profile", "dev"]),
    ("3.9", &["--profile", "prod,stock"]),
    ("3.9", &["--profile", "prod"]),
];

fn rendered(release: &str, arguments: &[&str]) -> String {
    let mut all = vec!["render", "--quiet", "--elsa", release];
    all.extend(arguments);
    succeed(&all).stdout
}

/// What `check` finds in a file: line and code.
fn findings(path: &Path) -> BTreeSet<(u64, String)> {
    let run = run(&mut elsakube(&["check", "--format", "json", path.to_str().unwrap()]));
    assert!(run.code <= 1, "{}", run.stderr);
    let found: Value = serde_json::from_str(&run.stdout).unwrap();
    let found = found.as_array().unwrap().iter();
    let found: BTreeSet<(u64, String)> = found
        .map(|one| (one["line"].as_u64().unwrap_or(0), one["code"].as_str().unwrap().to_string()))
        .collect();
    found
}

#[test]
fn every_mistake_is_found_at_its_line_and_nothing_else() {
    let scratch = tempfile::tempdir().unwrap();
    let file = scratch.path().join("manifests.yaml");
    let (mut count, mut made, mut releases, mut wrong) = (0, BTreeSet::new(), BTreeSet::new(), Vec::new());
    for (release, arguments) in STACKS {
        let good = Stream::new(&rendered(release, arguments));
        for mistake in &MISTAKES {
            let mut bad = good.clone();
            let Some(line) = (mistake.make)(&mut bad) else { continue };
            fs::write(&file, bad.text()).unwrap();
            let expected = BTreeSet::from([(line as u64 + 1, mistake.code.to_string())]);
            let mut found = findings(&file);
            found.retain(|(_, code)| !mistake.also.contains(&code.as_str()));
            if found != expected {
                wrong.push(format!(
                    "{release} {}: {}: expected {expected:?}, found {found:?}",
                    arguments.join(" "),
                    mistake.class
                ));
            }
            count += 1;
            made.insert(mistake.class);
            releases.insert(release);
        }
    }
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
    let never: Vec<&str> =
        MISTAKES.iter().map(|mistake| mistake.class).filter(|class| !made.contains(class)).collect();
    assert!(never.is_empty(), "made nowhere: {never:?}");
    assert_eq!(made.len(), MISTAKES.len(), "two classes of one name");
    assert!(count >= 60 && made.len() >= 20, "{count} manifests of {} classes", made.len());
    assert_eq!(releases.len(), 4);
}

#[test]
fn nothing_is_found_in_the_snapshots() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("snapshots");
    let mut checked = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy();
        if name.starts_with("chart") || name == "addons" {
            continue;
        }
        let run = run(&mut elsakube(&["check", "--strict", path.to_str().unwrap()]));
        assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{}\n{}", path.display(), run.stderr);
        checked += 1;
    }
    assert_eq!(checked, SCENARIOS.len());
}

#[test]
fn nothing_is_found_in_what_add_ons_make() {
    for add_on in scenario::add_ons() {
        let scratch = tempfile::tempdir().unwrap();
        let out = scratch.path().join("out");
        let out = out.to_str().unwrap();
        succeed(&[&["render", "--quiet", "-o", out][..], &add_on.arguments()].concat());
        let run = run(&mut elsakube(&["check", "--strict", out]));
        assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{}\n{}", add_on.name, run.stderr);
    }
}

#[test]
fn nothing_is_found_in_what_helm_makes_of_our_chart() {
    let Some(binary) = tool(HELMS[HELMS.len() - 1]) else { return };
    let scratch = tempfile::tempdir().unwrap();
    for (release, arguments) in STACKS {
        let chart = scratch.path().join(format!("chart-{release}"));
        if !chart.exists() {
            succeed(&["chart", "--elsa", release, "-o", chart.to_str().unwrap()]);
        }
        let mut command = helm(&binary, scratch.path());
        command.args(["template", "elsa"]).arg(&chart).args([
            "--namespace",
            "elsa",
            "--kube-version",
            "1.28.0",
        ]);
        for pair in arguments.chunks(2) {
            match pair[0] {
                "--profile" => {
                    for profile in pair[1].split(',') {
                        command.arg("--values").arg(chart.join(format!("values-{profile}.yaml")));
                    }
                }
                _ => {
                    command.args(pair);
                }
            }
        }
        let templated = run(&mut command);
        assert_eq!(templated.code, 0, "{}", templated.stderr);
        let file = scratch.path().join("templated.yaml");
        fs::write(&file, templated.stdout).unwrap();
        let run = run(&mut elsakube(&["check", "--strict", file.to_str().unwrap()]));
        assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{release} {arguments:?}\n{}", run.stderr);
    }
}
