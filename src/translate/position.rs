//! Where in YAML a tag prints: as a whole value, as part of a word, or under a block scalar.

use super::ast::{Expr, Filter, Id, Item, Kind};
use super::text::is_telling;
use std::ops::Range;

/// What surrounds a printed value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Position {
    /// `key: {{ … }}` or `- {{ … }}` to the end of the line.
    Value,
    /// Part of a longer word that cannot be read as a number.
    Word,
    /// Under `|2` or the like, whose indentation does not depend on the text.
    Block,
    /// Anywhere else.
    Other,
}

/// The position of the item of that index.
pub(super) fn of(items: &[Item], index: usize, text: &str) -> Position {
    let Some(Item::Print { trim, value }) = items.get(index) else { return Position::Other };
    let piece = |range: &Range<usize>| text.get(range.clone()).unwrap_or_default().to_string();
    let before = match index.checked_sub(1).and_then(|before| items.get(before)) {
        Some(Item::Text(range)) => piece(range),
        _ => String::new(),
    };
    let after = match items.get(index + 1) {
        Some(Item::Text(range)) => piece(range),
        Some(Item::Print { .. } | Item::Raw(_)) => "{".to_string(),
        // A tag on its own line follows, or the end.
        _ => "\n".to_string(),
    };
    if trim.left {
        let block = is_padded(value) && ends_in_indicator(before.trim_end());
        return if block { Position::Block } else { Position::Other };
    }
    let before = before.rsplit('\n').next().unwrap_or_default();
    let after = after.split('\n').next().unwrap_or_default();
    let opens = before.trim_end_matches(' ');
    let opens = opens.len() < before.len() && (opens.ends_with(':') || opens.ends_with('-'));
    if opens && (after.trim().is_empty() || after.trim_start().starts_with('#')) {
        return Position::Value;
    }
    let left = before.rsplit(' ').next().unwrap_or_default();
    let right = after.split(' ').next().unwrap_or_default();
    if is_telling(left) || is_telling(right) { Position::Word } else { Position::Other }
}

/// Adds the expressions each of which, if it is printed at all, is the only thing that is printed.
pub(super) fn sole(items: &[Item], text: &str, found: &mut Vec<Id>) {
    let prints = |item: &&Item| match item {
        Item::Text(range) => !text[range.clone()].trim().is_empty(),
        Item::Comment { .. } | Item::Set { .. } => false,
        _ => true,
    };
    let mut printing = items.iter().filter(prints);
    match (printing.next(), printing.next()) {
        (Some(Item::Print { value, .. }), None) => found.push(value.id),
        (Some(Item::If { arms, otherwise, .. }), None) => {
            let bodies =
                arms.iter().map(|arm| &arm.body).chain(otherwise.as_ref().map(|branch| &branch.body));
            bodies.for_each(|body| sole(body, text, found));
        }
        _ => {}
    }
}

/// Whether the outermost filter indents.
pub(super) fn is_padded(value: &Expr) -> bool {
    let name = |filter: &Filter| filter.name.text == "nindent";
    matches!(&value.kind, Kind::Filter(filter) if name(filter))
}

/// `|2`, `>-4` and the like at the end of a text.
fn ends_in_indicator(text: &str) -> bool {
    let last = text.rsplit([' ', '\n']).next().unwrap_or_default();
    last.strip_prefix(['|', '>']).is_some_and(|rest| {
        rest.len() <= 2
            && rest.contains(|c: char| matches!(c, '1'..='9'))
            && rest.chars().all(|c| matches!(c, '1'..='9' | '+' | '-'))
    })
}
