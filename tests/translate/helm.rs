//! The real helms, and charts for them.

use indexmap::IndexMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

const VERSIONS: [&str; 5] = ["helm-3.12.1", "helm-3.17.2", "helm-3.18.0", "helm-3.22.0", "helm-4.2.3"];

/// Every helm that is installed; a missing one is told, and is an error where tools are required.
pub(crate) fn helms() -> Vec<PathBuf> {
    VERSIONS.iter().filter_map(|name| find(name)).collect()
}

fn find(name: &str) -> Option<PathBuf> {
    let mut folders: Vec<PathBuf> =
        std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()).collect();
    if let Some(home) = std::env::var_os("HOME") {
        folders.push(Path::new(&home).join(".cache/elsakube-tools/bin"));
    }
    let found = folders.iter().map(|folder| folder.join(name)).find(|file| file.is_file());
    if found.is_none() {
        // Straight to the stream: cargo would keep what a passing test prints.
        let _ = writeln!(std::io::stderr(), "SKIPPED({name})");
        assert!(std::env::var_os("ELSAKUBE_REQUIRE_TOOLS").is_none(), "{name} is required");
    }
    found
}

/// What `helm template` prints, or what it says.
pub(crate) fn template(helm: &Path, chart: &Path, more: &[&str]) -> Result<String, String> {
    let output = Command::new(helm)
        .args(["template", "rel", "--namespace", "some-ns", "--kube-version", "1.28.0"])
        .args(more)
        .arg(chart)
        .output()
        .unwrap();
    if output.status.success() {
        Ok(String::from_utf8(output.stdout).unwrap())
    } else {
        Err(String::from_utf8_lossy(&output.stderr).into_owned())
    }
}

/// Writes a chart.
pub(crate) fn write(
    dir: &Path,
    values: &str,
    elsa: &serde_json::Value,
    templates: &IndexMap<String, String>,
) {
    let file = |path: &str, text: &str| {
        let path = dir.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    file("Chart.yaml", "apiVersion: v2\nname: elsa\nversion: 1.2.3\nappVersion: 3.9.0\n");
    file("values.yaml", values);
    let define =
        |name: &str, json: &serde_json::Value| format!("{{{{ define \"{name}\" }}}}{json}{{{{ end }}}}");
    let program = define("elsa.program", &elsa["server"]);
    file("templates/_release.tpl", &(define("elsa.release", elsa) + &program));
    for (path, text) in templates {
        file(&format!("templates/{path}"), text);
    }
}

/// Turns rendered templates into components, and prints each as a JSON string: so the text comes out byte for byte.
pub(crate) fn as_texts(chart: &IndexMap<String, String>) -> IndexMap<String, String> {
    let (mut texts, mut printed) = (IndexMap::new(), String::new());
    for (index, (path, text)) in chart.iter().enumerate() {
        if path.ends_with(".tpl") {
            texts.insert(path.clone(), text.clone());
            continue;
        }
        texts.insert(
            format!("_text{index}.tpl"),
            format!("{{{{ define \"text.{index}\" }}}}{text}{{{{ end }}}}"),
        );
        printed.push_str(&format!("{path:?}: {{{{ include \"text.{index}\" . | toJson }}}}\n"));
    }
    texts.insert("texts.yaml".to_string(), printed);
    texts
}

/// The texts by path.
pub(crate) fn texts(output: &str) -> IndexMap<String, String> {
    let line = |line: &str| {
        let (path, text) = line.strip_prefix('"')?.split_once("\": ")?;
        Some((path.to_string(), serde_json::from_str(text).unwrap()))
    };
    output.lines().filter_map(line).collect()
}

/// The documents of `helm template` by the template that made them.
pub(crate) fn documents(output: &str, chart: &str) -> IndexMap<String, String> {
    let document = |part: &str| {
        let (source, text) = part.trim_start_matches("---\n").split_once('\n')?;
        let path = source.strip_prefix("# Source: ")?.strip_prefix(chart)?.strip_prefix("/templates/")?;
        Some((path.to_string(), text.trim_end().to_string()))
    };
    output.split("\n---\n").filter_map(document).collect()
}
