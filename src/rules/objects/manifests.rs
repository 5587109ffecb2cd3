//! The Kubernetes objects that are looked at together.

use crate::yaml::{Map, Node};

/// One object.
pub struct Manifest {
    /// Such as `Deployment`.
    pub kind: String,
    /// Its name; empty where it has none, as with `generateName`.
    pub name: String,
    /// As it stands there; empty means that of whoever applies it.
    pub namespace: String,
    /// All of it.
    pub node: Node,
}

/// All of them.
#[derive(Default)]
pub struct Manifests {
    objects: Vec<Manifest>,
}

impl Manifests {
    /// Adds a document; the items of a List one by one. False for what is no Kubernetes object.
    pub fn add(&mut self, node: Node) -> bool {
        let text = |path: &[&str]| at(&node, path).and_then(Node::as_str).unwrap_or_default().to_string();
        let kind = text(&["kind"]);
        if kind.is_empty() || text(&["apiVersion"]).is_empty() {
            return false;
        }
        if kind.ends_with("List") && node.get("items").is_some() {
            for item in items(&node, &["items"]) {
                self.add(item.clone());
            }
            return true;
        }
        let (name, namespace) = (text(&["metadata", "name"]), text(&["metadata", "namespace"]));
        self.objects.push(Manifest { kind, name, namespace, node });
        true
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.objects.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.objects.is_empty()
    }

    /// All, in the order in which they were added.
    pub fn iter(&self) -> impl Iterator<Item = &Manifest> {
        self.objects.iter()
    }

    /// Those of a kind.
    pub fn of_kind<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a Manifest> {
        self.objects.iter().filter(move |manifest| manifest.kind == kind)
    }

    /// The object of that kind and name beside another one.
    pub fn beside<'a>(&'a self, manifest: &Manifest, kind: &'a str, name: &str) -> Option<&'a Manifest> {
        self.of_kind(kind).find(|other| other.name == name && other.namespace == manifest.namespace)
    }
}

impl Manifest {
    /// The value at a path of keys.
    pub fn at(&self, path: &[&str]) -> Option<&Node> {
        at(&self.node, path)
    }

    /// The pod that it makes or is: the node that has `metadata` and `spec`.
    pub fn pod(&self) -> Option<&Node> {
        let pod = match self.kind.as_str() {
            "Pod" => Some(&self.node),
            "CronJob" => self.at(&["spec", "jobTemplate", "spec", "template"]),
            _ => self.at(&["spec", "template"]),
        };
        pod.filter(|pod| at(pod, &["spec", "containers"]).is_some())
    }

    /// The labels of its pods.
    pub fn pod_labels(&self) -> Option<&Map> {
        at(self.pod()?, &["metadata", "labels"])?.as_map()
    }

    /// Whether a selector (a map of labels) selects its pods; an empty one selects nothing.
    pub fn is_selected_by(&self, selector: Option<&Node>) -> bool {
        let Some(wanted) = selector.and_then(Node::as_map).filter(|wanted| !wanted.is_empty()) else {
            return false;
        };
        let Some(labels) = self.pod_labels() else { return false };
        wanted.iter().all(|(key, entry)| labels.get(key).is_some_and(|label| label.value == entry.value))
    }

    /// `Deployment elsa-server`.
    pub fn title(&self) -> String {
        format!("{} {}", self.kind, self.name)
    }
}

/// The value at a path of keys.
pub(super) fn at<'a>(node: &'a Node, path: &[&str]) -> Option<&'a Node> {
    path.iter().try_fold(node, |node, key| node.get(key))
}

/// The items of the list at a path; none if there is no list.
pub(super) fn items<'a>(node: &'a Node, path: &[&str]) -> &'a [Node] {
    at(node, path).and_then(Node::as_list).unwrap_or_default()
}

/// The text at a path.
pub(super) fn text<'a>(node: &'a Node, path: &[&str]) -> Option<&'a str> {
    at(node, path).and_then(Node::as_str)
}
