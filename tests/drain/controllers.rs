//! What the controllers do about the pods of a workload: Deployment and ReplicaSet, StatefulSet, and CloudNativePG's operator.

use crate::cluster::{Cluster, Pod, Step, rounded_down, rounded_up};
use crate::objects::Controller;
use std::collections::BTreeMap;

impl Cluster {
    /// What a workload's controller may do next.
    pub(crate) fn controlled(&self, workload: usize, steps: &mut Vec<Step>) {
        match &self.objects.workloads[workload].controller {
            Controller::Deployment(surge, unavailable) => {
                let replicas = self.wanted[workload].replicas;
                let (surge, mut unavailable) =
                    (rounded_up(surge, replicas), rounded_down(unavailable, replicas));
                if surge == 0 && unavailable == 0 {
                    unavailable = 1;
                }
                if !self.replica_sets(workload, steps) {
                    let wanted = &self.wanted[workload];
                    let sets = self.rolled(workload, surge, unavailable.min(replicas));
                    if sets != wanted.sets {
                        steps.push(Step::Scale(workload, sets));
                    }
                }
            }
            Controller::Recreate => {
                if !self.replica_sets(workload, steps) {
                    self.recreate(workload, steps);
                }
            }
            Controller::StatefulSet { ordered } => self.stateful(workload, *ordered, steps),
            Controller::Database => self.database(workload, steps),
        }
    }

    /// Pods that ReplicaSets make or take; says whether there is any to make or take.
    fn replica_sets(&self, workload: usize, steps: &mut Vec<Step>) -> bool {
        let before = steps.len();
        for (version, wanted) in &self.wanted[workload].sets {
            let pods: Vec<&Pod> =
                self.pods_of(workload).filter(|pod| pod.version == *version && !pod.ending).collect();
            if pods.len() < *wanted {
                steps.push(Step::Create(workload, *version, 0));
            } else if pods.len() > *wanted {
                // Who runs least goes first: no node, not ready, then beside most others of the Deployment.
                let beside =
                    |pod: &Pod| self.pods_of(workload).filter(|other| other.node == pod.node).count();
                let rank = |pod: &Pod| (pod.node.is_some(), pod.ready, usize::MAX - beside(pod));
                let first = pods.iter().map(|pod| rank(pod)).min();
                let first = pods.iter().filter(|pod| Some(rank(pod)) == first);
                steps.extend(first.map(|pod| Step::Delete(pod.id)));
            }
        }
        steps.len() > before
    }

    fn ready(&self, workload: usize, version: u32) -> usize {
        self.pods_of(workload).filter(|pod| pod.version == version && pod.ready && !pod.ending).count()
    }

    /// The ReplicaSets after the next look of the Deployment's controller at a rolling update.
    fn rolled(&self, workload: usize, surge: usize, unavailable: usize) -> BTreeMap<u32, usize> {
        let wanted = &self.wanted[workload];
        let mut sets = wanted.sets.clone();
        let (replicas, total) = (wanted.replicas, sets.values().sum::<usize>());
        let current = sets[&wanted.version];
        if current < replicas && total < replicas + surge {
            sets.insert(wanted.version, replicas.min(current + replicas + surge - total));
            return sets;
        }
        let old: Vec<u32> = sets.keys().copied().filter(|version| *version != wanted.version).collect();
        let must_stay = replicas - unavailable;
        let not_ready = current - self.ready(workload, wanted.version);
        let mut spare = total.saturating_sub(must_stay + not_ready);
        if spare == 0 {
            return sets;
        }
        for version in &old {
            let set = sets.get_mut(version).unwrap();
            let sick = (*set - self.ready(workload, *version)).min(spare);
            *set -= sick;
            spare -= sick;
        }
        let available: usize = sets.keys().map(|version| self.ready(workload, *version)).sum();
        let mut surplus = available.saturating_sub(must_stay);
        for version in &old {
            let set = sets.get_mut(version).unwrap();
            let fewer = (*set).min(surplus);
            *set -= fewer;
            surplus -= fewer;
        }
        sets
    }

    fn recreate(&self, workload: usize, steps: &mut Vec<Step>) {
        let wanted = &self.wanted[workload];
        let mut sets = wanted.sets.clone();
        let is_old = |version: u32| version != wanted.version;
        if sets.iter().any(|(version, replicas)| is_old(*version) && *replicas > 0) {
            sets.iter_mut().filter(|(version, _)| is_old(**version)).for_each(|(_, replicas)| *replicas = 0);
        } else if !self.pods_of(workload).any(|pod| is_old(pod.version)) {
            // Waits for the end of the old pods, too.
            sets.insert(wanted.version, wanted.replicas);
        }
        if sets != wanted.sets {
            steps.push(Step::Scale(workload, sets));
        }
    }

    /// The numbers that have no pod, not even an ending one.
    fn missing(&self, workload: usize) -> Vec<usize> {
        let replicas = self.wanted[workload].replicas;
        (0..replicas).filter(|ordinal| !self.pods_of(workload).any(|pod| pod.ordinal == *ordinal)).collect()
    }

    fn stateful(&self, workload: usize, ordered: bool, steps: &mut Vec<Step>) {
        let wanted = &self.wanted[workload];
        let is_ready = |ordinal: usize| {
            self.pods_of(workload).any(|pod| pod.ordinal == ordinal && pod.ready && !pod.ending)
        };
        for ordinal in self.missing(workload) {
            if !ordered || (0..ordinal).all(is_ready) {
                steps.push(Step::Create(workload, wanted.version, ordinal));
            }
        }
        if ordered && !(0..wanted.replicas).all(is_ready) {
            return;
        }
        for ordinal in (0..wanted.replicas).rev() {
            let pod = self.pods_of(workload).find(|pod| pod.ordinal == ordinal);
            let Some(pod) = pod.filter(|pod| !pod.ending) else { return };
            if pod.version != wanted.version {
                steps.push(Step::Delete(pod.id));
                return;
            }
            if !pod.ready {
                return;
            }
        }
    }

    /// Makes servers, moves the primary away from a node that is drained or when it is gone, and updates the replicas first.
    fn database(&self, workload: usize, steps: &mut Vec<Step>) {
        let wanted = &self.wanted[workload];
        let missing = self.missing(workload);
        steps.extend(missing.iter().map(|ordinal| Step::Create(workload, wanted.version, *ordinal)));
        let primary = self.pods_of(workload).find(|pod| pod.primary);
        let is_cordoned = |pod: &Pod| pod.node.is_some_and(|node| self.nodes[node].cordoned);
        let ready = |pod: &&Pod| pod.ready && !pod.ending && !pod.primary;
        let replicas = || self.pods_of(workload).filter(ready);
        let Some(primary) = primary else {
            steps.extend(replicas().map(|pod| Step::Promote(pod.id)));
            return;
        };
        if is_cordoned(primary) {
            steps.extend(replicas().filter(|pod| !is_cordoned(pod)).map(|pod| Step::Promote(pod.id)));
        }
        if !missing.is_empty() || replicas().count() + 1 < wanted.replicas {
            return;
        }
        let is_old = |pod: &&Pod| pod.version != wanted.version;
        if let Some(old) = replicas().find(is_old) {
            steps.push(Step::Delete(old.id));
        } else if is_old(&primary) && wanted.replicas == 1 {
            steps.push(Step::Delete(primary.id));
        } else if is_old(&primary) {
            steps.extend(replicas().map(|pod| Step::Promote(pod.id)));
        }
    }
}
