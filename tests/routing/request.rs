//! A request, as far as a router looks at it.

/// Whether it came over TLS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    Http,
    Https,
}

impl Scheme {
    pub fn word(self) -> &'static str {
        match self {
            Scheme::Http => "http",
            Scheme::Https => "https",
        }
    }
}

/// A GET request from somewhere in the internet.
#[derive(Clone, Debug)]
pub struct Request {
    pub scheme: Scheme,
    /// Without port, in lower case: host names have no case (RFC 9110, 4.2.3), and every controller here says so too.
    pub host: String,
    pub port: u16,
    /// The path as it stands in the request line.
    pub path: String,
}

impl Request {
    /// The request that a URL makes. A fragment is not sent; a query says nothing to our routes.
    pub fn new(url: &str) -> Self {
        let (scheme, rest) = url.split_once("://").expect("a URL has a scheme");
        let scheme = if scheme == "https" { Scheme::Https } else { Scheme::Http };
        let rest = rest.split(['?', '#']).next().unwrap_or_default();
        let (authority, path) = rest.find('/').map_or((rest, "/"), |slash| rest.split_at(slash));
        let usual = if scheme == Scheme::Https { 443 } else { 80 };
        let (host, port) = authority
            .split_once(':')
            .map_or((authority, usual), |(host, port)| (host, port.parse().expect("a port is a number")));
        Request { scheme, host: host.to_ascii_lowercase(), port, path: path.to_string() }
    }
}

/// Whether a host name fits a pattern, whose first label may be `*`. `deep` says whether the star stands for several
/// labels, as in the Gateway API, or for one, as in an Ingress.
pub fn host_fits(pattern: &str, host: &str, deep: bool) -> bool {
    let pattern = pattern.to_ascii_lowercase();
    match pattern.strip_prefix("*.") {
        None => pattern == host,
        Some(suffix) => host
            .strip_suffix(suffix)
            .and_then(|rest| rest.strip_suffix('.'))
            .is_some_and(|labels| !labels.is_empty() && (deep || !labels.contains('.'))),
    }
}

#[test]
fn a_url_becomes_a_request() {
    let request = Request::new("https://ELSA.example.com:8443/Elsa/%2e%2E//x/?q=/elsa/api#y");
    assert_eq!((request.host.as_str(), request.port), ("elsa.example.com", 8443));
    assert_eq!(request.path, "/Elsa/%2e%2E//x/");
    let bare = Request::new("http://elsa.example.com");
    assert_eq!((bare.scheme, bare.port, bare.path.as_str()), (Scheme::Http, 80, "/"));
}

#[test]
fn a_star_is_one_label_in_an_ingress_and_several_in_the_gateway_api() {
    assert!(host_fits("*.foo.com", "bar.foo.com", false));
    assert!(!host_fits("*.foo.com", "baz.bar.foo.com", false));
    assert!(host_fits("*.foo.com", "baz.bar.foo.com", true));
    assert!(!host_fits("*.foo.com", "foo.com", true));
    assert!(!host_fits("*.foo.com", "barfoo.com", true));
}
