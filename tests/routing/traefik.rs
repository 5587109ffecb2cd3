//! Traefik's IngressRoute and Middleware (traefik.io/v1alpha1), as Traefik 3 routes them (traefik/traefik,
//! pkg/muxer/http/mux.go; doc.traefik.io, "Rules & Priority" and the pages of each middleware).

use super::cleaning::{Cleaned, Cleaning};
use super::outcome::{Backend, Outcome};
use super::request::{Request, Scheme};
use super::rule::Rule;
use super::strict::{self, Fields, Result};
use regex_lite::Regex;
use serde_json::Value;
use std::collections::BTreeMap;
use std::net::IpAddr;

/// Entry points of Traefik's Helm chart: names with scheme and port.
const ENTRY_POINTS: [(&str, Scheme, u16); 2] = [("web", Scheme::Http, 80), ("websecure", Scheme::Https, 443)];

/// Where the table's requests come from: the internet (RFC 5737), and a node, which is what Traefik sees where
/// kube-proxy hides the client. A list that lets in one of them is an open door.
const CLIENTS: [&str; 2] = ["203.0.113.7", "10.1.2.3"];

enum Middleware {
    /// It changes neither target nor path.
    Harmless,
    RedirectScheme {
        scheme: String,
        port: String,
    },
    RedirectRegex {
        regex: Regex,
        replacement: String,
    },
    /// Addresses that are let in, and the code for others.
    Allow {
        ranges: Vec<String>,
        code: u16,
    },
    Chain(Vec<String>),
}

struct Route {
    entry_points: Vec<String>,
    tls: bool,
    rule: Rule,
    text: String,
    priority: i64,
    middlewares: Vec<String>,
    target: Target,
}

enum Target {
    Service(Backend),
    /// `noop@internal`, which answers 418.
    Noop,
}

/// Traefik with the routes of an output.
pub struct Router {
    routes: Vec<Route>,
    middlewares: BTreeMap<String, Middleware>,
}

impl Router {
    /// Reads all of Traefik's objects.
    pub fn new(objects: &[Value]) -> Result<Self> {
        let mut router = Router { routes: Vec::new(), middlewares: BTreeMap::new() };
        let ours = |object: &&Value| {
            object["apiVersion"].as_str().is_some_and(|version| version.contains("traefik"))
        };
        for object in objects.iter().filter(ours) {
            match (object["apiVersion"].as_str(), object["kind"].as_str()) {
                (Some("traefik.io/v1alpha1"), Some("IngressRoute")) => router.ingress_route(object)?,
                (Some("traefik.io/v1alpha1"), Some("Middleware")) => {
                    let mut object = strict::object(object)?;
                    let middleware = middleware(object.rest.need_map("spec")?, &object.namespace)?;
                    object.rest.done()?;
                    router.middlewares.insert(format!("{}/{}", object.namespace, object.name), middleware);
                }
                // How Traefik speaks to backends, and what TLS it speaks with clients.
                (Some("traefik.io/v1alpha1"), Some("ServersTransport" | "TLSOption")) => {}
                (version, kind) => return Err(format!("{version:?} {kind:?} is unknown here")),
            }
        }
        if router.routes.is_empty() {
            return Err("no IngressRoute".to_string());
        }
        for name in router.routes.iter().flat_map(|route| &route.middlewares) {
            if !router.middlewares.contains_key(name) {
                return Err(format!("there is no Middleware {name}"));
            }
        }
        Ok(router)
    }

    fn ingress_route(&mut self, object: &Value) -> Result<()> {
        let mut object = strict::object(object)?;
        if let Some((key, _)) = object.annotations.iter().find(|(key, _)| key.contains("traefik")) {
            return Err(format!("the annotation {key}"));
        }
        let mut spec = object.rest.need_map("spec")?;
        object.rest.done()?;
        let entry_points = spec.texts("entryPoints")?;
        for name in &entry_points {
            if !ENTRY_POINTS.iter().any(|(known, ..)| known == name) {
                return Err(format!("the entry point {name} is unknown"));
            }
        }
        let mut tls = spec.map("tls")?;
        if let Some(mut tls) = tls.take() {
            tls.text("secretName")?;
            tls.take("options");
            tls.done()?;
            self.routes(&mut spec, &entry_points, true, &object.namespace)?;
        } else {
            self.routes(&mut spec, &entry_points, false, &object.namespace)?;
        }
        spec.done()
    }

    fn routes(
        &mut self,
        spec: &mut Fields,
        entry_points: &[String],
        tls: bool,
        namespace: &str,
    ) -> Result<()> {
        for mut route in spec.maps("routes")? {
            let text = route.need_text("match")?;
            let rule = Rule::parse(&text)?;
            match route.text("kind")?.as_deref() {
                None | Some("Rule") => {}
                Some(other) => return Err(format!("a route of kind {other}")),
            }
            let priority = route.integer("priority")?.unwrap_or(0);
            let middlewares = references(&mut route, "middlewares", namespace)?;
            let mut services = route.maps("services")?;
            let place = route.place().to_string();
            let target = match (services.pop(), services.is_empty()) {
                (Some(service), true) => target(service, namespace)?,
                _ => return Err(format!("{place} needs one service")),
            };
            route.done()?;
            self.routes.push(Route {
                entry_points: entry_points.to_vec(),
                tls,
                rule,
                // "sorted in descending order using the rules length"; 0 means that default.
                priority: if priority == 0 {
                    i64::try_from(text.len()).unwrap_or(i64::MAX)
                } else {
                    priority
                },
                text,
                middlewares,
                target,
            });
        }
        Ok(())
    }

    /// What becomes of a request. Two routes of one priority that both fit and differ are an error: Traefik promises no
    /// order.
    pub fn route(&self, request: &Request, cleaning: Cleaning) -> Result<Outcome> {
        let entry =
            ENTRY_POINTS.iter().find(|(_, scheme, port)| (request.scheme, request.port) == (*scheme, *port));
        let Some((entry, ..)) = entry else { return Ok(Outcome::Nothing) };
        let (compared, sent) = match cleaning.clean(&request.path) {
            Cleaned::Refused => return Ok(Outcome::Blocked(400)),
            Cleaned::Redirect(path) => {
                let scheme = request.scheme.word();
                return Ok(Outcome::Redirect(format!("{scheme}://{}{path}", request.host)));
            }
            Cleaned::Path { compared, sent } => (compared, sent),
        };
        let fits = |route: &&Route| {
            (route.entry_points.is_empty() || route.entry_points.iter().any(|name| name == entry))
                && route.tls == (request.scheme == Scheme::Https)
                && route.rule.fits(&request.host, &compared)
        };
        let fitting: Vec<&Route> = self.routes.iter().filter(fits).collect();
        let Some(best) = fitting.iter().map(|route| route.priority).max() else {
            return Ok(Outcome::Nothing);
        };
        let winners: Vec<&&Route> = fitting.iter().filter(|route| route.priority == best).collect();
        let outcomes: Vec<Outcome> =
            winners.iter().map(|route| self.follow(route, request, &sent)).collect::<Result<_>>()?;
        if outcomes.iter().any(|outcome| outcome != &outcomes[0]) {
            let texts: Vec<&str> = winners.iter().map(|route| route.text.as_str()).collect();
            return Err(format!("{} fits {texts:?}, all of priority {best}", request.path));
        }
        Ok(outcomes[0].clone())
    }

    fn follow(&self, route: &Route, request: &Request, sent: &str) -> Result<Outcome> {
        if let Some(outcome) = self.pass(&route.middlewares, request, sent)? {
            return Ok(outcome);
        }
        Ok(match &route.target {
            Target::Service(backend) => Outcome::Backend { backend: backend.clone(), sent: sent.to_string() },
            Target::Noop => Outcome::Blocked(418),
        })
    }

    /// What middlewares answer themselves.
    fn pass(&self, names: &[String], request: &Request, sent: &str) -> Result<Option<Outcome>> {
        for name in names {
            let outcome = match self.middlewares.get(name) {
                None => return Err(format!("there is no Middleware {name}")),
                Some(Middleware::Harmless) => None,
                Some(Middleware::RedirectScheme { scheme, port }) => {
                    (request.scheme.word() != scheme).then(|| {
                        let port =
                            if port.is_empty() || port == "443" { String::new() } else { format!(":{port}") };
                        Outcome::Redirect(format!("{scheme}://{}{port}{sent}", request.host))
                    })
                }
                Some(Middleware::RedirectRegex { regex, replacement }) => {
                    let url = format!("{}://{}{sent}", request.scheme.word(), request.host);
                    let changed = regex.replace_all(&url, braced(replacement)).into_owned();
                    (regex.is_match(&url) && changed != url).then_some(Outcome::Redirect(changed))
                }
                Some(Middleware::Allow { ranges, code }) => {
                    let mut inside = false;
                    for range in ranges {
                        for client in CLIENTS {
                            inside |= contains(range, client)?;
                        }
                    }
                    (!inside).then_some(Outcome::Blocked(*code))
                }
                Some(Middleware::Chain(names)) => self.pass(names, request, sent)?,
            };
            if outcome.is_some() {
                return Ok(outcome);
            }
        }
        Ok(None)
    }
}

/// `${1}` as it is in both languages, and `$1` in Go's.
fn braced(replacement: &str) -> String {
    let plain = Regex::new(r"\$([0-9]+)").expect("an expression");
    plain.replace_all(replacement, "$${${1}}").into_owned()
}

fn references(fields: &mut Fields, key: &str, namespace: &str) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for mut reference in fields.maps(key)? {
        let name = reference.need_text("name")?;
        let other = reference.text("namespace")?.unwrap_or_else(|| namespace.to_string());
        let place = reference.place().to_string();
        reference.done()?;
        if other != namespace {
            return Err(format!("{place}: Traefik takes no Middleware of another namespace by default"));
        }
        names.push(format!("{namespace}/{name}"));
    }
    Ok(names)
}

fn target(mut service: Fields, namespace: &str) -> Result<Target> {
    let name = service.need_text("name")?;
    let place = service.place().to_string();
    match service.text("kind")?.as_deref() {
        Some("TraefikService") if name == "noop@internal" => return service.done().map(|()| Target::Noop),
        None | Some("Service") => {}
        Some(other) => return Err(format!("{place} is a {other}")),
    }
    if service.text("namespace")?.is_some_and(|other| other != namespace) {
        return Err(format!("{place} is in another namespace"));
    }
    let port = service.need("port")?;
    let port = port.as_str().map_or_else(|| port.to_string(), str::to_string);
    // None of these says where a request goes.
    for key in ["scheme", "passHostHeader", "responseForwarding", "serversTransport", "sticky", "healthCheck"]
    {
        service.take(key);
    }
    service.done()?;
    Ok(Target::Service(Backend { service: name, port }))
}

fn middleware(mut spec: Fields, namespace: &str) -> Result<Middleware> {
    let keys = spec.keys();
    let [kind] = &keys[..] else { return Err(format!("{} needs one kind, has {keys:?}", spec.place())) };
    let mut inner = spec.need_map(kind)?;
    spec.done()?;
    let middleware = match kind.as_str() {
        "buffering" | "headers" | "compress" | "inFlightReq" | "rateLimit" | "retry" => {
            for old in ["sslRedirect", "sslHost", "allowedHosts"] {
                if inner.take(old).is_some() {
                    return Err(format!("{}.{old} is a redirect", inner.place()));
                }
            }
            return Ok(Middleware::Harmless);
        }
        "redirectScheme" => {
            inner.boolean("permanent")?;
            let scheme = inner.need_text("scheme")?;
            Middleware::RedirectScheme { scheme, port: inner.text("port")?.unwrap_or_default() }
        }
        "redirectRegex" => {
            inner.boolean("permanent")?;
            let text = inner.need_text("regex")?;
            let regex = Regex::new(&text).map_err(|error| format!("{text}: {error}"))?;
            Middleware::RedirectRegex { regex, replacement: inner.need_text("replacement")? }
        }
        "ipAllowList" => {
            let code = inner.integer("rejectStatusCode")?.unwrap_or(403);
            let code = u16::try_from(code).map_err(|_| format!("{code} is no status"))?;
            let ranges = inner.texts("sourceRange")?;
            if ranges.is_empty() {
                return Err(format!("{} needs a sourceRange", inner.place()));
            }
            Middleware::Allow { ranges, code }
        }
        "chain" => Middleware::Chain(references(&mut inner, "middlewares", namespace)?),
        other => return Err(format!("{} is {other}, of which this simulator knows nothing", inner.place())),
    };
    inner.done()?;
    Ok(middleware)
}

/// Whether a network, or an address, contains an address.
fn contains(range: &str, address: &str) -> Result<bool> {
    let wrong = || format!("{range} is no network");
    let (network, bits) =
        range.split_once('/').map_or((range, None), |(network, bits)| (network, Some(bits)));
    let network: IpAddr = network.parse().map_err(|_| wrong())?;
    let address: IpAddr = address.parse().map_err(|_| wrong())?;
    let (network, address, width) = match (network, address) {
        (IpAddr::V4(network), IpAddr::V4(address)) => {
            (u128::from(u32::from(network)), u128::from(u32::from(address)), 32)
        }
        (IpAddr::V6(network), IpAddr::V6(address)) => (u128::from(network), u128::from(address), 128),
        _ => return Ok(false),
    };
    let bits: u32 = bits.map_or(Ok(width), str::parse).map_err(|_| wrong())?;
    let shift = width.checked_sub(bits).ok_or_else(wrong)?;
    Ok(shift >= 128 || network >> shift == address >> shift)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROUTES: &str = r#"
apiVersion: traefik.io/v1alpha1
kind: IngressRoute
metadata: {name: x, namespace: n}
spec:
  entryPoints: [websecure]
  routes:
    - match: Host(`h`) && PathPrefix(`/`)
      kind: Rule
      services: [{name: studio, port: 80}]
    - match: Host(`h`) && (Path(`/elsa`) || PathPrefix(`/elsa/`))
      kind: Rule
      services: [{name: server, port: http}]
    - match: Host(`h`) && PathPrefix(`/elsa/api/admin`)
      kind: Rule
      priority: 1000
      middlewares: [{name: closed}]
      services: [{name: server, port: http}]
  tls: {secretName: s}
---
apiVersion: traefik.io/v1alpha1
kind: Middleware
metadata: {name: closed, namespace: n}
spec: {ipAllowList: {sourceRange: [127.0.0.1/32]}}
---
apiVersion: traefik.io/v1alpha1
kind: IngressRoute
metadata: {name: plain, namespace: n}
spec:
  entryPoints: [web]
  routes:
    - match: Host(`h`)
      kind: Rule
      middlewares: [{name: to-https}]
      services: [{name: noop@internal, kind: TraefikService}]
---
apiVersion: traefik.io/v1alpha1
kind: Middleware
metadata: {name: to-https, namespace: n}
spec: {redirectScheme: {scheme: https, permanent: true}}
"#;

    fn route(yaml: &str, url: &str) -> Result<String> {
        let router = Router::new(&strict::objects(yaml))?;
        Ok(match router.route(&Request::new(url), Cleaning::Traefik)? {
            Outcome::Backend { backend, .. } => format!("{}:{}", backend.service, backend.port),
            Outcome::Redirect(to) => to,
            Outcome::Blocked(code) => code.to_string(),
            Outcome::Nothing => "-".to_string(),
        })
    }

    #[test]
    fn routes_are_tried_by_priority_and_middlewares_answer() {
        for (url, expected) in [
            ("https://h/", "studio:80"),
            ("https://h/elsa", "server:http"),
            ("https://h/elsa/hubs/x", "server:http"),
            ("https://h/elsafoo", "studio:80"),
            ("https://h/elsa/api/admin/x", "403"),
            ("https://h/x/../elsa/api/%61dmin", "403"),
            ("https://other/", "-"),
            ("https://h:9464/metrics", "-"),
            ("http://h/elsa/x", "https://h/elsa/x"),
            ("http://other/", "-"),
        ] {
            assert_eq!(route(ROUTES, url).as_deref(), Ok(expected), "{url}");
        }
    }

    /// The documentation's example: a rule that is longer wins unless a priority says otherwise.
    #[test]
    fn without_a_priority_the_longer_rule_wins() {
        let unprioritised = ROUTES.replace("      priority: 1000\n", "");
        // `PathPrefix(/elsa/api/admin)` is shorter than `(Path(/elsa) || PathPrefix(/elsa/))`: the door would stand open.
        assert_eq!(route(&unprioritised, "https://h/elsa/api/admin").as_deref(), Ok("server:http"));
        let raised = ROUTES.replacen("kind: Rule\n", "kind: Rule\n      priority: 2000\n", 1);
        assert_eq!(route(&raised, "https://h/elsa/x").as_deref(), Ok("studio:80"));
        let even = ROUTES.replacen("kind: Rule\n", "kind: Rule\n      priority: 1000\n", 1);
        assert!(route(&even, "https://h/elsa/api/admin").unwrap_err().contains("all of priority 1000"));
        let default = ROUTES.replacen("kind: Rule\n", "kind: Rule\n      priority: 0\n", 1);
        assert_eq!(route(&default, "https://h/elsa/x").as_deref(), Ok("server:http"));
    }

    #[test]
    fn an_allow_list_lets_in_what_it_lists() {
        let lists = [
            ("0.0.0.0/0", "server:http"),
            ("203.0.113.0/24", "server:http"),
            ("203.0.113.7", "server:http"),
            ("203.0.113.8", "403"),
            ("::/0", "403"),
            ("203.0.112.0/23", "server:http"),
            ("10.0.0.0/8", "server:http"),
        ];
        for (range, expected) in lists {
            let yaml = ROUTES.replace("[127.0.0.1/32]", &format!("['{range}']"));
            assert_eq!(route(&yaml, "https://h/elsa/api/admin").as_deref(), Ok(expected), "{range}");
        }
        let code = ROUTES.replace("[127.0.0.1/32]", "[127.0.0.1/32], rejectStatusCode: 404");
        assert_eq!(route(&code, "https://h/elsa/api/admin").as_deref(), Ok("404"));
    }

    #[test]
    fn a_redirect_by_expression_and_a_chain_are_followed() {
        let yaml = ROUTES.replace(
            "redirectScheme: {scheme: https, permanent: true}",
            "redirectRegex: {regex: '^http://(.*)', replacement: 'https://$1', permanent: true}",
        );
        assert_eq!(route(&yaml, "http://h/a").as_deref(), Ok("https://h/a"));
        let chained = ROUTES.replace("[{name: closed}]", "[{name: all}]")
            + "---\napiVersion: traefik.io/v1alpha1\nkind: Middleware\nmetadata: {name: all, namespace: n}\nspec: {chain: {middlewares: [{name: closed}]}}\n";
        assert_eq!(route(&chained, "https://h/elsa/api/admin").as_deref(), Ok("403"));
    }

    #[test]
    fn what_the_simulator_does_not_know_is_an_error() {
        for (from, to) in [
            ("{name: closed}]", "{name: missing}]"),
            ("{name: closed}]", "{name: closed, namespace: other}]"),
            ("ipAllowList: {sourceRange: [127.0.0.1/32]}", "stripPrefix: {prefixes: [/elsa]}"),
            (
                "ipAllowList: {sourceRange: [127.0.0.1/32]}",
                "ipAllowList: {sourceRange: [127.0.0.1/32], ipStrategy: {depth: 1}}",
            ),
            ("[127.0.0.1/32]", "[nowhere]"),
            ("entryPoints: [websecure]", "entryPoints: [internal]"),
            ("kind: Rule\n", "kind: Rule\n      syntax: v2\n"),
            ("{name: server, port: http}", "{name: server, port: http, strategy: RoundRobin}"),
            ("{name: server, port: http}", "{name: server, port: http}, {name: other, port: 80}"),
            ("traefik.io/v1alpha1", "traefik.containo.us/v1alpha1"),
            ("kind: Middleware", "kind: MiddlewareTCP"),
        ] {
            assert!(ROUTES.contains(from), "{from}");
            let broken = ROUTES.replacen(from, to, 1);
            let found = route(&broken, "https://h/elsa/api/admin");
            assert!(found.is_err(), "{to}: {found:?}");
        }
    }
}
