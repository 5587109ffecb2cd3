//! How a Deployment replaces its pods: what may be added and what may be missing meanwhile.

use super::super::manifests::{Manifest, Manifests, items, text};
use super::amount::{Amount, Round};
use crate::diagnostics::Span;
use crate::yaml::Node;

/// What Kubernetes takes for either number that is not given.
const DEFAULT: Amount = Amount::Percent(25);

/// The two numbers of a rolling update.
#[derive(Clone, Copy)]
pub(super) struct Rolling {
    surge: Amount,
    unavailable: Amount,
}

/// How a workload is updated; nothing for what ends each old pod before it starts the new one.
pub(super) fn of(workload: &Manifest) -> Option<Rolling> {
    if workload.kind != "Deployment" || is_recreated(workload) {
        return None;
    }
    Some(Rolling { surge: amount(workload, "maxSurge")?, unavailable: amount(workload, "maxUnavailable")? })
}

/// The pods that an update adds to so many, of a Deployment or of what an operator makes one of.
pub(in super::super) fn surge(workload: &Manifest, pods: i64) -> i64 {
    if is_recreated(workload) {
        return 0;
    }
    amount(workload, "maxSurge").unwrap_or(DEFAULT).of(pods, Round::Up)
}

fn is_recreated(workload: &Manifest) -> bool {
    workload.at(&["spec", "strategy", "type"]).and_then(Node::as_str) == Some("Recreate")
}

/// One of the two numbers; nothing for what Kubernetes would refuse.
fn amount(workload: &Manifest, key: &str) -> Option<Amount> {
    match workload.at(&["spec", "strategy", "rollingUpdate", key]) {
        Some(node) => Amount::read(node),
        None => Some(DEFAULT),
    }
}

impl Rolling {
    /// Whether it says that nothing may be added and nothing missing, which the API server refuses.
    pub(super) fn is_stuck(self) -> bool {
        self.surge.is_zero() && self.unavailable.is_zero()
    }

    /// Whether no pod may be missing of so many, so that each update starts with one more. Percentages that round to nothing
    /// on both sides let one be missing.
    pub(super) fn only_adds(self, pods: i64) -> bool {
        self.unavailable.of(pods, Round::Down) == 0 && self.surge.of(pods, Round::Up) > 0
    }
}

/// Where a workload's strategy stands, else its name.
pub(super) fn place(workload: &Manifest) -> &Span {
    let paths: [&[&str]; 3] =
        [&["spec", "strategy", "rollingUpdate"], &["spec", "strategy"], &["metadata", "name"]];
    paths.iter().find_map(|path| workload.at(path)).map_or(&workload.node.span, |node| &node.span)
}

/// A claim that all pods of a workload mount and that one node at a time can have.
pub(super) struct Claim<'a> {
    /// The claim's name, where the pod gives it.
    pub(super) node: &'a Node,
    pub(super) name: &'a str,
    /// `ReadWriteOnce` or `ReadWriteOncePod`.
    pub(super) mode: &'a str,
}

/// The first such claim, among those whose object is there.
pub(super) fn claim<'a>(manifests: &'a Manifests, workload: &'a Manifest) -> Option<Claim<'a>> {
    items(workload.pod()?, &["spec", "volumes"]).iter().find_map(|volume| {
        let node = volume.get("persistentVolumeClaim")?.get("claimName")?;
        let name = node.as_str()?;
        let claim = manifests.beside(workload, "PersistentVolumeClaim", name)?;
        let modes: Vec<&str> =
            items(&claim.node, &["spec", "accessModes"]).iter().filter_map(Node::as_str).collect();
        let mode = *modes.first()?;
        modes.iter().all(|mode| mode.starts_with("ReadWriteOnce")).then_some(Claim { node, name, mode })
    })
}

/// The noun for the values of a topology key.
pub(super) fn domains(key: &str, count: i64) -> String {
    let noun = match key {
        "kubernetes.io/hostname" => "node",
        "topology.kubernetes.io/zone" => "zone",
        _ => return format!("{count} values of {key}"),
    };
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// The topology key of a constraint.
pub(super) fn key(constraint: &Node) -> Option<&str> {
    text(constraint, &["topologyKey"])
}
