//! A real Kubernetes API server takes every scenario, flat and as a chart, strictly and twice; Pod Security has nothing
//! to say about it.
#![allow(clippy::unwrap_used)]

mod common;

use common::equality::objects;
use common::scenario::SCENARIOS;
use common::secrets;
use common::server::Server;
use common::{helm, helms, run, succeed};
use elsakube::yaml::writer;
use std::collections::BTreeSet;
use std::fs;

const APPLY: [&str; 4] = ["apply", "--server-side", "--validate=strict", "--field-manager=elsakube-test"];

/// Each pod template of a stream as a Pod of its own: a Deployment is admitted whatever its pods are.
fn bare_pods(stream: &str, namespace: &str) -> Vec<String> {
    let mut pods = Vec::new();
    for (id, node) in objects(stream).unwrap() {
        let Some(spec) =
            node.get("spec").and_then(|spec| spec.get("template")).and_then(|pod| pod.get("spec"))
        else {
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
            "apiVersion": "v1", "kind": "Pod", "metadata": {"name": name, "namespace": namespace}, "spec": spec,
        });
        pods.push(writer::to_yaml(&pod));
    }
    pods
}

#[test]
fn the_server_takes_every_scenario_twice_and_its_pods_are_restricted() {
    let Some(server) = Server::start() else { return };
    let scratch = tempfile::tempdir().unwrap();
    // What the hatches name and only an administrator can make.
    server.kubectl(&["create", "priorityclass", "high", "--value", "1000"]);
    let class = scratch.path().join("class.yaml");
    fs::write(
        &class,
        "apiVersion: node.k8s.io/v1\nkind: RuntimeClass\nmetadata:\n  name: gvisor\nhandler: runsc\n",
    )
    .unwrap();
    server.kubectl(&["create", "-f", class.to_str().unwrap()]);
    for (number, scenario) in SCENARIOS.iter().enumerate() {
        let namespace = format!("flat-{number}");
        let out = scratch.path().join(scenario.name);
        let mut arguments = vec!["render", "--quiet", "--namespace", &namespace];
        arguments.extend(scenario.arguments());
        let stream = succeed(&arguments).stdout;
        arguments.extend(["-o", out.to_str().unwrap()]);
        succeed(&arguments);
        let out = out.to_str().unwrap();
        for _ in 0..2 {
            server.kubectl(&[&APPLY[..], &["-k", out]].concat());
        }
        let diff = run(&mut server.command(
            &server.kubectl,
            &["diff", "--server-side", "--field-manager=elsakube-test", "-k", out],
        ));
        assert_eq!((diff.code, diff.stdout.as_str()), (0, ""), "{}", diff.stderr);

        let strict = format!("pods-{number}");
        server.namespace(&strict, "restricted");
        let pods = bare_pods(&stream.replace(&namespace, &strict), &strict);
        assert!(!pods.is_empty());
        let accounts: BTreeSet<&str> =
            pods.iter().filter_map(|pod| pod.split("serviceAccountName: ").nth(1)?.lines().next()).collect();
        for account in accounts.into_iter().filter(|account| *account != "default") {
            server.kubectl(&["create", "serviceaccount", account, "--namespace", &strict]);
        }
        for pod in pods {
            let file = scratch.path().join("pod.yaml");
            fs::write(&file, &pod).unwrap();
            server.kubectl(&[
                "create",
                "--dry-run=server",
                "--validate=strict",
                "-f",
                file.to_str().unwrap(),
            ]);
            // What that is worth: without the switch the same pod is refused.
            let weak = pod.replace("runAsNonRoot: true", "runAsNonRoot: false");
            assert_ne!(weak, pod);
            fs::write(&file, weak).unwrap();
            let refused = run(&mut server
                .command(&server.kubectl, &["create", "--dry-run=server", "-f", file.to_str().unwrap()]));
            assert!(refused.stderr.contains("violates PodSecurity"), "{}", refused.stderr);
        }
    }
}

#[test]
fn the_server_takes_the_chart_of_every_scenario_twice() {
    let Some(server) = Server::start() else { return };
    let helms = helms();
    let scratch = tempfile::tempdir().unwrap();
    for (number, scenario) in SCENARIOS.iter().enumerate() {
        let (namespace, chart) = (format!("chart-{number}"), scratch.path().join(scenario.elsa));
        succeed(&["chart", "--elsa", scenario.elsa, "-o", chart.to_str().unwrap()]);
        let values = scratch.path().join("values.yaml");
        let mut arguments = vec!["values"];
        arguments.extend(scenario.arguments());
        fs::write(&values, succeed(&arguments).stdout).unwrap();
        server.namespace(&namespace, "restricted");
        // That all helms give the same objects is shown elsewhere: the oldest and the newest will do.
        for binary in [helms.first(), helms.last()].into_iter().flatten() {
            let mut command = helm(binary, scratch.path());
            command.args(["template", "elsa"]).arg(&chart).arg("--values").arg(&values);
            command.args(["--namespace", &namespace, "--kube-version", "1.28.0"]);
            let templated = run(&mut command);
            assert_eq!(templated.code, 0, "{}", templated.stderr);
            let file = scratch.path().join("templated.yaml");
            fs::write(&file, templated.stdout).unwrap();
            let file = file.to_str().unwrap();
            server.kubectl(&[&APPLY[..], &["-f", file]].concat());
            let diff = ["diff", "--server-side", "--field-manager=elsakube-test", "-f", file];
            let diff = run(&mut server.command(&server.kubectl, &diff));
            assert_eq!((diff.code, diff.stdout.as_str()), (0, ""), "{}", diff.stderr);
        }
    }
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
