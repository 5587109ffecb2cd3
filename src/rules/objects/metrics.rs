//! Metrics: what is told to scrape programs that have none, and names that nobody exposes.

use super::container::Container;
use super::manifests::{Manifest, at, items, text};
use super::reach::{Reached, pod_port, service_port};
use super::routes::management_port;
use super::{Findings, ObjectRule, Review};
use crate::catalogue::{self, Absence, MetricFamilies, Program, ProgramKind, exposes, family_name};
use crate::diagnostics::{Severity, Span, nearest};
use crate::rules::metrics::MetricUse;
use crate::yaml::Node;
use std::collections::BTreeSet;
use std::ptr;

pub(super) const RULES: [ObjectRule; 4] = [
    ObjectRule {
        code: "metrics-not-served",
        severity: Severity::Error,
        description: "Prometheus is told to scrape a program that serves no metrics, or serves them at another port or \
                      path: the target is down for ever.",
        find: not_served,
    },
    ObjectRule {
        code: "unknown-metric",
        severity: Severity::Error,
        description: "A metric of the engine's namespace that no program exposes: its alert never fires, its panel stays \
                      empty.",
        find: unknown,
    },
    ObjectRule {
        code: "foreign-metric",
        severity: Severity::Warning,
        description: "A metric that guides to Elsa name and no program of Elsa exposes; something else may.",
        find: foreign,
    },
    ObjectRule {
        code: "metric-not-exposed",
        severity: Severity::Error,
        description: "A metric that another program of Elsa exposes, and the one that runs here does not.",
        find: not_exposed,
    },
];

/// What the engine's own metrics begin with.
const ENGINE: &str = "elsa_";
/// What the names of a program's metrics begin with.
const NAMESPACES: [&str; 7] =
    [ENGINE, "http_server_", "kestrel_", "dotnet_", "db_client_", "messaging_masstransit_", "aspnetcore_"];
/// The path that Prometheus asks where none is said.
const DEFAULT_PATH: &str = "/metrics";

fn not_served(review: &Review, findings: &mut Findings) {
    for manifest in review.manifests.iter() {
        match manifest.kind.as_str() {
            "ServiceMonitor" => service_monitor(review, manifest, findings),
            "PodMonitor" => pod_monitor(review, manifest, findings),
            "Service" => {
                annotations(manifest.at(&["metadata", "annotations"]), findings, |port| match port {
                    None => service_port(review, manifest, None),
                    Some(port) => in_pods(review, port, |container| container.is_behind(manifest)),
                });
            }
            _ => {
                let Some(pod) = manifest.pod() else { continue };
                annotations(at(pod, &["metadata", "annotations"]), findings, |port| {
                    let mine = |container: &Container| ptr::eq(container.pod, pod);
                    match port {
                        Some(port) => in_pods(review, port, mine),
                        None if items(pod, &["spec", "containers"]).len() > 1 => Vec::new(),
                        None => {
                            let all = review.containers.iter().filter(|container| mine(container));
                            all.map(|container| Reached { container, port: None }).collect()
                        }
                    }
                });
            }
        }
    }
}

/// The containers of some pods that have a port, given as a name or a number.
fn in_pods<'r, 'a>(
    review: &Review<'r, 'a>,
    port: &Node,
    of: impl Fn(&Container) -> bool,
) -> Vec<Reached<'r, 'a>> {
    let number = port.as_str().and_then(|text| text.parse().ok()).map(crate::yaml::Kind::Int);
    let port = number.map_or_else(|| port.clone(), |number| Node::new(number, port.span.clone()));
    let all = review.containers.iter().filter(|container| of(container));
    all.filter_map(|container| pod_port(container, &port).map(|port| Reached { container, port: Some(port) }))
        .collect()
}

/// `prometheus.io/scrape` of a pod or a Service.
fn annotations<'r, 'a: 'r>(
    annotations: Option<&Node>,
    findings: &mut Findings,
    reached: impl FnOnce(Option<&Node>) -> Vec<Reached<'r, 'a>>,
) {
    let annotation = |name: &str| annotations.and_then(|all| all.get(name));
    let Some(scrape) = annotation("prometheus.io/scrape").filter(|it| it.as_str() == Some("true")) else {
        return;
    };
    let port = annotation("prometheus.io/port");
    let path = annotation("prometheus.io/path");
    for to in reached(port) {
        let place = port.unwrap_or(scrape);
        scraped(&to, (&scrape.span, &place.span), path, findings);
    }
}

fn service_monitor(review: &Review, monitor: &Manifest, findings: &mut Findings) {
    for service in review.manifests.of_kind("Service") {
        if !selects(monitor, service.at(&["metadata", "labels"]), &service.namespace) {
            continue;
        }
        for endpoint in items(&monitor.node, &["spec", "endpoints"]) {
            let port = endpoint.get("port");
            let target = endpoint.get("targetPort");
            let reached = match (port, target) {
                (Some(_), _) => service_port(review, service, port),
                (None, Some(target)) => in_pods(review, target, |container| container.is_behind(service)),
                (None, None) => continue,
            };
            let place = port.or(target).map_or(&endpoint.span, |port| &port.span);
            for to in reached {
                scraped(&to, (place, place), endpoint.get("path"), findings);
            }
        }
    }
}

fn pod_monitor(review: &Review, monitor: &Manifest, findings: &mut Findings) {
    for endpoint in items(&monitor.node, &["spec", "podMetricsEndpoints"]) {
        let port = ["port", "portNumber", "targetPort"].into_iter().find_map(|key| endpoint.get(key));
        let Some(port) = port else { continue };
        let reached = in_pods(review, port, |container| {
            let labels = at(container.pod, &["metadata", "labels"]);
            selects(monitor, labels, &container.manifest.namespace)
        });
        for to in reached {
            scraped(&to, (&port.span, &port.span), endpoint.get("path"), findings);
        }
    }
}

/// Whether a monitor selects something with these labels in that namespace.
fn selects(monitor: &Manifest, labels: Option<&Node>, namespace: &str) -> bool {
    let selector = monitor.at(&["spec", "selector"]);
    // Expressions are left alone.
    if !items(&monitor.node, &["spec", "selector", "matchExpressions"]).is_empty() {
        return false;
    }
    let wanted = selector.and_then(|selector| selector.get("matchLabels")).and_then(Node::as_map);
    let has = |key: &str, value: &Node| labels.and_then(|labels| labels.get(key)) == Some(value);
    let names = items(&monitor.node, &["spec", "namespaceSelector", "matchNames"]);
    let in_namespace = monitor.at(&["spec", "namespaceSelector", "any"]).and_then(Node::as_bool)
        == Some(true)
        || names.iter().any(|name| name.as_str() == Some(namespace))
        || names.is_empty() && monitor.namespace == namespace;
    in_namespace && wanted.into_iter().flatten().all(|(key, entry)| has(key, &entry.value))
}

/// What is wrong with scraping a container there: places of the demand and of the port.
fn scraped(to: &Reached, (place, port_place): (&Span, &Span), path: Option<&Node>, findings: &mut Findings) {
    let program = to.container.program;
    let served = program.text("metricsPath").unwrap_or_default();
    if served.is_empty() {
        if !is_instrumented(to.container) {
            let message = format!("{} serves no metrics, so this finds nothing to scrape", program.title);
            findings.add(
                place,
                message,
                "take it out, and watch the ingress, the database and the pod instead",
            );
        }
        return;
    }
    let wanted = management_port(to.container).or_else(|| program.number("port"));
    if let (Some(port), Some(wanted)) = (to.port, wanted)
        && port != wanted
    {
        let message = format!("{} serves its metrics on port {wanted}, and this is {port}", program.title);
        findings.add(port_place, message, format!("scrape port {wanted} of the pod, at {served}"));
        return;
    }
    let asked = path.and_then(Node::as_str).unwrap_or(DEFAULT_PATH);
    if asked != served {
        let message = format!("{} serves its metrics at {served}, and this asks {asked}", program.title);
        findings.add(path.map_or(place, |path| &path.span), message, format!("write {served}"));
    }
}

/// Whether an agent in the process may serve metrics that the program does not.
fn is_instrumented(container: &Container) -> bool {
    let injected =
        at(container.pod, &["metadata", "annotations", "instrumentation.opentelemetry.io/inject-dotnet"]);
    let agent = |name: &str| name.starts_with("OTEL_METRICS_") || name.starts_with("CORECLR_");
    injected.is_some() || container.given.iter().any(|given| agent(&given.name))
}

/// Every metric that a manifest asks for and that no recording rule among the manifests makes.
fn each_use(review: &Review, mut look: impl FnMut(&Manifest, &MetricUse)) {
    let defined: BTreeSet<&str> =
        review.metrics().flat_map(|(_, names)| &names.defined).map(|one| one.name.as_str()).collect();
    for (manifest, names) in review.metrics() {
        for one in names.uses.iter().filter(|one| !one.recorded && !defined.contains(one.name.as_str())) {
            look(manifest, one);
        }
    }
}

fn has(families: &MetricFamilies, one: &MetricUse) -> bool {
    exposes(families, &one.name) || one.adapted && exposes(families, &format!("{}_total", one.name))
}

fn is_exposed_somewhere(one: &MetricUse) -> bool {
    catalogue::programs().any(|program| has(&program.metrics, one))
}

fn absence(one: &MetricUse) -> Option<&'static Absence> {
    let known = &catalogue::nowhere().metrics;
    known.get(&one.name).or_else(|| known.get(family_name(&one.name)))
}

fn unknown(review: &Review, findings: &mut Findings) {
    each_use(review, |_, one| {
        if !one.name.starts_with(ENGINE) || is_exposed_somewhere(one) {
            return;
        }
        let families = catalogue::programs().flat_map(|program| program.metrics.keys()).map(String::as_str);
        let near = nearest(family_name(&one.name), families.filter(|name| name.starts_with(ENGINE)));
        let help = match (absence(one), near) {
            (Some(absence), _) => absence.instead.clone(),
            (None, Some(near)) => format!("did you mean {near}?"),
            (None, None) => "`elsakube elsa show` lists what each program exposes".to_string(),
        };
        findings.add(&one.span, format!("no program of Elsa exposes {}", one.name), help);
    });
}

fn foreign(review: &Review, findings: &mut Findings) {
    each_use(review, |manifest, one| {
        let Some(absence) = absence(one).filter(|_| !one.name.starts_with(ENGINE)) else { return };
        if belongs(manifest) && !is_exposed_somewhere(one) {
            let message = format!("no program of Elsa exposes {}", one.name);
            findings.add(&one.span, message, absence.instead.clone());
        }
    });
}

/// Whether an object is about Elsa.
fn belongs(manifest: &Manifest) -> bool {
    let named = |name: &str| name.to_ascii_lowercase().contains("elsa");
    is_ours(manifest) || named(&manifest.name) || named(&manifest.namespace)
}

/// Whether it is of elsakube's own rendering, or labelled like it.
fn is_ours(manifest: &Manifest) -> bool {
    text(&manifest.node, &["metadata", "labels", "app.kubernetes.io/part-of"]) == Some("elsa")
}

fn not_exposed(review: &Review, findings: &mut Findings) {
    let running: Vec<&Program> = review
        .containers
        .iter()
        .map(|container| container.program)
        .filter(|program| program.kind == ProgramKind::Server)
        .collect();
    let Some(program) = running.first() else { return };
    each_use(review, |manifest, one| {
        let is_programs = NAMESPACES.iter().any(|namespace| one.name.starts_with(namespace));
        if !is_ours(manifest) || !is_programs || running.iter().any(|program| has(&program.metrics, one)) {
            return;
        }
        // The others have a rule of their own, or are nobody's.
        let Some(other) = catalogue::programs().filter(|program| has(&program.metrics, one)).last() else {
            return;
        };
        let message = format!("{} does not expose {}, which {} does", program.title, one.name, other.title);
        findings.add(&one.span, message, "take it out, or run the program that exposes it");
    });
}
