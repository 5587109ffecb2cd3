//! Controllers of Ingresses: how each departs from the specification, and which annotations it reads. An annotation that
//! is not here is an error: it might change where requests go.

use super::strict::{self, Result};
use serde_json::Value;

/// What becomes of a request without TLS where the Ingress has TLS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plain {
    /// It is served like any other: the specification knows no redirect.
    Served,
    /// It is sent to the address with https.
    Redirected,
    /// So is every other, whatever its host.
    AllRedirected,
    /// Nothing answers.
    Closed,
}

/// What becomes of a path whose Service has no pods.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Empty {
    /// An error, 502 or 503.
    Answered,
    /// As if the path were not there: a shorter one may fit.
    Skipped,
}

/// How a path of type `Prefix` is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// Element by element, as the specification says.
    Elements,
    /// Character by character: `/elsa` takes `/elsafoo` too.
    Characters,
    /// Character by character, whatever their case.
    Letters,
}

/// A controller, as `ingress.preset` names it.
#[derive(Clone, Copy, Debug)]
pub struct Controller {
    pub preset: &'static str,
    pub comparison: Comparison,
    pub empty: Empty,
    /// What it does with plain requests when no annotation says so and the Ingress has TLS.
    pub plain: Plain,
    /// Prefix of its annotations.
    prefix: &'static str,
    /// Annotations that say nothing about where a request goes.
    harmless: &'static [&'static str],
}

/// All presets.
pub const CONTROLLERS: [Controller; 7] = [
    Controller { preset: "none", prefix: "", ..PLAIN },
    // ssl-redirect is on by default for hosts with TLS (kubernetes.github.io/ingress-nginx, annotations).
    Controller {
        preset: "nginx",
        plain: Plain::Redirected,
        prefix: "nginx.ingress.kubernetes.io/",
        harmless: &["proxy-body-size", "proxy-read-timeout", "proxy-send-timeout"],
        ..PLAIN
    },
    // providers.kubernetesIngress.strictPrefixMatching is false by default (doc.traefik.io, Kubernetes Ingress). So is
    // allowEmptyServices, which newer versions of Traefik's Helm chart turn on (traefik-helm-chart, VALUES.md).
    Controller {
        preset: "traefik",
        comparison: Comparison::Characters,
        prefix: "traefik.ingress.kubernetes.io/",
        harmless: &["router.tls"],
        ..PLAIN
    },
    // Elements by way of two maps (haproxytech/kubernetes-ingress, pkg/route/route.go); ssl-redirect "by default is
    // activated if tls key is provided" (documentation/configuration.md there).
    Controller {
        preset: "haproxy",
        plain: Plain::Redirected,
        prefix: "haproxy.org/",
        harmless: &["ssl-redirect-port", "timeout-server", "timeout-tunnel"],
        ..PLAIN
    },
    // Prefix /foo becomes the patterns /foo and /foo/*, and a listener that redirects has no other rules
    // (aws-load-balancer-controller, pkg/ingress/model_build_listener_rules.go).
    Controller {
        preset: "alb",
        prefix: "alb.ingress.kubernetes.io/",
        harmless: &["healthcheck-path", "load-balancer-attributes", "scheme", "success-codes", "target-type"],
        ..PLAIN
    },
    // Types of path work from 1.21.3-gke.1600 on (kubernetes/ingress-gce, pull request 1315, issue 1584).
    Controller { preset: "gce", prefix: "kubernetes.io/ingress.", harmless: &["class"], ..PLAIN },
    // A star is appended to a path of type Prefix (application-gateway-kubernetes-ingress, docs/ingress-v1.md), and "path
    // rules are case insensitive" (learn.microsoft.com, application-gateway/url-route-overview).
    Controller {
        preset: "agic",
        comparison: Comparison::Letters,
        prefix: "appgw.ingress.kubernetes.io/",
        harmless: &["connection-draining", "request-timeout"],
        ..PLAIN
    },
];

/// What the specification says.
const PLAIN: Controller = Controller {
    preset: "",
    comparison: Comparison::Elements,
    empty: Empty::Answered,
    plain: Plain::Served,
    prefix: "",
    harmless: &[],
};

impl Controller {
    /// The controller of a preset.
    pub fn of(preset: &str) -> Self {
        let found = CONTROLLERS.into_iter().find(|controller| controller.preset == preset);
        found.unwrap_or_else(|| panic!("there is no preset {preset}"))
    }

    /// What annotations make of requests without TLS; `objects` hold what they refer to.
    pub fn plain(&self, tls: bool, annotations: &[(String, String)], objects: &[Value]) -> Result<Plain> {
        let mut plain = if tls { self.plain } else { Plain::Served };
        for (key, value) in annotations {
            // cert-manager makes a certificate of it, and routes of its own for its challenges.
            if key.starts_with("cert-manager.io/") {
                continue;
            }
            let name = key.strip_prefix(self.prefix).filter(|_| !self.prefix.is_empty());
            plain = match (self.preset, name, value.as_str()) {
                ("nginx", Some("ssl-redirect"), "true") if tls => Plain::Redirected,
                ("nginx", Some("ssl-redirect"), "false") => Plain::Served,
                ("haproxy", Some("ssl-redirect"), "true") => Plain::Redirected,
                ("haproxy", Some("ssl-redirect"), "false") => Plain::Served,
                // A router on that entry point only: plain requests come to another one.
                ("traefik", Some("router.entrypoints"), "websecure") => Plain::Closed,
                ("traefik", Some("router.entrypoints"), "web") => Plain::Served,
                ("haproxy", Some("backend-config-snippet"), snippet) if only_a_limit(snippet) => plain,
                ("alb", Some("ssl-redirect"), "443") => Plain::AllRedirected,
                ("alb", Some("listen-ports"), r#"[{"HTTP":80},{"HTTPS":443}]"# | r#"[{"HTTP":80}]"#) => plain,
                ("gce", None, name) if key == "networking.gke.io/v1beta1.FrontendConfig" => {
                    if redirects(name, objects)? { Plain::AllRedirected } else { plain }
                }
                ("agic", None, "azure/application-gateway") if key == "kubernetes.io/ingress.class" => plain,
                ("agic", Some("ssl-redirect"), "true") => Plain::Redirected,
                ("agic", Some("ssl-redirect"), "false") => Plain::Served,
                (_, Some(name), _) if self.harmless.contains(&name) => plain,
                _ => return Err(format!("{key}: {value} might change where requests go")),
            };
        }
        Ok(plain)
    }
}

/// Whether a snippet for HAProxy does nothing but refuse large bodies.
fn only_a_limit(snippet: &str) -> bool {
    let limit = snippet.strip_prefix("http-request deny deny_status 413 if { req.body_size gt ");
    limit.and_then(|rest| rest.strip_suffix(" }")).is_some_and(|bytes| bytes.parse::<u64>().is_ok())
}

/// Whether a FrontendConfig sends plain requests to https.
fn redirects(name: &str, objects: &[Value]) -> Result<bool> {
    let found = objects
        .iter()
        .find(|object| object["kind"] == "FrontendConfig" && object["metadata"]["name"] == name)
        .ok_or_else(|| format!("there is no FrontendConfig {name}"))?;
    let mut object = strict::object(found)?;
    let mut spec = object.rest.need_map("spec")?;
    object.rest.done()?;
    let mut redirect = spec.need_map("redirectToHttps")?;
    spec.done()?;
    let enabled = redirect.boolean("enabled")?;
    redirect.text("responseCodeName")?;
    redirect.done()?;
    Ok(enabled)
}

#[test]
fn annotations_that_might_change_routes_are_errors() {
    let config = strict::objects(
        "apiVersion: networking.gke.io/v1beta1\nkind: FrontendConfig\nmetadata: {name: f}\nspec: {redirectToHttps: {enabled: true}}\n",
    );
    let plain = |preset: &str, key: &str, value: &str| {
        Controller::of(preset).plain(true, &[(key.to_string(), value.to_string())], &config)
    };
    assert_eq!(plain("nginx", "nginx.ingress.kubernetes.io/ssl-redirect", "false"), Ok(Plain::Served));
    assert_eq!(plain("nginx", "nginx.ingress.kubernetes.io/proxy-body-size", "28m"), Ok(Plain::Redirected));
    assert_eq!(plain("none", "cert-manager.io/cluster-issuer", "x"), Ok(Plain::Served));
    assert_eq!(plain("gce", "networking.gke.io/v1beta1.FrontendConfig", "f"), Ok(Plain::AllRedirected));
    assert!(plain("gce", "networking.gke.io/v1beta1.FrontendConfig", "g").is_err());
    let limit = "http-request deny deny_status 413 if { req.body_size gt 5 }";
    assert_eq!(plain("haproxy", "haproxy.org/backend-config-snippet", limit), Ok(Plain::Redirected));
    let more = "http-request set-path /x if { req.body_size gt 5 }";
    assert!(plain("haproxy", "haproxy.org/backend-config-snippet", more).is_err());
    for (preset, key) in [
        ("nginx", "nginx.ingress.kubernetes.io/rewrite-target"),
        ("nginx", "nginx.ingress.kubernetes.io/use-regex"),
        ("nginx", "haproxy.org/ssl-redirect"),
        ("none", "nginx.ingress.kubernetes.io/ssl-redirect"),
        ("none", "example.com/anything"),
        ("haproxy", "haproxy.org/path-rewrite"),
        ("traefik", "traefik.ingress.kubernetes.io/router.middlewares"),
        ("alb", "alb.ingress.kubernetes.io/conditions.x"),
    ] {
        assert!(plain(preset, key, "true").is_err(), "{key}");
    }
}
