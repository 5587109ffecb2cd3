//! What a controller does to a path before it compares it with routes. The specifications of Ingress and HTTPRoute are
//! silent about this, so each way is tried with each kind of route.

use super::path::{decode, decode_unreserved, leaves_root, merge_slashes, remove_dots};

/// A way to clean paths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cleaning {
    /// Not at all: HAProxy, whose `normalize-uri` is off unless it is asked for, and load balancers of clouds that document
    /// nothing else.
    Nothing,
    /// nginx: all of `%XX` is decoded, `/./` and `/../` are resolved and slashes merged, "matching is performed against a
    /// normalized URI" (ngx_http_core_module, `location`, `merge_slashes`). ingress-nginx and NGINX Gateway Fabric pass on
    /// what the client wrote, as `proxy_pass` without a path does.
    Nginx,
    /// Traefik's defaults: unreserved characters are decoded, dots and doubled slashes go, reserved characters such as
    /// `%2F` stay encoded for the comparison (doc.traefik.io, security/request-path; since 3.6.7 they are let in
    /// again). Its backend gets the cleaned path.
    Traefik,
    /// Envoy Gateway's defaults: `%2F` and `%5C` are answered by a redirect to the decoded path, then as RFC 3986 says, and
    /// slashes are merged (`ClientTrafficPolicy.path`: `escapedSlashesAction: UnescapeAndRedirect`,
    /// `disableMergeSlashes: false`). Its backend gets the cleaned path.
    Envoy,
}

/// All ways.
pub const CLEANINGS: [Cleaning; 4] = [Cleaning::Nothing, Cleaning::Nginx, Cleaning::Traefik, Cleaning::Envoy];

/// What comes of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cleaned {
    /// The path that is compared, and the one that the backend gets.
    Path { compared: String, sent: String },
    /// An answer of 400.
    Refused,
    /// A redirect to another path.
    Redirect(String),
}

impl Cleaning {
    /// Its name in the table.
    pub fn word(self) -> &'static str {
        match self {
            Cleaning::Nothing => "nothing",
            Cleaning::Nginx => "nginx",
            Cleaning::Traefik => "traefik",
            Cleaning::Envoy => "envoy",
        }
    }

    /// Cleans a path.
    pub fn clean(self, raw: &str) -> Cleaned {
        let cleaned = match self {
            Cleaning::Nothing => Some((raw.to_string(), raw.to_string())),
            Cleaning::Nginx => nginx(raw).map(|compared| (compared, raw.to_string())),
            Cleaning::Traefik => traefik(raw),
            Cleaning::Envoy => {
                let lower = raw.to_ascii_lowercase();
                let unescaped = decode(raw, |byte| byte == b'/' || byte == b'\\');
                let cleaned = unescaped.as_deref().and_then(envoy);
                if lower.contains("%2f") || lower.contains("%5c") {
                    return cleaned.map_or(Cleaned::Refused, Cleaned::Redirect);
                }
                cleaned.map(|path| (path.clone(), path))
            }
        };
        cleaned.map_or(Cleaned::Refused, |(compared, sent)| Cleaned::Path { compared, sent })
    }
}

/// ngx_http_parse_complex_uri: a decoded slash or dot counts like one that was written. Above the root and NUL are 400.
fn nginx(raw: &str) -> Option<String> {
    let decoded = decode(raw, |_| true)?;
    let merged = merge_slashes(&decoded);
    (!merged.contains('\0') && !leaves_root(&merged)).then(|| remove_dots(&merged))
}

/// Traefik's normalizePath, sanitizePath (Go's `URL.JoinPath`) and withRoutingPath, in this order.
fn traefik(raw: &str) -> Option<(String, String)> {
    const RESERVED: &[u8] = b":/?#[]@!$&'()*+,;=%";
    let sent = go_clean(&decode_unreserved(raw)?);
    let compared = decode(&sent, |byte| !RESERVED.contains(&byte))?;
    Some((compared, sent))
}

/// Go's `path.Clean`, with a slash at the end where there was one.
fn go_clean(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                kept.pop();
            }
            other => kept.push(other),
        }
    }
    let slash = if path.ends_with('/') && !kept.is_empty() { "/" } else { "" };
    format!("/{}{slash}", kept.join("/"))
}

/// Envoy's `normalize_path`, which is Chromium's, then `merge_slashes`.
fn envoy(path: &str) -> Option<String> {
    let decoded = decode_unreserved(path)?.replace('\\', "/");
    Some(merge_slashes(&remove_dots(&decoded)))
}

#[test]
fn each_controller_cleans_in_its_own_way() {
    let path = |compared: &str, sent: &str| Cleaned::Path { compared: compared.into(), sent: sent.into() };
    let same = |text: &str| path(text, text);
    use Cleaning::{Envoy, Nginx, Nothing, Traefik};
    let cases = [
        (Nothing, "/a/../%62//c", same("/a/../%62//c")),
        (Nginx, "/a/../%62//c", path("/b/c", "/a/../%62//c")),
        (Traefik, "/a/../%62//c", same("/b/c")),
        (Envoy, "/a/../%62//c", same("/b/c")),
        (Nginx, "/a%2fb", path("/a/b", "/a%2fb")),
        (Traefik, "/a%2Fb", same("/a%2Fb")),
        (Envoy, "/a%2fb", Cleaned::Redirect("/a/b".into())),
        (Nginx, "/a%2f..%2fb", path("/b", "/a%2f..%2fb")),
        (Traefik, "/a%2F..%2Fb", same("/a%2F..%2Fb")),
        (Envoy, "/a%5c..%2fb", Cleaned::Redirect("/b".into())),
        (Nginx, "/%2e%2e/a", Cleaned::Refused),
        (Traefik, "/%2e%2e/a", same("/a")),
        (Envoy, "/%2e%2e/a", same("/a")),
        (Nginx, "/%252e", path("/%2e", "/%252e")),
        (Traefik, "/%252e", same("/%252e")),
        (Traefik, "/a%20b", path("/a b", "/a%20b")),
        (Nginx, "/a/b/..", path("/a/", "/a/b/..")),
        (Traefik, "/a/b/..", same("/a")),
        (Envoy, "/a//../b", same("/a/b")),
        (Traefik, "/a//../b", same("/b")),
        (Nginx, "/%00", Cleaned::Refused),
        (Traefik, "/%", Cleaned::Refused),
        (Traefik, "/a/", same("/a/")),
        (Traefik, "//", same("/")),
    ];
    for (cleaning, raw, expected) in cases {
        assert_eq!(cleaning.clean(raw), expected, "{cleaning:?} {raw}");
    }
}
