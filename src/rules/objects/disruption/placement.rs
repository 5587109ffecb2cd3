//! What a workload's required placement costs: in how many nodes, zones or other domains its pods run, can be updated, and let
//! a domain be drained. Worked out for one constraint at a time and a domain that is drained as a whole, such as a node, or
//! the only node of a zone.

use super::super::manifests::{Manifest, at, items, text};
use super::rollout::{domains, key};
use super::selector;
use crate::yaml::Node;

/// A constraint that the scheduler must keep, on pods of the same workload.
pub(super) struct Constraint<'a> {
    pub(super) node: &'a Node,
    pub(super) key: &'a str,
    pub(super) form: Form,
    /// Whether pods before and after an update do not count for each other.
    is_per_version: bool,
}

/// Its form.
pub(super) enum Form {
    /// Required anti-affinity: one pod a domain.
    Apart,
    /// A spread that must not be broken.
    Spread {
        skew: i64,
        /// With fewer domains than these the emptiest counts as empty.
        min_domains: i64,
        /// Whether a domain that is drained counts, though no pod can go there: the default.
        counts_drained: bool,
    },
}

/// All of a workload's.
pub(super) fn of<'a>(workload: &'a Manifest) -> Vec<Constraint<'a>> {
    let Some(pod) = workload.pod() else { return Vec::new() };
    let is_own = |term: &&'a Node| selector::selects_pods_of(term.get("labelSelector"), workload);
    let constraint = |node: &'a Node, form| {
        let is_per_version =
            items(node, &["matchLabelKeys"]).iter().any(|label| label.as_str() == Some("pod-template-hash"));
        Some(Constraint { node, key: key(node)?, form, is_per_version })
    };
    let terms = items(
        pod,
        &["spec", "affinity", "podAntiAffinity", "requiredDuringSchedulingIgnoredDuringExecution"],
    );
    let mut found: Vec<Constraint> =
        terms.iter().filter(is_own).filter_map(|term| constraint(term, Form::Apart)).collect();
    let spreads = items(pod, &["spec", "topologySpreadConstraints"]).iter().filter(is_own);
    let must =
        |spread: &&Node| text(spread, &["whenUnsatisfiable"]).unwrap_or("DoNotSchedule") == "DoNotSchedule";
    let number = |node: &Node, key: &str| at(node, &[key]).and_then(Node::as_int).unwrap_or(1).max(1);
    found.extend(spreads.filter(must).filter_map(|node| {
        let counts_drained = text(node, &["nodeTaintsPolicy"]) != Some("Honor");
        let (skew, min_domains) = (number(node, "maxSkew"), number(node, "minDomains"));
        constraint(node, Form::Spread { skew, min_domains, counts_drained })
    }));
    found
}

impl Constraint<'_> {
    /// The domains in which so many pods run.
    pub(super) fn to_run(&self, pods: i64) -> i64 {
        match self.form {
            Form::Apart => pods,
            Form::Spread { skew, min_domains, .. } => {
                min_domains.min(pods.div_euclid(skew) + (pods % skew).min(1))
            }
        }
    }

    /// The domains in which so many pods can be updated; `only_adds` if an update starts with one more.
    pub(super) fn to_update(&self, pods: i64, only_adds: bool) -> i64 {
        self.to_run(if only_adds && !self.is_per_version { pods + 1 } else { pods })
    }

    /// The domains, these or more, of which each can be drained while so many pods run, of which `allowed` may be gone at once.
    pub(super) fn to_drain(&self, pods: i64, allowed: i64, least: i64) -> i64 {
        (least..).find(|&domains| self.lets_drain(pods, allowed, domains)).unwrap_or(least)
    }

    /// Evicted pods wait where no other domain may take them. The drain stops when as many wait as may be gone, and pods are
    /// still there.
    fn lets_drain(&self, pods: i64, allowed: i64, domains: i64) -> bool {
        let Form::Spread { skew, min_domains, counts_drained } = self.form else { return true };
        // While the last pod is there, the others have this many at the most.
        let elsewhere = |each: i64| pods - 1 - (domains - 1) * each;
        if domains < min_domains {
            elsewhere(skew) < allowed
        } else if counts_drained {
            elsewhere(skew + 1) < allowed
        } else if domains > min_domains || domains > pods {
            true
        } else {
            // Without the drained domain there are too few: the emptiest counts as empty from then on.
            (1..=pods).all(|here| waiting(pods, here, domains, skew).is_none_or(|waiting| waiting < allowed))
        }
    }

    /// `required podAntiAffinity over kubernetes.io/hostname`.
    pub(super) fn title(&self) -> String {
        match self.form {
            Form::Apart => format!("required podAntiAffinity over {}", self.key),
            Form::Spread { .. } => format!("DoNotSchedule over {}", self.key),
        }
    }

    /// `4 nodes`.
    pub(super) fn domains(&self, count: i64) -> String {
        domains(self.key, count)
    }
}

/// How many of a domain's pods wait while its last one is there, if others take them up to `skew`; nothing if so many pods
/// cannot be in it.
fn waiting(pods: i64, here: i64, domains: i64, skew: i64) -> Option<i64> {
    // The most room for them is taken where the others are filled evenly.
    let others = domains - 1;
    let (each, more) = if others > 0 { ((pods - here) / others, (pods - here) % others) } else { (0, 0) };
    let fullest = here.max(each + more.min(1));
    if fullest - here.min(each) > skew {
        return None;
    }
    let room = (others - more) * (skew - each).max(0) + more * (skew - each - 1).max(0);
    Some((here - 1 - room).max(0))
}
