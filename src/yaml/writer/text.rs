//! How a string is written: plain where no reader can mistake it, as a block where that is exact, quoted otherwise.

use super::go::{in_quotes, printable};

/// What is not a control, format, private, unassigned or blank character, plain blanks apart: Go's `IsPrint`.
pub(super) fn is_printable(character: char) -> bool {
    // The standard library knows, but tells only by what it escapes, and treats the first character in its own way.
    let mut sample = String::from("_");
    sample.push(character);
    matches!(character, '"' | '\'' | '\\') || sample.escape_debug().count() == 2
}

/// One line: plain or double-quoted.
pub(super) fn inline(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { quoted(text) }
}

/// The lines of a literal block and whether its last one ends with a newline; nothing where a block would not be
/// exact, or its exactness would hang on a reader's finer points.
pub(super) fn block_lines(text: &str) -> Option<(Vec<&str>, bool)> {
    let (body, ends) = match text.strip_suffix('\n') {
        Some(body) => (body, true),
        None => (text, false),
    };
    let lines: Vec<&str> = body.split('\n').collect();
    let exact = text.contains('\n')
        && lines.iter().all(|line| {
            line.is_empty()
                || (!line.trim().is_empty()
                    && line.chars().all(|character| character == '\t' || is_printable(character)))
        })
        && lines.first().is_some_and(|line| !line.is_empty() && !line.starts_with([' ', '\t']))
        && lines.last().is_some_and(|line| !line.is_empty());
    exact.then_some((lines, ends))
}

fn is_plain(text: &str) -> bool {
    let safe = |character: char| character.is_ascii_alphanumeric() || "_./:@+-% ".contains(character);
    text.chars().all(safe)
        && text.starts_with(|character: char| character.is_ascii_alphanumeric() || "/_".contains(character))
        && !text.ends_with([' ', ':'])
        && !text.contains(": ")
        && !is_word_with_meaning(text)
        && !may_be_number(text)
}

/// YAML 1.1's booleans and nulls, in whatever case.
fn is_word_with_meaning(text: &str) -> bool {
    const WORDS: [&str; 9] = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"];
    WORDS.iter().any(|word| word.eq_ignore_ascii_case(text))
}

/// Anything that some reader may take for a number, a time or a date: `1_000`, `0x1F`, `12:30:45`, `1.2.3`, `1e3`.
fn may_be_number(text: &str) -> bool {
    let numeric = |byte: u8| byte.is_ascii_hexdigit() || b"xXoOtTzZ_.:+- ".contains(&byte);
    text.starts_with(|first: char| first.is_ascii_digit()) && text.bytes().all(numeric)
}

/// YAML's double-quoted form, with escapes that JSON knows wherever it has one.
fn quoted(text: &str) -> String {
    let mut out = String::new();
    in_quotes(&mut out, text, printable);
    out
}
