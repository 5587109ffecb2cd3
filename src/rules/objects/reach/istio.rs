//! VirtualServices of Istio that hang on a gateway.

use super::path::prefix;
use super::{Port, Route, group, items, text};
use crate::rules::objects::manifests::{Manifest, Manifests, at};
use crate::yaml::Node;

pub(super) fn routes<'a>(manifests: &'a Manifests, manifest: &'a Manifest, routes: &mut Vec<Route<'a>>) {
    let gateways: Vec<&str> =
        items(&manifest.node, &["spec", "gateways"]).iter().filter_map(Node::as_str).collect();
    // Without one it is for traffic within the mesh.
    if gateways.iter().all(|gateway| *gateway == "mesh") {
        return;
    }
    let hosts: Vec<&str> = items(&manifest.node, &["spec", "hosts"])
        .iter()
        .filter_map(Node::as_str)
        .filter(|host| *host != "*")
        .collect();
    let tls = gateways.iter().any(|gateway| has_tls(manifests, manifest, gateway));
    for (protocol, rule) in ["http", "tls", "tcp"].into_iter().flat_map(|protocol| {
        items(&manifest.node, &["spec", protocol]).iter().map(move |rule| (protocol, rule))
    }) {
        let mut paths: Vec<Option<&Node>> =
            items(rule, &["match"]).iter().map(|one| one.get("uri")).collect();
        if paths.is_empty() || protocol != "http" {
            paths = vec![None];
        }
        for destination in items(rule, &["route"]).iter().filter_map(|route| route.get("destination")) {
            let Some(host) = destination.get("host") else { continue };
            let mut parts = host.as_str().unwrap_or_default().split('.');
            let service = parts.next().unwrap_or_default();
            let namespace = parts.next().unwrap_or(&manifest.namespace);
            let port = at(destination, &["port", "number"]);
            for uri in &paths {
                let value =
                    uri.and_then(|uri| ["prefix", "exact", "regex"].into_iter().find_map(|way| uri.get(way)));
                let written = value.and_then(Node::as_str).unwrap_or("/");
                let rewrite = at(rule, &["rewrite", "uri"])
                    .or_else(|| at(rule, &["rewrite", "uriRegexRewrite", "rewrite"]))
                    .filter(|target| target.as_str().map(prefix) != Some(prefix(written)));
                routes.push(Route {
                    manifest,
                    hosts: hosts.clone(),
                    path: Some(prefix(written)),
                    place: value.map_or(&host.span, |value| &value.span),
                    port_place: port.map_or(&host.span, |port| &port.span),
                    tls: tls || protocol == "tls",
                    rewritten_by: rewrite.map(|target| &target.span),
                    namespace,
                    service,
                    port: Port::of(port),
                });
            }
        }
    }
}

fn has_tls(manifests: &Manifests, manifest: &Manifest, gateway: &str) -> bool {
    let (namespace, name) = gateway.split_once('/').unwrap_or((&manifest.namespace, gateway));
    let gateway = manifests.of_kind("Gateway").find(|gateway| {
        gateway.name == name && gateway.namespace == namespace && group(gateway) == "networking.istio.io"
    });
    let servers = gateway.map(|gateway| items(&gateway.node, &["spec", "servers"])).unwrap_or_default();
    servers.iter().any(|server| text(server, &["port", "protocol"]) == Some("HTTPS"))
}
