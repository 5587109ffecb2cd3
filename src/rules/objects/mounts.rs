//! What is mounted into a container, and what of it stays.

use super::container::Container;
use super::manifests::{items, text};
use crate::yaml::Node;

/// A volume in a container.
pub(super) struct Mount<'a> {
    /// The item of `volumeMounts`.
    pub(super) node: &'a Node,
    /// Without a slash at the end.
    pub(super) path: &'a str,
    /// The item of the pod's `volumes`; nothing for a claim of a StatefulSet.
    pub(super) volume: Option<&'a Node>,
}

/// Volumes that cannot be written to.
const READ_ONLY: [&str; 4] = ["configMap", "secret", "projected", "downwardAPI"];
/// Volumes that end with their pod.
const FLEETING: [&str; 2] = ["emptyDir", "ephemeral"];

/// All of a container.
pub(super) fn of<'a>(container: &Container<'a>) -> Vec<Mount<'a>> {
    let volumes = items(container.pod, &["spec", "volumes"]);
    let mount = |node: &'a Node| {
        let name = text(node, &["name"]);
        let volume = volumes.iter().find(|volume| text(volume, &["name"]) == name);
        Some(Mount { node, path: text(node, &["mountPath"])?.trim_end_matches('/'), volume })
    };
    items(container.node, &["volumeMounts"]).iter().filter_map(mount).collect()
}

/// The mount in which a path lies: the deepest one.
pub(super) fn holding<'m, 'a>(mounts: &'m [Mount<'a>], path: &str) -> Option<&'m Mount<'a>> {
    mounts.iter().filter(|mount| is_in(path, mount.path)).max_by_key(|mount| mount.path.len())
}

/// Whether a path is that folder or lies in it.
pub(super) fn is_in(path: &str, folder: &str) -> bool {
    let folder = folder.trim_end_matches('/');
    path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

impl Mount<'_> {
    /// Whether the program can write there, as far as the volume goes.
    pub(super) fn is_writable(&self) -> bool {
        let read_only = self.node.get("readOnly").and_then(Node::as_bool) == Some(true);
        !read_only && !self.is_one_of(&READ_ONLY)
    }

    /// Whether what is written there is still there for the next pod.
    pub(super) fn is_lasting(&self) -> bool {
        self.is_writable() && !self.is_one_of(&FLEETING)
    }

    fn is_one_of(&self, kinds: &[&str]) -> bool {
        let volume = self.volume;
        kinds.iter().any(|kind| volume.is_some_and(|volume| volume.get(kind).is_some()))
    }
}
