//! Ingresses, as the Kubernetes API documents them (IngressRule, HTTPIngressPath, HTTPIngressRuleValue) and the page
//! "Ingress" of the Kubernetes documentation: hosts, types of path, and which path wins.

use super::cleaning::{Cleaned, Cleaning};
use super::controllers::{Comparison, Controller, Empty, Plain};
use super::outcome::{Backend, Outcome};
use super::path::has_prefix;
use super::request::{Request, Scheme, host_fits};
use super::services::Services;
use super::strict::{self, Fields, Result};
use serde_json::Value;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PathType {
    Exact,
    Prefix,
}

struct Path {
    path: String,
    path_type: PathType,
    backend: Backend,
}

struct Rule {
    /// Nothing means every host.
    host: Option<String>,
    paths: Vec<Path>,
    plain: Plain,
}

/// A controller with the Ingresses of an output.
pub struct Router {
    controller: Controller,
    rules: Vec<Rule>,
    default: Option<Backend>,
}

impl Router {
    /// Reads all Ingresses among the objects.
    pub fn new(controller: Controller, objects: &[Value]) -> Result<Self> {
        let mut router = Router { controller, rules: Vec::new(), default: None };
        for object in objects.iter().filter(|object| object["kind"] == "Ingress") {
            if object["apiVersion"] != "networking.k8s.io/v1" {
                return Err(format!("an Ingress of {}", object["apiVersion"]));
            }
            router.read(object, objects)?;
        }
        if router.rules.is_empty() && router.default.is_none() {
            Err("no Ingress".into())
        } else {
            Ok(router)
        }
    }

    fn read(&mut self, object: &Value, objects: &[Value]) -> Result<()> {
        let services = Services::new(objects);
        let mut object = strict::object(object)?;
        let mut spec = object.rest.need_map("spec")?;
        object.rest.done()?;
        spec.text("ingressClassName")?;
        let mut secured = Vec::new();
        for mut tls in spec.maps("tls")? {
            secured.extend(tls.texts("hosts")?);
            tls.text("secretName")?;
            tls.done()?;
        }
        if let Some(default) = spec.map("defaultBackend")? {
            self.default = Some(backend(default)?);
        }
        for mut rule in spec.maps("rules")? {
            let host = rule.text("host")?;
            let tls = host.as_ref().is_some_and(|host| secured.contains(host));
            let plain = self.controller.plain(tls, &object.annotations, objects)?;
            let mut http = rule.need_map("http")?;
            rule.done()?;
            let mut paths = http.maps("paths")?.into_iter().map(path).collect::<Result<Vec<_>>>()?;
            if self.controller.empty == Empty::Skipped {
                paths.retain(|path| !services.closed(&path.backend.service));
            }
            http.done()?;
            self.rules.push(Rule { host, paths, plain });
        }
        spec.done()
    }

    /// What becomes of a request. A host that is written out goes before one with a star, and that before none.
    pub fn route(&self, request: &Request, cleaning: Cleaning) -> Outcome {
        if (request.scheme, request.port) != (Scheme::Https, 443)
            && (request.scheme, request.port) != (Scheme::Http, 80)
        {
            return Outcome::Nothing;
        }
        let (compared, sent) = match cleaning.clean(&request.path) {
            Cleaned::Refused => return Outcome::Blocked(400),
            Cleaned::Redirect(path) => {
                return Outcome::Redirect(format!("{}://{}{path}", request.scheme.word(), request.host));
            }
            Cleaned::Path { compared, sent } => (compared, sent),
        };
        let fits = |rule: &&Rule| rule.host.as_ref().is_none_or(|host| host_fits(host, &request.host, false));
        let rank =
            |rule: &Rule| rule.host.as_ref().map_or(0, |host| if host.starts_with('*') { 1 } else { 2 });
        let best = self.rules.iter().filter(fits).map(rank).max();
        let rules: Vec<&Rule> =
            self.rules.iter().filter(fits).filter(|rule| Some(rank(rule)) == best).collect();
        let redirect = Outcome::Redirect(format!("https://{}{}", request.host, request.path));
        if request.scheme == Scheme::Http && self.rules.iter().any(|rule| rule.plain == Plain::AllRedirected)
        {
            return redirect;
        }
        let Some(first) = rules.first() else {
            return self.default(request);
        };
        match (request.scheme, first.plain) {
            (Scheme::Http, Plain::Closed) => return Outcome::Nothing,
            (Scheme::Http, Plain::Redirected) => return redirect,
            _ => {}
        }
        let paths = rules.iter().flat_map(|rule| &rule.paths);
        let found = paths
            .filter(|path| self.fits(path, &compared))
            .max_by_key(|path| (path.path.len(), path.path_type == PathType::Exact));
        found.map_or_else(
            || self.default(request),
            |path| Outcome::Backend { backend: path.backend.clone(), sent },
        )
    }

    fn fits(&self, path: &Path, compared: &str) -> bool {
        match (path.path_type, self.controller.comparison) {
            (PathType::Exact, Comparison::Letters) => compared.eq_ignore_ascii_case(&path.path),
            (PathType::Prefix, Comparison::Letters) => {
                compared.to_ascii_lowercase().starts_with(&path.path.to_ascii_lowercase())
            }
            (PathType::Exact, _) => compared == path.path,
            (PathType::Prefix, Comparison::Elements) => has_prefix(compared, &path.path),
            (PathType::Prefix, Comparison::Characters) => compared.starts_with(&path.path),
        }
    }

    fn default(&self, request: &Request) -> Outcome {
        let sent = request.path.clone();
        let default = self.default.clone();
        default.map_or(Outcome::Nothing, |backend| Outcome::Backend { backend, sent })
    }
}

fn path(mut fields: Fields) -> Result<Path> {
    let path = fields.need_text("path")?;
    if !path.starts_with('/') {
        return Err(format!("{} is {path}", fields.place()));
    }
    let path_type = match fields.need_text("pathType")?.as_str() {
        "Exact" => PathType::Exact,
        "Prefix" => PathType::Prefix,
        other => {
            return Err(format!(
                "{} is of type {other}, which each controller reads its own way",
                fields.place()
            ));
        }
    };
    let backend = backend(fields.need_map("backend")?)?;
    fields.done()?;
    Ok(Path { path, path_type, backend })
}

fn backend(mut fields: Fields) -> Result<Backend> {
    let mut service = fields.need_map("service")?;
    fields.done()?;
    let name = service.need_text("name")?;
    let mut port = service.need_map("port")?;
    service.done()?;
    let number = port.integer("number")?.map(|number| number.to_string());
    let named = port.text("name")?;
    let place = port.place().to_string();
    port.done()?;
    match (number, named) {
        (Some(port), None) | (None, Some(port)) => Ok(Backend { service: name, port }),
        _ => Err(format!("{place} needs a number or a name")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn route(yaml: &str, url: &str) -> String {
        route_with("none", Cleaning::Nothing, yaml, url).unwrap()
    }

    fn route_with(preset: &str, cleaning: Cleaning, yaml: &str, url: &str) -> Result<String> {
        let router = Router::new(Controller::of(preset), &strict::objects(yaml))?;
        Ok(match router.route(&Request::new(url), cleaning) {
            Outcome::Backend { backend, .. } => backend.service,
            Outcome::Redirect(to) => to,
            Outcome::Blocked(code) => code.to_string(),
            Outcome::Nothing => "-".to_string(),
        })
    }

    /// An Ingress with rules `host path type service`, one a line.
    fn ingress(rules: &[&str]) -> String {
        let mut yaml =
            "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: x}\nspec:\n  rules:\n"
                .to_string();
        for rule in rules {
            let words: Vec<&str> = rule.split(' ').collect();
            let [host, path, kind, service] = words[..] else { panic!("{rule}") };
            if host != "-" {
                yaml += &format!("  - host: '{host}'\n    http:\n");
            } else {
                yaml += "  - http:\n";
            }
            yaml += &format!(
                "      paths:\n      - {{path: {path}, pathType: {kind}, backend: {{service: {{name: {service}, port: {{number: 80}}}}}}}}\n"
            );
        }
        yaml
    }

    /// "Examples", "Multiple matches" and "Hostname wildcards" of kubernetes.io/docs/concepts/services-networking/ingress.
    #[test]
    fn the_documentations_examples_hold() {
        let several = ingress(&["- / Prefix root", "- /aaa Prefix aaa", "- /aaa/bbb Prefix bbb"]);
        for (path, service) in [
            ("/aaa/bbb", "bbb"),
            ("/aaa/ccc", "aaa"),
            ("/ccc", "root"),
            ("/aaa/bbbxyz", "aaa"),
            ("/aaaxyz", "root"),
            ("/AAA", "root"),
        ] {
            assert_eq!(route(&several, &format!("https://x{path}")), service, "{path}");
        }
        let mixed = ingress(&["- /foo Prefix prefix", "- /foo Exact exact"]);
        assert_eq!(route(&mixed, "https://x/foo"), "exact");
        assert_eq!(route(&mixed, "https://x/foo/"), "prefix");
        let exact = ingress(&["- /foo Exact exact", "- /foo/ Exact slash"]);
        assert_eq!(route(&exact, "https://x/foo"), "exact");
        assert_eq!(route(&exact, "https://x/foo/"), "slash");
        assert_eq!(route(&exact, "https://x/bar"), "-");
        let hosts = ingress(&["*.foo.com / Prefix star", "bar.foo.com /bar Prefix bar", "- /any Prefix any"]);
        assert_eq!(route(&hosts, "https://bar.foo.com/bar"), "bar");
        assert_eq!(route(&hosts, "https://x.foo.com/bar"), "star");
        assert_eq!(route(&hosts, "https://baz.bar.foo.com/any"), "any");
        assert_eq!(route(&hosts, "https://foo.com/bar"), "-");
        // The host that fits best is chosen before any path is looked at.
        assert_eq!(route(&hosts, "https://bar.foo.com/any"), "-");
    }

    #[test]
    fn a_default_backend_takes_the_rest() {
        let yaml = ingress(&["h /foo Prefix foo"])
            + "  defaultBackend: {service: {name: rest, port: {name: http}}}\n";
        assert_eq!(route(&yaml, "https://h/foo"), "foo");
        assert_eq!(route(&yaml, "https://h/bar"), "rest");
        assert_eq!(route(&yaml, "https://other/foo"), "rest");
    }

    #[test]
    fn some_controllers_compare_characters() {
        let yaml = ingress(&["h /elsa Prefix server", "h / Prefix studio"]);
        for (preset, service) in
            [("none", "studio"), ("traefik", "server"), ("agic", "server"), ("alb", "studio")]
        {
            let found = route_with(preset, Cleaning::Nothing, &yaml, "https://h/elsafoo").unwrap();
            assert_eq!(found, service, "{preset}");
        }
    }

    #[test]
    fn plain_requests_are_redirected_where_the_controller_does_so() {
        let yaml = ingress(&["h / Prefix studio"]) + "  tls: [{hosts: [h], secretName: s}]\n";
        let plain = |preset, yaml: &str, url| route_with(preset, Cleaning::Nothing, yaml, url).unwrap();
        assert_eq!(plain("none", &yaml, "http://h/x"), "studio");
        assert_eq!(plain("nginx", &yaml, "http://h/x"), "https://h/x");
        assert_eq!(plain("nginx", &yaml.replace("hosts: [h]", "hosts: [g]"), "http://h/x"), "studio");
        assert_eq!(plain("nginx", &yaml, "https://h/x"), "studio");
        assert_eq!(plain("nginx", &yaml, "https://h:9464/x"), "-");
    }

    #[test]
    fn what_the_simulator_does_not_know_is_an_error() {
        let yaml = ingress(&["h /elsa Prefix server"]);
        for (from, to) in [
            ("pathType: Prefix", "pathType: ImplementationSpecific"),
            (
                "metadata: {name: x}",
                "metadata: {name: x, annotations: {nginx.ingress.kubernetes.io/rewrite-target: /}}",
            ),
            ("  rules:", "  later: true\n  rules:"),
            ("{number: 80}", "{number: 80, name: http}"),
            ("{path: /elsa,", "{path: /elsa, regex: true,"),
            ("networking.k8s.io/v1", "extensions/v1beta1"),
        ] {
            assert!(yaml.contains(from), "{from}");
            let broken = yaml.replace(from, to);
            assert!(Router::new(Controller::of("nginx"), &strict::objects(&broken)).is_err(), "{to}");
        }
        assert!(Router::new(Controller::of("nginx"), &[]).is_err());
    }
}
