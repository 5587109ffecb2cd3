//! What pods ask for: of each object, at the most that it may come to have, with what a LimitRange adds to them.

use super::disruption::rollout;
use super::manifests::{Manifest, Manifests, at, items, text};
use super::quantity::Quantity;
use super::scale;
use super::vertical::{self, Raise};
use crate::diagnostics::Span;
use crate::yaml::Node;

/// Whether it is about what a container asks for, or about the most that it gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Requests,
    Limits,
}

/// What a LimitRange gives to containers that say nothing, and what it lets in.
pub(super) struct Defaults<'a> {
    pub(super) manifest: &'a Manifest,
    limits: &'a Node,
}

/// The pods of one object.
pub(super) struct Pods<'a> {
    pub(super) manifest: &'a Manifest,
    /// The most that there may be at the same time, with those that an update adds.
    pub(super) count: i64,
    pub(super) parts: Vec<Part<'a>>,
    /// What the pod says as a whole; it wins over what its containers say.
    whole: Option<&'a Node>,
}

/// A container.
pub(super) struct Part<'a> {
    pub(super) name: &'a str,
    pub(super) place: &'a Span,
    given: Given<'a>,
    role: Role,
    raise: Option<Raise<'a>>,
}

/// Where it is said what a container needs.
#[derive(Clone, Copy)]
enum Given<'a> {
    Written(Option<&'a Node>),
    /// Known of somebody else's container: requests and limits of CPU and memory.
    Known([&'static str; 4]),
}

/// When a container runs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Main,
    /// Before the main ones, alone.
    First,
    /// From before the main ones on: `restartPolicy: Always`.
    Beside,
}

/// What RabbitMQ's operator gives to the container that prepares a server (its source, 2.x).
const RABBITMQ_SETUP: [&str; 4] = ["100m", "500Mi", "100m", "500Mi"];
/// And to a server for which nothing is said (its definition).
const RABBITMQ: [&str; 4] = ["1", "2Gi", "2", "2Gi"];
/// What cert-manager's solvers ask for unless it is told otherwise (its flags).
const SOLVER: [&str; 4] = ["10m", "64Mi", "100m", "64Mi"];

impl<'a> Defaults<'a> {
    /// That of a namespace.
    pub(super) fn of(manifests: &'a Manifests, namespace: &str) -> Option<Self> {
        manifests.of_kind("LimitRange").filter(|range| range.namespace == namespace).find_map(|manifest| {
            let limits = manifest.at(&["spec", "limits"])?.as_list()?;
            let limits = limits.iter().find(|limits| text(limits, &["type"]) == Some("Container"))?;
            Some(Defaults { manifest, limits })
        })
    }

    /// One of its figures: `min`, `max`, `default`, `defaultRequest`.
    pub(super) fn figure(&self, which: &str, resource: &str) -> Option<Quantity> {
        Quantity::of(at(self.limits, &[which, resource])?)
    }

    fn limit(&self, resource: &str) -> Option<Quantity> {
        self.figure("default", resource).or_else(|| self.figure("max", resource))
    }

    fn request(&self, resource: &str) -> Option<Quantity> {
        self.figure("defaultRequest", resource)
            .or_else(|| self.limit(resource))
            .or_else(|| self.figure("min", resource))
    }
}

impl Part<'_> {
    /// What it says itself; a limit is a request, too.
    pub(super) fn own(&self, side: Side, resource: &str) -> Option<Quantity> {
        let said = |of: &str| match self.given {
            Given::Written(resources) => Quantity::of(at(resources?, &[of, resource])?),
            Given::Known(known) => {
                let first = if of == "requests" { 0 } else { 2 };
                let index = ["cpu", "memory"].iter().position(|name| *name == resource)?;
                Quantity::parse(known[first + index])
            }
        };
        match side {
            Side::Requests => said("requests").or_else(|| said("limits")),
            Side::Limits => said("limits"),
        }
    }

    /// The same, with what a LimitRange gives; nothing if nobody says it.
    pub(super) fn amount(&self, side: Side, resource: &str, defaults: Option<&Defaults>) -> Option<Quantity> {
        self.own(side, resource).or_else(|| match side {
            Side::Requests => defaults?.request(resource),
            Side::Limits => defaults?.limit(resource),
        })
    }

    /// The most that it may come to have, if a VerticalPodAutoscaler raises it.
    fn most(&self, side: Side, resource: &str, defaults: Option<&Defaults>) -> Quantity {
        let now = self.amount(side, resource, defaults).unwrap_or_default();
        let Some(raise) = self.raise.as_ref().filter(|raise| raise.controls(resource)) else { return now };
        let request = self.amount(Side::Requests, resource, defaults).unwrap_or_default();
        let Some(to) = raise.most(resource, self.amount(Side::Limits, resource, defaults)) else {
            return now;
        };
        match side {
            Side::Requests => now.max(to),
            Side::Limits if raise.requests_only() => now,
            Side::Limits => now.max(now.grown(request, to)),
        }
    }

    /// The VerticalPodAutoscaler that may raise it without an end.
    pub(super) fn unbounded(&self, resource: &str, defaults: Option<&Defaults>) -> Option<&Raise<'_>> {
        let raise = self.raise.as_ref().filter(|raise| raise.controls(resource))?;
        let limit = self.amount(Side::Limits, resource, defaults);
        raise.most(resource, limit).is_none().then_some(raise)
    }
}

impl Pods<'_> {
    /// What one pod counts for: its containers together, or the greatest of those that run before them.
    pub(super) fn each(&self, side: Side, resource: &str, defaults: Option<&Defaults>) -> Quantity {
        if let Some(whole) = self.said_as_a_whole(side, resource) {
            return whole;
        }
        let mut beside = Quantity::default();
        let (mut main, mut first) = (Quantity::default(), Quantity::default());
        for part in &self.parts {
            let amount = part.most(side, resource, defaults);
            match part.role {
                Role::Main => main = main + amount,
                Role::Beside => beside = beside + amount,
                Role::First => first = first.max(beside + amount),
            }
        }
        first.max(main + beside)
    }

    /// What the pod says as a whole.
    pub(super) fn said_as_a_whole(&self, side: Side, resource: &str) -> Option<Quantity> {
        let said = |of: &str| Quantity::of(at(self.whole?, &[of, resource])?);
        match side {
            Side::Requests => said("requests").or_else(|| said("limits")),
            Side::Limits => said("limits"),
        }
    }
}

/// All pods of a namespace that the objects make.
pub(super) fn of<'a>(manifests: &'a Manifests, namespace: &str) -> Vec<Pods<'a>> {
    let there = manifests.iter().filter(|manifest| manifest.namespace == namespace);
    there.filter_map(|manifest| pods(manifests, manifest)).collect()
}

fn pods<'a>(manifests: &'a Manifests, manifest: &'a Manifest) -> Option<Pods<'a>> {
    let place = manifest.at(&["metadata", "name"]).map_or(&manifest.node.span, |name| &name.span);
    let part = |name: &'a str, role, given| Part { name, place, given, role, raise: None };
    let (count, parts) = match manifest.kind.as_str() {
        "Cluster" if is_of(manifest, "postgresql.cnpg.io") => {
            let given = Given::Written(manifest.at(&["spec", "resources"]));
            let mut parts =
                vec![part("bootstrap-controller", Role::First, given), part("postgres", Role::Main, given)];
            if manifest.at(&["spec", "plugins"]).is_some() {
                let store =
                    manifests.of_kind("ObjectStore").find(|store| store.namespace == manifest.namespace);
                let own = store.and_then(|s| s.at(&["spec", "instanceSidecarConfiguration", "resources"]));
                parts.push(part("plugin-barman-cloud", Role::Beside, Given::Written(own)));
            }
            (number(manifest, "instances")?, parts)
        }
        "RabbitmqCluster" => {
            let given = manifest
                .at(&["spec", "resources"])
                .map_or(Given::Known(RABBITMQ), |own| Given::Written(Some(own)));
            let setup = part("setup-container", Role::First, Given::Known(RABBITMQ_SETUP));
            (number(manifest, "replicas").unwrap_or(1), vec![setup, part("rabbitmq", Role::Main, given)])
        }
        "Certificate" if is_solved_over_http(manifests, manifest) => {
            let names = items(&manifest.node, &["spec", "dnsNames"]).len();
            (i64::try_from(names).ok()?, vec![part("acmesolver", Role::Main, Given::Known(SOLVER))])
        }
        _ => return written(manifests, manifest),
    };
    Some(Pods { manifest, count, parts, whole: None })
}

/// The pods of an object that has a template of them.
fn written<'a>(manifests: &'a Manifests, manifest: &'a Manifest) -> Option<Pods<'a>> {
    let pod = manifest.pod()?;
    let most = scale::of(manifests, manifest).iter().map(|scale| scale.count).max().unwrap_or(1);
    let count = match manifest.kind.as_str() {
        "DaemonSet" => return None,
        "Deployment" => most + rollout::surge(manifest, most),
        "Pooler" => number(manifest, "instances").map(|most| most + rollout::surge(manifest, most))?,
        "Job" => number(manifest, "parallelism").unwrap_or(1),
        "CronJob" => {
            let parallel = manifest.at(&["spec", "jobTemplate", "spec", "parallelism"]);
            parallel.and_then(Node::as_int).unwrap_or(1)
        }
        _ => most,
    };
    let mut parts = Vec::new();
    if manifest.kind == "Pooler" {
        // The operator adds one that copies its program, and says nothing about it.
        let place = &manifest.node.span;
        parts.push(Part {
            name: "bootstrap-controller",
            place,
            given: Given::Written(None),
            role: Role::First,
            raise: None,
        });
    }
    for (list, otherwise) in [("initContainers", Role::First), ("containers", Role::Main)] {
        for node in items(pod, &["spec", list]) {
            let name = text(node, &["name"]).unwrap_or_default();
            let beside = list == "initContainers" && text(node, &["restartPolicy"]) == Some("Always");
            let given = Given::Written(node.get("resources"));
            let place = node.get("name").map_or(&node.span, |name| &name.span);
            let raise = vertical::raise(manifests, manifest, name);
            parts.push(Part {
                name,
                place,
                given,
                role: if beside { Role::Beside } else { otherwise },
                raise,
            });
        }
    }
    Some(Pods { manifest, count, parts, whole: at(pod, &["spec", "resources"]) })
}

/// A claim on storage.
pub(super) struct Claims<'a> {
    pub(super) manifest: &'a Manifest,
    pub(super) count: i64,
    pub(super) each: Quantity,
}

/// All claims of a namespace that the objects make.
pub(super) fn claims<'a>(manifests: &'a Manifests, namespace: &str) -> Vec<Claims<'a>> {
    let mut found = Vec::new();
    for manifest in manifests.iter().filter(|manifest| manifest.namespace == namespace) {
        let mut add = |count: i64, size: Option<&Node>| {
            let each = size.and_then(Quantity::of).unwrap_or_default();
            found.push(Claims { manifest, count, each });
        };
        let size = |claim: &'a Node| at(claim, &["spec", "resources", "requests", "storage"]);
        match manifest.kind.as_str() {
            "PersistentVolumeClaim" => add(1, size(&manifest.node)),
            "StatefulSet" => {
                let most = scale::of(manifests, manifest).iter().map(|scale| scale.count).max().unwrap_or(1);
                for claim in items(&manifest.node, &["spec", "volumeClaimTemplates"]) {
                    add(most, size(claim));
                }
            }
            "Cluster" if is_of(manifest, "postgresql.cnpg.io") => {
                for volume in ["storage", "walStorage"] {
                    if let Some(volume) = manifest.at(&["spec", volume]) {
                        add(number(manifest, "instances").unwrap_or(1), volume.get("size"));
                    }
                }
            }
            "RabbitmqCluster" => {
                let count = number(manifest, "replicas").unwrap_or(1);
                add(count, manifest.at(&["spec", "persistence", "storage"]));
            }
            _ => {}
        }
    }
    found
}

fn number(manifest: &Manifest, key: &str) -> Option<i64> {
    manifest.at(&["spec", key])?.as_int()
}

fn is_of(manifest: &Manifest, group: &str) -> bool {
    let version = text(&manifest.node, &["apiVersion"]).unwrap_or_default();
    version.strip_prefix(group).is_some_and(|rest| rest.starts_with('/'))
}

/// Whether cert-manager proves the names of a certificate by pods of its own.
fn is_solved_over_http(manifests: &Manifests, manifest: &Manifest) -> bool {
    let issuer = |key: &str| manifest.at(&["spec", "issuerRef", key]).and_then(Node::as_str);
    let (kind, name) = (issuer("kind").unwrap_or("Issuer"), issuer("name").unwrap_or_default());
    let is_meant = |other: &&Manifest| {
        other.name == name && (kind == "ClusterIssuer" || other.namespace == manifest.namespace)
    };
    let issuer = manifests.of_kind(kind).find(is_meant);
    let solvers = issuer.map(|issuer| items(&issuer.node, &["spec", "acme", "solvers"]));
    solvers.is_some_and(|solvers| solvers.iter().any(|solver| solver.get("http01").is_some()))
}
