//! Routes: which paths of which host names lead to the server, and which to Studio.

use super::container::Container;
use super::reach::{Reach, Reached, Route, covers};
use super::{Findings, ObjectRule, Review};
use crate::catalogue::{Answer, ProgramKind};
use crate::diagnostics::Severity;

pub(super) const RULES: [ObjectRule; 5] = [
    ObjectRule {
        code: "studio-below-a-path",
        severity: Severity::Error,
        description: "A route leads to Studio at a path below the root of a host name: its pages and files have fixed \
                      paths from the root on.",
        find: below_a_path,
    },
    ObjectRule {
        code: "workflows-path-taken",
        severity: Severity::Error,
        description: "The path below which workflows answer HTTP is one that something else answers: the API, or Studio \
                      on the same host name.",
        find: taken,
    },
    ObjectRule {
        code: "server-path-not-routed",
        severity: Severity::Warning,
        description: "On a host name that server and Studio share, a path that the server answers leads to Studio: only \
                      a part of /elsa is routed to the server, or not the path of its workflows.",
        find: not_routed,
    },
    ObjectRule {
        code: "management-port-exposed",
        severity: Severity::Error,
        description: "Something leads from outside to the management port, which serves health and metrics without a \
                      login.",
        find: management,
    },
    ObjectRule {
        code: "path-rewritten",
        severity: Severity::Warning,
        description: "A route takes away a part of the path before the server sees it, whose own paths are fixed.",
        find: rewritten,
    },
];

/// The prefix of everything that the engine serves of its own: the API and the hubs.
const ENGINE: &str = "/elsa";
/// What Studio has of its own.
const PAGES: [&str; 3] = ["/workflows", "/_framework", "/_content"];
const BASE_PATH: &str = "Http__BasePath";

/// Whether it has Studio's pages.
fn has_pages(container: &Container) -> bool {
    container.program.kind == ProgramKind::Studio || container.program.is("studio")
}

fn is_server(reached: &&Reached) -> bool {
    reached.container.program.kind == ProgramKind::Server
}

/// The prefix of workflows that answer HTTP, without a slash at the end and in lower case; nothing if it cannot be told.
fn base_path(review: &Review, container: &Container) -> Option<String> {
    let path = container.certain(review.manifests, BASE_PATH)?.trim_end_matches('/').to_ascii_lowercase();
    path.starts_with('/').then_some(path)
}

fn is_page(path: &str) -> bool {
    PAGES.iter().any(|page| covers(page, path))
}

fn below_a_path(review: &Review, findings: &mut Findings) {
    let reach = review.reach();
    for (route, reached) in &reach.routes {
        let Some(path) = route.path.as_deref().filter(|path| *path != "/") else { continue };
        for to in reached.iter().filter(|to| has_pages(to.container)) {
            let at_root = reach.routes.iter().any(|(other, others)| {
                let is_root = other.path.as_deref().is_none_or(|path| path == "/");
                is_root && other.shares_host(route) && others.iter().any(|other| other.is(to.container))
            });
            if at_root || is_of_server(review, to.container, path) {
                continue;
            }
            let message = format!(
                "{} needs the root of its host name, and this route leads to it at {path} alone",
                to.container.program.title
            );
            findings.add(route.place, message, "route / to it, on a host name of its own if need be");
        }
    }
}

/// Whether a program that has both answers that path as a server, or may do so.
fn is_of_server(review: &Review, container: &Container, path: &str) -> bool {
    let program = container.program;
    let is_page = program.endpoint(path).is_none_or(|endpoint| endpoint.answer == Answer::Page);
    program.kind == ProgramKind::Server
        && (covers(ENGINE, path)
            || !is_page
            || base_path(review, container).is_none_or(|base| covers(&base, path)))
}

fn taken(review: &Review, findings: &mut Findings) {
    let reach = review.reach();
    for container in review.containers {
        let Some(path) = base_path(review, container) else { continue };
        let place = container.given(BASE_PATH).map_or(container.place(), |given| given.value_place);
        let title = &container.program.title;
        let help = format!("set {BASE_PATH} to another path, such as /wf");
        if covers(ENGINE, &path) {
            findings.add(
                place,
                format!("{path} belongs to the API of {title}, which has all paths below /elsa"),
                help,
            );
        } else if is_page(&path) {
            if container.program.is("studio") {
                let message = format!("workflows answer below {path}, which belongs to the pages of {title}");
                findings.add(place, message, help);
            } else if let Some((studio, route)) = sharing(reach, container) {
                let message = format!(
                    "workflows of {title} answer below {path}, which belongs to the pages of {} on the same host name",
                    studio.container.program.title
                );
                findings.add_with(place, (route.place, "leads to Studio"), message, help);
            }
        }
    }
}

/// A Studio on a host name of the server's, and its route.
fn sharing<'x, 'r, 'a>(
    reach: &'x Reach<'r, 'a>,
    server: &Container,
) -> Option<(&'x Reached<'r, 'a>, &'x Route<'a>)> {
    let own = || reach.routes.iter().filter(|(_, reached)| reached.iter().any(|to| to.is(server)));
    reach.routes.iter().find_map(|(route, reached)| {
        let studio = reached.iter().find(|to| has_pages(to.container) && !to.is(server))?;
        own().any(|(other, _)| other.shares_host(route)).then_some((studio, route))
    })
}

fn not_routed(review: &Review, findings: &mut Findings) {
    let reach = review.reach();
    for container in
        review.containers.iter().filter(|container| container.program.kind == ProgramKind::Server)
    {
        let own: Vec<&Route> = reach
            .routes
            .iter()
            .filter(|(_, reached)| reached.iter().any(|to| to.is(container)))
            .map(|(route, _)| route)
            .collect();
        // With a path that cannot be told, nothing can.
        let Some(paths) = own.iter().map(|route| route.path.as_deref()).collect::<Option<Vec<_>>>() else {
            continue;
        };
        let routed = |path: &str| paths.iter().any(|prefix| covers(&prefix.to_ascii_lowercase(), path));
        let Some((_, studio)) =
            sharing(reach, container).filter(|(_, route)| route.path.as_deref() == Some("/"))
        else {
            continue;
        };
        let title = &container.program.title;
        let below = own.iter().zip(&paths).find(|(_, path)| covers(ENGINE, path) && **path != ENGINE);
        if let Some((route, path)) = below.filter(|_| !routed(ENGINE)) {
            let message = format!(
                "{path} leads to {title}, and the rest of /elsa to Studio, whose real-time connections are below /elsa/hubs"
            );
            findings.add_with(
                route.place,
                (studio.place, "leads to Studio"),
                message,
                "route /elsa, which is the server's as a whole",
            );
        }
        let base = base_path(review, container).filter(|base| !is_page(base) && !routed(base));
        if let (Some(base), Some(first)) = (base, own.first()) {
            let message =
                format!("workflows of {title} answer below {base}, which leads to Studio on this host name");
            let place = container.given(BASE_PATH).map_or(first.place, |given| given.value_place);
            findings.add_with(
                place,
                (studio.place, "leads to Studio"),
                message,
                format!("route {base} to the server too, if workflows are started by HTTP"),
            );
        }
    }
}

/// The port of health and metrics, if the program has one of its own.
pub(super) fn management_port(container: &Container) -> Option<i64> {
    let port = container.program.number("managementPort").filter(|port| *port != 0)?;
    let moved = container.given("Management__Url");
    match moved {
        Some(given) => given.value?.trim_end_matches('/').rsplit(':').next()?.parse().ok(),
        None => Some(port),
    }
}

fn management(review: &Review, findings: &mut Findings) {
    let reach = review.reach();
    for exposure in &reach.exposures {
        let port = management_port(exposure.to.container);
        if port.is_some() && exposure.to.port == port {
            let message = format!(
                "{} leads to the management port {} of {}, which serves health and metrics to everybody",
                exposure.by.title(),
                port.unwrap_or_default(),
                exposure.to.container.program.title
            );
            let help = "lead to the public port alone, and keep this one inside the cluster";
            findings.add(exposure.port_place, message, help);
        }
    }
}

fn rewritten(review: &Review, findings: &mut Findings) {
    let reach = review.reach();
    for (route, reached) in &reach.routes {
        let Some(place) = route.rewritten_by else { continue };
        if let Some(server) = reached.iter().find(is_server) {
            let message = format!(
                "this changes the path before {} sees it, which answers below /elsa and the path of its workflows alone",
                server.container.program.title
            );
            let help = "route /elsa and the path of workflows as they are, without a rewrite";
            findings.add_with(place, (route.place, "is rewritten"), message, help);
        }
    }
}
