//! The parser's complaints in a user's words.

use super::places::Places;
use crate::diagnostics::Diagnostic;
use saphyr_parser::ScanError;

/// A syntax error at its place.
pub(super) fn diagnostic(places: &Places, error: &ScanError) -> Diagnostic {
    let at = places.offset(*error.marker());
    Diagnostic::error("yaml-syntax", error.info()).at(places.span(at..at))
}
