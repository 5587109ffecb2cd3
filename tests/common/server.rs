//! A Kubernetes API server of the test's own, with the operators' definitions where `ELSAKUBE_CRDS` names a folder of them.

#![allow(clippy::unwrap_used)]

use super::equality::Objects;
use super::{helm, run, tool};
use elsakube::yaml::Node;
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// Definitions that their authors do not publish.
const GKE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/gke.yaml");

/// What the server says of an annotation that GKE's and Azure's controllers still ask for.
const INGRESS_CLASS: &str = "annotation \"kubernetes.io/ingress.class\" is deprecated";

/// A server with its controllers, which ends with the test, also with one that fails.
pub struct Server {
    process: Child,
    pub dir: tempfile::TempDir,
    pub kubectl: PathBuf,
    /// Groups and versions that it has without any definitions.
    versions: BTreeSet<String>,
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
        let mut server = Server { process, dir, kubectl, versions: BTreeSet::new() };
        server.versions = server.kubectl(&["api-versions"]).lines().map(str::to_string).collect();
        Some(server)
    }

    /// The same with the definitions of custom resources below the folder `ELSAKUBE_CRDS`, if that is set. They are not
    /// ours to ship: without them `takes` says what is skipped.
    pub fn with_definitions() -> Option<Self> {
        let server = Server::start()?;
        if let Some(folder) = std::env::var_os("ELSAKUBE_CRDS") {
            server.define(Path::new(&folder));
        }
        Some(server)
    }

    fn define(&self, folder: &Path) {
        assert!(folder.is_dir(), "ELSAKUBE_CRDS: {} is no folder", folder.display());
        // Server-side, as some definitions are too long for the annotation that a plain apply writes. Their authors'
        // warnings are not ours.
        let apply = ["apply", "--server-side", "--recursive", "-f", folder.to_str().unwrap()];
        let applied = run(&mut self.command(&self.kubectl, &apply));
        assert_eq!(applied.code, 0, "{}", applied.stderr);
        self.kubectl(&["apply", "-f", GKE]);
        let defined = self.kubectl(&["get", "customresourcedefinitions", "-o", "name"]);
        let defined: BTreeSet<&str> =
            defined.lines().filter_map(|line| Some(line.split_once('/')?.1)).collect();
        assert!(!defined.is_empty(), "ELSAKUBE_CRDS: nothing in {}", folder.display());
        // Discovery lists what is established; to wait for one after the other takes much longer.
        for _ in 0..120 {
            let served = self.kubectl(&["api-resources", "-o", "name"]);
            let served: BTreeSet<&str> = served.lines().collect();
            if defined.is_subset(&served) {
                return;
            }
            std::thread::sleep(Duration::from_millis(500));
        }
        panic!("defined, but not served");
    }

    /// Whether an object's kind comes from a definition.
    pub fn is_custom(&self, object: &Node) -> bool {
        let version = object.get("apiVersion").and_then(Node::as_str).unwrap_or_default();
        !self.versions.contains(version)
    }

    /// Whether the server can have the kinds of all objects. Without `ELSAKUBE_CRDS` it need not: then this says loudly
    /// that something is skipped, which is no failure anywhere.
    pub fn takes(&self, objects: &Objects, what: &str) -> bool {
        let takes = std::env::var_os("ELSAKUBE_CRDS").is_some()
            || !objects.values().any(|object| self.is_custom(object));
        if !takes {
            let _ = writeln!(std::io::stderr(), "SKIPPED(ELSAKUBE_CRDS): {what}");
        }
        takes
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

    /// Runs kubectl, expects it to succeed without a warning but the known one, and returns what it printed.
    pub fn kubectl(&self, arguments: &[&str]) -> String {
        let run = run(&mut self.command(&self.kubectl, arguments));
        assert_eq!(run.code, 0, "kubectl {}\n{}", arguments.join(" "), run.stderr);
        let warnings = || run.stderr.lines().filter(|line| line.contains("Warning"));
        let all_known = warnings().all(|line| line.contains(INGRESS_CLASS));
        assert!(all_known, "kubectl {}\n{}", arguments.join(" "), run.stderr);
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
