//! A real Kubernetes API server takes every scenario, flat and as a chart, strictly and twice; Pod Security has nothing
//! to say about it. Custom resources meet the operators' real definitions, if `ELSAKUBE_CRDS` names a folder of them.
#![allow(clippy::unwrap_used)]

mod common;

use common::equality::{Objects, objects, pod_template};
use common::scenario::{self, SCENARIOS};
use common::secrets;
use common::server::Server;
use common::{helm, helms, in_parallel, run, succeed};
use elsakube::yaml::writer;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

const APPLY: [&str; 4] = ["apply", "--server-side", "--validate=strict", "--field-manager=elsakube-test"];

/// A server on which scenarios do not disturb each other: each has a namespace of its own, and those with objects of the
/// whole cluster take turns.
struct Cluster {
    server: Server,
    scratch: tempfile::TempDir,
    turn: Mutex<()>,
}

impl Cluster {
    fn start() -> Option<Self> {
        let server = Server::with_definitions()?;
        Some(Cluster { server, scratch: tempfile::tempdir().unwrap(), turn: Mutex::default() })
    }

    fn file(&self, name: &str, text: &str) -> String {
        let path = self.scratch.path().join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_string()
    }

    /// Applies what `-f FILE` or `-k FOLDER` names twice, and no diff is left.
    fn apply_twice(&self, name: &str, stream: &str, from: [&str; 2]) {
        let objects = objects(stream).unwrap();
        self.namespaces(&objects);
        let shared: Vec<&str> = stream.split("\n---\n").filter(|text| is_of_the_cluster(text)).collect();
        let turn = (!shared.is_empty()).then(|| self.turn.lock().unwrap_or_else(PoisonError::into_inner));
        for _ in 0..2 {
            self.server.kubectl(&[&APPLY[..], &from].concat());
        }
        let diff = ["diff", "--server-side", "--field-manager=elsakube-test", from[0], from[1]];
        let diff = run(&mut self.server.command(&self.server.kubectl, &diff));
        assert_eq!((diff.code, diff.stdout.as_str()), (0, ""), "{name}: {}", diff.stderr);
        if turn.is_some() {
            let shared = self.file(&format!("{name}-shared.yaml"), &shared.join("\n---\n"));
            self.server.kubectl(&["delete", "-f", &shared]);
        }
    }

    /// Those that objects are in and nothing makes, such as an operator's.
    fn namespaces(&self, objects: &Objects) {
        for id in objects.keys() {
            let namespace = id.split_once(' ').unwrap().1.split_once('/').unwrap().0;
            if namespace.is_empty() || objects.contains_key(&format!("v1/Namespace /{namespace}")) {
                continue;
            }
            let made =
                run(&mut self.server.command(&self.server.kubectl, &["create", "namespace", namespace]));
            assert!(made.code == 0 || made.stderr.contains("already exists"), "{}", made.stderr);
        }
    }

    /// No pod is taken before the class that it names is there.
    fn priority_classes(&self, name: &str, stream: &str) {
        let classes = stream.split("\n---\n").filter(|text| text.contains("\nkind: PriorityClass\n"));
        let classes: Vec<&str> = classes.collect();
        if !classes.is_empty() {
            let file = self.file(&format!("{name}-classes.yaml"), &classes.join("\n---\n"));
            self.server.kubectl(&[&APPLY[..], &["-f", &file]].concat());
        }
    }

    /// What the server's silence about custom resources is worth: one field too many is refused in each.
    fn definitions_are_strict(&self, name: &str, objects: &Objects) {
        let custom = objects.values().filter(|node| self.server.is_custom(node));
        let misspelt = custom.map(|node| {
            let mut object = serde_json::to_value(node).unwrap();
            let within = if node.get("spec").is_some() { &mut object["spec"] } else { &mut object };
            within["misspelt"] = serde_json::json!("yes");
            writer::to_yaml(&object)
        });
        let misspelt: Vec<String> = misspelt.collect();
        if misspelt.is_empty() {
            return;
        }
        let file = self.file(&format!("{name}-misspelt.yaml"), &misspelt.join("\n---\n"));
        let arguments = [&APPLY[..], &["--dry-run=server", "-f", &file]].concat();
        let refused = run(&mut self.server.command(&self.server.kubectl, &arguments));
        // Server-side apply finds it before validation does.
        let unknown = refused.stderr.matches("misspelt: field not declared in schema");
        assert_eq!(unknown.count(), misspelt.len(), "{name}: {}", refused.stderr);
    }

    /// Each pod as one of its own is taken where `restricted` is enforced.
    fn pods_are_restricted(&self, name: &str, pods: &[String]) {
        assert!(!pods.is_empty(), "{name} has no pods");
        let strict = format!("pods-{name}");
        self.server.namespace(&strict, "restricted");
        let accounts: BTreeSet<&str> =
            pods.iter().filter_map(|pod| pod.split("serviceAccountName: ").nth(1)?.lines().next()).collect();
        for account in accounts.into_iter().filter(|account| *account != "default") {
            self.server.kubectl(&["create", "serviceaccount", account, "--namespace", &strict]);
        }
        let create = ["create", "--dry-run=server", "--validate=strict", "--namespace", &strict, "-f"];
        let file = self.file(&format!("{strict}.yaml"), &pods.join("\n---\n"));
        self.server.kubectl(&[&create[..], &[&file]].concat());
        // What that is worth: without the switch each is refused.
        let weak = pods.iter().map(|pod| {
            let weak = pod.replace("runAsNonRoot: true", "runAsNonRoot: false");
            assert_ne!(weak, *pod, "{name}");
            weak
        });
        let file = self.file(&format!("{strict}-weak.yaml"), &weak.collect::<Vec<_>>().join("\n---\n"));
        let refused = run(&mut self.server.command(&self.server.kubectl, &[&create[..], &[&file]].concat()));
        assert_eq!(refused.stderr.matches("violates PodSecurity").count(), pods.len(), "{}", refused.stderr);
    }
}

/// Whether a document is of the whole cluster, and no Namespace, or names none, such as a user's own.
fn is_of_the_cluster(document: &str) -> bool {
    let found = objects(document).unwrap();
    found.keys().any(|id| id.contains(" /") && !id.starts_with("v1/Namespace "))
}

/// Each pod template of a stream as a Pod of its own: a Deployment is admitted whatever its pods are.
fn bare_pods(objects: &Objects) -> Vec<String> {
    let mut pods = Vec::new();
    // What an operator makes of its templates is up to it.
    let ours = |id: &str| ["apps/v1/", "batch/v1/"].iter().any(|version| id.starts_with(version));
    for (id, node) in objects.iter().filter(|(id, _)| ours(id)) {
        let Some(spec) = pod_template(node).and_then(|pod| pod.get("spec")) else {
            continue;
        };
        let name = id.rsplit('/').next().unwrap();
        let mut spec = serde_json::to_value(spec).unwrap();
        // What a StatefulSet would give its pods.
        let claims = node.get("spec").and_then(|spec| spec.get("volumeClaimTemplates"));
        for claim in claims.and_then(|claims| claims.as_list()).unwrap_or_default() {
            let name = claim
                .get("metadata")
                .and_then(|metadata| metadata.get("name"))
                .and_then(|name| name.as_str());
            let volume = serde_json::json!({"name": name, "persistentVolumeClaim": {"claimName": name}});
            spec["volumes"].as_array_mut().unwrap().push(volume);
        }
        let pod = serde_json::json!({
            "apiVersion": "v1", "kind": "Pod", "metadata": {"name": name}, "spec": spec,
        });
        pods.push(writer::to_yaml(&pod));
    }
    pods
}

#[test]
fn the_server_takes_every_scenario_twice_and_its_pods_are_restricted() {
    let Some(cluster) = Cluster::start() else { return };
    // What the hatches name and only an administrator can make.
    cluster.server.kubectl(&["create", "priorityclass", "high", "--value", "1000"]);
    let class = cluster.file(
        "class.yaml",
        "apiVersion: node.k8s.io/v1\nkind: RuntimeClass\nmetadata:\n  name: gvisor\nhandler: runsc\n",
    );
    cluster.server.kubectl(&["create", "-f", &class]);
    in_parallel(&scenario::all(), |number, scenario| {
        let namespace = format!("flat-{number}");
        let out = cluster.scratch.path().join(&namespace);
        let mut arguments = vec!["render", "--quiet", "--namespace", &namespace];
        arguments.extend(scenario.arguments());
        let stream = succeed(&arguments).stdout;
        let objects = objects(&stream).unwrap();
        cluster.priority_classes(scenario.name, &stream);
        cluster.pods_are_restricted(&number.to_string(), &bare_pods(&objects));
        if !cluster.server.takes(&objects, scenario.name) {
            return;
        }
        arguments.extend(["-o", out.to_str().unwrap()]);
        succeed(&arguments);
        cluster.apply_twice(scenario.name, &stream, ["-k", out.to_str().unwrap()]);
        cluster.definitions_are_strict(scenario.name, &objects);
    });
}

#[test]
fn the_server_takes_the_chart_of_every_scenario_twice() {
    let Some(cluster) = Cluster::start() else { return };
    let helms = helms();
    let charts: BTreeMap<&str, PathBuf> = common::releases()
        .map(|elsa| {
            let chart = cluster.scratch.path().join(elsa);
            succeed(&["chart", "--elsa", elsa, "-o", chart.to_str().unwrap()]);
            (elsa, chart)
        })
        .collect();
    in_parallel(&SCENARIOS, |number, scenario| {
        let namespace = format!("chart-{number}");
        let mut arguments = vec!["values"];
        arguments.extend(scenario.arguments());
        let values = cluster.file(&format!("{namespace}-values.yaml"), &succeed(&arguments).stdout);
        cluster.server.namespace(&namespace, "restricted");
        // That all helms give the same objects is shown elsewhere: the oldest and the newest will do.
        for (turn, binary) in [helms.first(), helms.last()].into_iter().flatten().enumerate() {
            let mut command = helm(binary, cluster.scratch.path());
            command.args(["template", "elsa"]).arg(&charts[scenario.elsa]).args(["--values", &values]);
            command.args(["--namespace", &namespace, "--kube-version", "1.28.0"]);
            let templated = run(&mut command);
            assert_eq!(templated.code, 0, "{}", templated.stderr);
            if !cluster.server.takes(&objects(&templated.stdout).unwrap(), scenario.name) {
                return;
            }
            let file = cluster.file(&format!("{namespace}-{turn}.yaml"), &templated.stdout);
            cluster.apply_twice(scenario.name, &templated.stdout, ["-f", &file]);
        }
    });
}

#[test]
fn helm_installs_tests_upgrades_rolls_back_and_uninstalls() {
    let Some(server) = Server::start() else { return };
    let scratch = tempfile::tempdir().unwrap();
    let charts = ["3.8", "3.9"].map(|elsa| {
        let dir = scratch.path().join(elsa);
        succeed(&["chart", "--elsa", elsa, "-o", dir.to_str().unwrap()]);
        dir
    });
    for helm in helms() {
        let name = helm.file_name().unwrap().to_string_lossy().replace('.', "-");
        server.namespace(&name, "restricted");
        let helm = |arguments: &[&str]| {
            let mut all = arguments.to_vec();
            all.extend(["--namespace", &name]);
            let run = run(&mut server.command(&helm, &all));
            assert_eq!(run.code, 0, "{name} {}\n{}{}", arguments.join(" "), run.stdout, run.stderr);
            assert!(!run.stderr.contains("violates PodSecurity"), "{}", run.stderr);
            run.stdout
        };
        let [old, new] = [&charts[0], &charts[1]].map(|chart| chart.to_str().unwrap());
        let dev = charts[0].join("values-dev.yaml");
        let notes = helm(&["install", "elsa", old, "--values", dev.to_str().unwrap()]);
        assert!(notes.contains("Log in as admin"), "{notes}");
        helm(&["test", "elsa", "--timeout", "60s"]);
        let image = |tag: &str| {
            let deployment =
                server.kubectl(&["get", "deployment", "elsa-server", "-o", "yaml", "--namespace", &name]);
            assert!(
                deployment.contains(&format!("image: docker.io/elsaworkflows/elsa-server:{tag}")),
                "{deployment}"
            );
        };
        image("3.8.4");
        // The catalogue is not in the values: reused ones do not hold an upgrade back.
        helm(&["upgrade", "elsa", new, "--reuse-values"]);
        image("3.9.0");
        helm(&["rollback", "elsa", "1"]);
        image("3.8.4");
        helm(&["uninstall", "elsa", "--wait", "--timeout", "60s"]);
        let left = server.kubectl(&["get", "persistentvolumeclaim", "-o", "name", "--namespace", &name]);
        assert_eq!(
            left.trim(),
            "persistentvolumeclaim/elsa-server",
            "the database outlives the installation"
        );
    }
}

#[test]
fn the_server_creates_generated_secrets_once() {
    let Some(server) = Server::start() else { return };
    let templates = secrets::folder();
    let file = server.dir.path().join("generated.yaml");
    let file = file.to_str().unwrap();
    let inputs = ["secrets", "--namespace", "flows", "--templates", templates.path().to_str().unwrap()];
    fs::write(file, succeed(&[&inputs[..], &["--generate"]].concat()).stdout).unwrap();
    server.kubectl(&["create", "namespace", "flows"]);
    let create = ["create", "-n", "flows", "--validate=strict", "-f", file];
    for mode in [&["--dry-run=server"][..], &[]] {
        let created = server.kubectl(&[&create[..], mode].concat());
        assert_eq!(created.lines().count(), 3, "{created}");
    }
    // What the server then holds, in base64 and as a List.
    let held = server.kubectl(&["get", "secrets", "-n", "flows", "-o", "yaml"]);
    let checked = secrets::piped(&[&inputs[..], &["--verify", "-"]].concat(), &held);
    assert_eq!(checked.code, 0, "{}", checked.stderr);
    let again = run(&mut server.command(&server.kubectl, &create));
    assert!(again.stderr.contains("already exists"), "{}", again.stderr);
}
