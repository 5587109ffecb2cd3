//! Guarantee 1: the chart and the flat manifests are the same objects, on every helm, for profiles and for any values;
//! and where one refuses, so does the other.
#![allow(clippy::unwrap_used)]

mod common;

use common::equality::{Objects, differences, objects, unsafe_ends};
use common::random::{self, Random, Reached};
use common::scenario::{self, Scenario};
use common::{helm, helms, run, succeed};
use elsakube::assets::Templates;
use elsakube::values::annotated;
use elsakube::values::schema::Schema;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Loader's codes: what only `render` refuses, as docs/equality.md lists them.
const RENDER_ALONE: [&str; 10] = [
    "duplicate-key",
    "ambiguous-key",
    "control-character",
    "not-utf8",
    "too-large",
    "several-documents",
    "number-too-large",
    "ambiguous-scalar",
    "null-over-profile",
    "incomplete-object",
];

fn schema() -> Schema {
    annotated::read(&Templates::embedded().values).unwrap().schema
}

/// The chart for an Elsa release, in a folder of the test's own.
fn chart(scratch: &Path, elsa: &str) -> PathBuf {
    let dir = scratch.join(format!("chart-{elsa}"));
    succeed(&["chart", "--elsa", elsa, "-o", dir.to_str().unwrap()]);
    dir
}

fn template(helm_binary: &Path, scratch: &Path, chart: &Path, files: &[PathBuf]) -> Result<Objects, String> {
    let mut command = helm(helm_binary, scratch);
    command.args(["template", "elsa"]).arg(chart);
    command.args(["--namespace", "elsa", "--kube-version", "1.28.0", "--skip-tests"]);
    for file in files {
        command.arg("--values").arg(file);
    }
    let run = run(&mut command);
    if run.code == 0 { objects(&run.stdout) } else { Err(run.stderr) }
}

fn render(arguments: &[&str], files: &[PathBuf]) -> Result<Objects, String> {
    let mut all = vec!["render", "--quiet"];
    all.extend(arguments);
    for file in files {
        all.extend(["--values", file.to_str().unwrap()]);
    }
    let run = run(&mut common::elsakube(&all));
    assert!([0, 2].contains(&run.code), "exit code {}\n{}", run.code, run.stderr);
    if run.code != 0 {
        assert_eq!(run.stdout, "", "partial output");
        return Err(run.stderr);
    }
    let ends = unsafe_ends(&run.stdout);
    assert!(ends.is_empty(), "these end in a block scalar: {}", ends.join(", "));
    let mut objects = objects(&run.stdout)?;
    objects.retain(|id, _| !id.starts_with("v1/Namespace "));
    Ok(objects)
}

fn values_file(scratch: &Path, scenario: &Scenario) -> PathBuf {
    let path = scratch.join(format!("{}.yaml", scenario.name));
    let mut arguments = vec!["values"];
    arguments.extend(scenario.arguments());
    fs::write(&path, succeed(&arguments).stdout).unwrap();
    path
}

#[test]
fn every_scenario_gives_the_same_objects_on_every_helm() {
    let scratch = tempfile::tempdir().unwrap();
    let helms = helms();
    for scenario in &scenario::all() {
        let flat = render(&scenario.arguments(), &[]).unwrap();
        let chart = chart(scratch.path(), scenario.elsa);
        let mut stacks = vec![vec![values_file(scratch.path(), scenario)]];
        if scenario.sets.is_empty() {
            // The way that users go: the chart's own values files.
            stacks.push(
                scenario.profiles.iter().map(|name| chart.join(format!("values-{name}.yaml"))).collect(),
            );
        }
        // Add-ons are many, and the helms that could differ over one would do so over a base or random values: the oldest
        // and the newest will do.
        let last = helms.len().saturating_sub(1);
        let kept = helms
            .iter()
            .enumerate()
            .filter(|(index, _)| !scenario.is_add_on() || *index == 0 || *index == last);
        for (_, helm) in kept {
            for files in &stacks {
                let templated = template(helm, scratch.path(), &chart, files)
                    .unwrap_or_else(|error| panic!("{} {}: {error}", scenario.name, helm.display()));
                let found = differences(&flat, &templated);
                assert!(found.is_empty(), "{} on {}:\n{}", scenario.name, helm.display(), found.join("\n"));
            }
        }
    }
}

#[test]
fn random_values_give_the_same_objects_or_are_refused_by_both() {
    let helms = helms();
    if helms.is_empty() {
        return;
    }
    let cases: usize =
        std::env::var("ELSAKUBE_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(2_000);
    let scratch = tempfile::tempdir().unwrap();
    let charts: Vec<_> = common::releases().map(|elsa| (elsa, chart(scratch.path(), elsa))).collect();
    let hidden = scratch.path().join("hidden.yaml");
    fs::write(&hidden, "exposure:\n  type: none\n").unwrap();
    let schema = schema();
    let (next, reached, failures) = (AtomicUsize::new(0), Mutex::new(Reached::new()), Mutex::new(Vec::new()));
    let (equal, refused) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let worker = || {
        loop {
            let case = next.fetch_add(1, Ordering::Relaxed);
            if case >= cases || failures.lock().unwrap().len() > 10 {
                return;
            }
            let (elsa, chart) = &charts[case % charts.len()];
            let helm = &helms[case % helms.len()];
            let mut own = Reached::new();
            let stack = random::stack(&mut Random::new(case as u64 + 1), &schema, &mut own);
            for (path, count) in own {
                *reached.lock().unwrap().entry(path).or_default() += count;
            }
            let mut files: Vec<PathBuf> =
                (0..stack.len()).map(|i| scratch.path().join(format!("{case}-{i}.yaml"))).collect();
            for (file, value) in files.iter().zip(&stack) {
                fs::write(file, random::file(value)).unwrap();
            }
            // Otherwise all of prod would be refused there: see fixed-public-credentials.
            if *elsa == "3.6" {
                files.insert(0, hidden.clone());
            }
            // Most of the keys only matter in production; what stands below the files is a profile's, on both sides.
            let profiles: &[&str] = match (case / charts.len() % 3, *elsa) {
                (0, _) => &[],
                (1, "3.9") => &["prod"],
                _ => &["prod", "stock"],
            };
            let mut arguments = vec!["--elsa", *elsa];
            profiles.iter().for_each(|profile| arguments.extend(["--profile", profile]));
            let mut below: Vec<PathBuf> =
                profiles.iter().map(|profile| chart.join(format!("values-{profile}.yaml"))).collect();
            below.extend(files.iter().cloned());
            let flat = render(&arguments, &files);
            let templated = template(helm, scratch.path(), chart, &below);
            let name = helm.file_name().unwrap().to_string_lossy();
            let problem = match (&flat, &templated) {
                (Ok(flat), Ok(templated)) => {
                    equal.fetch_add(1, Ordering::Relaxed);
                    Some(differences(flat, templated))
                        .filter(|found| !found.is_empty())
                        .map(|found| found.join("\n"))
                }
                (Err(_), Err(_)) => {
                    refused.fetch_add(1, Ordering::Relaxed);
                    None
                }
                (Err(error), Ok(_)) => {
                    let known = RENDER_ALONE.iter().any(|code| error.contains(&format!("error[{code}]")));
                    (!known).then(|| format!("only render refuses:\n{error}"))
                }
                (Ok(_), Err(error)) => Some(format!("only helm refuses:\n{error}")),
            };
            if let Some(problem) = problem {
                let files: Vec<String> = stack.iter().map(random::file).collect();
                failures
                    .lock()
                    .unwrap()
                    .push(format!("case {case} on {name}, Elsa {elsa}: {problem}\n{}", files.join("---\n")));
            } else {
                files.iter().filter(|file| **file != hidden).for_each(|file| drop(fs::remove_file(file)));
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(worker);
        }
    });
    let failures = failures.into_inner().unwrap();
    assert!(failures.is_empty(), "{} failures, such as\n{}", failures.len(), failures.join("\n\n"));
    let reached = reached.into_inner().unwrap();
    if cases >= 2_000 {
        let missed: Vec<String> = schema
            .leaves()
            .into_iter()
            .map(|(path, _)| path.to_string())
            .filter(|path| !reached.contains_key(path))
            .collect();
        assert!(missed.is_empty(), "never set: {}", missed.join(", "));
        assert!(
            equal.load(Ordering::Relaxed) * 5 > cases * 2,
            "too many were refused for the rest to prove much"
        );
    }
    eprintln!("{cases} cases: {} equal, {} refused by both", equal.into_inner(), refused.into_inner());
}

#[test]
fn a_broken_rule_stops_both_with_the_same_sentence() {
    let scratch = tempfile::tempdir().unwrap();
    let chart = chart(scratch.path(), "3.9");
    let file = scratch.path().join("two.yaml");
    fs::write(&file, "server:\n  replicaCount: 2\n").unwrap();
    let error = render(&[], std::slice::from_ref(&file)).unwrap_err();
    assert!(error.contains("error[replicas-not-supported]"), "{error}");
    assert!(error.contains("two.yaml:2:17"), "{error}");
    let sentence = "each replica would fire every timer and answer with its own stale workflows";
    assert!(error.contains(sentence), "{error}");
    for helm in helms() {
        let error = template(&helm, scratch.path(), &chart, std::slice::from_ref(&file)).unwrap_err();
        assert!(error.contains("[replicas-not-supported] server.replicaCount: "), "{error}");
        assert!(error.contains(sentence), "{error}");
    }
}

/// What the guarantee is worth: a difference of one member is seen.
#[test]
fn a_difference_is_seen() {
    let flat = render(&[], &[]).unwrap();
    let mut other = flat.clone();
    let text = succeed(&["render", "--quiet"]).stdout.replace("replicas: 1", "replicas: 2");
    other.extend(objects(&text).unwrap());
    other.retain(|id, _| !id.starts_with("v1/Namespace "));
    assert_eq!(differences(&flat, &other).len(), 2, "one in each Deployment");
}

#[test]
fn as_a_dependency_the_chart_takes_condition_and_global() {
    let scratch = tempfile::tempdir().unwrap();
    let chart = chart(scratch.path(), "3.9");
    let parent = scratch.path().join("parent");
    fs::create_dir_all(parent.join("charts")).unwrap();
    fs::write(
        parent.join("Chart.yaml"),
        "apiVersion: v2\nname: parent\nversion: 0.1.0\ndependencies:\n  - name: elsa\n    version: \">=0.0.0\"\n    condition: elsa.enabled\n",
    )
    .unwrap();
    copy(&chart, &parent.join("charts/elsa"));
    for helm in helms() {
        for (values, expected) in [
            ("elsa:\n  enabled: true\nglobal:\n  domain: example.com\n", true),
            ("elsa:\n  enabled: false\n", false),
        ] {
            let file = scratch.path().join("parent.yaml");
            fs::write(&file, values).unwrap();
            let templated = template(&helm, scratch.path(), &parent, &[file]).unwrap();
            assert_eq!(!templated.is_empty(), expected, "{} {values}", helm.display());
            if expected {
                let found = differences(&render(&[], &[]).unwrap(), &templated);
                assert!(found.is_empty(), "{}", found.join("\n"));
            }
        }
    }
}

fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from) {
        let entry = entry.unwrap();
        let target = to.join(entry.path().strip_prefix(from).unwrap());
        if entry.file_type().is_dir() {
            fs::create_dir_all(&target).unwrap();
        } else {
            fs::copy(entry.path(), &target).unwrap();
        }
    }
}

/// What the equality is worth: a filter that does something else on one side is caught.
#[test]
fn a_filter_changed_on_one_side_is_caught() {
    let scratch = tempfile::tempdir().unwrap();
    let chart = chart(scratch.path(), "3.9");
    let helpers = chart.join("templates/_helpers.tpl");
    let text = fs::read_to_string(&helpers).unwrap();
    let changed = text.replace("trunc 41", "trunc 40");
    assert_ne!(text, changed);
    fs::write(&helpers, changed).unwrap();
    let file = scratch.path().join("long.yaml");
    fs::write(&file, format!("fullnameOverride: {}\n", "x".repeat(60))).unwrap();
    let flat = render(&[], std::slice::from_ref(&file)).unwrap();
    for helm in helms() {
        let templated = template(&helm, scratch.path(), &chart, std::slice::from_ref(&file)).unwrap();
        assert!(!differences(&flat, &templated).is_empty(), "{}", helm.display());
    }
}

/// And so is a member that no workload has: Tera alone would take it for false, and Go for nothing.
#[test]
fn a_member_misspelt_in_a_component_is_caught() {
    let scratch = tempfile::tempdir().unwrap();
    let pod = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/_pod.tera")).unwrap();
    let line = pod.lines().position(|line| line.contains("{%- if w.nodeSelector %}")).unwrap() + 1;
    let path = scratch.path().join("_pod.tera");
    fs::write(&path, pod.replace("{%- if w.nodeSelector %}", "{%- if w.nodeSelectro %}")).unwrap();
    for verb in ["render", "chart"] {
        let error = common::refuse(&[verb, "--templates", scratch.path().to_str().unwrap()]);
        assert!(error.contains("error[unknown-member]"), "{error}");
        assert!(error.contains(&format!("{}:{line}:10", path.display())), "{error}");
        assert!(error.contains("`nodeSelector`"), "{error}");
    }
}
