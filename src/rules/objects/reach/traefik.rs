//! IngressRoutes of Traefik, and its Middlewares that strip prefixes.

use super::path::{covers, prefix};
use super::{Port, Route, items, text};
use crate::rules::objects::manifests::{Manifest, Manifests, at};
use crate::yaml::Node;

pub(super) fn routes<'a>(manifests: &'a Manifests, manifest: &'a Manifest, routes: &mut Vec<Route<'a>>) {
    let tls = manifest.at(&["spec", "tls"]).is_some();
    for route in items(&manifest.node, &["spec", "routes"]) {
        let rule = route.get("match");
        let written = rule.and_then(Node::as_str).unwrap_or_default();
        let path = path(written);
        let stripped_by = items(route, &["middlewares"]).iter().find(|reference| {
            let namespace = text(reference, &["namespace"]).unwrap_or(&manifest.namespace);
            manifests.of_kind("Middleware").any(|middleware| {
                Some(middleware.name.as_str()) == text(reference, &["name"])
                    && middleware.namespace == namespace
                    && strips(middleware, path.as_deref().unwrap_or("/"))
            })
        });
        for service in items(route, &["services"]) {
            let Some(name) = service.get("name") else { continue };
            if text(service, &["kind"]).is_some_and(|kind| kind != "Service") {
                continue;
            }
            let port = service.get("port");
            routes.push(Route {
                manifest,
                hosts: words(written, "Host").into_iter().chain(words(written, "HostSNI")).collect(),
                path: path.clone(),
                place: rule.map_or(&name.span, |rule| &rule.span),
                port_place: port.map_or(&name.span, |port| &port.span),
                tls,
                rewritten_by: stripped_by.map(|reference| &reference.span),
                namespace: text(service, &["namespace"]).unwrap_or(&manifest.namespace),
                service: name.as_str().unwrap_or_default(),
                port: Port::of(port),
            });
        }
    }
}

/// The path of a rule such as ``Host(`a`) && PathPrefix(`/b`)``; nothing for one that says more.
fn path(rule: &str) -> Option<String> {
    let outside = rule.split(['`', '"']).step_by(2);
    if outside.into_iter().any(|text| text.contains("||") || text.contains('!')) {
        return None;
    }
    let paths: Vec<&str> = ["Path", "PathPrefix", "PathRegexp"]
        .into_iter()
        .flat_map(|matcher| words(rule, matcher))
        .filter(|host| !host.is_empty())
        .collect();
    match paths[..] {
        [] => Some("/".to_string()),
        [path] => Some(prefix(path)),
        _ => None,
    }
}

/// What stands in back quotes between the brackets of a matcher.
fn words<'a>(rule: &'a str, matcher: &str) -> Vec<&'a str> {
    let head = format!("{matcher}(");
    let mut found = Vec::new();
    for (start, _) in rule.match_indices(&head) {
        if rule[..start].ends_with(|last: char| last.is_ascii_alphanumeric()) {
            continue;
        }
        // A closing bracket within the quotes is part of the word.
        let mut rest = rule[start + head.len()..].trim_start();
        while let Some(quote) = rest.chars().next().filter(|first| matches!(first, '`' | '"')) {
            let Some((word, after)) = rest[1..].split_once(quote) else { break };
            if word != "*" {
                found.push(word);
            }
            rest = after.trim_start_matches(|next: char| next == ',' || next.is_whitespace());
        }
    }
    found
}

/// Whether a Middleware takes away or replaces something of a path.
pub(super) fn strips(middleware: &Manifest, path: &str) -> bool {
    let spec = |path: &[&str]| middleware.at(&["spec"]).and_then(|spec| at(spec, path));
    let prefixes = spec(&["stripPrefix", "prefixes"]).and_then(Node::as_list).unwrap_or_default();
    prefixes.iter().filter_map(Node::as_str).any(|stripped| covers(&prefix(stripped), &prefix(path)))
        || ["stripPrefixRegex", "replacePath"].iter().any(|kind| spec(&[kind]).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_say_hosts_and_one_path() {
        let rule = "Host(`a.example.com`, `b.example.com`) && PathPrefix(`/elsa/`)";
        assert_eq!(words(rule, "Host"), ["a.example.com", "b.example.com"]);
        assert_eq!(path(rule).as_deref(), Some("/elsa"));
        assert_eq!(path("Host(`a`)").as_deref(), Some("/"));
        assert_eq!(path("PathPrefix(`/a`) || PathPrefix(`/b`)"), None);
        assert!(words("HostSNI(`*`)", "HostSNI").is_empty());
        assert_eq!(path("Host(`a`) && PathRegexp(`^/elsa(/|$)`)").as_deref(), Some("/elsa"));
        assert_eq!(
            path("Host(`a`) && PathRegexp(`(?i)^/elsa/api/admin(/|$)`)").as_deref(),
            Some("/elsa/api/admin")
        );
    }
}
