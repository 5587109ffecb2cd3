//! Prometheus' own checker of rules and queries.
#![allow(clippy::unwrap_used)]

use super::{Run, run, tool};
use std::path::{Path, PathBuf};
use std::process::Command;

/// promtool, as Debian's package of Prometheus has it; nothing, said loudly, if it is missing.
pub fn promtool() -> Option<PathBuf> {
    tool("promtool")
}

/// `promtool check rules` over a rule file's text, in a folder of the test's.
pub fn check_rules(promtool: &Path, folder: &Path, rules: &str) -> Run {
    let file = folder.join("rules.yaml");
    std::fs::write(&file, rules).unwrap();
    run(Command::new(promtool).arg("check").arg("rules").arg(&file))
}

/// `promtool test rules` over a file of unit tests, which names its rule files.
pub fn test_rules(promtool: &Path, tests: &Path) -> Run {
    run(Command::new(promtool).arg("test").arg("rules").arg(tests))
}
