//! Ways from outside the cluster to the containers that run Elsa: routes of all kinds, Services that leave the cluster,
//! ports of the node. What cannot be followed within the manifests leads nowhere here.

mod gateway;
mod ingress;
mod istio;
mod path;
mod traefik;

pub(super) use path::covers;

use super::Review;
use super::container::Container;
use super::manifests::{Manifest, Manifests, at, items, text};
use crate::diagnostics::Span;
use crate::yaml::Node;
use std::ptr;

/// One path of an Ingress, an HTTPRoute or another object that leads requests from outside to a Service.
pub(super) struct Route<'a> {
    /// The object that it stands in.
    pub(super) manifest: &'a Manifest,
    /// The host names that it is for; none means any.
    pub(super) hosts: Vec<&'a str>,
    /// The prefix of paths that it is for, without a slash at the end: `/`, `/elsa`. Nothing if that cannot be told.
    pub(super) path: Option<String>,
    /// Where the path stands; where there is none, the name of the Service.
    pub(super) place: &'a Span,
    /// Where the Service's port stands, else its name.
    pub(super) port_place: &'a Span,
    /// Whether it is known to be served with TLS.
    pub(super) tls: bool,
    /// What takes something away from the path before the Service sees it.
    pub(super) rewritten_by: Option<&'a Span>,
    /// The namespace of the Service.
    pub(super) namespace: &'a str,
    service: &'a str,
    port: Port<'a>,
}

/// A port of a Service, as others name it.
#[derive(Clone, Copy)]
enum Port<'a> {
    Number(i64),
    Name(&'a str),
    /// Nobody says; any of them.
    Any,
}

impl<'a> Port<'a> {
    fn of(node: Option<&'a Node>) -> Self {
        match node {
            Some(node) => {
                node.as_int().map(Port::Number).or_else(|| node.as_str().map(Port::Name)).unwrap_or(Port::Any)
            }
            None => Port::Any,
        }
    }
}

impl Route<'_> {
    /// Whether it is for exactly the same host names.
    pub(super) fn shares_host(&self, other: &Route) -> bool {
        if self.hosts.is_empty() || other.hosts.is_empty() {
            return self.hosts.is_empty() && other.hosts.is_empty();
        }
        self.hosts.iter().any(|host| other.hosts.contains(host))
    }
}

/// A container that something leads to.
#[derive(Clone, Copy)]
pub(super) struct Reached<'r, 'a> {
    pub(super) container: &'r Container<'a>,
    /// The container's port, if it can be told.
    pub(super) port: Option<i64>,
}

impl Reached<'_, '_> {
    /// Whether it is that container.
    pub(super) fn is(&self, container: &Container) -> bool {
        ptr::eq(self.container.node, container.node)
    }
}

/// Everything that leads from outside to a container.
pub(super) struct Exposure<'r, 'a> {
    pub(super) to: Reached<'r, 'a>,
    /// What to point at.
    pub(super) place: &'a Span,
    /// The place of the port, or the same.
    pub(super) port_place: &'a Span,
    /// What leads to it; for a port of the node, whose pod it is.
    pub(super) by: &'a Manifest,
    /// Whether it may lead to the machine of whoever uses it, as in a cluster on a laptop: it has no host name that says
    /// otherwise.
    pub(super) may_be_local: bool,
    pub(super) tls: bool,
}

/// Routes and what they lead to.
pub(super) struct Reach<'r, 'a> {
    pub(super) routes: Vec<(Route<'a>, Vec<Reached<'r, 'a>>)>,
    pub(super) exposures: Vec<Exposure<'r, 'a>>,
}

impl<'r, 'a> Reach<'r, 'a> {
    /// Follows everything.
    pub(super) fn new(review: &Review<'r, 'a>) -> Self {
        let routes: Vec<_> = routes(review.manifests)
            .into_iter()
            .map(|route| {
                let service = review
                    .manifests
                    .of_kind("Service")
                    .find(|service| service.name == route.service && service.namespace == route.namespace);
                let reached = service.map(|service| behind(review, service, route.port)).unwrap_or_default();
                (route, reached)
            })
            .collect();
        let mut exposures = Vec::new();
        for (route, reached) in &routes {
            exposures.extend(reached.iter().map(|to| Exposure {
                to: *to,
                place: route.place,
                port_place: route.port_place,
                by: route.manifest,
                may_be_local: route.hosts.iter().all(|host| is_local(host)),
                tls: route.tls,
            }));
        }
        for service in review.manifests.of_kind("Service") {
            let Some(place) = leaves_cluster(service) else { continue };
            for port in items(&service.node, &["spec", "ports"]) {
                let target = port.get("targetPort").or_else(|| port.get("port"));
                let named = Port::of(port.get("name").or_else(|| port.get("port")));
                exposures.extend(behind(review, service, named).into_iter().map(|to| Exposure {
                    to,
                    place,
                    port_place: target.map_or(place, |target| &target.span),
                    by: service,
                    may_be_local: true,
                    tls: false,
                }));
            }
        }
        exposures.extend(review.containers.iter().flat_map(on_node));
        Reach { routes, exposures }
    }

    /// Whether a route is for that host name.
    pub(super) fn has_host(&self, host: &str) -> bool {
        self.routes.iter().any(|(route, _)| route.hosts.contains(&host))
    }

    /// What leads to a container.
    pub(super) fn to(&self, container: &Container) -> impl Iterator<Item = &Exposure<'r, 'a>> {
        let node = container.node;
        self.exposures.iter().filter(move |exposure| ptr::eq(exposure.to.container.node, node))
    }
}

/// All routes in all objects, whatever they lead to.
pub(super) fn routes(manifests: &Manifests) -> Vec<Route<'_>> {
    let mut routes = Vec::new();
    for manifest in manifests.iter() {
        match (group(manifest), manifest.kind.as_str()) {
            ("networking.k8s.io" | "extensions", "Ingress") => {
                ingress::routes(manifests, manifest, &mut routes)
            }
            ("route.openshift.io", "Route") => ingress::openshift(manifest, &mut routes),
            ("gateway.networking.k8s.io", "HTTPRoute" | "GRPCRoute" | "TLSRoute" | "TCPRoute") => {
                gateway::routes(manifests, manifest, &mut routes);
            }
            ("traefik.io" | "traefik.containo.us", "IngressRoute" | "IngressRouteTCP") => {
                traefik::routes(manifests, manifest, &mut routes);
            }
            ("networking.istio.io", "VirtualService") => istio::routes(manifests, manifest, &mut routes),
            _ => {}
        }
    }
    routes
}

fn group(manifest: &Manifest) -> &str {
    let version = text(&manifest.node, &["apiVersion"]).unwrap_or_default();
    version.split_once('/').map_or("", |(group, _)| group)
}

/// What makes a Service reachable from outside: its type, or addresses of its own.
pub(super) fn leaves_cluster(service: &Manifest) -> Option<&Span> {
    let kind = service.at(&["spec", "type"]);
    let kind = kind.filter(|kind| matches!(kind.as_str(), Some("LoadBalancer" | "NodePort")));
    let addresses = || service.at(&["spec", "externalIPs"]).filter(|list| list.as_list() != Some(&[]));
    kind.or_else(addresses).map(|node| &node.span)
}

/// Whether a host name means the machine of whoever says it.
pub(super) fn is_local(host: &str) -> bool {
    let host = host.trim_matches(['[', ']']).to_ascii_lowercase();
    matches!(host.as_str(), "localhost" | "::1" | "0.0.0.0")
        || host.starts_with("127.")
        || host.ends_with(".localhost")
}

/// The containers of Elsa behind a port of a Service.
fn behind<'r, 'a>(review: &Review<'r, 'a>, service: &Manifest, port: Port) -> Vec<Reached<'r, 'a>> {
    let ports = items(&service.node, &["spec", "ports"]);
    let wanted = |node: &&Node| match port {
        Port::Number(number) => node.get("port").and_then(Node::as_int) == Some(number),
        Port::Name(name) => text(node, &["name"]) == Some(name),
        Port::Any => true,
    };
    let mut reached = Vec::new();
    for container in
        review.containers.iter().filter(|container| container.is_behind(service) && !container.is_initial())
    {
        for port in ports.iter().filter(wanted) {
            let target = Port::of(port.get("targetPort").or_else(|| port.get("port")));
            if let Some(port) = in_container(container, target) {
                reached.push(Reached { container, port: Some(port) });
            }
        }
    }
    reached
}

/// The container's own port that a pod's port is; nothing if it is another container's.
fn in_container(container: &Container, port: Port) -> Option<i64> {
    let has = |node: &Node| {
        items(node, &["ports"]).iter().find_map(|entry| {
            let number = entry.get("containerPort")?.as_int()?;
            match port {
                Port::Number(wanted) => (wanted == number).then_some(number),
                Port::Name(name) => (text(entry, &["name"]) == Some(name)).then_some(number),
                Port::Any => Some(number),
            }
        })
    };
    let all = items(container.pod, &["spec", "containers"]);
    has(container.node).or_else(|| match port {
        // A port need not be declared.
        Port::Number(number) => {
            let own =
                ["port", "managementPort"].iter().any(|fact| container.program.number(fact) == Some(number));
            let is_free = all.iter().all(|other| has(other).is_none());
            (is_free && (own || all.len() == 1)).then_some(number)
        }
        _ => None,
    })
}

/// The port of a pod, named or numbered, if it is one of this container's.
pub(super) fn pod_port(container: &Container, port: &Node) -> Option<i64> {
    in_container(container, Port::of(Some(port))).filter(|_| !container.is_initial())
}

/// The containers behind the port of a Service that has this name or number.
pub(super) fn service_port<'r, 'a>(
    review: &Review<'r, 'a>,
    service: &Manifest,
    port: Option<&Node>,
) -> Vec<Reached<'r, 'a>> {
    behind(review, service, Port::of(port))
}

/// Ports of the node that are the container's.
fn on_node<'r, 'a>(container: &'r Container<'a>) -> Vec<Exposure<'r, 'a>> {
    let exposure = |place: &'a Span, port: Option<i64>| Exposure {
        to: Reached { container, port },
        place,
        port_place: place,
        by: container.manifest,
        may_be_local: true,
        tls: false,
    };
    let mut found = Vec::new();
    for entry in items(container.node, &["ports"]) {
        if let Some(host) = entry.get("hostPort").filter(|host| host.as_int() != Some(0)) {
            found.push(exposure(&host.span, entry.get("containerPort").and_then(Node::as_int)));
        }
    }
    let network = at(container.pod, &["spec", "hostNetwork"]);
    if let Some(network) = network.filter(|network| network.as_bool() == Some(true)) {
        found.push(exposure(&network.span, None));
    }
    found.retain(|_| !container.is_initial());
    found
}
