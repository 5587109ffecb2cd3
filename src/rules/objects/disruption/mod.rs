//! Whether pods can move: a drain of a node, and an update of a workload, must come to an end.

mod amount;
mod budget;
mod placement;
pub(super) mod rollout;
mod selector;

use super::manifests::{Manifest, Manifests, text};
use super::scale::{self, Range};
use super::{Findings, ObjectRule, Review};
use crate::diagnostics::Severity;
use crate::yaml::Node;
use budget::{Budget, Rule, is_drained};
use placement::{Constraint, Form};
use selector::selects;

pub(super) const RULES: [ObjectRule; 5] = [
    ObjectRule {
        code: "budget-blocks-drain",
        severity: Severity::Error,
        description: "A PodDisruptionBudget that lets no pod be evicted stops every drain of a node.",
        find: blocking,
    },
    ObjectRule {
        code: "budgets-overlap",
        severity: Severity::Error,
        description: "Two PodDisruptionBudgets select the same pods: every eviction of them is refused.",
        find: overlapping,
    },
    ObjectRule {
        code: "budget-without-effect",
        severity: Severity::Warning,
        description: "A PodDisruptionBudget that selects nothing, or lets all pods be evicted at once, protects nothing.",
        find: idle,
    },
    ObjectRule {
        code: "rollout-blocked",
        severity: Severity::Error,
        description: "An update of a Deployment can never end, whatever the cluster.",
        find: stuck,
    },
    ObjectRule {
        code: "placement-without-room",
        severity: Severity::Warning,
        description: "Required placement under which an update or a drain ends only on a larger cluster than the pods need to \
                      run.",
        find: cramped,
    },
];

/// The nodes and zones that a cluster is taken to have at the least: one of each may be lost.
const USUAL: i64 = 3;
/// What Kubernetes supports in one cluster.
const MOST: i64 = 150_000;

fn blocking(review: &Review, findings: &mut Findings) {
    for budget in budget::all(review.manifests) {
        let (pods, _) = budget.pods(review.manifests);
        if pods == 0 || budget.allowed(pods) > 0 {
            continue;
        }
        let written = budget.written();
        let message = match budget.rule {
            Rule::Nothing => {
                format!("the budget says {written}, so it lets no pod of {} be evicted", budget.titles())
            }
            _ => format!(
                "{written} keeps {} of {pods} {} of {}: none may be evicted, so no node with one of them can be drained",
                budget.kept(pods),
                if pods == 1 { "pod" } else { "pods" },
                budget.titles(),
            ),
        };
        let help = match pods {
            1 => "take the budget out: it cannot keep a single pod running and let it move; or run 2 or more",
            _ => "write maxUnavailable: 1, which lets one go at a time whatever the number of pods",
        };
        findings.add(budget.place(), message, help);
    }
    for cluster in databases(review.manifests).filter(|cluster| instances(cluster) == 1) {
        let place = cluster.at(&["spec", "instances"]).map_or(&cluster.node.span, |node| &node.span);
        let message = "the operator's own budget keeps the only server, so its node can never be drained";
        findings.add(
            place,
            message,
            "write enablePDB: false, or run 2 instances or more, of which another one takes over",
        );
    }
}

/// Clusters of CloudNativePG that make budgets: one that keeps the primary, which moves before its node is drained, and from
/// three instances on one that keeps all replicas but one.
fn databases(manifests: &Manifests) -> impl Iterator<Item = &Manifest> {
    manifests
        .of_kind("Cluster")
        .filter(|cluster| {
            text(&cluster.node, &["apiVersion"])
                .is_some_and(|version| version.starts_with("postgresql.cnpg.io/"))
        })
        .filter(|cluster| cluster.at(&["spec", "enablePDB"]).and_then(Node::as_bool) != Some(false))
}

/// The operator's default is one.
fn instances(cluster: &Manifest) -> i64 {
    cluster.at(&["spec", "instances"]).and_then(Node::as_int).unwrap_or(1)
}

fn overlapping(review: &Review, findings: &mut Findings) {
    let budgets = budget::all(review.manifests);
    for workload in review.manifests.iter().filter(|workload| is_drained(workload)) {
        let selects =
            |budget: &&Budget| budget.selected.iter().any(|selected| std::ptr::eq(*selected, workload));
        let mut selecting = budgets.iter().filter(selects);
        let Some(first) = selecting.next() else { continue };
        for second in selecting {
            let title = workload.title();
            refuse(findings, second, &title, (first.selector_place(), "this one selects them too"));
        }
    }
    for cluster in databases(review.manifests) {
        for budget in budgets.iter().filter(|budget| budget.manifest.namespace == cluster.namespace) {
            let selector = budget.manifest.at(&["spec", "selector"]);
            let is_server = |role: &'static str| {
                selects(selector, |label| match label {
                    "cnpg.io/cluster" => Some(cluster.name.as_str()),
                    "cnpg.io/podRole" => Some("instance"),
                    "cnpg.io/instanceRole" | "role" => Some(role),
                    _ => None,
                })
            };
            if is_server("primary") || instances(cluster) > 2 && is_server("replica") {
                let place = cluster.at(&["metadata", "name"]).map_or(&cluster.node.span, |node| &node.span);
                refuse(findings, budget, &cluster.title(), (place, "its operator makes budgets of its own"));
            }
        }
    }
}

fn refuse(findings: &mut Findings, budget: &Budget, title: &str, other: (&crate::diagnostics::Span, &str)) {
    let message = format!(
        "two budgets select the pods of {title}: the eviction API refuses every eviction of them, so no node with one of \
         them can be drained"
    );
    findings.add_with(
        budget.selector_place(),
        other,
        message,
        "keep one budget for each pod: narrow one selector, or take it out",
    );
}

fn idle(review: &Review, findings: &mut Findings) {
    for budget in budget::all(review.manifests) {
        let (pods, _) = budget.pods(review.manifests);
        if pods > 1 && budget.allowed(pods) >= pods {
            let message =
                format!("{} lets all {pods} pods of {} go at once", budget.written(), budget.titles());
            findings.add(budget.place(), message, "write maxUnavailable: 1");
            continue;
        }
        // An operator's pods are not seen here.
        let beside = |other: &&Manifest| other.namespace == budget.manifest.namespace;
        let is_seen = review.manifests.iter().filter(beside).any(is_drained);
        let is_operated =
            |other: &Manifest| matches!(other.kind.as_str(), "Cluster" | "RabbitmqCluster" | "Pooler");
        if budget.selected.is_empty() && is_seen && !review.manifests.iter().any(is_operated) {
            let help = "write the labels of a workload's pods, or take the budget out";
            findings.add(budget.selector_place(), "the budget selects the pods of no workload here", help);
        }
    }
}

fn stuck(review: &Review, findings: &mut Findings) {
    for (workload, range) in workloads(review.manifests) {
        let rolling = rollout::of(workload);
        if rolling.is_some_and(rollout::Rolling::is_stuck) {
            let message = format!(
                "an update of {} may neither add a pod nor miss one, which Kubernetes refuses",
                workload.title()
            );
            findings.add(rollout::place(workload), message, "write maxSurge: 1, or maxUnavailable: 1");
        }
        let Some(claim) =
            rollout::claim(review.manifests, workload).filter(|_| workload.kind == "Deployment")
        else {
            continue;
        };
        let (name, mode) = (claim.name, claim.mode);
        if range.most > 1 {
            let message = format!(
                "{} pods of {} mount the claim {name}, which is {mode}: those on other nodes never start",
                range.most,
                workload.title()
            );
            findings.add(&claim.node.span, message, "run one replica, or give the claim ReadWriteMany");
        } else if rolling.is_some_and(|rolling| rolling.only_adds(1)) {
            let message = format!(
                "an update of {} starts the new pod before the old one ends, and both need the claim {name}, which is {mode}: \
                 on another node the new one waits for ever",
                workload.title()
            );
            findings.add(rollout::place(workload), message, "write strategy: {type: Recreate}");
        }
    }
}

/// Deployments and StatefulSets that have pods, with their numbers; no cluster has room for more than are counted here.
fn workloads(manifests: &Manifests) -> impl Iterator<Item = (&Manifest, Range)> {
    let drained = manifests.iter().filter(|workload| is_drained(workload));
    drained.filter_map(|workload| {
        let Range { least, most } = scale::range(manifests, workload)?;
        Some((workload, Range { least: least.min(MOST), most: most.min(MOST) }))
    })
}

fn cramped(review: &Review, findings: &mut Findings) {
    let budgets = budget::all(review.manifests);
    for (workload, range) in workloads(review.manifests) {
        let constraints = placement::of(workload);
        // One node in each zone: what one constraint asks for is there for the others.
        let enough = constraints.iter().map(|constraint| constraint.to_run(range.most)).fold(USUAL, i64::max);
        for constraint in constraints {
            update(workload, range, &constraint, enough, findings);
            drain(review.manifests, &budgets, (workload, range), &constraint, enough, findings);
        }
    }
}

fn update(workload: &Manifest, range: Range, constraint: &Constraint, enough: i64, findings: &mut Findings) {
    let Some(rolling) = rollout::of(workload) else { return };
    let need = |pods: i64| constraint.to_update(pods, rolling.only_adds(pods));
    // Percentages let pods be missing from some number on.
    let Some(pods) =
        (range.least..=range.most).max_by_key(|pods| need(*pods)).filter(|pods| need(*pods) > enough)
    else {
        return;
    };
    let message = format!(
        "an update of {} needs {}: {pods} pods under {}, and one more that starts before an old one ends; with {} it never ends",
        workload.title(),
        constraint.domains(need(pods)),
        constraint.title(),
        constraint.domains(need(pods) - 1),
    );
    let other = match constraint.form {
        Form::Apart => "make the anti-affinity preferred",
        Form::Spread { .. } => "add matchLabelKeys: [pod-template-hash]",
    };
    findings.add(
        &constraint.node.span,
        message,
        format!("write maxUnavailable: 1 and maxSurge: 0, or {other}"),
    );
}

fn drain(
    manifests: &Manifests,
    budgets: &[Budget],
    (workload, range): (&Manifest, Range),
    constraint: &Constraint,
    enough: i64,
    findings: &mut Findings,
) {
    let selects = |budget: &&Budget| budget.selected.iter().any(|selected| std::ptr::eq(*selected, workload));
    let Some(budget) = budgets.iter().find(selects) else { return };
    let allowed = budget.allowed(budget.pods(manifests).1);
    // Where nothing may be evicted at all, that is said elsewhere.
    let need = if allowed > 0 { constraint.to_drain(range.most, allowed, enough) } else { enough };
    let Form::Spread { counts_drained, .. } = constraint.form else { return };
    if need <= enough {
        return;
    }
    let (why, help) = match counts_drained {
        true => (
            "counts the one that is drained, so that pods may not pile up elsewhere",
            "write nodeTaintsPolicy: Honor",
        ),
        false => (
            "asks for as many domains as there are (minDomains), and one is drained",
            "write a smaller minDomains",
        ),
    };
    let message = format!(
        "a drain needs {} for {} pods of {}: {} {why}, and with {} the budget {} stops it for ever",
        constraint.domains(need),
        range.most,
        workload.title(),
        constraint.title(),
        constraint.domains(need - 1),
        budget.manifest.name,
    );
    findings.add(&constraint.node.span, message, help);
}
