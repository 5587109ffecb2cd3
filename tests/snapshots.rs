//! Snapshots: every scenario as flat manifests, and the chart of every release, as plain trees under `snapshots/`. Add-ons
//! stand in `snapshots/addons/` as what they change in the stack that they need: files that they add, whole; `FILE.diff` for
//! those that they change; `FILE.removed` for those that they take away.
//!
//! `SNAPSHOTS=overwrite cargo test --test snapshots` writes them anew: read the diff before you commit it.
#![allow(clippy::unwrap_used)]

mod common;

use common::equality::{objects, pod_template};
use common::scenario::{self, SCENARIOS, Scenario};
use common::succeed;
use similar::TextDiff;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Relative path → text.
type Files = BTreeMap<String, String>;

/// Whether the snapshots are to be written anew.
fn overwrites() -> bool {
    std::env::var("SNAPSHOTS").is_ok_and(|value| value == "overwrite")
}

fn tree(dir: &Path) -> Files {
    let files = walkdir::WalkDir::new(dir)
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file());
    files
        .filter(|entry| entry.file_name() != ".elsakube")
        .map(|entry| {
            let path = entry.path().strip_prefix(dir).unwrap().to_string_lossy().into_owned();
            (path, fs::read_to_string(entry.path()).unwrap())
        })
        .collect()
}

/// A missing, an extra and a differing file are failures alike.
fn check(name: &str, actual: &Files) {
    let dir = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("snapshots").join(name);
    if overwrites() {
        let _ = fs::remove_dir_all(&dir);
        for (path, text) in actual {
            fs::create_dir_all(dir.join(path).parent().unwrap()).unwrap();
            fs::write(dir.join(path), text).unwrap();
        }
        return;
    }
    let expected = tree(&dir);
    let mut found = String::new();
    for path in expected.keys().chain(actual.keys().filter(|path| !expected.contains_key(*path))) {
        let side = |files: &BTreeMap<String, String>| files.get(path).cloned().unwrap_or_default();
        let (old, new) = (side(&expected), side(actual));
        if expected.contains_key(path) != actual.contains_key(path) || old != new {
            let path = format!("snapshots/{name}/{path}");
            let diff = TextDiff::from_lines(&old, &new);
            found.push_str(&diff.unified_diff().header(&path, "rendered").to_string());
            if !diff.ops().iter().any(|op| op.tag() != similar::DiffTag::Equal) {
                found.push_str(&format!("{path} is missing or extra\n"));
            }
        }
    }
    assert!(
        found.is_empty(),
        "{found}\nread this; if it is what you meant: SNAPSHOTS=overwrite cargo test --test snapshots"
    );
}

/// The directory that a scenario gives.
fn rendered(scenario: &Scenario) -> Files {
    let scratch = tempfile::tempdir().unwrap();
    let out = scratch.path().join("out");
    let mut arguments = vec!["render", "-o", out.to_str().unwrap()];
    arguments.extend(scenario.arguments());
    succeed(&arguments);
    tree(&out)
}

#[test]
fn flat_manifests() {
    for scenario in &SCENARIOS {
        check(&format!("{}/flat", scenario.name), &rendered(scenario));
    }
}

/// What changes from one directory to the other.
fn delta(stack: &str, below: &Files, above: &Files) -> Files {
    let mut delta = Files::new();
    for (path, text) in above {
        match below.get(path) {
            None => {
                delta.insert(path.clone(), text.clone());
            }
            Some(old) if old == text => {}
            Some(old) => {
                let diff = TextDiff::from_lines(old, text);
                let from = stack.rsplit_once(',').map_or("", |(below, _)| below);
                let header = (format!("{from}/{path}"), format!("{stack}/{path}"));
                let diff = diff.unified_diff().header(&header.0, &header.1).to_string();
                delta.insert(format!("{path}.diff"), diff);
            }
        }
    }
    for path in below.keys().filter(|path| !above.contains_key(*path)) {
        delta.insert(format!("{path}.removed"), format!("Not in {stack}.\n"));
    }
    delta
}

#[test]
fn add_ons() {
    let dir = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("snapshots/addons");
    let add_ons = scenario::add_ons();
    let mut rendered_below = BTreeMap::new();
    for add_on in &add_ons {
        let below = add_on.below();
        let below = rendered_below.entry(below.stack()).or_insert_with(|| rendered(&below));
        let delta = delta(&add_on.stack(), below, &rendered(add_on));
        assert!(!delta.is_empty(), "the add-on {} changes nothing", add_on.name);
        check(&format!("addons/{}", add_on.name), &delta);
    }
    let names: BTreeSet<&str> = add_ons.iter().map(|add_on| add_on.name).collect();
    for entry in fs::read_dir(&dir).unwrap().filter_map(Result::ok) {
        let name = entry.file_name().to_string_lossy().into_owned();
        if names.contains(name.as_str()) {
            continue;
        }
        assert!(overwrites(), "snapshots/addons/{name} is of no add-on");
        fs::remove_dir_all(entry.path()).unwrap();
    }
}

#[test]
fn a_delta_tells_added_changed_and_removed_files_apart() {
    let files = |pairs: &[(&str, &str)]| -> Files {
        pairs.iter().map(|(path, text)| (path.to_string(), text.to_string())).collect()
    };
    let below = files(&[("same", "a\n"), ("changed", "a\nb\n"), ("gone", "a\n")]);
    let above = files(&[("same", "a\n"), ("changed", "a\nc\n"), ("new", "n\n")]);
    let expected = files(&[
        ("changed.diff", "--- prod/changed\n+++ prod,x/changed\n@@ -1,2 +1,2 @@\n a\n-b\n+c\n"),
        ("gone.removed", "Not in prod,x.\n"),
        ("new", "n\n"),
    ]);
    assert_eq!(delta("prod,x", &below, &above), expected);
}

#[test]
fn charts() {
    for elsa in common::releases() {
        let scratch = tempfile::tempdir().unwrap();
        let out = scratch.path().join("elsa");
        succeed(&["chart", "--elsa", elsa, "--chart-version", "0.0.0", "-o", out.to_str().unwrap()]);
        check(&format!("chart-{elsa}"), &tree(&out));
    }
}

/// What guarantee 6 says of every container of ours, in every scenario; a user's sidecars come after it.
#[test]
fn every_pod_is_restricted_pinned_and_sized() {
    for scenario in &scenario::all() {
        let mut arguments = vec!["render", "--quiet"];
        arguments.extend(scenario.arguments());
        let text = succeed(&arguments).stdout;
        let objects = objects(&text).unwrap();
        let mut pods = 0;
        for (id, node) in objects {
            let Some(pod) = pod_template(&node).and_then(|pod| pod.get("spec")) else { continue };
            pods += 1;
            let flag = |key: &str| pod.get(key).and_then(|node| node.as_bool());
            // The operator's program in a Pooler calls the Kubernetes API, and brings its own probes.
            let is_operated = id.contains("/Pooler ");
            assert!(is_operated || flag("automountServiceAccountToken") == Some(false), "{id}");
            assert!(is_operated || flag("enableServiceLinks") == Some(false), "{id}");
            for container in &pod.get("containers").unwrap().as_list().unwrap()[..1] {
                let image = container.get("image").unwrap().as_str().unwrap();
                let tag = image.rsplit_once('/').unwrap().1.split_once(':').unwrap().1;
                assert!(!tag.is_empty() && tag != "latest", "{id}: {image}");
                let requests =
                    container.get("resources").and_then(|resources| resources.get("requests")).unwrap();
                assert!(requests.get("cpu").is_some() && requests.get("memory").is_some(), "{id}");
                // Nothing waits for the pods of a job to be ready.
                let is_job = id.contains("/CronJob ");
                assert!(is_job || is_operated || container.get("readinessProbe").is_some(), "{id}");
            }
        }
        assert!(pods > 0, "{}", scenario.name);
    }
}
