//! What a pod reads of Secrets: variables, files and credentials for pulling.

use super::references::{Walk, Way, is_true, items, text};
use crate::yaml::{Kind, Node};

/// Where a container mounts a volume.
struct Mount<'a> {
    container: &'a str,
    path: &'a str,
    sub_path: Option<&'a str>,
}

/// Notes every reference of a pod's spec.
pub(super) fn pod(walk: &mut Walk, spec: &Node, path: &str) {
    for list in ["initContainers", "containers", "ephemeralContainers"] {
        for (index, container) in items(spec, list).iter().enumerate() {
            variables(walk, container, &format!("{path}.{list}[{index}]"));
        }
    }
    for (index, volume) in items(spec, "volumes").iter().enumerate() {
        let name = text(volume, "name").unwrap_or_default();
        let projected = volume.get("projected").map(|projected| items(projected, "sources"));
        let sources = projected.unwrap_or_default().iter().filter_map(|source| source.get("secret"));
        for (number, source) in volume.get("secret").into_iter().chain(sources).enumerate() {
            files(walk, spec, name, source, &format!("{path}.volumes[{index}][{number}]"));
        }
    }
    for (index, secret) in items(spec, "imagePullSecrets").iter().enumerate() {
        let place = format!("{path}.imagePullSecrets[{index}]");
        walk.note(&place, (text(secret, "name"), None), false, None, Way::Pull);
    }
}

fn variables(walk: &mut Walk, container: &Node, path: &str) {
    let name = text(container, "name");
    for (index, variable) in items(container, "env").iter().enumerate() {
        let Some(source) = variable.get("valueFrom").and_then(|from| from.get("secretKeyRef")) else {
            continue;
        };
        let place = format!("{path}.env[{index}]");
        let way = Way::Variable(text(variable, "name").unwrap_or_default().to_string());
        let expanded = text(variable, "name").is_some_and(|name| expands(container, name));
        let key = (text(source, "name"), text(source, "key"));
        if let Some(reader) = walk.note(&place, key, is_true(source, "optional"), name, way) {
            reader.in_text = expanded;
        }
    }
    for (index, from) in items(container, "envFrom").iter().enumerate() {
        let Some(source) = from.get("secretRef") else { continue };
        let place = format!("{path}.envFrom[{index}]");
        let way = Way::Variables(text(from, "prefix").unwrap_or_default().to_string());
        walk.note(&place, (text(source, "name"), None), is_true(source, "optional"), name, way);
    }
}

/// Whether a container writes a variable into a longer text: `$(NAME)` in a variable, its command or its arguments.
fn expands(container: &Node, name: &str) -> bool {
    let written = format!("$({name})");
    let values = items(container, "env").iter().filter_map(|variable| text(variable, "value"));
    let words =
        ["command", "args"].into_iter().flat_map(|list| items(container, list)).filter_map(Node::as_str);
    values.chain(words).any(|text| {
        // `$$` is a dollar sign.
        text.match_indices(&written).any(|(at, _)| {
            let dollars = text[..at].len() - text[..at].trim_end_matches('$').len();
            dollars % 2 == 0
        })
    })
}

/// The files that a volume makes of a Secret, in each container that mounts it.
fn files(walk: &mut Walk, spec: &Node, volume: &str, source: &Node, place: &str) {
    // A volume of its own says `secretName`, a part of a projected one `name`.
    let secret = text(source, "secretName").or_else(|| text(source, "name"));
    let optional = is_true(source, "optional");
    let mounts = mounts(spec, volume);
    let chosen: Vec<(Option<&str>, &str)> = match source.get("items").map(|node| &node.kind) {
        Some(Kind::List(list)) if !list.is_empty() => {
            list.iter().map(|item| (text(item, "key"), text(item, "path").unwrap_or_default())).collect()
        }
        _ => vec![(None, "")],
    };
    for (number, (key, file)) in chosen.into_iter().enumerate() {
        let place = format!("{place}.items[{number}]");
        let mut mounted = false;
        for (index, mount) in mounts.iter().enumerate() {
            let (key, path) = match (key, mount.sub_path) {
                (None, None) => (None, mount.path.to_string()),
                (Some(key), None) => (Some(key), format!("{}/{file}", mount.path.trim_end_matches('/'))),
                (None, Some(file)) => (Some(file), mount.path.to_string()),
                (Some(key), Some(sub_path)) if sub_path == file => (Some(key), mount.path.to_string()),
                _ => continue,
            };
            mounted = true;
            let place = format!("{place} mount[{index}]");
            walk.note(&place, (secret, key), optional, Some(mount.container), Way::File(path));
        }
        if !mounted {
            walk.note(&place, (secret, key), optional, None, Way::Volume(volume.to_string()));
        }
    }
}

fn mounts<'a>(spec: &'a Node, volume: &str) -> Vec<Mount<'a>> {
    let containers = ["initContainers", "containers"].into_iter().flat_map(|list| items(spec, list));
    let mut found = Vec::new();
    for container in containers {
        let mounts = items(container, "volumeMounts");
        for mount in mounts.iter().filter(|mount| text(mount, "name") == Some(volume)) {
            found.push(Mount {
                container: text(container, "name").unwrap_or_default(),
                path: text(mount, "mountPath").unwrap_or_default(),
                sub_path: text(mount, "subPath").filter(|path| !path.is_empty()),
            });
        }
    }
    found
}
