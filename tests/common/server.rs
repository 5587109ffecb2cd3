//! A Kubernetes API server of the test's own.

#![allow(clippy::unwrap_used)]

use super::{helm, run, tool};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// A server with its controllers, which ends with the test, also with one that fails.
pub struct Server {
    process: Child,
    pub dir: tempfile::TempDir,
    pub kubectl: PathBuf,
}

impl Server {
    /// Nothing if a tool is missing.
    pub fn start() -> Option<Self> {
        let (kubetest, kubectl) = (tool("kubetest")?, tool("kubectl")?);
        let dir = tempfile::tempdir().unwrap();
        let mut process = Command::new(kubetest)
            .args(["--controllers", "--pretend-pods", "--dir"])
            .arg(dir.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        assert!(line.starts_with("ready "), "kubetest says {line:?}");
        Some(Server { process, dir, kubectl })
    }

    /// The file that kubectl and helm find the server by.
    pub fn kubeconfig(&self) -> PathBuf {
        self.dir.path().join("kubeconfig")
    }

    pub fn command(&self, program: &Path, arguments: &[&str]) -> Command {
        let mut command = helm(program, self.dir.path());
        command.env("KUBECONFIG", self.kubeconfig()).args(arguments);
        command
    }

    /// Runs kubectl, expects it to succeed without a warning, and returns what it printed.
    pub fn kubectl(&self, arguments: &[&str]) -> String {
        let run = run(&mut self.command(&self.kubectl, arguments));
        assert_eq!(run.code, 0, "kubectl {}\n{}", arguments.join(" "), run.stderr);
        assert!(!run.stderr.contains("Warning"), "kubectl {}\n{}", arguments.join(" "), run.stderr);
        run.stdout
    }

    /// A namespace that enforces a level of Pod Security.
    pub fn namespace(&self, name: &str, level: &str) {
        self.kubectl(&["create", "namespace", name]);
        let label = |mode: &str| format!("pod-security.kubernetes.io/{mode}={level}");
        self.kubectl(&["label", "namespace", name, &label("enforce"), &label("warn")]);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
