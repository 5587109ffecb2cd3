//! Addresses that programs hand out: whoever gets them must be able to reach them.

use super::container::Container;
use super::manifests::items;
use super::reach::is_local;
use super::{Findings, ObjectRule, Review};
use crate::catalogue::ProgramKind;
use crate::diagnostics::Severity;
use std::ptr;

pub(super) const RULES: [ObjectRule; 3] = [
    ObjectRule {
        code: "server-unreachable-from-browser",
        severity: Severity::Error,
        description: "The API address that Studio hands to the browser is none that a browser can reach: a name inside \
                      the cluster, the user's own machine, or plain HTTP beside a Studio with TLS.",
        find: browser,
    },
    ObjectRule {
        code: "server-unreachable-from-pod",
        severity: Severity::Error,
        description: "A Studio that calls the API from its own pod is told to call localhost, where no server is.",
        find: pod,
    },
    ObjectRule {
        code: "public-url-not-public",
        severity: Severity::Warning,
        description: "The server's public address, of which it makes links, has a path; or it is localhost or a name \
                      inside the cluster, and something leads to the server from outside.",
        find: public,
    },
];

/// The keys that hold the server's public address.
const PUBLIC: [&str; 2] = ["Hosting__BaseUrl", "Http__BaseUrl"];

/// The parts of an absolute address.
struct Address<'a> {
    scheme: &'a str,
    /// Without the port.
    host: &'a str,
    /// Without the slash at its end.
    path: &'a str,
}

impl<'a> Address<'a> {
    fn parse(text: &'a str) -> Option<Self> {
        let (scheme, rest) = text.split_once("://")?;
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let host = match authority.strip_prefix('[') {
            Some(rest) => rest.split(']').next()?,
            None => authority.split(':').next()?,
        };
        Some(Address { scheme, host, path: path.trim_end_matches('/') })
    }

    /// Whether it is a name that is known inside the cluster only.
    fn is_internal(&self, review: &Review) -> bool {
        let host = self.host.trim_end_matches('.').to_ascii_lowercase();
        if host.ends_with(".svc") || host.contains(".svc.") || host.ends_with(".cluster.local") {
            return true;
        }
        let (name, namespace) = match host.split_once('.') {
            Some((name, namespace)) => (name, Some(namespace)),
            None => (host.as_str(), None),
        };
        !review.reach().has_host(&host)
            && review
                .manifests
                .of_kind("Service")
                .any(|service| service.name == name && namespace.is_none_or(|it| service.namespace == it))
    }
}

/// The address that a Studio is told to call, where it stands in plain.
fn backend<'c>(
    container: &'c Container,
    caller: &str,
) -> Option<(&'c str, &'c super::given::Given<'c>, Address<'c>)> {
    let program = container.program;
    let key = program.text("backendUrlSetting").filter(|key| !key.is_empty())?;
    // A combined program that does not say who calls has its pages in the browser.
    let called_by = program.text("calledBy").unwrap_or("browser");
    let given = container.given(key).filter(|_| called_by == caller)?;
    Some((key, given, Address::parse(given.value?)?))
}

fn browser(review: &Review, findings: &mut Findings) {
    let reach = review.reach();
    for container in review.containers {
        let Some((key, given, address)) = backend(container, "browser") else { continue };
        let title = &container.program.title;
        let help = "set it to the server's public address, with the path /elsa/api";
        if is_local(address.host) {
            if let Some(exposure) = reach.to(container).find(|exposure| !exposure.may_be_local) {
                let message = format!(
                    "{} leads to {title} from outside, and {key} is {}, which is the user's own machine for a browser",
                    exposure.by.title(),
                    address.host
                );
                findings.add_with(given.value_place, (exposure.place, "leads to it"), message, help);
            }
        } else if address.is_internal(review) {
            let message = format!(
                "{title} hands {key} to the browser, and {} is a name inside the cluster, which no browser can resolve",
                address.host
            );
            findings.add(given.value_place, message, help);
        } else if let Some(exposure) = reach.to(container).find(|it| it.tls && address.scheme == "http") {
            let message = format!(
                "{} serves {title} with TLS, and browsers do not let such a page call plain HTTP at {}",
                exposure.by.title(),
                address.host
            );
            let help = "serve both with TLS, and begin the address with https://";
            findings.add_with(given.value_place, (exposure.place, "with TLS"), message, help);
        }
    }
}

fn pod(review: &Review, findings: &mut Findings) {
    for container in review.containers {
        let Some((key, given, address)) = backend(container, "pod") else { continue };
        let beside = review
            .containers
            .iter()
            .any(|other| other.program.kind == ProgramKind::Server && ptr::eq(other.pod, container.pod));
        let shares_node = super::manifests::at(container.pod, &["spec", "hostNetwork"]).is_some();
        if is_local(address.host) && !beside && !shares_node && !has_proxy(container) {
            let message = format!(
                "the pod of {} calls {key} itself, and nothing in it serves the API on {}",
                container.program.title, address.host
            );
            findings.add(given.value_place, message, "set it to the address of the server's Service");
        }
    }
}

/// Whether a container beside it that is not known may be what serves the API, or leads to it.
fn has_proxy(container: &Container) -> bool {
    items(container.pod, &["spec", "containers"]).len() > 1
}

fn public(review: &Review, findings: &mut Findings) {
    let reach = review.reach();
    for container in review.containers {
        for key in PUBLIC {
            let setting = container.program.settings.get(key);
            if setting.is_none_or(|setting| !setting.overridden_by.is_empty()) {
                continue;
            }
            let Some(given) = container.given(key) else { continue };
            let Some(address) = given.value.and_then(Address::parse) else { continue };
            let help = "set it to scheme and host name under which users reach the server";
            let title = &container.program.title;
            if !address.path.is_empty() {
                let message = format!(
                    "{key} is the public address of {title} without a path, and this one ends in {}",
                    address.path
                );
                findings.add(given.value_place, message, "leave the path out: the API's is fixed");
            }
            let whose = match () {
                () if is_local(address.host) => "which is the machine of whoever follows a link",
                () if address.is_internal(review) => "which is a name inside the cluster",
                () => continue,
            };
            if let Some(exposure) = reach.to(container).find(|exposure| !exposure.may_be_local) {
                let message = format!(
                    "{} leads to {title} from outside, and {key}, of which it makes links, is {}, {whose}",
                    exposure.by.title(),
                    address.host
                );
                findings.add_with(given.value_place, (exposure.place, "leads to it"), message, help);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_parts() {
        let parts = |text| Address::parse(text).map(|it| (it.scheme, it.host, it.path));
        assert_eq!(parts("http://a.b:8080/c/d/"), Some(("http", "a.b", "/c/d")));
        assert_eq!(parts("https://[::1]:5001"), Some(("https", "::1", "")));
        assert_eq!(parts("a.b"), None);
    }
}
