//! Explicit tags: those that say what a value is anyway, and `!!str`; the rest would make a values file mean
//! different things to different readers.

use super::scalar::{integer, scalar as plain};
use crate::diagnostics::{Diagnostic, Span};
use crate::yaml::Kind;
use saphyr_parser::Tag;

/// The value of a tagged scalar, whatever its quotes.
pub(super) fn scalar(tag: &Tag, text: &str, span: &Span) -> Result<Kind, Diagnostic> {
    let (fits, wanted) = match name(tag) {
        Some("str" | "!") => return Ok(Kind::String(text.to_owned())),
        Some("int") => (integer(&text.replace('_', "")), "a whole number"),
        Some("float") => {
            (Some(plain(text)).filter(|kind| matches!(kind, Kind::Int(_) | Kind::Float(_))), "a number")
        }
        Some("bool") => (Some(plain(text)).filter(|kind| matches!(kind, Kind::Bool(_))), "a boolean"),
        Some("null") => (Some(plain(text)).filter(|kind| matches!(kind, Kind::Null)), "null"),
        _ => return Err(unsupported(tag, span)),
    };
    fits.ok_or_else(|| {
        Diagnostic::error("unsupported-tag", format!("`{text}` is not {wanted}, as its tag says"))
            .at(span.clone())
            .help("leave the tag out")
    })
}

/// The complaint about a tagged map or list.
pub(super) fn collection(tag: &Tag, is_map: bool, span: &Span) -> Option<Diagnostic> {
    match (name(tag), is_map) {
        (Some("!"), _) | (Some("map"), true) | (Some("seq"), false) => None,
        _ => Some(unsupported(tag, span)),
    }
}

/// The short name of YAML's own tags, `!` for the empty one.
fn name(tag: &Tag) -> Option<&str> {
    match (tag.handle.as_str(), tag.suffix.as_str()) {
        ("tag:yaml.org,2002:", suffix) => Some(suffix),
        ("", "tag:yaml.org,2002:str") => Some("str"),
        ("", "!") => Some("!"),
        _ => None,
    }
}

fn unsupported(tag: &Tag, span: &Span) -> Diagnostic {
    let written = if tag.is_yaml_core_schema() {
        format!("!!{}", tag.suffix)
    } else {
        format!("{}{}", tag.handle, tag.suffix)
    };
    Diagnostic::error("unsupported-tag", format!("the tag `{written}` has no meaning here"))
        .at(span.clone())
        .help("leave it out; `!!str` is the one that can be of use")
}
