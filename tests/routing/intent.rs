//! What is meant to happen, said once more in a few lines and without any object: random URLs are held against it, and
//! what a reason of the table names may depart from it.

use super::aspnet;
use super::cleaning::{Cleaned, Cleaning};
use super::outcome::Reached;
use super::path::has_prefix;
use super::request::{Request, Scheme};
use super::table::Table;
use super::ways::{Stack, Way};

/// Where a request is meant to arrive by a way.
pub fn meant(table: &Table, way: &Way, stack: Stack, cleaning: Cleaning, request: &Request) -> Reached {
    let departs = |reason: &str| table.reasons[reason].ways.contains(&way.name);
    let known =
        request.host == "elsa.example.com" || stack == Stack::Two && request.host == "studio.example.com";
    if !matches!((request.scheme, request.port), (Scheme::Https, 443) | (Scheme::Http, 80)) {
        return Reached::Nothing;
    }
    let path = match cleaning.clean(&request.path) {
        Cleaned::Refused => return Reached::Blocked,
        Cleaned::Redirect(_) => return Reached::Redirect,
        Cleaned::Path { compared, .. } => compared,
    };
    if request.scheme == Scheme::Http && !departs("plain") {
        return match known {
            _ if departs("listener") => Reached::Redirect,
            true if !departs("entry-point") => Reached::Redirect,
            _ => Reached::Nothing,
        };
    }
    if !known {
        return Reached::Nothing;
    }
    if request.host == "studio.example.com" {
        return Reached::Studio;
    }
    let lower = path.to_ascii_lowercase();
    let path = if departs("any-case") { &lower } else { &path };
    let below = |prefix: &str, path: &str| {
        if departs("characters") { path.starts_with(prefix) } else { has_prefix(path, prefix) }
    };
    if below("/elsa/api/admin", if departs("letters") { path } else { &lower }) {
        Reached::Blocked
    } else if below("/elsa", path) || below("/wf", path) {
        Reached::Server
    } else {
        match stack {
            Stack::One => Reached::Studio,
            Stack::Two => Reached::Nothing,
            Stack::Combined => Reached::Server,
        }
    }
}

/// The reason of the table for which a request reaches the administration in spite of all, by what was sent to the server.
pub fn excuse(
    table: &Table,
    way: &Way,
    cleaning: Cleaning,
    request: &Request,
    sent: &str,
) -> Option<&'static str> {
    if !aspnet::is_admin(sent) {
        return None;
    }
    let clean = !request.path.contains(['%']) && !request.path.contains("/.") && !request.path.contains("//");
    match cleaning {
        Cleaning::Nothing if !clean => Some("as-written"),
        Cleaning::Nginx if request.path.to_ascii_lowercase().contains("%2f") => Some("two-views"),
        _ if table.reasons["letters"].ways.contains(&way.name) => Some("letters"),
        _ => Some(""),
    }
}
