//! The loader's rules for texts and numbers, applied to arguments: what a values file may not hold, `--set` may
//! not either.

use crate::diagnostics::{Diagnostic, Span};
use crate::yaml::Kind;

/// The largest whole number that float64, and so helm, holds exactly together with its neighbours.
const LARGEST: i64 = (1 << 53) - 1;
/// Levels of maps and lists in each other: deeper ones could exhaust the stack of whoever walks them.
pub(super) const DEPTH: usize = 64;

/// Refuses control characters: Helm's `toYaml` loses a whole map to U+007F.
pub(super) fn check(text: &str, span: &Span) -> Result<(), Diagnostic> {
    match text.chars().find(|c| is_control(*c)) {
        None => Ok(()),
        Some(bad) => {
            let message =
                format!("{} holds the control character U+{:04X}", span.source.name, u32::from(bad));
            Err(Diagnostic::error("control-character", message).at(span.clone()))
        }
    }
}

fn is_control(character: char) -> bool {
    match character {
        '\t' | '\n' | '\r' => false,
        '\u{feff}' | '\u{fffe}' | '\u{ffff}' => true,
        _ => character.is_control(),
    }
}

/// A whole number, if float64 holds it exactly.
pub(super) fn integer(number: i64, span: &Span) -> Result<Kind, Diagnostic> {
    if number.unsigned_abs() <= LARGEST.unsigned_abs() { Ok(Kind::Int(number)) } else { Err(too_large(span)) }
}

/// A number of JSON.
pub(super) fn number(number: f64, span: &Span) -> Result<Kind, Diagnostic> {
    if !number.is_finite() {
        return Err(too_large(span));
    }
    // Go tells minus zero from zero, so does the fraction.
    if number.fract() != 0.0 || (number == 0.0 && number.is_sign_negative()) {
        return Ok(Kind::Float(number));
    }
    if number.abs() > LARGEST as f64 { Err(too_large(span)) } else { Ok(Kind::Int(number as i64)) }
}

fn too_large(span: &Span) -> Diagnostic {
    Diagnostic::error(
        "number-too-large",
        format!("`{}` is beyond 9007199254740991, where helm begins to round whole numbers", span.text()),
    )
    .at(span.clone())
    .help("as text it keeps its digits: --set-string KEY=VALUE")
}

/// More levels than anything reads.
pub(super) fn too_deep(span: Span) -> Diagnostic {
    Diagnostic::error("too-deep", format!("more than {DEPTH} maps and lists inside each other")).at(span)
}
