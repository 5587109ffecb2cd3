//! Label selectors: which pods a budget or a constraint is about.

use super::super::manifests::{Manifest, items, text};
use crate::yaml::Node;

/// Whether a selector selects pods with these labels. One that is empty selects all; one that is not there selects none.
pub(super) fn selects<'l>(selector: Option<&Node>, label: impl Fn(&str) -> Option<&'l str>) -> bool {
    let Some(selector) = selector.filter(|selector| !selector.is_null()) else { return false };
    let wanted = selector.get("matchLabels").and_then(Node::as_map);
    let equal = wanted.into_iter().flatten().all(|(key, entry)| label(key) == entry.value.as_str());
    equal && items(selector, &["matchExpressions"]).iter().all(|expression| holds(expression, &label))
}

fn holds<'l>(expression: &Node, label: &impl Fn(&str) -> Option<&'l str>) -> bool {
    let value = label(text(expression, &["key"]).unwrap_or_default());
    let is_listed = || items(expression, &["values"]).iter().any(|listed| listed.as_str() == value);
    match text(expression, &["operator"]) {
        Some("In") => value.is_some() && is_listed(),
        Some("NotIn") => value.is_none() || !is_listed(),
        Some("Exists") => value.is_some(),
        Some("DoesNotExist") => value.is_none(),
        _ => false,
    }
}

/// Whether a selector selects the pods of a workload.
pub(super) fn selects_pods_of(selector: Option<&Node>, workload: &Manifest) -> bool {
    let labels = workload.pod_labels();
    selects(selector, |key| labels?.get(key)?.value.as_str())
}
