//! What is asked of a model cluster, in many orders of events.

use crate::cluster::Cluster;
use crate::objects::{Objects, Workload};

/// How a cluster looks: nodes, and zones over which they are dealt.
pub(crate) type Shape = (usize, usize);

/// How many pods a workload has.
type Number = fn(&Workload) -> usize;

/// The order of events, and whether the scheduler spreads pods where it may.
#[derive(Clone, Copy)]
pub(crate) struct Luck {
    pub(crate) seed: u64,
    pub(crate) prefers: bool,
}

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Question {
    /// Do all pods run?
    Run,
    /// Does an update of a workload end?
    Update(usize),
    /// Does a drain of a node end, and does all run again when it is back?
    Drain(usize),
    /// Do both, of all workloads at once, if the node comes back as soon as it is empty?
    Both(usize),
}

/// Whether it ends in one order of events. What does not run to begin with is not asked any further.
pub(crate) fn ends(
    objects: &Objects,
    shape: Shape,
    replicas: &dyn Fn(&Workload) -> usize,
    question: Question,
    luck: Luck,
) -> bool {
    let mut cluster = Cluster::new(shape.0, shape.1, objects, replicas, luck.seed);
    cluster.prefers = luck.prefers;
    cluster.settle();
    if !cluster.is_done() {
        return false;
    }
    match question {
        Question::Run => {}
        Question::Update(workload) => {
            cluster.update(workload);
            cluster.settle();
        }
        Question::Drain(node) => {
            cluster.drain(node, false);
            cluster.settle();
            if !cluster.is_empty(node) {
                return false;
            }
            cluster.uncordon(node);
            cluster.settle();
        }
        Question::Both(node) => {
            (0..objects.workloads.len()).for_each(|workload| cluster.update(workload));
            cluster.drain(node, true);
            cluster.settle();
        }
    }
    cluster.drained.is_none() && cluster.is_done()
}

/// Whether it ends in each of so many orders of events.
pub(crate) fn always_ends(
    objects: &Objects,
    shape: Shape,
    replicas: &dyn Fn(&Workload) -> usize,
    question: Question,
    seeds: u64,
) -> bool {
    (1..=seeds).all(|seed| ends(objects, shape, replicas, question, Luck { seed, prefers: false }))
}

/// The first of these questions whose answer is not always yes, at an autoscaler's least and most.
pub(crate) fn trouble(
    objects: &Objects,
    shape: Shape,
    questions: &[Question],
    seeds: u64,
) -> Option<(&'static str, Question)> {
    trouble_with(objects, shape, questions, seeds, false)
}

/// The same, with a scheduler that spreads pods where it may, or one that does not.
pub(crate) fn trouble_with(
    objects: &Objects,
    shape: Shape,
    questions: &[Question],
    seeds: u64,
    prefers: bool,
) -> Option<(&'static str, Question)> {
    let numbers: [(&'static str, Number); 2] =
        [("least", |workload| workload.least), ("most", |workload| workload.most)];
    numbers.into_iter().find_map(|(name, replicas)| {
        let always = |question: Question| {
            (1..=seeds).all(|seed| ends(objects, shape, &replicas, question, Luck { seed, prefers }))
        };
        let question = questions.iter().find(|question| !always(**question));
        question.map(|question| (name, *question))
    })
}

/// A drain of each node.
pub(crate) fn drains(shape: Shape) -> Vec<Question> {
    (0..shape.0).map(Question::Drain).collect()
}

/// An update of each workload.
pub(crate) fn updates(objects: &Objects) -> Vec<Question> {
    (0..objects.workloads.len()).map(Question::Update).collect()
}

/// Everything.
pub(crate) fn all(objects: &Objects, shape: Shape) -> Vec<Question> {
    let both = (0..shape.0).map(Question::Both);
    [Question::Run].into_iter().chain(updates(objects)).chain(drains(shape)).chain(both).collect()
}
