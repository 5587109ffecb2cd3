//! What the profile `prod` promises beyond its snapshots.

#![allow(clippy::unwrap_used)]

mod common;

use common::equality::{Objects, objects};
use common::{elsakube, refuse, run, succeed};
use elsakube::yaml::{Kind, Node};

fn render(arguments: &[&str]) -> Objects {
    let mut all = vec!["render", "--quiet"];
    all.extend(arguments);
    objects(&succeed(&all).stdout).unwrap()
}

fn at<'a>(node: &'a Node, path: &str) -> Option<&'a Node> {
    path.split('.').try_fold(node, |node, key| node.get(key))
}

fn int(node: Option<&Node>) -> i64 {
    node.and_then(Node::as_int).unwrap_or_default()
}

/// Thousandths of a core, or bytes.
fn quantity(node: Option<&Node>) -> i64 {
    let text = match node.map(|node| &node.kind) {
        Some(Kind::String(text)) => text.clone(),
        Some(Kind::Int(number)) => number.to_string(),
        _ => return 0,
    };
    for (suffix, factor) in [("Gi", 1 << 30), ("Mi", 1 << 20), ("m", 1)] {
        if let Some(number) = text.strip_suffix(suffix) {
            return number.parse::<i64>().unwrap() * factor;
        }
    }
    text.parse::<i64>().unwrap() * 1_000
}

/// Every workload with the most pods that it can have: the autoscaler's maximum, and one more while it is updated.
fn workloads(objects: &Objects) -> Vec<(String, &Node, i64)> {
    let maximum = |name: &str| {
        let autoscaler = objects.get(&format!("autoscaling/v2/HorizontalPodAutoscaler elsa/{name}"));
        autoscaler.map(|node| int(at(node, "spec.maxReplicas")))
    };
    let mut found = Vec::new();
    for (id, node) in objects {
        let Some(pod) = at(node, "spec.template.spec") else { continue };
        let name = id.rsplit('/').next().unwrap();
        let replicas = maximum(name).unwrap_or_else(|| int(at(node, "spec.replicas")));
        let surge = i64::from(at(node, "spec.strategy.rollingUpdate.maxSurge").is_some());
        found.push((name.to_string(), pod, replicas + surge));
    }
    found
}

#[test]
fn its_requests_fit_three_nodes_at_the_autoscalers_maxima() {
    let objects = render(&["--profile", "prod"]);
    let (mut cpu, mut memory, mut pods) = (0, 0, Vec::new());
    for (name, pod, count) in workloads(&objects) {
        let mut own = (0, 0);
        for container in at(pod, "containers").unwrap().as_list().unwrap() {
            own.0 += quantity(at(container, "resources.requests.cpu"));
            own.1 += quantity(at(container, "resources.requests.memory"));
        }
        assert!(own.0 > 0 && own.1 > 0, "{name} requests nothing");
        cpu += own.0 * count;
        memory += own.1 * count;
        pods.extend(std::iter::repeat_n(own, usize::try_from(count).unwrap()));
    }
    assert!(cpu <= 3 * 3_500 && memory <= 3 * (7 << 30), "{cpu}m and {memory} bytes");
    // And they can be packed: the largest first, each onto the node with the most room.
    pods.sort_unstable_by(|a, b| b.cmp(a));
    let mut nodes = [(3_500, 7_i64 << 30); 3];
    for (cpu, memory) in pods {
        let node = nodes.iter_mut().max_by_key(|node| node.0).unwrap();
        *node = (node.0 - cpu, node.1 - memory);
        assert!(node.0 >= 0 && node.1 >= 0, "a pod finds no room");
    }
}

#[test]
fn it_renders_without_any_input_and_names_its_placeholders_in_one_note() {
    let run = run(&mut elsakube(&["render", "--profile", "prod"]));
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(
        run.stderr.contains("registry.example.com") && run.stderr.contains("elsa.example.com"),
        "{}",
        run.stderr
    );
    assert_eq!(run.stderr.matches("warning[").count(), run.stderr.matches("warning[placeholder]").count());
}

#[test]
fn on_a_release_without_the_host_it_is_refused_and_names_the_way_out() {
    let error = refuse(&["render", "--profile", "prod", "--elsa", "3.8"]);
    assert!(error.contains("stock"), "{error}");
    succeed(&["render", "--profile", "prod,stock", "--elsa", "3.8"]);
}

#[test]
fn an_image_without_version_tags_is_pinned_by_a_digest_alone() {
    let digest = format!("sha256:{}", "0".repeat(64));
    let set =
        format!("server.image.digest={digest},studio.image.digest={digest},exposure.host=elsa.corp.net");
    let run = run(&mut elsakube(&[
        "render",
        "--elsa",
        "3.5",
        "--profile",
        "prod,stock",
        "--strict",
        "--set",
        &set,
    ]));
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    for image in ["elsa-server-v3-5", "elsa-studio-v3-5"] {
        let reference = format!("image: \"docker.io/elsaworkflows/{image}@{digest}\"");
        assert!(run.stdout.contains(&reference), "{reference}");
    }
    let error = refuse(&["render", "--elsa", "3.5", "--set", "server.image.tag=latest"]);
    assert!(error.contains("error[floating-tag]: server.image.tag"), "{error}");
}

#[test]
fn stock_has_nothing_of_what_a_published_image_cannot_use() {
    let text = succeed(&["render", "--quiet", "--profile", "prod,stock"]).stdout;
    for word in ["rabbitmq", "redis", "valkey", "RabbitMq", "Cluster__", "9464"] {
        assert!(!text.contains(word), "{word}");
    }
    let objects = objects(&text).unwrap();
    let server = &objects["apps/v1/Deployment elsa/elsa-server"];
    assert_eq!(int(at(server, "spec.replicas")), 1);
    assert_eq!(at(server, "spec.strategy.type").and_then(Node::as_str), Some("Recreate"));
    assert!(at(server, "spec.template.spec.initContainers").is_some(), "it must wait for its database");
    for kind in ["autoscaling/v2/HorizontalPodAutoscaler", "policy/v1/PodDisruptionBudget"] {
        assert!(!objects.contains_key(&format!("{kind} elsa/elsa-server")), "{kind}");
        assert!(objects.contains_key(&format!("{kind} elsa/elsa-studio")), "{kind}");
    }
}

/// Every label selector of one installation, with the pods of another in the same namespace.
#[test]
fn two_installations_in_one_namespace_do_not_select_each_others_pods() {
    let of = |name: &str| render(&["--profile", "prod", "--name", name]);
    let (one, two) = (of("one"), of("two"));
    let pods: Vec<&Node> =
        two.values().filter_map(|node| at(node, "spec.template.metadata.labels")).collect();
    assert!(pods.len() >= 2);
    let mut selectors = Vec::new();
    for node in one.values() {
        collect(node, &mut selectors);
    }
    assert!(selectors.len() > 10);
    for selector in selectors {
        let ours = selector.get("app.kubernetes.io/instance").is_some();
        if !ours {
            continue;
        }
        for pod in &pods {
            let all =
                selector.as_map().unwrap().iter().all(|(key, entry)| pod.get(key) == Some(&entry.value));
            assert!(!all, "{selector:?} selects {pod:?}");
        }
    }
    assert!(one.keys().all(|id| !two.contains_key(id) || id.starts_with("v1/Namespace")), "names collide");
}

fn collect<'a>(node: &'a Node, found: &mut Vec<&'a Node>) {
    match &node.kind {
        Kind::Map(map) => {
            for (key, entry) in map {
                if key == "matchLabels" || key == "selector" && entry.value.get("matchLabels").is_none() {
                    found.push(&entry.value);
                }
                collect(&entry.value, found);
            }
        }
        Kind::List(list) => list.iter().for_each(|item| collect(item, found)),
        _ => {}
    }
}
