//! A rendered pod, run as the kubelet would: its containers' own commands, variables and mounts, as its user, without
//! capabilities, on a root that nobody can write to. Only the image is Debian's programs.

use crate::common::equality::{Objects, objects};
use crate::common::{self, succeed, tool};
use elsakube::yaml::Node;
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

/// Makes a root of the host's libraries and of the few programs that the rendered scripts use, then becomes the container.
/// Arguments: root, PgBouncer, user, group, mounts as `from:to:mode` up to `--`, command.
const CONTAINER: &str = r#"set -eu
root=$1 program=$2 user=$3 group=$4; shift 4
mount -t tmpfs -o mode=0755 tmpfs "$root"
mkdir -p "$root/usr/bin" "$root/etc" "$root/dev" "$root/harness"
for folder in lib lib64; do
  mkdir "$root/usr/$folder"; mount --bind "/usr/$folder" "$root/usr/$folder"; ln -s "usr/$folder" "$root/$folder"
  mount -o remount,bind,ro "$root/usr/$folder"
done
place() { touch "$2"; mount --bind "$1" "$2"; }
for tool in sh sed cat sleep; do place "$(command -v $tool)" "$root/usr/bin/$tool"; done
place "$(command -v setpriv)" "$root/harness/setpriv"
place "$program" "$root/usr/bin/pgbouncer"
ln -s usr/bin "$root/bin"
mount --rbind /dev "$root/dev"
echo "127.0.0.1 localhost elsa-postgresql elsa-pgbouncer" >"$root/etc/hosts"
while [ "$1" != -- ]; do
  IFS=: read -r from to mode <<END
$1
END
  mkdir -p "$root$to"; mount --bind "$from" "$root$to"; mount -o "remount,bind,$mode" "$root$to"; shift
done
shift
mount -o remount,ro "$root"
exec chroot "$root" /harness/setpriv --reuid "$user" --regid "$group" --groups "$group" --no-new-privs \
  --inh-caps=-all --bounding-set=-all -- "$@"
"#;

/// Loopback alone, for all that speak to each other in a test.
pub struct Network(Child);

impl Network {
    /// Nothing if something is missing, above all the right to make namespaces.
    pub fn new() -> Option<Self> {
        for name in ["unshare", "nsenter", "setpriv", "ip"] {
            tool(name)?;
        }
        let script = "ip link set lo up && echo up && exec sleep infinity";
        let mut holder = Command::new("unshare")
            .args(["--net", "--mount", "sh", "-c", script])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut answer = [0; 2];
        let up = std::io::Read::read_exact(holder.stdout.as_mut().unwrap(), &mut answer);
        if up.is_err() {
            let _ = holder.wait();
            common::skip("namespaces");
            return None;
        }
        Some(Network(holder))
    }

    /// A command inside.
    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new("nsenter");
        command.arg(format!("--net=/proc/{}/ns/net", self.0.id())).arg("--").arg(program);
        command
    }
}

impl Drop for Network {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Values of Secrets by name and key.
pub type Secrets = BTreeMap<(&'static str, &'static str), String>;

/// The pod of the Deployment of PgBouncer.
pub struct Pod<'a> {
    network: &'a Network,
    program: PathBuf,
    objects: Objects,
    secrets: Secrets,
    pub dir: tempfile::TempDir,
    running: Option<Child>,
}

pub fn at<'a>(node: &'a Node, path: &str) -> Option<&'a Node> {
    path.split('.').try_fold(node, |node, key| match key.parse::<usize>() {
        Ok(index) => node.as_list()?.get(index),
        Err(_) => node.get(key),
    })
}

pub fn text<'a>(node: &'a Node, path: &str) -> &'a str {
    at(node, path).and_then(Node::as_str).unwrap_or_default()
}

fn list<'a>(node: &'a Node, path: &str) -> &'a [Node] {
    at(node, path).and_then(Node::as_list).unwrap_or_default()
}

fn words(node: &Node, path: &str) -> Vec<String> {
    list(node, path).iter().map(|word| word.as_str().unwrap().to_string()).collect()
}

impl<'a> Pod<'a> {
    /// What `render` gives for `prod,pgbouncer` and some more values.
    pub fn render(network: &'a Network, sets: &str, secrets: Secrets) -> Option<Self> {
        let program = tool("pgbouncer")?;
        let stream = succeed(&["render", "--quiet", "--profile", "prod,pgbouncer", "--set", sets]).stdout;
        let objects = objects(&stream).unwrap();
        let dir = tempfile::tempdir().unwrap();
        fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o755)).unwrap();
        let pod = Pod { network, program, objects, secrets, dir, running: None };
        pod.make_volumes();
        Some(pod)
    }

    pub fn spec(&self) -> &Node {
        at(&self.objects["apps/v1/Deployment elsa/elsa-pgbouncer"], "spec.template.spec").unwrap()
    }

    fn user(&self, path: &str) -> u32 {
        u32::try_from(at(self.spec(), path).and_then(Node::as_int).unwrap()).unwrap()
    }

    /// The folder that stands for a volume.
    pub fn volume(&self, name: &str) -> PathBuf {
        self.dir.path().join("volumes").join(name)
    }

    fn write(&self, path: &Path, content: &str, mode: u32) {
        fs::write(path, content).unwrap();
        chown(path, Some(0), Some(self.user("securityContext.fsGroup"))).unwrap();
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }

    fn make_volumes(&self) {
        for volume in list(self.spec(), "volumes") {
            let folder = self.volume(text(volume, "name"));
            fs::create_dir_all(&folder).unwrap();
            chown(&folder, Some(0), Some(self.user("securityContext.fsGroup"))).unwrap();
            if volume.get("emptyDir").is_some() {
                fs::set_permissions(&folder, fs::Permissions::from_mode(0o2777)).unwrap();
            } else if let Some(name) = at(volume, "configMap.name").and_then(Node::as_str) {
                let map = &self.objects[&format!("v1/ConfigMap elsa/{name}")];
                for (key, entry) in map.get("data").and_then(Node::as_map).unwrap() {
                    self.write(&folder.join(key), entry.value.as_str().unwrap(), 0o644);
                }
            } else if let Some(secret) = volume.get("secret") {
                self.write_secret(&folder, text(secret, "secretName"), list(secret, "items"));
            }
            for source in list(volume, "projected.sources") {
                let secret = source.get("secret").unwrap();
                self.write_secret(&folder, text(secret, "name"), list(secret, "items"));
            }
        }
    }

    fn write_secret(&self, folder: &Path, name: &str, items: &[Node]) {
        for ((_, key), value) in self.secrets.iter().filter(|((secret, _), _)| *secret == name) {
            let item = items.iter().find(|item| text(item, "key") == *key);
            let path = item.map_or(*key, |item| text(item, "path"));
            if item.is_some() || items.is_empty() {
                self.write(&folder.join(path), value, 0o644);
            }
        }
    }

    /// The command of a container, ready to run in its root.
    fn command(&self, container: &Node, root: &str) -> Command {
        let root = self.dir.path().join(root);
        fs::create_dir_all(&root).unwrap();
        let mut command = self.network.command("unshare");
        command
            .args(["--mount", "--pid", "--fork", "sh", "-c", CONTAINER, "sh"])
            .arg(root)
            .arg(&self.program);
        for id in ["securityContext.runAsUser", "securityContext.runAsGroup"] {
            command.arg(self.user(id).to_string());
        }
        for mount in list(container, "volumeMounts") {
            let from = self.volume(text(mount, "name"));
            let read_only = at(mount, "readOnly").and_then(Node::as_bool) == Some(true);
            let mode = if read_only { "ro" } else { "rw" };
            command.arg(format!("{}:{}:{mode}", from.display(), text(mount, "mountPath")));
        }
        command.arg("--").args(words(container, "command")).args(words(container, "args"));
        command.env_clear().env("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        for variable in list(container, "env") {
            let (name, reference) = (text(variable, "name"), at(variable, "valueFrom.secretKeyRef").unwrap());
            let found = self.secrets.iter().find(|((secret, key), _)| {
                *secret == text(reference, "name") && *key == text(reference, "key")
            });
            command.env(name, found.unwrap_or_else(|| panic!("nobody makes {name}")).1);
        }
        command
    }

    /// Runs the init containers, each to its end, and returns the last one's output; the others must succeed.
    pub fn initialise(&self) -> Output {
        let containers = list(self.spec(), "initContainers");
        assert_eq!(containers.len(), 1);
        self.command(&containers[0], "init").output().unwrap()
    }

    /// Starts PgBouncer and waits until it listens, or ends: false.
    pub fn start(&mut self) -> bool {
        let init = self.initialise();
        assert!(init.status.success(), "{}", String::from_utf8_lossy(&init.stderr));
        let container = list(self.spec(), "containers")[0].clone();
        let log = fs::File::create(self.dir.path().join("log")).unwrap();
        let mut command = self.command(&container, "root");
        self.running = Some(command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log).spawn().unwrap());
        let deadline = Instant::now() + Duration::from_secs(20);
        while Instant::now() < deadline {
            if self.exited().is_some() {
                return false;
            }
            let listens = |line: &str| line.contains(":1920 ") && line.contains(" 0A ");
            let table = fs::read_to_string(format!("/proc/{}/net/tcp", self.running.as_ref().unwrap().id()));
            if table.is_ok_and(|table| table.lines().any(listens)) {
                return true;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("it neither listens nor ends:\n{}", self.log());
    }

    pub fn log(&self) -> String {
        fs::read_to_string(self.dir.path().join("log")).unwrap_or_default()
    }

    /// The exit code, once it has ended.
    pub fn exited(&mut self) -> Option<i32> {
        let status = self.running.as_mut().unwrap().try_wait().unwrap();
        status.map(|status| status.code().unwrap_or(-1))
    }

    /// The first process of the container, as the host numbers it.
    pub fn pid(&self) -> u32 {
        let parent = self.running.as_ref().unwrap().id();
        let children = fs::read_to_string(format!("/proc/{parent}/task/{parent}/children")).unwrap();
        children.trim().parse().unwrap()
    }

    /// What `kubectl exec`, or a hook of the kubelet's, runs beside it.
    pub fn exec(&self, words: &[String]) -> Command {
        let user = self.user("securityContext.runAsUser").to_string();
        let mut command = Command::new("nsenter");
        command.args([
            "--target",
            &self.pid().to_string(),
            "--mount",
            "--pid",
            "--net",
            "--root",
            "--wd",
            "--",
        ]);
        command.args([
            "/harness/setpriv",
            "--reuid",
            &user,
            "--regid",
            &user,
            "--clear-groups",
            "--no-new-privs",
        ]);
        command.args(["--inh-caps=-all", "--bounding-set=-all", "--"]).args(words);
        command.env_clear().env("PATH", "/usr/bin:/bin");
        command
    }

    /// The preStop hook.
    pub fn pre_stop(&self) -> Command {
        self.exec(&words(self.spec(), "containers.0.lifecycle.preStop.exec.command"))
    }
}

impl Drop for Pod<'_> {
    fn drop(&mut self) {
        if self.running.is_some() && self.exited().is_none() {
            let _ = Command::new("kill").args(["-KILL", &self.pid().to_string()]).status();
            let _ = self.running.as_mut().unwrap().wait();
        }
    }
}
