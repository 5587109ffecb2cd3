//! Routes of the Gateway API.

use super::path::prefix;
use super::{Port, Route, group, items, text};
use crate::diagnostics::Span;
use crate::rules::objects::manifests::{Manifest, Manifests, at};
use crate::yaml::Node;

pub(super) fn routes<'a>(manifests: &'a Manifests, manifest: &'a Manifest, routes: &mut Vec<Route<'a>>) {
    let Some(spec) = manifest.at(&["spec"]) else { return };
    let parents = items(spec, &["parentRefs"]);
    // A Service as parent means traffic within the mesh.
    if !parents.is_empty() && parents.iter().all(|parent| text(parent, &["kind"]) == Some("Service")) {
        return;
    }
    let hosts: Vec<&str> = items(spec, &["hostnames"]).iter().filter_map(Node::as_str).collect();
    let tls = manifest.kind == "TLSRoute" || has_tls(manifests, manifest, parents);
    for rule in items(spec, &["rules"]) {
        let matches = items(rule, &["matches"]);
        let mut paths: Vec<Option<&Node>> = matches.iter().map(|one| one.get("path")).collect();
        if paths.is_empty() || manifest.kind == "GRPCRoute" {
            paths = vec![None];
        }
        for backend in items(rule, &["backendRefs"]) {
            let Some(service) = backend.get("name") else { continue };
            if text(backend, &["kind"]).is_some_and(|kind| kind != "Service") {
                continue;
            }
            for path in &paths {
                let value = path.and_then(|path| path.get("value"));
                let written = value.and_then(Node::as_str).unwrap_or("/");
                let port = backend.get("port");
                let filters = || items(rule, &["filters"]).iter().chain(items(backend, &["filters"]));
                routes.push(Route {
                    manifest,
                    hosts: hosts.clone(),
                    path: Some(prefix(written)),
                    place: value.map_or(&service.span, |value| &value.span),
                    port_place: port.map_or(&service.span, |port| &port.span),
                    tls,
                    rewritten_by: filters().find_map(|filter| rewrites(filter, written)),
                    namespace: text(backend, &["namespace"]).unwrap_or(&manifest.namespace),
                    service: service.as_str().unwrap_or_default(),
                    port: Port::of(port),
                });
            }
        }
    }
}

/// Where a filter replaces the path by another one.
fn rewrites<'a>(filter: &'a Node, path: &str) -> Option<&'a Span> {
    let replacement = at(filter, &["urlRewrite", "path"])?;
    let same = |target: &&Node| target.as_str().map(prefix) != Some(prefix(path));
    let prefixes = replacement.get("replacePrefixMatch").filter(same);
    prefixes.or_else(|| replacement.get("replaceFullPath")).map(|node| &node.span)
}

/// Whether a listener that it hangs on has TLS.
fn has_tls(manifests: &Manifests, manifest: &Manifest, parents: &[Node]) -> bool {
    let mut listeners = parents.iter().flat_map(|parent| {
        let namespace = text(parent, &["namespace"]).unwrap_or(&manifest.namespace);
        let gateway = manifests.of_kind("Gateway").find(|gateway| {
            Some(gateway.name.as_str()) == text(parent, &["name"])
                && gateway.namespace == namespace
                && group(gateway) == "gateway.networking.k8s.io"
        });
        let all = gateway.map(|gateway| items(&gateway.node, &["spec", "listeners"])).unwrap_or_default();
        let section = text(parent, &["sectionName"]);
        all.iter().filter(move |listener| section.is_none_or(|name| text(listener, &["name"]) == Some(name)))
    });
    // One with TLS is enough: beside it, plain HTTP is there to redirect.
    listeners.any(|listener| matches!(text(listener, &["protocol"]), Some("HTTPS" | "TLS")))
}
