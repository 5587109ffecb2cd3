//! The places in rendered objects that name a Secret.

use super::{makers, pods};
use crate::engine::Document;
use crate::yaml::{Kind, Node};
use std::fmt;

/// One place that names a Secret.
#[derive(Clone, Debug)]
pub(super) struct Reference {
    /// The Secret's name.
    pub(super) secret: String,
    /// The key that is read; nothing where it is the whole Secret.
    pub(super) key: Option<String>,
    /// Whether pods start without it.
    pub(super) optional: bool,
    /// Who reads.
    pub(super) reader: Reader,
    /// The object and the path in it: the same whatever the Secret and its key are called.
    pub(super) place: String,
}

/// Who reads a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reader {
    /// The object, as kubectl spells it: `deployment/elsa-server`; `whoever` for a person.
    pub object: String,
    /// The container, where it is one.
    pub container: Option<String>,
    /// How it gets at the value.
    pub way: Way,
    /// True for what exists during `helm test` only.
    pub test: bool,
    /// Whether the container writes the value into a longer text, with `$(NAME)`.
    pub in_text: bool,
}

/// How a reader gets at a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// An environment variable of this name.
    Variable(String),
    /// Environment variables named after the keys, with this in front.
    Variables(String),
    /// A file, or a folder of files, at this path.
    File(String),
    /// A volume of this name that no container mounts.
    Volume(String),
    /// The kubelet, to pull images.
    Pull,
    /// Some other field, at this path of the object.
    Field(String),
    /// A person who types it.
    Login,
}

impl Reader {
    /// Whoever logs in with it: no object reads it then.
    pub(super) fn person() -> Self {
        Reader {
            object: "whoever".to_string(),
            container: None,
            way: Way::Login,
            test: false,
            in_text: false,
        }
    }
}

/// `deployment/elsa-server server Identity__AdminUser__Password`: words that can be cut at blanks.
impl fmt::Display for Reader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.object)?;
        if let Some(container) = &self.container {
            write!(f, " {container}")?;
        }
        match &self.way {
            Way::Variable(name) => write!(f, " env {name}"),
            Way::Variables(prefix) => write!(f, " env {prefix}*"),
            Way::File(path) => write!(f, " file {path}"),
            Way::Volume(name) => write!(f, " volume {name}"),
            Way::Pull => f.write_str(" imagePullSecrets"),
            Way::Field(path) => write!(f, " field {path}"),
            Way::Login => f.write_str(" logs in"),
        }
    }
}

/// Every reference of the objects, in their order, and of the pods of `helm test`.
pub(super) fn all(documents: &[Document], tests: &[Document]) -> Vec<Reference> {
    let mut found = Vec::new();
    for (document, test) in
        documents.iter().map(|document| (document, false)).chain(tests.iter().map(|test| (test, true)))
    {
        // What makes a Secret does not read it, a ConfigMap's keys are anybody's words, and the Secrets of a ClusterIssuer are
        // in cert-manager's namespace.
        if makers::is_secret(document) || matches!(document.id.kind.as_str(), "ConfigMap" | "ClusterIssuer") {
            continue;
        }
        let object = format!("{}/{}", document.id.kind.to_lowercase(), document.id.name);
        let mut walk = Walk { kind: &document.id.kind, object, test, found };
        walk.node(&document.node, "");
        found = walk.found;
    }
    found
}

/// The references of one object.
pub(super) struct Walk<'a> {
    kind: &'a str,
    object: String,
    test: bool,
    found: Vec<Reference>,
}

impl Walk<'_> {
    /// Notes a reference; one without a name is none.
    pub(super) fn note(
        &mut self,
        place: &str,
        (secret, key): (Option<&str>, Option<&str>),
        optional: bool,
        container: Option<&str>,
        way: Way,
    ) -> Option<&mut Reader> {
        let secret = secret.filter(|name| !name.is_empty())?.to_string();
        let reader = Reader {
            object: self.object.clone(),
            container: container.map(str::to_string),
            way,
            test: self.test,
            in_text: false,
        };
        let place = format!("{} {place}", self.object);
        let key = key.map(str::to_string);
        self.found.push(Reference { secret, key, optional, reader, place });
        self.found.last_mut().map(|reference| &mut reference.reader)
    }

    fn node(&mut self, node: &Node, path: &str) {
        match &node.kind {
            Kind::Map(map) if map.get("containers").is_some_and(|entry| entry.value.as_list().is_some()) => {
                pods::pod(self, node, path);
            }
            Kind::Map(map) => {
                for (key, entry) in map {
                    let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                    if !self.field(key, &entry.value, &path) {
                        self.node(&entry.value, &path);
                    }
                }
            }
            Kind::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.node(item, &format!("{path}[{index}]"));
                }
            }
            _ => {}
        }
    }

    /// A member that names Secrets outside of pods, by the words that Kubernetes and its usual extensions use.
    fn field(&mut self, name: &str, value: &Node, path: &str) -> bool {
        let known = [
            "secret",
            "secretKeyRef",
            "secretName",
            "secretRef",
            "secretTargetRef",
            "certificateRefs",
            "imagePullSecrets",
            // Of the storage of backups.
            "accessKeyId",
            "secretAccessKey",
        ];
        if !known.contains(&name) && !name.ends_with("SecretRef") {
            return false;
        }
        if let Some(secret) = value.as_str().filter(|_| name == "secretName") {
            self.certificate_or(path, secret, None, false);
            return true;
        }
        let items = match &value.kind {
            Kind::List(items) => {
                items.iter().enumerate().map(|(index, item)| (format!("{path}[{index}]"), item)).collect()
            }
            _ => vec![(path.to_string(), value)],
        };
        let mut named = false;
        for (path, item) in items {
            let Some(secret) = text(item, "name") else { continue };
            named = true;
            if name == "imagePullSecrets" {
                self.note(&path, (Some(secret), None), false, None, Way::Pull);
            } else {
                self.certificate_or(&path, secret, text(item, "key"), is_true(item, "optional"));
            }
        }
        named
    }

    /// Who ends TLS reads the two keys that every TLS Secret has.
    fn certificate_or(&mut self, path: &str, secret: &str, key: Option<&str>, optional: bool) {
        let keys = match (self.kind, key) {
            ("Ingress" | "Gateway", None) => vec![Some("tls.crt"), Some("tls.key")],
            (_, key) => vec![key],
        };
        for key in keys {
            self.note(path, (Some(secret), key), optional, None, Way::Field(path.to_string()));
        }
    }
}

/// A member that is text.
pub(super) fn text<'a>(node: &'a Node, key: &str) -> Option<&'a str> {
    node.get(key).and_then(Node::as_str)
}

/// A member that is `true`.
pub(super) fn is_true(node: &Node, key: &str) -> bool {
    node.get(key).and_then(Node::as_bool) == Some(true)
}

/// The items of a member that is a list.
pub(super) fn items<'a>(node: &'a Node, key: &str) -> &'a [Node] {
    node.get(key).and_then(Node::as_list).unwrap_or_default()
}
