//! The command that runs a container: its root, its mounts and what it may do.

use super::Pod;
use super::environment::list;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What the machine gives to every root: programs and libraries.
const SHARED: [&str; 5] = ["/bin", "/sbin", "/lib", "/lib64", "/lib32"];

/// The machine's `/usr` once more, for links to what an extended folder hides.
const MACHINE: &str = "/machine/usr";

impl Pod<'_> {
    /// Runs `argv` as a container. `info`: a file that tells the number of bubblewrap's process in it, whose grandchild is
    /// the container's first.
    pub(super) fn command(&self, container: &Value, argv: Vec<String>, info: Option<&Path>) -> Command {
        let name = container["name"].as_str().unwrap();
        let root = self.root(name);
        let mut options: Vec<String> =
            ["--unshare-pid", "--unshare-ipc", "--unshare-uts", "--die-with-parent"].map(String::from).into();
        let mut option = |words: &[&str]| options.extend(words.iter().map(ToString::to_string));
        option(&["--hostname", self.metadata["name"].as_str().unwrap()]);
        let bind = |how: &str, from: &Path, to: &str| {
            // Where something is mounted there must be something. Below other mounts bubblewrap makes it itself.
            let place = root.join(to.trim_start_matches('/'));
            if from.is_file() {
                fs::create_dir_all(place.parent().unwrap()).unwrap();
                fs::write(&place, "").unwrap();
            } else {
                fs::create_dir_all(&place).unwrap();
            }
            [how.to_string(), from.display().to_string(), to.to_string()]
        };
        let mut mounts =
            vec![bind("--ro-bind", Path::new("/usr"), "/usr"), bind("--ro-bind", Path::new("/usr"), MACHINE)];
        for folder in self.extended() {
            mounts.push(bind("--ro-bind", &self.links(&folder), &folder));
        }
        for (from, to) in &self.image.files {
            mounts.push(bind("--ro-bind", from, to));
        }
        for (number, path) in self.image.writable.iter().enumerate() {
            let folder = self.dir.path().join(format!("writable-{number}"));
            fs::create_dir_all(&folder).unwrap();
            fs::set_permissions(&folder, std::os::unix::fs::PermissionsExt::from_mode(0o777)).unwrap();
            mounts.push(bind("--bind", &folder, path));
        }
        let mut own: Vec<&Value> = list(&container["volumeMounts"]).collect();
        own.sort_by_key(|mount| mount["mountPath"].as_str().unwrap().to_string());
        let mut device = Vec::new();
        for mount in own {
            let volume = mount["name"].as_str().unwrap();
            let folder = self.volume(volume).join(mount["subPath"].as_str().unwrap_or_default());
            if mount.get("subPath").is_some() && !folder.exists() {
                fs::create_dir_all(&folder).unwrap();
            }
            let read_only = mount["readOnly"] == true || self.is_read_only(volume);
            let to = mount["mountPath"].as_str().unwrap();
            let list = if to.starts_with("/dev/") { &mut device } else { &mut mounts };
            list.push(bind(if read_only { "--ro-bind" } else { "--bind" }, &folder, to));
        }
        let how = if container["securityContext"]["readOnlyRootFilesystem"] == true {
            "--ro-bind"
        } else {
            "--bind"
        };
        option(&[how, root.to_str().unwrap(), "/"]);
        option(&mounts.concat().iter().map(String::as_str).collect::<Vec<_>>());
        option(&["--proc", "/proc", "--dev", "/dev"]);
        option(&device.concat().iter().map(String::as_str).collect::<Vec<_>>());
        option(&["--chdir", container["workingDir"].as_str().unwrap_or("/")]);

        // The shell opens the file for bubblewrap: a descriptor is how it tells the number.
        let mut command = Command::new("/bin/sh");
        command.env_clear().envs(self.env(container));
        let net = format!("--net=/proc/{}/ns/net", self.cluster.holder);
        let script = match info {
            Some(_) => {
                "info=$1; shift; net=$1; shift; exec /usr/bin/nsenter $net /usr/bin/bwrap --info-fd 9 \"$@\" 9>\"$info\""
            }
            None => "net=$1; shift; exec /usr/bin/nsenter $net /usr/bin/bwrap \"$@\"",
        };
        command.args(["-c", script, "sh"]).args(info).arg(net).args(options).arg("--");
        // The first process of a namespace of its own, as in a container. Bubblewrap's own option for that does not end it with
        // the test: a change of the user forgets that request. The namespace around it, with bubblewrap in it, does.
        command.args(["/usr/bin/unshare", "--pid", "--fork", "--mount-proc"]);
        command.args(self.privileges(container)).args(argv);
        command
    }

    /// The words before a command that give it the container's user and take everything else away.
    pub(super) fn privileges(&self, container: &Value) -> Vec<String> {
        let setting = |name: &str| {
            let own = container["securityContext"][name].as_u64();
            own.or_else(|| self.spec["securityContext"][name].as_u64())
        };
        let user = setting("runAsUser").unwrap_or(self.image.user.1.into());
        let group = setting("runAsGroup").unwrap_or(self.image.user.1.into());
        let mut groups = vec![group.to_string()];
        groups.extend(self.spec["securityContext"]["fsGroup"].as_u64().map(|group| group.to_string()));
        let words = [
            "/usr/bin/setpriv",
            &format!("--reuid={user}"),
            &format!("--regid={group}"),
            &format!("--groups={}", groups.join(",")),
            "--bounding-set=-all",
            "--inh-caps=-all",
            "--no-new-privs",
        ];
        words.map(String::from).into()
    }

    /// Folders of `/usr` in which the image has files that this machine has not.
    fn extended(&self) -> std::collections::BTreeSet<String> {
        let new =
            self.image.files.iter().filter(|(_, to)| to.starts_with("/usr/") && !Path::new(to).exists());
        new.map(|(_, to)| to.rsplit_once('/').unwrap().0.to_string()).collect()
    }

    /// A folder with the names of such a one, which can be mounted in its place.
    fn links(&self, folder: &str) -> PathBuf {
        let links = self.dir.path().join("links").join(folder.replace('/', "_"));
        if links.exists() {
            return links;
        }
        fs::create_dir_all(&links).unwrap();
        let machine = format!("{MACHINE}{}", folder.trim_start_matches("/usr"));
        for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name()) {
            std::os::unix::fs::symlink(Path::new(&machine).join(&entry), links.join(&entry)).unwrap();
        }
        for (from, to) in &self.image.files {
            if let Some(name) = to.strip_prefix(&format!("{folder}/")).filter(|_| !Path::new(to).exists()) {
                let _ = fs::remove_file(links.join(name));
                if from.is_file() {
                    fs::write(links.join(name), "").unwrap()
                } else {
                    fs::create_dir_all(links.join(name)).unwrap()
                }
            }
        }
        links
    }

    /// The root of a container: links to this machine's programs, and the few files that programs look for.
    fn root(&self, container: &str) -> PathBuf {
        let root = self.dir.path().join("roots").join(container);
        if root.exists() {
            return root;
        }
        for folder in ["etc", "tmp", "var", "run", "proc", "dev", "usr", "home"] {
            fs::create_dir_all(root.join(folder)).unwrap();
        }
        for path in SHARED {
            if let Ok(target) = fs::read_link(path) {
                std::os::unix::fs::symlink(target, root.join(&path[1..])).unwrap();
            }
        }
        let mut names = vec!["localhost".to_string(), self.metadata["name"].as_str().unwrap().to_string()];
        for object in self.cluster.objects.iter().filter(|object| object["kind"] == "Service") {
            let name = object["metadata"]["name"].as_str().unwrap();
            let namespace = object["metadata"]["namespace"].as_str().unwrap_or("default");
            let full = format!("{name}.{namespace}");
            names.extend([
                format!("{full}.svc.cluster.local"),
                format!("{full}.svc"),
                full,
                name.to_string(),
            ]);
        }
        let (user, id) = &self.image.user;
        let home = &self.image.home;
        let write = |file: &str, text: &str| fs::write(root.join("etc").join(file), text).unwrap();
        write("hosts", &format!("127.0.0.1 {}\n", names.join(" ")));
        write("nsswitch.conf", "passwd: files\ngroup: files\nhosts: files\n");
        write("passwd", &format!("root:x:0:0::/root:/bin/sh\n{user}:x:{id}:{id}::{home}:/bin/sh\n"));
        write("group", &format!("root:x:0:\n{user}:x:{id}:\n"));
        for file in ["ld.so.cache", "ld.so.conf", "localtime", "timezone"] {
            let _ = fs::copy(Path::new("/etc").join(file), root.join("etc").join(file));
        }
        root
    }
}
