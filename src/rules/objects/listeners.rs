//! The ports on which a program listens, and what it answers there.

use super::container::Container;
use super::manifests::Manifests;
use crate::catalogue::{Answer, Endpoint};

/// The ports of a program; nothing where they cannot be known.
pub(super) struct Listeners {
    /// The public ones.
    pub(super) http: Option<Vec<i64>>,
    /// That of health and metrics; empty for a program that has none.
    pub(super) management: Option<Vec<i64>>,
}

/// The setting that moves workflows that answer HTTP.
const BASE_PATH: &str = "Http__BasePath";

impl Listeners {
    pub(super) fn of(container: &Container, manifests: &Manifests) -> Self {
        let management = match container.program.number("managementPort") {
            Some(1..) => {
                container.certain(manifests, "Management__Url").and_then(port_of).map(|port| vec![port])
            }
            _ => Some(Vec::new()),
        };
        Listeners { http: http(container, manifests), management }
    }

    /// Which of its listeners a port is, as an endpoint says it; nothing if it is none of them, or not known.
    pub(super) fn named(&self, port: i64) -> Option<&'static str> {
        let has = |ports: &Option<Vec<i64>>| ports.as_ref().is_some_and(|ports| ports.contains(&port));
        match () {
            () if has(&self.management) => Some("management"),
            () if has(&self.http) => Some("http"),
            () => None,
        }
    }

    /// The ports of such a listener.
    pub(super) fn ports(&self, name: &str) -> &[i64] {
        let ports = if name == "management" { &self.management } else { &self.http };
        ports.as_deref().unwrap_or_default()
    }

    /// `/health/ready on port 9464`: a path and the first port of such a listener, if it is known.
    pub(super) fn address(&self, path: &str, name: &str) -> String {
        match self.ports(name) {
            [port, ..] => format!("{path} on port {port}"),
            [] => path.to_string(),
        }
    }

    /// All ports, if all are known.
    pub(super) fn all(&self) -> Option<Vec<i64>> {
        Some(self.http.iter().chain(&self.management).flatten().copied().collect())
            .filter(|_| self.http.is_some() && self.management.is_some())
    }
}

fn http(container: &Container, manifests: &Manifests) -> Option<Vec<i64>> {
    // Other ways to say it, of which each wins over the ports or adds to them.
    let other = |name: &str| {
        let name = name.to_ascii_lowercase();
        name.starts_with("kestrel__endpoints__")
            || ["urls", "http_ports", "https_ports", "aspnetcore_https_ports"].contains(&name.as_str())
    };
    if container.given.iter().any(|given| other(&given.name)) {
        return None;
    }
    match container.certain(manifests, "ASPNETCORE_URLS")? {
        "" => {
            let ports = container.certain(manifests, "ASPNETCORE_HTTP_PORTS")?;
            ports.split(';').map(|port| port.trim().parse().ok()).collect()
        }
        urls if urls.contains("https://") => None,
        urls => urls.split(';').map(port_of).collect(),
    }
}

fn port_of(url: &str) -> Option<i64> {
    let (_, rest) = url.trim().split_once("://")?;
    let host = rest.split('/').next().unwrap_or(rest);
    match host.rsplit_once(':') {
        Some((_, port)) if !port.ends_with(']') => port.parse().ok(),
        _ => Some(80),
    }
}

/// What a program answers to a path, as far as it is known.
pub(super) fn answer(container: &Container, manifests: &Manifests, path: &str) -> Option<&'static Endpoint> {
    let program = container.program;
    let Some(setting) = program.settings.get(BASE_PATH) else { return program.endpoint(path) };
    if container.given(BASE_PATH).is_none() && !container.reads_unseen(manifests) {
        return program.endpoint(path);
    }
    // Workflows are elsewhere, or may be; what else the program has is where it always is.
    let below = |base: &str| path.strip_prefix(base).filter(|rest| rest.is_empty() || rest.starts_with('/'));
    let Some(base) = container.certain(manifests, BASE_PATH) else {
        let rest = program.endpoints.get("/*");
        return program.endpoint(path).filter(|known| !rest.is_some_and(|rest| std::ptr::eq(rest, *known)));
    };
    match below(base) {
        Some(rest) => program
            .endpoint(&format!("{}{rest}", setting.default))
            .filter(|endpoint| matches!(endpoint.answer, Answer::Started)),
        None if below(&setting.default).is_some() => None,
        None => program.endpoint(path),
    }
}

#[cfg(test)]
mod tests {
    use super::port_of;

    #[test]
    fn an_address_has_a_port() {
        assert_eq!(port_of("http://+:5000"), Some(5000));
        assert_eq!(port_of("http://[::]:5000/"), Some(5000));
        assert_eq!(port_of("http://[::1]"), Some(80));
        assert_eq!(port_of("http://*"), Some(80));
        assert_eq!(port_of("5000"), None);
    }
}
