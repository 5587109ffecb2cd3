//! A PodDisruptionBudget, and how many pods it lets go: what the disruption controller works out and the eviction API obeys.

use super::super::manifests::{Manifest, Manifests};
use super::super::scale;
use super::amount::{Amount, Round};
use super::selector;
use crate::diagnostics::Span;
use crate::yaml::Node;

/// A budget and the workloads whose pods it is about.
pub(super) struct Budget<'a> {
    pub(super) manifest: &'a Manifest,
    pub(super) selected: Vec<&'a Manifest>,
    pub(super) rule: Rule,
}

/// What a budget says.
pub(super) enum Rule {
    MinAvailable(Amount),
    MaxUnavailable(Amount),
    /// Neither; Kubernetes takes it for a budget over no pods, which lets none go.
    Nothing,
}

/// Workloads whose pods a drain evicts, and whose number is known.
pub(super) fn is_drained(workload: &Manifest) -> bool {
    matches!(workload.kind.as_str(), "Deployment" | "StatefulSet") && workload.pod().is_some()
}

/// All budgets that can be read.
pub(super) fn all(manifests: &Manifests) -> Vec<Budget<'_>> {
    let budget = |manifest: &'static str| manifests.of_kind(manifest);
    budget("PodDisruptionBudget")
        .filter_map(|manifest| {
            let amount = |key| manifest.at(&["spec", key]).map(Amount::read);
            let rule = match (amount("minAvailable"), amount("maxUnavailable")) {
                (Some(amount), None) => Rule::MinAvailable(amount?),
                (None, Some(amount)) => Rule::MaxUnavailable(amount?),
                (None, None) => Rule::Nothing,
                // The API server refuses both.
                (Some(_), Some(_)) => return None,
            };
            let selector = manifest.at(&["spec", "selector"]);
            let selected = manifests
                .iter()
                .filter(|workload| workload.namespace == manifest.namespace && is_drained(workload))
                .filter(|workload| selector::selects_pods_of(selector, workload));
            Some(Budget { manifest, selected: selected.collect(), rule })
        })
        .collect()
}

impl<'a> Budget<'a> {
    /// How many of so many pods must stay.
    pub(super) fn kept(&self, pods: i64) -> i64 {
        match self.rule {
            Rule::MinAvailable(amount) => amount.of(pods, Round::Up),
            Rule::MaxUnavailable(amount) => (pods - amount.of(pods, Round::Up)).max(0),
            Rule::Nothing => pods,
        }
    }

    /// How many of so many pods may be evicted at once if all are ready.
    pub(super) fn allowed(&self, pods: i64) -> i64 {
        (pods - self.kept(pods)).max(0)
    }

    /// The least pods of all its workloads together, and the most.
    pub(super) fn pods(&self, manifests: &Manifests) -> (i64, i64) {
        let ranges = self.selected.iter().filter_map(|workload| scale::range(manifests, workload));
        ranges.fold((0, 0), |(least, most), range| (least + range.least, most + range.most))
    }

    /// Where its number stands, else its name.
    pub(super) fn place(&self) -> &'a Span {
        let amount =
            ["minAvailable", "maxUnavailable"].iter().find_map(|key| self.manifest.at(&["spec", key]));
        amount
            .or_else(|| self.manifest.at(&["metadata", "name"]))
            .map_or(&self.manifest.node.span, |node| &node.span)
    }

    /// Where its selector stands, else its name.
    pub(super) fn selector_place(&self) -> &'a Span {
        let selector = self.manifest.at(&["spec", "selector"]);
        selector
            .or_else(|| self.manifest.at(&["metadata", "name"]))
            .map_or(&self.manifest.node.span, |node: &Node| &node.span)
    }

    /// `minAvailable: 100%`.
    pub(super) fn written(&self) -> String {
        match self.rule {
            Rule::MinAvailable(amount) => format!("minAvailable: {amount}"),
            Rule::MaxUnavailable(amount) => format!("maxUnavailable: {amount}"),
            Rule::Nothing => "neither minAvailable nor maxUnavailable".to_string(),
        }
    }

    /// `Deployment elsa-server and StatefulSet elsa-redis`.
    pub(super) fn titles(&self) -> String {
        let titles: Vec<String> = self.selected.iter().map(|workload| workload.title()).collect();
        titles.join(" and ")
    }
}
