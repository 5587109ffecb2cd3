//! The Gateway API's HTTPRoute and Gateway (gateway.networking.k8s.io/v1), by the words of the specification, which stand
//! in the descriptions of its definitions: hostnames, matches, precedence, filters.

use super::cleaning::{Cleaned, Cleaning};
use super::outcome::{Backend, Outcome};
use super::path::has_prefix;
use super::request::{Request, Scheme, host_fits};
use super::strict::{self, Fields, Result};
use serde_json::Value;

/// Where a Gateway takes requests.
#[derive(Clone, Debug)]
pub struct Listener {
    gateway: String,
    name: String,
    scheme: Scheme,
    port: u16,
    hostname: Option<String>,
}

impl Listener {
    /// The listeners `http` and `https` of a Gateway that somebody else made.
    pub fn usual(namespace: &str, gateway: &str) -> Vec<Listener> {
        let listener = |scheme: Scheme, port| Listener {
            gateway: format!("{namespace}/{gateway}"),
            name: scheme.word().to_string(),
            scheme,
            port,
            hostname: None,
        };
        vec![listener(Scheme::Http, 80), listener(Scheme::Https, 443)]
    }
}

struct Parent {
    gateway: String,
    section: Option<String>,
    port: Option<i64>,
}

#[derive(Debug)]
enum PathMatch {
    Exact(String),
    Prefix(String),
}

enum Action {
    Backend(Backend),
    Redirect {
        scheme: Option<String>,
        hostname: Option<String>,
        port: Option<i64>,
    },
    /// Neither backends nor a filter that answers: "all traffic which matches this rule MUST receive a 500 status code".
    Nowhere,
}

struct Route {
    /// `namespace/name`, which decides between equals.
    name: String,
    parents: Vec<Parent>,
    hostnames: Vec<String>,
    rules: Vec<(Vec<PathMatch>, Action)>,
}

/// Gateways with the routes of an output.
pub struct Router {
    listeners: Vec<Listener>,
    routes: Vec<Route>,
}

impl Router {
    /// Reads all objects of the Gateway API. Listeners of Gateways among them are added to those that are given.
    pub fn new(objects: &[Value], listeners: Vec<Listener>) -> Result<Self> {
        let mut router = Router { listeners, routes: Vec::new() };
        let ours = |object: &&Value| {
            object["apiVersion"]
                .as_str()
                .is_some_and(|version| version.starts_with("gateway.networking.k8s.io/"))
        };
        for object in objects.iter().filter(ours) {
            match (object["apiVersion"].as_str(), object["kind"].as_str()) {
                (Some("gateway.networking.k8s.io/v1"), Some("Gateway")) => router.gateway(object)?,
                (Some("gateway.networking.k8s.io/v1"), Some("HTTPRoute")) => router.http_route(object)?,
                // How a Gateway speaks to backends.
                (_, Some("BackendTLSPolicy")) => {}
                (version, kind) => return Err(format!("{version:?} {kind:?} is unknown here")),
            }
        }
        if router.routes.is_empty() { Err("no HTTPRoute".into()) } else { Ok(router) }
    }

    fn gateway(&mut self, object: &Value) -> Result<()> {
        let mut object = strict::object(object)?;
        let mut spec = object.rest.need_map("spec")?;
        object.rest.done()?;
        spec.need_text("gatewayClassName")?;
        for mut listener in spec.maps("listeners")? {
            let scheme = match listener.need_text("protocol")?.as_str() {
                "HTTP" => Scheme::Http,
                "HTTPS" => Scheme::Https,
                other => return Err(format!("{} speaks {other}", listener.place())),
            };
            let port = listener.integer("port")?.and_then(|port| u16::try_from(port).ok());
            let tls = listener.map("tls")?;
            if tls.is_some() != (scheme == Scheme::Https) {
                return Err(format!("{} needs tls if it speaks HTTPS, and only then", listener.place()));
            }
            if let Some(mut tls) = tls {
                if tls.text("mode")?.is_some_and(|mode| mode != "Terminate") {
                    return Err(format!("{} passes TLS on", tls.place()));
                }
                tls.list("certificateRefs")?;
                tls.done()?;
            }
            // Whose routes are let in: ours, of the same namespace, always are.
            if let Some(mut allowed) = listener.map("allowedRoutes")? {
                if let Some(mut namespaces) = allowed.map("namespaces")? {
                    match namespaces.text("from")?.as_deref() {
                        None | Some("Same" | "All") => {}
                        Some(other) => {
                            return Err(format!("{} lets in routes from {other}", namespaces.place()));
                        }
                    }
                    namespaces.done()?;
                }
                allowed.done()?;
            }
            self.listeners.push(Listener {
                gateway: format!("{}/{}", object.namespace, object.name),
                name: listener.need_text("name")?,
                scheme,
                port: port.ok_or_else(|| format!("{} has no port", listener.place()))?,
                hostname: listener.text("hostname")?,
            });
            listener.done()?;
        }
        spec.done()
    }

    fn http_route(&mut self, object: &Value) -> Result<()> {
        let mut object = strict::object(object)?;
        let mut spec = object.rest.need_map("spec")?;
        object.rest.done()?;
        let parents =
            spec.maps("parentRefs")?.into_iter().map(|parent| parent_ref(parent, &object.namespace));
        let parents = parents.collect::<Result<Vec<_>>>()?;
        if parents.is_empty() {
            return Err(format!("{} has no parent", spec.place()));
        }
        let hostnames = spec.texts("hostnames")?;
        let mut rules = Vec::new();
        for mut rule in spec.maps("rules")? {
            rule.text("name")?;
            rule.take("timeouts");
            let matches = rule.maps("matches")?.into_iter().map(path_match).collect::<Result<Vec<_>>>()?;
            let matches = if matches.is_empty() { vec![PathMatch::Prefix("/".to_string())] } else { matches };
            let action = action(&mut rule)?;
            rule.done()?;
            rules.push((matches, action));
        }
        spec.done()?;
        self.routes.push(Route {
            name: format!("{}/{}", object.namespace, object.name),
            parents,
            hostnames,
            rules,
        });
        Ok(())
    }

    /// What becomes of a request.
    pub fn route(&self, request: &Request, cleaning: Cleaning) -> Outcome {
        // "Listeners ... the most specific hostname"; a request belongs to one listener.
        let listener = self
            .listeners
            .iter()
            .filter(|listener| (listener.scheme, listener.port) == (request.scheme, request.port))
            .filter(|listener| {
                listener.hostname.as_ref().is_none_or(|name| host_fits(name, &request.host, true))
            })
            .max_by_key(|listener| listener.hostname.as_ref().map_or((0, 0), |name| specificity(name)));
        let Some(listener) = listener else { return Outcome::Nothing };
        let (compared, sent) = match cleaning.clean(&request.path) {
            Cleaned::Refused => return Outcome::Blocked(400),
            Cleaned::Redirect(path) => {
                return Outcome::Redirect(format!("{}://{}{path}", request.scheme.word(), request.host));
            }
            Cleaned::Path { compared, sent } => (compared, sent),
        };
        let attached =
            self.routes.iter().filter(|route| route.parents.iter().any(|parent| parent.takes(listener)));
        let mut candidates = Vec::new();
        for route in attached {
            let Some(host) = route.host(listener, &request.host) else { continue };
            for (index, (matches, action)) in route.rules.iter().enumerate() {
                let Some(weight) = matches.iter().filter_map(|path| path.weight(&compared)).max() else {
                    continue;
                };
                candidates.push((host, weight, &route.name, index, action));
            }
        }
        // Largest host, then largest match; then the first by name (all are of one age), then the first rule.
        candidates.sort_by(|left, right| {
            (right.0, right.1).cmp(&(left.0, left.1)).then_with(|| (left.2, left.3).cmp(&(right.2, right.3)))
        });
        match candidates.first().map(|(.., action)| *action) {
            None => Outcome::Nothing,
            Some(Action::Backend(backend)) => Outcome::Backend { backend: backend.clone(), sent },
            Some(Action::Nowhere) => Outcome::Blocked(500),
            Some(Action::Redirect { scheme, hostname, port }) => {
                let scheme = scheme.as_deref().unwrap_or(request.scheme.word());
                let host = hostname.as_deref().unwrap_or(&request.host);
                let port = port.filter(|port| !matches!((scheme, port), ("https", 443) | ("http", 80)));
                let port = port.map(|port| format!(":{port}")).unwrap_or_default();
                Outcome::Redirect(format!("{scheme}://{host}{port}{sent}"))
            }
        }
    }
}

impl Parent {
    fn takes(&self, listener: &Listener) -> bool {
        self.gateway == listener.gateway
            && self.section.as_ref().is_none_or(|name| *name == listener.name)
            && self.port.is_none_or(|port| port == i64::from(listener.port))
    }
}

impl Route {
    /// How well the route's hostnames fit a host at a listener; nothing if none does. Names that the listener does not
    /// take are ignored, and without names the listener's is what counts.
    fn host(&self, listener: &Listener, host: &str) -> Option<(usize, usize)> {
        if self.hostnames.is_empty() {
            return Some(listener.hostname.as_ref().map_or((0, 0), |name| specificity(name)));
        }
        let meets = |name: &&String| {
            listener.hostname.as_ref().is_none_or(|other| {
                other == *name || host_fits(other, name, true) || host_fits(name, other, true)
            })
        };
        let names = self.hostnames.iter().filter(meets).filter(|name| host_fits(name, host, true));
        names.map(|name| specificity(name)).max()
    }
}

/// "Characters in a matching non-wildcard hostname", then "characters in a matching hostname".
fn specificity(name: &str) -> (usize, usize) {
    if name.starts_with("*.") { (0, name.len()) } else { (name.len(), name.len()) }
}

impl PathMatch {
    /// "Exact" before "Prefix with largest number of characters"; nothing if the path does not fit.
    fn weight(&self, path: &str) -> Option<(bool, usize)> {
        match self {
            PathMatch::Exact(exact) => (path == exact).then_some((true, exact.len())),
            PathMatch::Prefix(prefix) => has_prefix(path, prefix).then_some((false, prefix.len())),
        }
    }
}

fn parent_ref(mut parent: Fields, namespace: &str) -> Result<Parent> {
    let place = parent.place().to_string();
    let group = parent.text("group")?.unwrap_or_else(|| "gateway.networking.k8s.io".to_string());
    let kind = parent.text("kind")?.unwrap_or_else(|| "Gateway".to_string());
    if (group.as_str(), kind.as_str()) != ("gateway.networking.k8s.io", "Gateway") {
        return Err(format!("{place} is a {kind} of {group}"));
    }
    let name = parent.need_text("name")?;
    let namespace = parent.text("namespace")?.unwrap_or_else(|| namespace.to_string());
    let section = parent.text("sectionName")?;
    let port = parent.integer("port")?;
    parent.done()?;
    Ok(Parent { gateway: format!("{namespace}/{name}"), section, port })
}

/// Matches by header, query or method are errors: ours have none. So are regular expressions, whose meaning and precedence
/// "are implementation-specific".
fn path_match(mut fields: Fields) -> Result<PathMatch> {
    let path = fields.map("path")?;
    fields.done()?;
    let Some(mut path) = path else { return Ok(PathMatch::Prefix("/".to_string())) };
    let kind = path.text("type")?.unwrap_or_else(|| "PathPrefix".to_string());
    let value = path.text("value")?.unwrap_or_else(|| "/".to_string());
    let place = path.place().to_string();
    path.done()?;
    // The definition's own rules.
    let forbidden = ["//", "/./", "/../", "%2f", "%2F", "#"];
    if !value.starts_with('/') || forbidden.iter().any(|text| value.contains(text)) {
        return Err(format!("{place} is {value}"));
    }
    match kind.as_str() {
        "Exact" => Ok(PathMatch::Exact(value)),
        "PathPrefix" => Ok(PathMatch::Prefix(value)),
        other => Err(format!("{place} is a {other}, which each implementation reads its own way")),
    }
}

fn action(rule: &mut Fields) -> Result<Action> {
    let mut redirect = None;
    for mut filter in rule.maps("filters")? {
        let kind = filter.need_text("type")?;
        match kind.as_str() {
            "RequestRedirect" => {
                let mut fields = filter.need_map("requestRedirect")?;
                fields.integer("statusCode")?;
                redirect = Some(Action::Redirect {
                    scheme: fields.text("scheme")?,
                    hostname: fields.text("hostname")?,
                    port: fields.integer("port")?,
                });
                fields.done()?;
            }
            // What a response says does not change where a request goes.
            "ResponseHeaderModifier" => {
                filter.take("responseHeaderModifier");
            }
            other => {
                return Err(format!("{} is {other}, of which this simulator knows nothing", filter.place()));
            }
        }
        filter.done()?;
    }
    let mut backends = rule.maps("backendRefs")?;
    let place = rule.place().to_string();
    match (redirect, backends.pop(), backends.is_empty()) {
        (Some(redirect), None, true) => Ok(redirect),
        (None, None, true) => Ok(Action::Nowhere),
        (None, Some(mut backend), true) => {
            let kind = backend.text("kind")?.unwrap_or_else(|| "Service".to_string());
            if kind != "Service" || !backend.text("group")?.unwrap_or_default().is_empty() {
                return Err(format!("{place} leads to a {kind}"));
            }
            if backend.integer("weight")?.unwrap_or(1) < 1 {
                return Err(format!("{place} leads nowhere"));
            }
            let service = backend.need_text("name")?;
            let port = backend.need("port")?.to_string();
            backend.done()?;
            Ok(Action::Backend(Backend { service, port }))
        }
        _ => Err(format!("{place} needs one backend, or a redirect and none")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn route(yaml: &str, url: &str) -> Result<String> {
        let router = Router::new(&strict::objects(yaml), Listener::usual("infra", "public"))?;
        Ok(match router.route(&Request::new(url), Cleaning::Nothing) {
            Outcome::Backend { backend, .. } => backend.service,
            Outcome::Redirect(to) => to,
            Outcome::Blocked(code) => code.to_string(),
            Outcome::Nothing => "-".to_string(),
        })
    }

    /// A route with rules `type path service`, one a line; a service of `-` is none.
    fn http_route(name: &str, hosts: &str, rules: &[&str]) -> String {
        let mut yaml = format!(
            "---\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {{name: {name}, namespace: n}}\nspec:\n  parentRefs: [{{name: public, namespace: infra, sectionName: https}}]\n  hostnames: [{hosts}]\n  rules:\n"
        );
        for rule in rules {
            let words: Vec<&str> = rule.split(' ').collect();
            let [kind, path, service] = words[..] else { panic!("{rule}") };
            yaml += &format!("    - matches: [{{path: {{type: {kind}, value: {path}}}}}]\n");
            if service != "-" {
                yaml += &format!("      backendRefs: [{{name: {service}, port: 80}}]\n");
            }
        }
        yaml
    }

    #[test]
    fn exact_goes_before_prefix_and_long_before_short() {
        let yaml = http_route(
            "a",
            "h",
            &["PathPrefix / root", "PathPrefix /aaa/bbb bbb", "Exact /aaa exact", "PathPrefix /aaa aaa"],
        );
        for (path, expected) in [
            ("/", "root"),
            ("/aaa", "exact"),
            ("/aaa/", "aaa"),
            ("/aaa/bbb", "bbb"),
            ("/aaa/bbb/ccc", "bbb"),
            ("/aaa/bbbxyz", "aaa"),
            ("/aaaxyz", "root"),
            ("/AAA", "root"),
        ] {
            assert_eq!(route(&yaml, &format!("https://h{path}")).as_deref(), Ok(expected), "{path}");
        }
        assert_eq!(route(&yaml, "https://other/").as_deref(), Ok("-"));
        assert_eq!(route(&yaml, "http://h/").as_deref(), Ok("-"));
        assert_eq!(route(&yaml, "https://h:9464/").as_deref(), Ok("-"));
    }

    #[test]
    fn equals_are_decided_by_name_then_order() {
        let rule = ["PathPrefix /x first", "PathPrefix /x second"];
        assert_eq!(route(&http_route("a", "h", &rule), "https://h/x").as_deref(), Ok("first"));
        let two =
            http_route("b", "h", &["PathPrefix /x late"]) + &http_route("a", "h", &["PathPrefix /x early"]);
        assert_eq!(route(&two, "https://h/x").as_deref(), Ok("early"));
        // A longer path of a later route still goes first.
        let two =
            http_route("b", "h", &["PathPrefix /x/y late"]) + &http_route("a", "h", &["PathPrefix /x early"]);
        assert_eq!(route(&two, "https://h/x/y").as_deref(), Ok("late"));
    }

    #[test]
    fn a_host_that_is_written_out_goes_before_a_star() {
        let yaml = http_route("a", "'*.example.com'", &["PathPrefix /long/path star"])
            + &http_route("b", "foo.example.com", &["PathPrefix / foo"]);
        assert_eq!(route(&yaml, "https://foo.example.com/long/path").as_deref(), Ok("foo"));
        assert_eq!(route(&yaml, "https://a.b.example.com/long/path").as_deref(), Ok("star"));
        assert_eq!(route(&yaml, "https://example.com/long/path").as_deref(), Ok("-"));
    }

    #[test]
    fn a_listeners_host_limits_routes() {
        let gateway = "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: own, namespace: n}\nspec:\n  gatewayClassName: c\n  listeners:\n    - {name: https, port: 443, protocol: HTTPS, hostname: test.example.com, tls: {certificateRefs: [{name: s}]}}\n";
        let routes = http_route("a", "test.example.com, test.example.net", &["PathPrefix / x"])
            .replace("name: public, namespace: infra", "name: own");
        let yaml = gateway.to_string() + &routes;
        assert_eq!(route(&yaml, "https://test.example.com/").as_deref(), Ok("x"));
        assert_eq!(route(&yaml, "https://test.example.net/").as_deref(), Ok("-"));
        let star = yaml.replace("hostname: test.example.com", "hostname: '*.example.com'");
        assert_eq!(route(&star, "https://test.example.com/").as_deref(), Ok("x"));
        let other = yaml.replace("sectionName: https", "sectionName: tls");
        assert_eq!(route(&other, "https://test.example.com/").as_deref(), Ok("-"));
        let passing = yaml.replace("tls: {", "tls: {mode: Passthrough, ");
        assert!(route(&passing, "https://test.example.com/").is_err());
        assert!(
            route(&yaml.replace("protocol: HTTPS", "protocol: TCP"), "https://test.example.com/").is_err()
        );
    }

    #[test]
    fn a_rule_without_backends_answers_500_and_a_redirect_redirects() {
        let yaml = http_route("a", "h", &["PathPrefix / x", "PathPrefix /closed -"]);
        assert_eq!(route(&yaml, "https://h/closed/y").as_deref(), Ok("500"));
        let redirect = http_route("a", "h", &["PathPrefix / -"])
            .replace("sectionName: https", "sectionName: http")
            + "      filters: [{type: RequestRedirect, requestRedirect: {scheme: https, statusCode: 301}}]\n";
        assert_eq!(route(&redirect, "http://h/a").as_deref(), Ok("https://h/a"));
        assert_eq!(route(&redirect, "https://h/a").as_deref(), Ok("-"));
        let port = redirect.replace("statusCode: 301", "port: 8443");
        assert_eq!(route(&port, "http://h/a").as_deref(), Ok("https://h:8443/a"));
        let port = redirect.replace("statusCode: 301", "port: 443");
        assert_eq!(route(&port, "http://h/a").as_deref(), Ok("https://h/a"));
    }

    #[test]
    fn without_matches_a_rule_takes_all() {
        let yaml = http_route("a", "h", &["PathPrefix / x"]);
        for empty in ["matches: []", "matches: [{}]", "matches: [{path: {}}]"] {
            let open = yaml.replace("matches: [{path: {type: PathPrefix, value: /}}]", empty);
            assert_eq!(route(&open, "https://h/any/thing").as_deref(), Ok("x"), "{empty}");
        }
    }

    #[test]
    fn what_the_simulator_does_not_know_is_an_error() {
        let yaml = http_route("a", "h", &["PathPrefix /x x"]);
        for (from, to) in [
            ("type: PathPrefix", "type: RegularExpression"),
            ("value: /x", "value: /x//y"),
            ("value: /x", "value: x"),
            ("matches: [{", "matches: [{method: GET, "),
            ("matches: [{", "matches: [{headers: [{name: a, value: b}], "),
            ("  rules:", "  useDefaultGateways: All\n  rules:"),
            ("{name: x, port: 80}", "{name: x, port: 80, kind: ServiceImport}"),
            ("{name: x, port: 80}", "{name: x, port: 80, namespace: other}"),
            ("{name: x, port: 80}", "{name: x, port: 80, weight: 0}"),
            ("{name: x, port: 80}", "{name: x, port: 80}, {name: y, port: 80}"),
            ("backendRefs:", "filters: [{type: URLRewrite, urlRewrite: {}}]\n      backendRefs:"),
            ("backendRefs:", "filters: [{type: ExtensionRef, extensionRef: {}}]\n      backendRefs:"),
            ("backendRefs:", "filters: [{type: RequestRedirect, requestRedirect: {}}]\n      backendRefs:"),
            ("[{name: public,", "[{kind: Service, name: public,"),
            ("k8s.io/v1\n", "k8s.io/v1beta1\n"),
        ] {
            assert!(yaml.contains(from), "{from}");
            let broken = yaml.replace(from, to);
            assert!(Router::new(&strict::objects(&broken), Vec::new()).is_err(), "{to}");
        }
    }
}
