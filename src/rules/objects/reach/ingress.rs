//! Ingresses, with what the annotations of ingress-nginx and Traefik do to their paths, and the Routes of OpenShift.

use super::path::{is_kept, prefix};
use super::{Port, Route, items, text, traefik};
use crate::diagnostics::Span;
use crate::rules::objects::manifests::{Manifest, Manifests, at};
use crate::yaml::Node;

const REWRITE: &str = "nginx.ingress.kubernetes.io/rewrite-target";
const MIDDLEWARES: &str = "traefik.ingress.kubernetes.io/router.middlewares";
const TLS: &str = "traefik.ingress.kubernetes.io/router.tls";

pub(super) fn routes<'a>(manifests: &'a Manifests, manifest: &'a Manifest, routes: &mut Vec<Route<'a>>) {
    let Some(spec) = manifest.at(&["spec"]) else { return };
    let mut add = |host: Option<&'a str>, path: Option<&'a Node>, backend: &'a Node| {
        let Some(service) = at(backend, &["service", "name"]) else { return };
        let number = at(backend, &["service", "port", "number"]);
        let port = number.or_else(|| at(backend, &["service", "port", "name"]));
        let written = path.and_then(Node::as_str).unwrap_or("/");
        routes.push(Route {
            manifest,
            hosts: host.into_iter().filter(|host| !host.is_empty()).collect(),
            path: Some(prefix(written)),
            place: path.map_or(&service.span, |path| &path.span),
            port_place: port.map_or(&service.span, |port| &port.span),
            tls: has_tls(manifest, host),
            rewritten_by: rewritten_by(manifests, manifest, written),
            namespace: &manifest.namespace,
            service: service.as_str().unwrap_or_default(),
            port: Port::of(port),
        });
    };
    for rule in items(spec, &["rules"]) {
        for path in items(rule, &["http", "paths"]) {
            if let Some(backend) = path.get("backend") {
                add(text(rule, &["host"]), path.get("path"), backend);
            }
        }
    }
    if let Some(backend) = spec.get("defaultBackend") {
        add(None, None, backend);
    }
}

fn has_tls(manifest: &Manifest, host: Option<&str>) -> bool {
    let entries = items(&manifest.node, &["spec", "tls"]);
    let is_for = |entry: &Node| {
        let names = items(entry, &["hosts"]);
        let is_host = |name: &Node| {
            let (Some(name), Some(host)) = (name.as_str(), host) else { return false };
            name == host
                || name.strip_prefix('*').is_some_and(|domain| {
                    host.split_once('.').is_some_and(|(_, rest)| domain.strip_prefix('.') == Some(rest))
                })
        };
        names.is_empty() || names.iter().any(is_host)
    };
    entries.iter().any(is_for) || annotation(manifest, TLS).and_then(Node::as_str) == Some("true")
}

fn annotation<'a>(manifest: &'a Manifest, name: &str) -> Option<&'a Node> {
    manifest.at(&["metadata", "annotations", name])
}

fn rewritten_by<'a>(manifests: &Manifests, manifest: &'a Manifest, path: &str) -> Option<&'a Span> {
    let nginx = annotation(manifest, REWRITE);
    if let Some(target) = nginx.filter(|target| !is_kept(path, target.as_str().unwrap_or_default())) {
        return Some(&target.span);
    }
    let middlewares = annotation(manifest, MIDDLEWARES)?;
    let strips = |name: &str| {
        // `NAMESPACE-NAME@kubernetescrd`
        let name = name.trim().strip_suffix("@kubernetescrd")?;
        let stripping = manifests.of_kind("Middleware").filter(|other| traefik::strips(other, path));
        // Where no namespace is written, it is that of whoever applies it.
        stripping.into_iter().find(|other| {
            let namespace = name.strip_suffix(other.name.as_str()).and_then(|rest| rest.strip_suffix('-'));
            namespace.is_some_and(|namespace| other.namespace.is_empty() || namespace == other.namespace)
        })
    };
    let written = middlewares.as_str().unwrap_or_default();
    written.split(',').find_map(strips).map(|_| &middlewares.span)
}

/// The Route of OpenShift.
pub(super) fn openshift<'a>(manifest: &'a Manifest, routes: &mut Vec<Route<'a>>) {
    let spec = |path: &[&str]| manifest.at(&["spec"]).and_then(|spec| at(spec, path));
    let Some(service) = spec(&["to", "name"]) else { return };
    let path = spec(&["path"]);
    let port = spec(&["port", "targetPort"]);
    let written = path.and_then(Node::as_str).unwrap_or("/");
    let rewrite = annotation(manifest, "haproxy.router.openshift.io/rewrite-target");
    routes.push(Route {
        manifest,
        hosts: spec(&["host"]).and_then(Node::as_str).into_iter().collect(),
        path: Some(prefix(written)),
        place: path.map_or(&service.span, |path| &path.span),
        port_place: port.map_or(&service.span, |port| &port.span),
        tls: spec(&["tls"]).is_some(),
        // It replaces the route's path by the target.
        rewritten_by: rewrite
            .filter(|target| target.as_str().map(prefix) != Some(prefix(written)))
            .map(|target| &target.span),
        namespace: &manifest.namespace,
        service: service.as_str().unwrap_or_default(),
        // It names a port of the pod, or the Service's by its name.
        port: port.and_then(Node::as_str).map_or(Port::Any, Port::Name),
    });
}
