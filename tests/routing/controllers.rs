//! Controllers of Ingresses: how each departs from the specification, and which annotations it reads. An annotation that
//! is not here is an error: it might change where requests go.

use super::strict::Result;

/// What becomes of a request without TLS where the Ingress has TLS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plain {
    /// It is served like any other: the specification knows no redirect.
    Served,
    /// It is sent to the address with https.
    Redirected,
    /// Nothing answers.
    Closed,
}

/// How a path of type `Prefix` is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// Element by element, as the specification says.
    Elements,
    /// Character by character: `/elsa` takes `/elsafoo` too.
    Characters,
}

/// A controller, as `ingress.preset` names it.
#[derive(Clone, Copy, Debug)]
pub struct Controller {
    pub preset: &'static str,
    pub comparison: Comparison,
    /// What it does with plain requests when no annotation says so and the Ingress has TLS.
    pub plain: Plain,
    /// Prefix of its annotations.
    prefix: &'static str,
    /// Annotations that say nothing about where a request goes.
    harmless: &'static [&'static str],
}

/// All presets.
pub const CONTROLLERS: [Controller; 7] = [
    Controller {
        preset: "none",
        comparison: Comparison::Elements,
        plain: Plain::Served,
        prefix: "",
        harmless: &[],
    },
    // ssl-redirect is on by default for hosts with TLS (kubernetes.github.io/ingress-nginx, annotations).
    Controller {
        preset: "nginx",
        comparison: Comparison::Elements,
        plain: Plain::Redirected,
        prefix: "nginx.ingress.kubernetes.io/",
        harmless: &["proxy-body-size", "proxy-read-timeout", "proxy-send-timeout", "proxy-connect-timeout"],
    },
    // providers.kubernetesIngress.strictPrefixMatching is false by default (doc.traefik.io, Kubernetes Ingress).
    Controller {
        preset: "traefik",
        comparison: Comparison::Characters,
        plain: Plain::Served,
        prefix: "traefik.ingress.kubernetes.io/",
        harmless: &["router.tls"],
    },
    // "by default this is activated if tls key is provided" (haproxytech/kubernetes-ingress, documentation).
    Controller {
        preset: "haproxy",
        comparison: Comparison::Elements,
        plain: Plain::Redirected,
        prefix: "haproxy.org/",
        harmless: &["timeout-server", "timeout-client", "timeout-tunnel", "timeout-http-request"],
    },
    // Prefix /foo becomes the patterns /foo and /foo/* (aws-load-balancer-controller, model_build_listener_rules.go).
    Controller {
        preset: "alb",
        comparison: Comparison::Elements,
        plain: Plain::Served,
        prefix: "alb.ingress.kubernetes.io/",
        harmless: &[
            "scheme",
            "target-type",
            "load-balancer-attributes",
            "target-group-attributes",
            "healthcheck-path",
            "healthcheck-port",
            "healthcheck-protocol",
            "success-codes",
            "backend-protocol",
            "certificate-arn",
        ],
    },
    Controller {
        preset: "gce",
        comparison: Comparison::Elements,
        plain: Plain::Served,
        prefix: "kubernetes.io/ingress.",
        harmless: &["class", "global-static-ip-name"],
    },
    // A star is appended to a path of type Prefix (application-gateway-kubernetes-ingress, pull request 1346).
    Controller {
        preset: "agic",
        comparison: Comparison::Characters,
        plain: Plain::Served,
        prefix: "appgw.ingress.kubernetes.io/",
        harmless: &[
            "request-timeout",
            "health-probe-path",
            "connection-draining",
            "connection-draining-timeout",
            "cookie-based-affinity",
            "backend-protocol",
        ],
    },
];

impl Controller {
    /// The controller of a preset.
    pub fn of(preset: &str) -> Self {
        let found = CONTROLLERS.into_iter().find(|controller| controller.preset == preset);
        found.unwrap_or_else(|| panic!("there is no preset {preset}"))
    }

    /// What annotations make of requests without TLS.
    pub fn plain(&self, tls: bool, annotations: &[(String, String)]) -> Result<Plain> {
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
                ("alb", Some("ssl-redirect"), "443") => Plain::Redirected,
                ("alb", Some("listen-ports"), "[{\"HTTPS\":443}]") => Plain::Closed,
                ("alb", Some("listen-ports"), _) => plain,
                ("gce", Some("allow-http"), "false") => Plain::Closed,
                ("gce", Some("allow-http"), "true") => Plain::Served,
                ("agic", Some("ssl-redirect"), "true") => Plain::Redirected,
                ("agic", Some("ssl-redirect"), "false") => Plain::Served,
                (_, Some(name), _) if self.harmless.contains(&name) => plain,
                _ => return Err(format!("{key}: {value} might change where requests go")),
            };
        }
        Ok(plain)
    }
}

#[test]
fn annotations_that_might_change_routes_are_errors() {
    let plain = |preset: &str, key: &str, value: &str| {
        Controller::of(preset).plain(true, &[(key.to_string(), value.to_string())])
    };
    assert_eq!(plain("nginx", "nginx.ingress.kubernetes.io/ssl-redirect", "false"), Ok(Plain::Served));
    assert_eq!(plain("nginx", "nginx.ingress.kubernetes.io/proxy-body-size", "28m"), Ok(Plain::Redirected));
    assert_eq!(plain("none", "cert-manager.io/cluster-issuer", "x"), Ok(Plain::Served));
    assert_eq!(plain("gce", "kubernetes.io/ingress.allow-http", "false"), Ok(Plain::Closed));
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
