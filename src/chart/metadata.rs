//! Chart.yaml.

use super::{Chart, NAME, icon};
use crate::diagnostics::{Diagnostic, Result};
use regex_lite::Regex;
use std::fmt::Write;

/// Where a URL is demanded and none exists yet.
const HOME: &str = "https://example.com/elsakube";

pub(super) fn chart_yaml(chart: &Chart) -> Result<String> {
    let version = chart.version;
    let semver = Regex::new(
        r"^(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$",
    );
    if !semver.is_ok_and(|semver| semver.is_match(version)) {
        let message = format!("`{version}` is not a version that Helm takes for a chart");
        return Err(Diagnostic::error("chart-version", message)
            .help("write MAJOR.MINOR.PATCH, such as 1.4.2")
            .into());
    }
    let release = chart.release;
    let mut text = format!(
        "apiVersion: v2
name: {NAME}
description: Elsa Workflows {release} on Kubernetes
type: application
version: {version}
appVersion: \"{app_version}\"
# Only fields of Kubernetes 1.28 are used; the suffix admits clusters that call themselves 1.28.3-gke.1.
kubeVersion: \">=1.28.0-0\"
# elsakube has no address of its own yet.
home: {HOME}
icon: \"{icon}\"
keywords: [elsa, workflow, automation, dotnet]
annotations:
  artifacthub.io/category: integration-delivery
  artifacthub.io/license: MIT OR Apache-2.0
",
        release = release.release,
        app_version = release.app_version,
        icon = icon::url(),
    );
    let mut images = String::new();
    for (name, program) in release.programs.iter().filter(|(_, program)| program.is("available")) {
        let Some(image) = program.facts.get("image").map(|fact| &fact.value) else { continue };
        let part = |key: &str| image[key].as_str().unwrap_or_default();
        // Who scans images could not find one that has only a placeholder for a tag.
        if !part("tag").starts_with("REPLACE-") {
            let reference = format!("{}/{}:{}", part("registry"), part("repository"), part("tag"));
            let _ = write!(images, "    - name: {name}\n      image: {reference}\n");
        }
    }
    if !images.is_empty() {
        let _ = write!(text, "  artifacthub.io/images: |\n{images}");
    }
    Ok(text)
}
