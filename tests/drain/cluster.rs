//! A model of a cluster: nodes in zones, pods, and what scheduler, kubelets, controllers and a drain may do next. Which of it
//! happens first, which of the nodes that are allowed a pod gets, and which pod is evicted, is up to a seed: what must
//! end has to end in every order. Nodes have room for any number of pods: only rules keep them out.

use crate::common::random::Random;
use crate::objects::{Access, Objects, Spread, Term, Workload, selects};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// A node.
#[derive(Clone)]
pub(crate) struct Node {
    pub(crate) zone: usize,
    pub(crate) cordoned: bool,
}

/// A pod that is there: waiting for a node, waiting for its containers, ready, or ending.
#[derive(Clone)]
pub(crate) struct Pod {
    pub(crate) id: usize,
    pub(crate) workload: usize,
    pub(crate) version: u32,
    /// Its number, in a StatefulSet or a database.
    pub(crate) ordinal: usize,
    pub(crate) node: Option<usize>,
    pub(crate) ready: bool,
    pub(crate) ending: bool,
    /// Whether it is the primary of a database.
    pub(crate) primary: bool,
}

/// What a controller wants of a workload.
#[derive(Clone)]
pub(crate) struct Wanted {
    pub(crate) replicas: usize,
    pub(crate) version: u32,
    /// Replicas of each version's ReplicaSet, for Deployments.
    pub(crate) sets: BTreeMap<u32, usize>,
}

/// One thing that can happen.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    Bind(usize, usize),
    Start(usize),
    End(usize),
    Evict(usize),
    Uncordon(usize),
    Create(usize, u32, usize),
    Delete(usize),
    Scale(usize, BTreeMap<u32, usize>),
    Promote(usize),
}

/// The cluster and all that is in it.
pub(crate) struct Cluster {
    pub(crate) nodes: Vec<Node>,
    pub(crate) objects: Objects,
    pub(crate) wanted: Vec<Wanted>,
    pub(crate) pods: Vec<Pod>,
    /// The node that is drained, and whether it comes back when it is empty.
    pub(crate) drained: Option<(usize, bool)>,
    /// Whether the scheduler prefers what spreads a workload's pods, as it does where nothing speaks against it. Without, pods
    /// lie as badly as the rules allow.
    pub(crate) prefers: bool,
    /// Zones of volumes, by workload and ordinal.
    volumes: BTreeMap<(usize, usize), usize>,
    random: Random,
    next: usize,
}

impl Cluster {
    /// A cluster on which the workloads have just been applied, each with `replicas` of it.
    pub(crate) fn new(
        nodes: usize,
        zones: usize,
        objects: &Objects,
        replicas: impl Fn(&Workload) -> usize,
        seed: u64,
    ) -> Self {
        let wanted = objects.workloads.iter().map(|workload| {
            let replicas = replicas(workload);
            Wanted { replicas, version: 0, sets: BTreeMap::from([(0, replicas)]) }
        });
        Cluster {
            nodes: (0..nodes).map(|node| Node { zone: node % zones, cordoned: false }).collect(),
            wanted: wanted.collect(),
            objects: objects.clone(),
            pods: Vec::new(),
            drained: None,
            prefers: false,
            volumes: BTreeMap::new(),
            random: Random::new(seed),
            next: 0,
        }
    }

    /// Lets things happen until nothing can.
    pub(crate) fn settle(&mut self) {
        for _ in 0..20_000 {
            let steps = self.steps();
            if steps.is_empty() {
                return;
            }
            let step = steps[self.random.below(steps.len())].clone();
            self.take(step);
        }
        panic!("it never comes to rest");
    }

    /// Whether every pod that is wanted is there and ready, and no other.
    pub(crate) fn is_done(&self) -> bool {
        let ready = |pod: &&Pod| pod.ready && !pod.ending;
        (0..self.wanted.len()).all(|workload| {
            let wanted = &self.wanted[workload];
            let mut pods = self.pods_of(workload);
            let current = pods.clone().filter(ready).filter(|pod| pod.version == wanted.version).count();
            current == wanted.replicas && pods.all(|pod| pod.version == wanted.version && !pod.ending)
        })
    }

    /// Whether a node has no pod.
    pub(crate) fn is_empty(&self, node: usize) -> bool {
        self.pods.iter().all(|pod| pod.node != Some(node))
    }

    /// Gives a workload's pods a new template.
    pub(crate) fn update(&mut self, workload: usize) {
        let wanted = &mut self.wanted[workload];
        wanted.version += 1;
        wanted.sets.insert(wanted.version, 0);
    }

    /// Begins to drain a node.
    pub(crate) fn drain(&mut self, node: usize, comes_back: bool) {
        self.nodes[node].cordoned = true;
        self.drained = Some((node, comes_back));
    }

    /// Takes a drained node back.
    pub(crate) fn uncordon(&mut self, node: usize) {
        self.take(Step::Uncordon(node));
    }

    /// The pods of a workload.
    pub(crate) fn pods_of(&self, workload: usize) -> impl Iterator<Item = &Pod> + Clone {
        self.pods.iter().filter(move |pod| pod.workload == workload)
    }

    /// All that can happen next.
    fn steps(&self) -> Vec<Step> {
        let mut steps = Vec::new();
        for workload in 0..self.wanted.len() {
            self.controlled(workload, &mut steps);
        }
        for pod in &self.pods {
            match pod.node {
                None if pod.ending => steps.push(Step::End(pod.id)),
                None => {
                    let mut nodes: Vec<usize> =
                        (0..self.nodes.len()).filter(|node| self.may_go(pod, *node)).collect();
                    if self.prefers {
                        let best = nodes.iter().map(|node| self.crowd(pod, *node)).min();
                        nodes.retain(|node| Some(self.crowd(pod, *node)) == best);
                    }
                    steps.extend(nodes.into_iter().map(|node| Step::Bind(pod.id, node)));
                }
                Some(_) if pod.ending => steps.push(Step::End(pod.id)),
                Some(node) if !pod.ready && self.may_start(pod, node) => steps.push(Step::Start(pod.id)),
                Some(_) => {}
            }
        }
        if let Some((node, comes_back)) = self.drained {
            let there = self.pods.iter().filter(|pod| pod.node == Some(node) && !pod.ending);
            steps.extend(there.filter(|pod| self.may_be_evicted(pod)).map(|pod| Step::Evict(pod.id)));
            if comes_back && self.is_empty(node) {
                steps.push(Step::Uncordon(node));
            }
        }
        steps
    }

    fn take(&mut self, step: Step) {
        match step {
            Step::Bind(id, node) => {
                let (zone, pod) = (self.nodes[node].zone, self.pod(id));
                pod.node = Some(node);
                let of = (pod.workload, pod.ordinal);
                self.volumes.entry(of).or_insert(zone);
            }
            Step::Start(id) => self.pod(id).ready = true,
            Step::End(id) => self.pods.retain(|pod| pod.id != id),
            Step::Evict(id) | Step::Delete(id) => {
                let pod = self.pod(id);
                (pod.ready, pod.ending, pod.primary) = (false, true, false);
            }
            Step::Uncordon(node) => {
                self.nodes[node].cordoned = false;
                self.drained = None;
            }
            Step::Create(workload, version, ordinal) => {
                let id = self.next;
                self.next += 1;
                let (node, ready, ending, primary) = (None, false, false, false);
                self.pods.push(Pod { id, workload, version, ordinal, node, ready, ending, primary });
            }
            Step::Scale(workload, sets) => self.wanted[workload].sets = sets,
            Step::Promote(id) => {
                let workload = self.pod(id).workload;
                for pod in self.pods.iter_mut().filter(|pod| pod.workload == workload) {
                    pod.primary = pod.id == id;
                }
            }
        }
    }

    fn pod(&mut self, id: usize) -> &mut Pod {
        self.pods.iter_mut().find(|pod| pod.id == id).unwrap()
    }

    /// The scheduler's filters.
    fn may_go(&self, pod: &Pod, node: usize) -> bool {
        let workload = &self.objects.workloads[pod.workload];
        let zone = self.nodes[node].zone;
        let at_volume = !workload.has_volumes
            || self.volumes.get(&(pod.workload, pod.ordinal)).is_none_or(|volume| *volume == zone);
        let has_claim = workload.claim.as_ref().is_none_or(|(name, access)| {
            *access == Access::Node || !self.users(name, pod).any(|other| other.node.is_some())
        });
        !self.nodes[node].cordoned
            && at_volume
            && has_claim
            && self.is_apart(pod, node)
            && workload.spreads.iter().all(|spread| self.is_spread(pod, spread, node))
    }

    /// How many pods of the same workload and version are in a node's zone, and on the node.
    fn crowd(&self, pod: &Pod, node: usize) -> (usize, usize) {
        let others = self.pods_of(pod.workload).filter(|other| !other.ending && other.version == pod.version);
        let nodes = others.filter_map(|other| other.node);
        let in_zone = nodes.clone().filter(|other| self.nodes[*other].zone == self.nodes[node].zone).count();
        (in_zone, nodes.filter(|other| *other == node).count())
    }

    /// Neither the pod's terms nor those of the pods there forbid it; pods that are ending are there until they have ended.
    fn is_apart(&self, pod: &Pod, node: usize) -> bool {
        let forbids = |term: &Term, owner: &Pod, other: &Pod, there: usize| {
            self.domain(&term.key, there) == self.domain(&term.key, node)
                && self.counts(&term.selector, term.per_version, owner, other)
        };
        self.pods.iter().filter(|other| other.id != pod.id).all(|other| {
            let Some(there) = other.node else { return true };
            let own = &self.objects.workloads[pod.workload].apart;
            let theirs = &self.objects.workloads[other.workload].apart;
            !own.iter().any(|term| forbids(term, pod, other, there))
                && !theirs.iter().any(|term| forbids(term, other, pod, there))
        })
    }

    /// One more in the node's domain is not too many above the emptiest; pods that are ending no longer count.
    fn is_spread(&self, pod: &Pod, spread: &Spread, node: usize) -> bool {
        let mut counts: BTreeMap<usize, i64> = BTreeMap::new();
        for (index, node) in self.nodes.iter().enumerate() {
            if !(spread.honors_taints && node.cordoned) {
                let there = self.pods.iter().filter(|other| other.node == Some(index) && !other.ending);
                let there = there
                    .filter(|other| self.counts(&spread.selector, spread.per_version, pod, other))
                    .count();
                *counts.entry(self.domain(&spread.key, index)).or_default() += i64::try_from(there).unwrap();
            }
        }
        let emptiest =
            if counts.len() < spread.min_domains { 0 } else { counts.values().copied().min().unwrap_or(0) };
        let own = i64::from(self.counts(&spread.selector, spread.per_version, pod, pod));
        counts[&self.domain(&spread.key, node)] + own - emptiest <= spread.skew
    }

    /// Whether `other` is among the pods that a constraint of `pod` is about.
    fn counts(&self, selector: &Value, per_version: bool, pod: &Pod, other: &Pod) -> bool {
        let same = (pod.workload, pod.version) == (other.workload, other.version);
        (!per_version || same) && selects(selector, |key| self.label(other, key))
    }

    fn label(&self, pod: &Pod, key: &str) -> Option<&str> {
        let workload = &self.objects.workloads[pod.workload];
        if key == "cnpg.io/instanceRole"
            && matches!(workload.controller, crate::objects::Controller::Database)
        {
            return Some(if pod.primary { "primary" } else { "replica" });
        }
        workload.labels.get(key).map(String::as_str)
    }

    fn domain(&self, key: &str, node: usize) -> usize {
        match key {
            "kubernetes.io/hostname" => node,
            "topology.kubernetes.io/zone" => self.nodes[node].zone,
            other => panic!("nodes have no {other}"),
        }
    }

    /// The other pods that mount a claim.
    fn users<'a>(&'a self, claim: &'a str, pod: &'a Pod) -> impl Iterator<Item = &'a Pod> {
        self.pods.iter().filter(move |other| {
            let mounted = self.objects.workloads[other.workload].claim.as_ref();
            other.id != pod.id && mounted.is_some_and(|(name, _)| name == claim)
        })
    }

    /// The kubelet waits for a volume that another node has.
    fn may_start(&self, pod: &Pod, node: usize) -> bool {
        let claim = self.objects.workloads[pod.workload].claim.as_ref();
        claim.is_none_or(|(name, _)| {
            let has = |other: &Pod| (other.ready || other.ending) && other.node != Some(node);
            !self.users(name, pod).any(has)
        })
    }

    /// The eviction API, with what the disruption controller has worked out. A pod whose containers do not run yet may always
    /// go, so `unhealthyPodEvictionPolicy` makes no difference here.
    fn may_be_evicted(&self, pod: &Pod) -> bool {
        let selects = |selector: &Value, pod: &Pod| selects(selector, |key| self.label(pod, key));
        let mut budgets = self.objects.budgets.iter().filter(|budget| selects(&budget.selector, pod));
        let (budget, second) = (budgets.next(), budgets.next());
        if !pod.ready || budget.is_none() {
            return true;
        }
        let Some(budget) = budget.filter(|_| second.is_none()) else { return false };
        let pods: Vec<&Pod> = self.pods.iter().filter(|pod| selects(&budget.selector, pod)).collect();
        let workloads: BTreeSet<usize> = pods.iter().map(|pod| pod.workload).collect();
        let scale: usize = workloads.into_iter().map(|workload| self.wanted[workload].replicas).sum();
        let (expected, kept) = match (&budget.min_available, &budget.max_unavailable) {
            (Value::Null, Value::Null) => (0, 0),
            (Value::Null, gone) => (scale, scale.saturating_sub(rounded_up(gone, scale))),
            (Value::Number(number), _) => (pods.len(), usize::try_from(number.as_u64().unwrap()).unwrap()),
            (share, _) => (scale, rounded_up(share, scale)),
        };
        let healthy = pods.iter().filter(|pod| pod.ready && !pod.ending).count();
        expected > 0 && healthy > kept
    }
}

/// A number, or a percentage of `whole`, rounded up.
pub(crate) fn rounded_up(value: &Value, whole: usize) -> usize {
    share(value, whole).ceil() as usize
}

/// The same, rounded down.
pub(crate) fn rounded_down(value: &Value, whole: usize) -> usize {
    share(value, whole).floor() as usize
}

fn share(value: &Value, whole: usize) -> f64 {
    match value.as_str() {
        Some(text) => text.trim_end_matches('%').parse::<f64>().unwrap() * whole as f64 / 100.0,
        None => value.as_f64().unwrap(),
    }
}
