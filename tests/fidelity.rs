//! Nothing is emitted that the program ignores: every variable of every Elsa container is in the catalogue.

#![allow(clippy::unwrap_used)]

mod common;

use common::equality::{objects, pod_template};
use common::scenario;
use common::succeed;
use elsakube::catalogue;
use elsakube::yaml::Node;

fn text<'a>(node: &'a Node, path: &str) -> Option<&'a str> {
    path.split('.').try_fold(node, |node, key| node.get(key))?.as_str()
}

#[test]
fn every_variable_of_an_elsa_container_is_read_by_its_program() {
    for scenario in &scenario::all() {
        let release = catalogue::release(scenario.elsa).unwrap();
        let mut arguments = vec!["render", "--quiet"];
        arguments.extend(scenario.arguments());
        let objects = objects(&succeed(&arguments).stdout).unwrap();
        let mut checked = 0;
        for (id, node) in &objects {
            let Some(pod) = pod_template(node) else { continue };
            let annotations = pod.get("metadata").and_then(|metadata| metadata.get("annotations"));
            let Some(name) = annotations.and_then(|all| all.get("elsakube/program")).and_then(Node::as_str)
            else {
                continue;
            };
            let program = &release.programs[name.rsplit_once('-').unwrap().0];
            let container = &pod.get("spec").unwrap().get("containers").unwrap().as_list().unwrap()[0];
            let variables = container.get("env").and_then(Node::as_list).unwrap_or_default();
            // A variable that a later one is made of counts as read.
            let used = |name: &str| {
                variables
                    .iter()
                    .any(|other| text(other, "value").is_some_and(|v| v.contains(&format!("$({name})"))))
            };
            let mut names: Vec<&str> =
                variables.iter().filter_map(|variable| text(variable, "name")).collect();
            names.retain(|name| !used(name));
            for source in container.get("envFrom").and_then(Node::as_list).unwrap_or_default() {
                let Some(name) = text(source, "configMapRef.name") else { continue };
                let map = &objects[&format!("v1/ConfigMap elsa/{name}")];
                names.extend(map.get("data").unwrap().as_map().unwrap().keys().map(String::as_str));
            }
            for name in names.into_iter().filter(|name| *name != "TZ") {
                assert!(
                    program.setting(name).is_some(),
                    "{}: {id}: {} does not read {name}",
                    scenario.name,
                    program.title
                );
                checked += 1;
            }
        }
        assert!(checked > 5, "{}", scenario.name);
    }
}
