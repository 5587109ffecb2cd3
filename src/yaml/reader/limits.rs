//! What values may not hold although it is YAML or an argument of helm's, and how much they may hold.

use super::events::Rules;
use crate::diagnostics::{Diagnostic, Span};
use crate::yaml::{Kind, Node};

/// Bytes of a values file; Kubernetes takes no larger ConfigMap either.
pub(crate) const BYTES: usize = 1 << 20;
/// Levels of maps and lists in each other: deeper ones could exhaust the stack of whoever walks them.
pub(crate) const DEPTH: usize = 64;
/// Nodes that anchors and aliases may copy.
pub(super) const COPIES: usize = 50_000;
/// The largest whole number that float64, and so helm, holds exactly together with its neighbours.
const LARGEST: f64 = 9_007_199_254_740_991.0;

/// The complaint about a scalar value, if any.
pub(super) fn value(node: &Node, rules: Rules) -> Option<Diagnostic> {
    let number = match node.kind {
        Kind::Int(value) => value as f64,
        Kind::Float(value) => value,
        Kind::String(_) if rules == Rules::Values => return control_character(node),
        _ => return None,
    };
    let written = node.plain.as_deref().unwrap_or_else(|| node.span.text());
    if !number.is_finite() {
        return Some(
            Diagnostic::error(
                "not-a-number",
                format!("`{written}` has no form in JSON, and so none in Kubernetes"),
            )
            .at(node.span.clone())
            .help(format!("write a finite number, or quote it if it is text: \"{written}\"")),
        );
    }
    if rules == Rules::Values && is_rounded(number) {
        let help = format!("quote it if it is text: \"{written}\"");
        return Some(number_too_large(written, node.span.clone()).help(help));
    }
    None
}

/// Whether it is a whole number that helm may round.
pub(crate) fn is_rounded(number: f64) -> bool {
    number.fract() == 0.0 && number.abs() > LARGEST
}

/// A whole number that helm may round.
pub(crate) fn number_too_large(written: &str, span: Span) -> Diagnostic {
    let message = format!("`{written}` is beyond {LARGEST}, where helm begins to round whole numbers");
    Diagnostic::error("number-too-large", message).at(span)
}

/// The complaint about a control character that an escape has brought into a string.
pub(super) fn control_character(node: &Node) -> Option<Diagnostic> {
    // A raw one has its own complaint.
    let raw = |character: &char| node.span.text().contains(*character);
    let found = node.as_str()?.chars().find(|character| is_control(*character) && !raw(character))?;
    Some(
        Diagnostic::error(
            "control-character",
            format!("the control character {} in a string", code_point(found)),
        )
        .at(node.span.clone())
        .help("take it out: helm drops whole blocks that hold such characters"),
    )
}

/// Control characters other than tab and line breaks, byte order marks and the two that are none at all.
pub(crate) fn is_control(character: char) -> bool {
    match character {
        '\t' | '\n' | '\r' => false,
        '\u{feff}' | '\u{fffe}' | '\u{ffff}' => true,
        _ => character.is_control(),
    }
}

/// `U+007F`.
pub(crate) fn code_point(character: char) -> String {
    format!("U+{:04X}", u32::from(character))
}

/// A values file over its limit.
pub(crate) fn too_large(name: &str) -> Diagnostic {
    Diagnostic::error("too-large", format!("{name} is larger than {} MiB", BYTES >> 20))
        .help("keep files of that size out of the values: mount them from a ConfigMap or an image")
}

/// Maps and lists in each other over the limit.
pub(crate) fn too_deep(span: Span) -> Diagnostic {
    Diagnostic::error("too-deep", format!("more than {DEPTH} maps and lists inside each other"))
        .at(span)
        .help("nest less: no Kubernetes object needs as many levels")
}

/// Aliases whose expansion is over the limit.
pub(super) fn alias_bomb(span: Span) -> Diagnostic {
    Diagnostic::error("alias-bomb", format!("anchors and aliases copy more than {COPIES} values"))
        .at(span)
        .help("write the values out instead of repeating aliases of aliases")
}

/// An alias of an anchor that has not ended, or belongs to an earlier document.
pub(super) fn unknown_alias(span: Span) -> Diagnostic {
    Diagnostic::error("unknown-alias", format!("`{}` names no anchor that is complete here", span.text()))
        .at(span)
        .help("define the anchor earlier in the same document, outside of its own value; quote it if it is text")
}
