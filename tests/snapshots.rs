//! Snapshots: every scenario as flat manifests, and the chart of every release, as plain trees under `snapshots/`.
//!
//! `SNAPSHOTS=overwrite cargo test --test snapshots` writes them anew: read the diff before you commit it.
#![allow(clippy::unwrap_used)]

mod common;

use common::scenario::SCENARIOS;
use common::succeed;
use similar::TextDiff;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Relative path → text.
fn tree(dir: &Path) -> BTreeMap<String, String> {
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
fn check(name: &str, actual: &BTreeMap<String, String>) {
    let dir = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("snapshots").join(name);
    if std::env::var("SNAPSHOTS").is_ok_and(|value| value == "overwrite") {
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

#[test]
fn flat_manifests() {
    for scenario in &SCENARIOS {
        let scratch = tempfile::tempdir().unwrap();
        let out = scratch.path().join("out");
        let mut arguments = vec!["render", "-o", out.to_str().unwrap()];
        arguments.extend(scenario.arguments());
        succeed(&arguments);
        check(&format!("{}/flat", scenario.name), &tree(&out));
    }
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
    for scenario in &SCENARIOS {
        let mut arguments = vec!["render", "--quiet"];
        arguments.extend(scenario.arguments());
        let text = succeed(&arguments).stdout;
        let objects = common::equality::objects(&text).unwrap();
        let mut pods = 0;
        for (id, node) in objects {
            let Some(pod) =
                node.get("spec").and_then(|spec| spec.get("template")).and_then(|pod| pod.get("spec"))
            else {
                continue;
            };
            pods += 1;
            let flag = |key: &str| pod.get(key).and_then(|node| node.as_bool());
            assert_eq!(flag("automountServiceAccountToken"), Some(false), "{id}");
            assert_eq!(flag("enableServiceLinks"), Some(false), "{id}");
            for container in &pod.get("containers").unwrap().as_list().unwrap()[..1] {
                let image = container.get("image").unwrap().as_str().unwrap();
                let tag = image.rsplit_once('/').unwrap().1.split_once(':').unwrap().1;
                assert!(!tag.is_empty() && tag != "latest", "{id}: {image}");
                let requests =
                    container.get("resources").and_then(|resources| resources.get("requests")).unwrap();
                assert!(requests.get("cpu").is_some() && requests.get("memory").is_some(), "{id}");
                assert!(container.get("readinessProbe").is_some(), "{id}");
            }
        }
        assert!(pods > 0, "{}", scenario.name);
    }
}
