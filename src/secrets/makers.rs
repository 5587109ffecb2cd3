//! Objects that make a Secret: nobody else has to.

use super::references::text;
use crate::engine::Document;

/// The Secret that an object makes.
pub(super) struct Made {
    /// Its name.
    pub(super) secret: String,
    /// The object, as kubectl spells it.
    pub(super) maker: String,
}

/// The Secret that this object makes, if it makes one: itself, or what its controller writes.
pub(super) fn made(document: &Document) -> Option<Made> {
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
    }?;
    let maker = format!("{}/{}", document.id.kind.to_lowercase(), document.id.name);
    Some(Made { secret: secret.to_string(), maker })
}
