//! What the integration tests share: running the binary without the user's environment, and finding the tools.
#![allow(dead_code, unreachable_pub)] // Each test uses a part of it.

pub mod equality;
pub mod mutation;
pub mod page;
pub mod pod;
pub mod promtool;
pub mod random;
pub mod scenario;
pub mod secrets;
pub mod series;
pub mod server;
pub mod stores;
pub mod world;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Every helm that the chart must work with.
pub const HELMS: [&str; 5] = ["helm-3.12.1", "helm-3.17.2", "helm-3.18.0", "helm-3.22.0", "helm-4.2.3"];

/// The binary with an environment of its own.
pub fn elsakube(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_elsakube"));
    command.args(arguments).env_clear();
    command
}

/// What a run gave.
pub struct Run {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

/// Runs a command to its end.
pub fn run(command: &mut Command) -> Run {
    let Output { status, stdout, stderr } = command.output().expect("the command starts");
    Run {
        code: status.code().unwrap_or(-1),
        stdout: String::from_utf8(stdout).expect("stdout is UTF-8"),
        stderr: String::from_utf8(stderr).expect("stderr is UTF-8"),
    }
}

/// Runs the binary and expects exit code 0.
pub fn succeed(arguments: &[&str]) -> Run {
    let run = run(&mut elsakube(arguments));
    assert_eq!(run.code, 0, "elsakube {}\n{}", arguments.join(" "), run.stderr);
    run
}

/// Runs the binary and expects exit code 2 and nothing on stdout.
pub fn refuse(arguments: &[&str]) -> String {
    let run = run(&mut elsakube(arguments));
    assert_eq!(run.code, 2, "elsakube {}\n{}{}", arguments.join(" "), run.stdout, run.stderr);
    assert_eq!(run.stdout, "", "elsakube {} printed something", arguments.join(" "));
    run.stderr
}

/// A tool of `tools/`, on PATH or where `tools/install` puts it. A missing one is said loudly, and is a failure
/// where `ELSAKUBE_REQUIRE_TOOLS` is set, as in CI.
pub fn tool(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let installed = installed().map(|tools| tools.join("bin")).into_iter();
    found(name, installed.chain(std::env::split_paths(&path)))
}

/// A file that `tools/install` puts beside the tools; a missing one is treated as a missing tool.
pub fn tool_file(name: &str) -> Option<PathBuf> {
    found(name, installed().into_iter())
}

fn installed() -> Option<PathBuf> {
    std::env::var_os("ELSAKUBE_TOOLS")
        .map(PathBuf::from)
        .or_else(|| std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache/elsakube-tools")))
}

fn found(name: &str, folders: impl Iterator<Item = PathBuf>) -> Option<PathBuf> {
    let found = folders.map(|folder| folder.join(name)).find(|path| path.is_file());
    if found.is_none() {
        skip(name);
    }
    found
}

/// Says that something is skipped for want of a tool; fails where nothing may be.
pub fn skip(what: &str) {
    assert!(
        std::env::var_os("ELSAKUBE_REQUIRE_TOOLS").is_none(),
        "{what} is missing, and nothing may be skipped here"
    );
    // Not eprintln: cargo shows that of failed tests only.
    let _ = writeln!(std::io::stderr(), "SKIPPED({what})");
}

/// Does the same with each item, some at a time; each gets its number.
pub fn in_parallel<T: Sync>(items: &[T], work: impl Fn(usize, &T) + Sync) {
    let next = AtomicUsize::new(0);
    let worker = || {
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(number) else { break };
            work(number, item);
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(worker);
        }
    });
}

/// Every Elsa release, as `--elsa` takes it.
pub fn releases() -> impl Iterator<Item = &'static str> {
    elsakube::catalogue::releases().iter().map(|release| release.release.as_str())
}

/// The helms that are there.
pub fn helms() -> Vec<PathBuf> {
    HELMS.iter().filter_map(|name| tool(name)).collect()
}

/// A command of helm's that leaves nothing behind in the user's home.
pub fn helm(binary: &Path, scratch: &Path) -> Command {
    let mut command = Command::new(binary);
    command.env_clear().env("HOME", scratch).env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command
}
