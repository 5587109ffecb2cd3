//! Real helms as the reference.

use crate::common;
use serde_json::Value;
use std::path::Path;

/// The values that a template of this chart sees, or the last line of the complaint.
pub(crate) fn values(helm: &Path, chart: &Path, arguments: &[String]) -> Result<Value, String> {
    let run = common::run(
        common::helm(helm, chart)
            .args(["template", "x"])
            .arg(chart)
            .args(["--kube-version", "1.28.0"])
            .args(arguments),
    );
    if run.code != 0 {
        return Err(run.stderr.lines().last().unwrap_or_default().to_string());
    }
    // A JSON string is a YAML one too, and toJson has quoted it twice.
    let line = run.stdout.lines().find_map(|line| line.strip_prefix("values: ")).unwrap();
    let text: String = serde_json::from_str(line).unwrap();
    Ok(serde_json::from_str(&text).unwrap())
}

/// Writes a chart whose one template prints its values.
pub(crate) fn write_chart(folder: &Path, values: &str) {
    std::fs::create_dir_all(folder.join("templates")).unwrap();
    std::fs::write(folder.join("Chart.yaml"), "apiVersion: v2\nname: c\nversion: 0.1.0\n").unwrap();
    std::fs::write(folder.join("values.yaml"), values).unwrap();
    std::fs::write(folder.join("templates/values.yaml"), "values: {{ .Values | toJson | toJson }}\n")
        .unwrap();
}
