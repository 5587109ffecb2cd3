//! Objects that make a Secret: nobody else has to.

use super::references::text;
use crate::engine::Document;

/// Who makes a Secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Maker {
    /// The rendered object that it comes from, as kubectl spells it.
    pub object: String,
    /// The operator that makes it for this object, at some time after it is applied; nothing where the object itself
    /// says what is in it.
    pub operator: Option<&'static str>,
}

/// A Secret that an object makes.
pub(super) struct Made {
    /// Its name.
    pub(super) secret: String,
    /// Who does.
    pub(super) maker: Maker,
}

/// The Secrets that an operator makes for an object of its own: user names, passwords and certificates of its choice.
struct Operated {
    group: &'static str,
    kind: &'static str,
    operator: &'static str,
    /// What follows the object's name in theirs.
    suffixes: &'static [&'static str],
}

const OPERATED: [Operated; 2] = [
    Operated {
        group: "postgresql.cnpg.io/",
        kind: "Cluster",
        operator: "CloudNativePG",
        suffixes: &["-app", "-superuser", "-ca", "-server", "-replication"],
    },
    Operated {
        group: "rabbitmq.com/",
        kind: "RabbitmqCluster",
        operator: "RabbitMQ's operator",
        suffixes: &["-default-user", "-erlang-cookie"],
    },
];

const CERT_MANAGER: &str = "cert-manager";

/// Whether this object is there for a Secret alone: it makes one, and what it names is no other that it reads.
pub(super) fn is_secret(document: &Document) -> bool {
    own(document).is_some()
}

/// The Secrets that this object makes: itself, or what its controller writes.
pub(super) fn made(document: &Document) -> Vec<Made> {
    let object = format!("{}/{}", document.id.kind.to_lowercase(), document.id.name);
    if let Some(secret) = own(document) {
        let operator = (document.id.kind == "Certificate").then_some(CERT_MANAGER);
        return vec![Made { secret, maker: Maker { object, operator } }];
    }
    if let Some(secret) = account(document) {
        return vec![Made { secret, maker: Maker { object, operator: Some(CERT_MANAGER) } }];
    }
    let operated = OPERATED.iter().find(|operated| {
        operated.kind == document.id.kind && document.id.api_version.starts_with(operated.group)
    });
    let made = operated.into_iter().flat_map(|operated| {
        operated.suffixes.iter().map(|suffix| Made {
            secret: format!("{}{suffix}", document.id.name),
            maker: Maker { object: object.clone(), operator: Some(operated.operator) },
        })
    });
    made.collect()
}

/// The Secret that an object is there for.
fn own(document: &Document) -> Option<String> {
    let spec = document.node.get("spec");
    let own = Some(document.id.name.as_str());
    let secret = match document.id.kind.as_str() {
        "Secret" | "SealedSecret" => own,
        "ExternalSecret" => {
            let target = spec.and_then(|spec| spec.get("target"));
            target.and_then(|target| text(target, "name")).or(own)
        }
        "Certificate" => spec.and_then(|spec| text(spec, "secretName")),
        _ => None,
    };
    secret.map(str::to_string)
}

/// The Secret with the key of an account at an ACME service.
fn account(document: &Document) -> Option<String> {
    let acme = (document.id.kind == "Issuer").then(|| document.node.get("spec")?.get("acme")).flatten()?;
    text(acme.get("privateKeySecretRef")?, "name").map(str::to_string)
}
