//! What a namespace lets in: quotas that are too small, and pods that a quota or a LimitRange refuses.

use super::manifests::{Manifest, Manifests};
use super::needs::{self, Defaults, Part, Pods, Side};
use super::quantity::Quantity;
use super::{Findings, ObjectRule, Review};
use crate::diagnostics::Severity;
use crate::yaml::Map;

pub(super) const RULES: [ObjectRule; 3] = [
    ObjectRule {
        code: "quota-too-small",
        severity: Severity::Error,
        description: "A ResourceQuota that does not hold the most that the objects may use: all replicas that an \
                      autoscaler may add, those of an update, jobs, volumes.",
        find: too_small,
    },
    ObjectRule {
        code: "quota-refuses-pods",
        severity: Severity::Error,
        description: "A container without a request or limit that a ResourceQuota counts: the pod is refused, unless a \
                      LimitRange gives it one.",
        find: uncounted,
    },
    ObjectRule {
        code: "limit-range-refuses-pods",
        severity: Severity::Error,
        description: "A container that asks for more than the limit which a LimitRange gives it, or for more or less than \
                      it lets in: the pod is refused.",
        find: out_of_range,
    },
];

/// Something that counts for a quota: how many, of how much each.
struct Use<'a> {
    by: &'a Manifest,
    count: i64,
    each: Quantity,
}

/// The quotas that count everything, not pods of some kind alone.
fn quotas(manifests: &Manifests) -> impl Iterator<Item = &Manifest> {
    let is_narrow =
        |quota: &Manifest| ["scopes", "scopeSelector"].iter().any(|key| quota.at(&["spec", key]).is_some());
    manifests.of_kind("ResourceQuota").filter(move |quota| !is_narrow(quota))
}

/// The members of a quota.
fn hard(quota: &Manifest) -> Option<&Map> {
    quota.at(&["spec", "hard"])?.as_map()
}

/// Which side and resource of containers a member of a quota counts.
fn counted(key: &str) -> Option<(Side, &str)> {
    let (side, resource) = match key.split_once('.') {
        Some(("requests", resource)) => (Side::Requests, resource),
        Some(("limits", resource)) => (Side::Limits, resource),
        _ => (Side::Requests, key),
    };
    ["cpu", "memory", "ephemeral-storage"].contains(&resource).then_some((side, resource))
}

/// What counts for a member of a quota; nothing for those that cannot be known.
fn uses<'a>(
    manifests: &'a Manifests,
    quota: &Manifest,
    key: &str,
    defaults: Option<&Defaults>,
) -> Option<Vec<Use<'a>>> {
    let namespace = quota.namespace.as_str();
    let pods = |each: &dyn Fn(&Pods) -> Quantity| -> Vec<Use<'a>> {
        let all = needs::of(manifests, namespace);
        all.iter().map(|pods| Use { by: pods.manifest, count: pods.count, each: each(pods) }).collect()
    };
    let claims = |each: &dyn Fn(Quantity) -> Quantity| -> Vec<Use<'a>> {
        let all = needs::claims(manifests, namespace).into_iter();
        all.map(|claims| Use { by: claims.manifest, count: claims.count, each: each(claims.each) }).collect()
    };
    let one = Quantity::whole(1);
    if let Some((side, resource)) = counted(key) {
        return Some(pods(&|pods| pods.each(side, resource, defaults)));
    }
    match key {
        "pods" | "count/pods" => Some(pods(&|_| one)),
        "persistentvolumeclaims" | "count/persistentvolumeclaims" => Some(claims(&|_| one)),
        "requests.storage" => Some(claims(&|size| size)),
        _ => None,
    }
}

fn too_small(review: &Review, findings: &mut Findings) {
    for quota in quotas(review.manifests) {
        let defaults = Defaults::of(review.manifests, &quota.namespace);
        for (key, entry) in hard(quota).into_iter().flatten() {
            let Some(hard) = Quantity::of(&entry.value) else { continue };
            let Some(mut uses) = uses(review.manifests, quota, key, defaults.as_ref()) else { continue };
            if let Some(endless) = endless(review.manifests, quota, key, defaults.as_ref()) {
                let message = format!("{key} is {}, but {endless}", hard.text(key));
                let resource = counted(key).map_or(key.as_str(), |(_, resource)| resource);
                findings.add(&entry.value.span, message, format!("set its maxAllowed.{resource}"));
                continue;
            }
            let needed: Quantity = uses.iter().map(|one| one.each.times(one.count)).sum();
            if needed <= hard {
                continue;
            }
            uses.sort_by_key(|one| std::cmp::Reverse(one.each.times(one.count)));
            let message = format!(
                "{key} is {}, and the objects may use {} at the same time: {}",
                hard.text(key),
                needed.text(key),
                listed(&uses, key)
            );
            let help = format!("set it to {} or more, or let the greatest use less", needed.text(key));
            findings.add(&entry.value.span, message, help);
        }
    }
}

/// `7 × 500m of Deployment elsa-server, …`, the greatest ones.
fn listed(uses: &[Use], key: &str) -> String {
    const SHOWN: usize = 3;
    let shown = uses.iter().take(SHOWN).map(|one| match one.each.text(key) {
        each if each == "1" && one.each == Quantity::whole(1) && counted(key).is_none() => {
            format!("{} of {}", one.count, one.by.title())
        }
        each => format!("{} × {each} of {}", one.count, one.by.title()),
    });
    let mut text = shown.collect::<Vec<_>>().join(", ");
    if let Some(more) = uses.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        text.push_str(&format!(" and {more} more"));
    }
    text
}

/// What raises requests without an end.
fn endless(
    manifests: &Manifests,
    quota: &Manifest,
    key: &str,
    defaults: Option<&Defaults>,
) -> Option<String> {
    let (_, resource) = counted(key)?;
    let all = needs::of(manifests, &quota.namespace);
    let mut parts = all.iter().flat_map(|pods| pods.parts.iter().map(move |part| (pods, part)));
    parts.find_map(|(pods, part)| {
        let raise = part.unbounded(resource, defaults)?;
        let by = raise.manifest.title();
        Some(format!("{by} may raise the {resource} of {} without bound", pods.manifest.title()))
    })
}

fn uncounted(review: &Review, findings: &mut Findings) {
    for quota in quotas(review.manifests) {
        let defaults = Defaults::of(review.manifests, &quota.namespace);
        let keys: Vec<&String> = hard(quota).into_iter().flat_map(|hard| hard.keys()).collect();
        for pods in needs::of(review.manifests, &quota.namespace) {
            for (part, key) in pods.parts.iter().flat_map(|part| keys.iter().map(move |key| (part, *key))) {
                let Some((side, resource)) = counted(key).filter(|(_, name)| *name != "ephemeral-storage")
                else {
                    continue;
                };
                let said = part.amount(side, resource, defaults.as_ref());
                if said.or_else(|| pods.said_as_a_whole(side, resource)).is_some() {
                    continue;
                }
                let member = if side == Side::Limits { "limits" } else { "requests" };
                let message = format!(
                    "ResourceQuota {} counts {key}, and container {} of {} says nothing of it, so its pods are refused",
                    quota.name,
                    part.name,
                    pods.manifest.title()
                );
                let help = format!("set its resources.{member}.{resource}, or let a LimitRange give it one");
                findings.add(part.place, message, help);
            }
        }
    }
}

fn out_of_range(review: &Review, findings: &mut Findings) {
    let mut namespaces: Vec<&str> =
        review.manifests.of_kind("LimitRange").map(|range| range.namespace.as_str()).collect();
    namespaces.sort_unstable();
    namespaces.dedup();
    for namespace in namespaces {
        let Some(defaults) = Defaults::of(review.manifests, namespace) else { continue };
        for pods in needs::of(review.manifests, namespace) {
            for (part, resource) in
                pods.parts.iter().flat_map(|part| ["cpu", "memory"].map(|name| (part, name)))
            {
                if let Some((why, help)) = refused(part, resource, &defaults) {
                    let message = format!(
                        "container {} of {} {why} LimitRange {}, so its pods are refused",
                        part.name,
                        pods.manifest.title(),
                        defaults.manifest.name
                    );
                    findings.add(part.place, message, help);
                }
            }
        }
    }
}

/// Why a LimitRange refuses a container, and what to do.
fn refused(part: &Part, resource: &str, defaults: &Defaults) -> Option<(String, String)> {
    let request = part.amount(Side::Requests, resource, Some(defaults));
    let limit = part.amount(Side::Limits, resource, Some(defaults));
    if let (Some(request), Some(limit)) = (request, limit)
        && request > limit
    {
        let (request, limit) = (request.text(resource), limit.text(resource));
        if part.own(Side::Limits, resource).is_none() {
            let why = format!("asks for {request} of {resource}, more than the limit of {limit} from");
            return Some((
                why,
                format!("set its resources.limits.{resource}, or raise the default of the LimitRange"),
            ));
        }
        let why = format!("has a limit of {limit} of {resource}, less than the request of {request} from");
        return Some((why, format!("set its resources.requests.{resource}")));
    }
    if let (Some(least), Some(request)) = (defaults.figure("min", resource), request)
        && request < least
    {
        let (request, least) = (request.text(resource), least.text(resource));
        let why = format!("asks for {request} of {resource}, less than the least of {least} of");
        return Some((
            why,
            format!("set its resources.requests.{resource} to {least} or more, or lower min"),
        ));
    }
    let greatest = limit.max(request);
    if let (Some(most), Some(greatest)) = (defaults.figure("max", resource), greatest)
        && greatest > most
    {
        let (greatest, most) = (greatest.text(resource), most.text(resource));
        let why = format!("may have {greatest} of {resource}, more than the most of {most} of");
        return Some((why, format!("set its resources.limits.{resource} to {most} or less, or raise max")));
    }
    None
}
