//! Runs the containers of rendered pods on this machine, without a container engine, as a kubelet would have them run.
//!
//! A [`Cluster`] has the rendered objects, a network of its own in which the names of all Services lead to 127.0.0.1, the
//! values of Secrets, and claims that outlive their pods. A [`Pod`] is one pod of a workload with its volumes; its
//! containers get their variables, arguments, user, groups, mounts and a read-only root from the manifest, no capability,
//! and what the [`Image`] says they would find in theirs. An image's entry point does not exist here: the test says what
//! is run in its place, and does itself what it is documented to do before.
//!
//! What it does not do: limits of CPU, memory and volumes, seccomp, network policies, the mapping of a Service's port to
//! another port of the container. Needs root and bubblewrap; everything that it starts ends with the test.

#![allow(clippy::unwrap_used)]

mod container;
mod environment;
mod root;
mod volumes;

pub use container::Container;

use super::{Run, run, skip, tool};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// What a container finds in its image.
#[derive(Clone, Default)]
pub struct Image {
    /// Files and folders of this machine and where they are in the container, read-only. `/usr` is there anyway.
    pub files: Vec<(PathBuf, String)>,
    /// Variables, `PATH` among them.
    pub env: Vec<(String, String)>,
    /// Name and number of its user, who runs it unless the pod says another.
    pub user: (String, u32),
    /// The user's home, which is only named.
    pub home: String,
    /// Folders that the image makes writable where the real one does not need it. Empty if all is true to life.
    pub writable: Vec<String>,
}

impl Image {
    /// An image whose programs are in these folders of this machine, which keep their paths, and on `PATH`.
    pub fn new(user: &str, id: u32, programs: &[&Path]) -> Self {
        let own = programs.iter().map(|folder| format!("{}/bin:", folder.display())).collect::<String>();
        Image {
            files: programs
                .iter()
                .map(|folder| (folder.to_path_buf(), folder.display().to_string()))
                .collect(),
            env: vec![("PATH".into(), format!("{own}/usr/sbin:/usr/bin:/sbin:/bin"))],
            user: (user.into(), id),
            home: "/".into(),
            writable: Vec::new(),
        }
    }

    /// The same with one more variable.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.env.push((name.into(), value.into()));
        self
    }
}

/// Rendered objects and what they find in a cluster.
pub struct Cluster {
    /// Every object of a stream. Replace it to upgrade: claims stay.
    pub objects: Vec<Value>,
    /// Values of Secrets, by name and key; what is not here comes from rendered Secrets.
    pub secrets: BTreeMap<(String, String), String>,
    /// Keeps the network alive.
    network: Child,
    /// Process in the network.
    holder: u32,
    dir: tempfile::TempDir,
}

/// The objects of a stream of YAML documents.
pub fn stream(text: &str) -> Vec<Value> {
    serde_yaml::Deserializer::from_str(text).map(|document| Value::deserialize(document).unwrap()).collect()
}

impl Cluster {
    /// A cluster with these objects, as `elsakube render` prints them; nothing if this machine cannot have one.
    pub fn new(rendered: &str) -> Option<Self> {
        tool("bwrap")?;
        // Bubblewrap turns the loopback of a new network on.
        let network = Command::new("bwrap")
            .args(["--dev-bind", "/", "/", "--unshare-net", "--die-with-parent"])
            .args(["sh", "-c", "echo $$; exec sleep infinity"])
            .stdout(Stdio::piped())
            .spawn();
        let root = fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0);
        let mut line = String::new();
        let network = network.ok().filter(|_| root).and_then(|mut network| {
            BufReader::new(network.stdout.take()?).read_line(&mut line).ok()?;
            Some(network)
        });
        let (Some(network), Ok(holder)) = (network, line.trim().parse()) else {
            skip("namespaces");
            return None;
        };
        let dir = tempfile::tempdir().unwrap();
        Some(Cluster { objects: stream(rendered), secrets: BTreeMap::new(), network, holder, dir })
    }

    /// Sets the value of a Secret's key.
    pub fn secret(&mut self, name: &str, key: &str, value: &str) {
        self.secrets.insert((name.into(), key.into()), value.into());
    }

    /// An object of the stream.
    pub fn object(&self, kind: &str, name: &str) -> &Value {
        let found =
            self.objects.iter().find(|object| object["kind"] == kind && object["metadata"]["name"] == name);
        found.unwrap_or_else(|| panic!("no {kind} {name} is rendered"))
    }

    /// The folder of a claim, kept over the pods that mount it: what a volume of the cluster's holds.
    pub fn claim(&self, name: &str) -> PathBuf {
        self.dir.path().join("claims").join(name)
    }

    /// A new pod of a workload, with new volumes beside its claims. The first pod of a StatefulSet.
    pub fn pod(&self, kind: &str, name: &str, image: &Image) -> Pod<'_> {
        let object = self.object(kind, name);
        let template =
            if kind == "CronJob" { &object["spec"]["jobTemplate"]["spec"] } else { &object["spec"] };
        let suffix = if kind == "StatefulSet" { "0" } else { "x" };
        let mut metadata = template["template"]["metadata"].clone();
        metadata["name"] = format!("{name}-{suffix}").into();
        metadata["namespace"] = object["metadata"]["namespace"].clone();
        let dir = tempfile::tempdir_in(self.dir.path()).unwrap();
        let spec = template["template"]["spec"].clone();
        let pod = Pod { cluster: self, metadata, spec, image: image.clone(), dir };
        pod.make_volumes(&object["spec"]["volumeClaimTemplates"]);
        pod
    }

    /// A program of this machine in the cluster's network, where 127.0.0.1 is every Service, for what must go on meanwhile.
    pub fn beside(&self, program: &Path) -> Command {
        let mut command = Command::new("/usr/bin/nsenter");
        command.env_clear().arg(format!("--net=/proc/{}/ns/net", self.holder)).arg("--").arg(program);
        command
    }

    /// Runs a program of an image's in the cluster's network, as a pod that is none of the workloads'.
    pub fn client(&self, image: &Image, env: &[(&str, &str)], argv: &[&str]) -> Run {
        let env = env
            .iter()
            .map(|(name, value)| serde_json::json!({"name": name, "value": value}))
            .collect::<Vec<_>>();
        let spec = serde_json::json!({"containers": [{"name": "client", "command": argv, "env": env}]});
        let dir = tempfile::tempdir_in(self.dir.path()).unwrap();
        let metadata = serde_json::json!({"name": "client", "namespace": "default"});
        Pod { cluster: self, metadata, spec, image: image.clone(), dir }.run("client", &[])
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let _ = self.network.kill();
        let _ = self.network.wait();
    }
}

/// One pod, with the volumes that it has until its end.
pub struct Pod<'a> {
    cluster: &'a Cluster,
    metadata: Value,
    spec: Value,
    image: Image,
    dir: tempfile::TempDir,
}

impl<'a> Pod<'a> {
    /// Runs the init containers up to the first that fails, and returns what the last of them gave.
    pub fn init(&self) -> Run {
        let containers = self.spec["initContainers"].as_array();
        let names =
            containers.into_iter().flatten().filter(|container| container["restartPolicy"] != "Always");
        let mut last = Run { code: 0, stdout: String::new(), stderr: String::new() };
        for container in names {
            last = self.run(container["name"].as_str().unwrap(), &[]);
            if last.code != 0 {
                break;
            }
        }
        last
    }

    /// Runs one container to its end. `entrypoint` is the image's, for a container without `command`.
    pub fn run(&self, container: &str, entrypoint: &[&str]) -> Run {
        run(&mut self.command(self.container(container), self.argv(container, entrypoint), None))
    }

    /// Runs other arguments in the place of a container's own, with all that it has.
    pub fn run_as(&self, container: &str, argv: &[&str]) -> Run {
        let argv = argv.iter().map(ToString::to_string).collect();
        run(&mut self.command(self.container(container), argv, None))
    }

    /// Starts a container that goes on. `entrypoint` is the image's, for a container without `command`.
    pub fn start(&self, container: &str, entrypoint: &[&str]) -> Container<'_, 'a> {
        let spec = self.container(container);
        let argv = self.argv(container, entrypoint);
        let scratch = tempfile::tempdir_in(self.dir.path()).unwrap();
        let (info, log) = (scratch.path().join("info"), scratch.path().join("log"));
        let output = fs::File::create(&log).unwrap();
        let mut command = self.command(spec, argv, Some(&info));
        let child =
            command.stdout(output.try_clone().unwrap()).stderr(output).stdin(Stdio::null()).spawn().unwrap();
        let pid = eventually(Duration::from_secs(10), || {
            let value: Value = serde_json::from_str(&fs::read_to_string(&info).ok()?).ok()?;
            // Bubblewrap's process, then unshare's, then the container's.
            only_child(only_child(value["child-pid"].as_u64()?)?)
        });
        let pid = pid
            .unwrap_or_else(|| panic!("{container} does not start: {}", fs::read_to_string(&log).unwrap()));
        Container { pod: self, spec, child, pid, scratch }
    }

    /// Writes another content into a file of a volume, as the kubelet does when a Secret or ConfigMap changes.
    pub fn replace(&self, volume: &str, file: &str, content: &str) {
        fs::write(self.volume(volume).join(file), content).unwrap();
    }

    fn container(&self, name: &str) -> &Value {
        let lists = [&self.spec["initContainers"], &self.spec["containers"]];
        let mut all = lists.into_iter().filter_map(Value::as_array).flatten();
        all.find(|container| container["name"] == name).unwrap_or_else(|| panic!("no container {name}"))
    }

    /// What a container runs.
    fn argv(&self, container: &str, entrypoint: &[&str]) -> Vec<String> {
        let spec = self.container(container);
        let env = self.env(spec);
        let list = |field: &str| -> Option<Vec<String>> {
            let list = spec[field].as_array()?;
            Some(list.iter().map(|word| environment::expand(word.as_str().unwrap(), &env)).collect())
        };
        let mut argv =
            list("command").unwrap_or_else(|| entrypoint.iter().map(ToString::to_string).collect());
        argv.extend(list("args").unwrap_or_default());
        argv
    }
}

/// The only child of a process.
fn only_child(process: u64) -> Option<u64> {
    fs::read_to_string(format!("/proc/{process}/task/{process}/children")).ok()?.trim().parse().ok()
}

/// Asks again and again until there is an answer.
pub fn eventually<T>(limit: Duration, mut ask: impl FnMut() -> Option<T>) -> Option<T> {
    let end = Instant::now() + limit;
    loop {
        if let Some(answer) = ask() {
            return Some(answer);
        }
        if Instant::now() >= end {
            return None;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}
