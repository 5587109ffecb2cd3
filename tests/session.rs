//! The README's session runs as written, step by step, against a Kubernetes API server; docker aside.

#![allow(clippy::unwrap_used)]

mod common;

use common::server::Server;
use common::{run, tool};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The lines of the session, each with what the README says that it prints.
fn session() -> Vec<(String, String)> {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let section = readme.split("## A session").nth(1).unwrap();
    let block = section.split("```console\n").nth(1).unwrap().split("```").next().unwrap();
    let mut steps: Vec<(String, String)> = Vec::new();
    for line in block.lines() {
        match line.strip_prefix("$ ") {
            Some(command) => steps.push((command.to_string(), String::new())),
            None => steps.last_mut().unwrap().1.push_str(&format!("{line}\n")),
        }
    }
    steps
}

#[test]
fn every_line_of_the_readmes_session_works() {
    let (Some(server), Some(helm)) = (Server::start(), tool("helm-4.2.3")) else { return };
    let dir = tempfile::tempdir().unwrap();
    let bin = dir.path().join("bin");
    fs::create_dir(&bin).unwrap();
    for (name, target) in [
        ("elsakube", PathBuf::from(env!("CARGO_BIN_EXE_elsakube"))),
        ("kubectl", server.kubectl.clone()),
        ("helm", helm),
    ] {
        std::os::unix::fs::symlink(target, bin.join(name)).unwrap();
    }
    let work = dir.path().join("work");
    fs::create_dir(&work).unwrap();
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/site.yaml");
    fs::copy(example, work.join("site.yaml")).unwrap();

    let steps = session();
    assert!(steps.len() > 10);
    for (command, printed) in steps {
        let command = command.split("&& docker").next().unwrap();
        let mut shell = Command::new("bash");
        shell.args(["-euo", "pipefail", "-c", command]).current_dir(&work).env_clear();
        shell.env("PATH", format!("{}:/usr/bin:/bin", bin.display())).env("HOME", dir.path());
        let run = run(shell.env("KUBECONFIG", server.kubeconfig()));
        assert!(
            run.code == 0 && (printed.is_empty() || run.stdout.starts_with(&printed)),
            "$ {command}\n{}\n{}\ninstead of\n{printed}",
            run.stdout,
            run.stderr
        );
    }
}
