//! Real helms as the reference: `helm-3.12.1` and its siblings, taken from PATH.

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A helm.
pub(crate) struct Helm {
    program: PathBuf,
}

impl Helm {
    /// The helm of that version. A missing one is reported, and is a failure where ELSAKUBE_REQUIRE_TOOLS=1.
    pub(crate) fn find(version: &str) -> Option<Helm> {
        let name = format!("helm-{version}");
        let path = std::env::var_os("PATH").unwrap_or_default();
        let found = std::env::split_paths(&path).map(|folder| folder.join(&name)).find(|file| file.is_file());
        if found.is_none() {
            assert!(
                std::env::var_os("ELSAKUBE_REQUIRE_TOOLS").is_none_or(|value| value != "1"),
                "{name} is not on PATH"
            );
            eprintln!("SKIPPED({name})");
        }
        found.map(|program| Helm { program })
    }

    /// The values that a template of this chart sees, or the last line of the complaint.
    pub(crate) fn values(&self, chart: &Path, arguments: &[String]) -> Result<Value, String> {
        let output = Command::new(&self.program)
            .args(["template", "x"])
            .arg(chart)
            .args(["--kube-version", "1.28.0"])
            .args(arguments)
            .output()
            .unwrap();
        if !output.status.success() {
            let stderr = String::from_utf8_lossy(&output.stderr);
            return Err(stderr.lines().last().unwrap_or_default().to_string());
        }
        // A JSON string is a YAML one too, and toJson has quoted it twice.
        let stdout = String::from_utf8(output.stdout).unwrap();
        let line = stdout.lines().find_map(|line| line.strip_prefix("values: ")).unwrap();
        let text: String = serde_json::from_str(line).unwrap();
        Ok(serde_json::from_str(&text).unwrap())
    }
}

/// Writes a chart whose one template prints its values.
pub(crate) fn write_chart(folder: &Path, values: &str) {
    std::fs::create_dir_all(folder.join("templates")).unwrap();
    std::fs::write(folder.join("Chart.yaml"), "apiVersion: v2\nname: c\nversion: 0.1.0\n").unwrap();
    std::fs::write(folder.join("values.yaml"), values).unwrap();
    std::fs::write(folder.join("templates/values.yaml"), "values: {{ .Values | toJson | toJson }}\n")
        .unwrap();
}
