//! The parser's complaints in a user's words, at the place where something has to be changed.

use super::limits;
use super::places::Places;
use crate::diagnostics::Diagnostic;
use saphyr_parser::ScanError;
use std::ops::Range;

/// What is wrong, what to write instead, and which piece of the text to underline.
type Finding = (String, &'static str, Range<usize>);

/// A syntax error at its place.
pub(super) fn diagnostic(places: &Places, error: &ScanError) -> Diagnostic {
    let text = places.text();
    let mut at = places.offset(*error.marker());
    if text[at..].trim().is_empty() {
        // The end of the text is best shown behind its last word.
        at = text.trim_end().len();
    }
    if error.info().contains("unknown anchor") {
        return limits::unknown_alias(places.span(at..end_of_word(text, at)));
    }
    if error.info().contains("recursion limit") {
        return limits::too_deep(places.span(character(text, at)));
    }
    let (message, help, range) = explain(text, error.info(), at);
    Diagnostic::error("yaml-syntax", message).at(places.span(range)).help(help)
}

fn explain(text: &str, info: &str, at: usize) -> Finding {
    let here = || character(text, at);
    let says = |part: &str| info.contains(part);
    if says("tab") && !says("block scalar content") || starts_with_tab(text, at) {
        ("a tab cannot indent YAML".into(), "indent with spaces", tab(text, at))
    } else if says("quoted scalar, found unexpected") || says("indentation in quoted scalar") {
        let help = "close it with the same quote, and indent further lines of the text more than their key";
        ("this quote is not closed".into(), help, here())
    } else if says("trailing content after") {
        let help = "put the whole value in quotes; a quote inside '…' is written twice, inside \"…\" as \\\"";
        ("text after the closing quote".into(), help, at..end_of_line(text, at).max(at))
    } else if says("escape") || says("hexadecimal") {
        let help = "inside \"…\" write a backslash as \\\\, or use '…', where it means nothing";
        ("an escape that YAML does not know".into(), help, here())
    } else if says("mapping values are not allowed") {
        ("a `:` where no key can stand".into(), colon_help(text, at), here())
    } else if says("did not find expected key") {
        let help = "give it the same indentation as the keys that it belongs to";
        ("a key was expected here".into(), help, whole_line(text, at))
    } else if says("expected <document start>") {
        let help = "give it the indentation of the first line: helm would stop reading here, and say nothing";
        ("this line is no part of the document above it".into(), help, whole_line(text, at))
    } else if says("expected '-' indicator") {
        let help = "begin it with `- `, or give it the indentation of the map that it belongs to";
        ("another item of the list was expected here".into(), help, whole_line(text, at))
    } else if says("simple key expect") {
        let help = "write `key: value`, with a space after the colon";
        ("a key without `: ` and a value".into(), help, line_before(text, at))
    } else if says("expected ','") || says("illegal placement of ':'") {
        let help = "separate with commas, and close each `[` and `{`";
        ("expected `,` or a closing bracket".into(), help, here())
    } else if says("misplaced bracket") {
        ("a closing bracket that nothing has opened".into(), "take it out, or quote the value", here())
    } else if says("expected node content") || says("unexpected end of plain scalar") {
        ("a value was expected here".into(), "write one; an empty text is \"\"", here())
    } else if says("invalid indentation") || says("flow construct") {
        (
            "this line stands too far left".into(),
            "indent it more than the key that it belongs to",
            whole_line(text, at),
        )
    } else if says("valid YAML whitespace") && text[at..].starts_with('\t') {
        ("a tab behind an indicator".into(), "write a space instead", here())
    } else if says("comments must be separated") {
        (
            "a comment without a space before its `#`".into(),
            "write a space before it, or quote the value",
            here(),
        )
    } else if says("unexpected character") {
        let message = format!("a value cannot begin with `{}`", &text[here()]);
        (message, "put the value in quotes", at..end_of_word(text, at))
    } else if says("anchor or alias") {
        let message = format!("a value cannot begin with a bare `{}`", &text[here()]);
        (message, "put the value in quotes", at..end_of_word(text, at))
    } else if says("sequence entries are not allowed") {
        ("a list item where none can stand".into(), "begin the list on a line of its own", here())
    } else if says("mapping keys are not allowed") {
        ("a `?` where no key can stand".into(), "put the value in quotes", here())
    } else if says("block scalar") {
        let help = "put the text on the lines below it, indented evenly with spaces; quote a value that begins with `|` or `>`";
        ("a block of text that does not hold together".into(), help, here())
    } else {
        let bare = info
            .rsplit_once(", ")
            .map_or(info, |(context, rest)| if context.starts_with("while ") { rest } else { info });
        (bare.into(), "check the quotes and the indentation around this place", here())
    }
}

fn colon_help(text: &str, at: usize) -> &'static str {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    if text[start..at].contains(": ") {
        "put a value that contains `: ` in quotes"
    } else {
        "check the indentation, and that the line above is `key:` alone or `key: value` with a space"
    }
}

/// The character at a place; nothing at the end of the text.
fn character(text: &str, at: usize) -> Range<usize> {
    at..at + text[at..].chars().next().filter(|first| *first != '\n').map_or(0, char::len_utf8)
}

fn end_of_line(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |newline| at + text[at..at + newline].trim_end().len())
}

fn end_of_word(text: &str, at: usize) -> usize {
    text[at..].find(|end: char| end.is_whitespace() || ",]}".contains(end)).map_or(text.len(), |end| at + end)
}

/// The written part of the line at a place.
fn whole_line(text: &str, at: usize) -> Range<usize> {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let end = end_of_line(text, at).max(start);
    start + (text[start..end].len() - text[start..end].trim_start().len())..end
}

/// The written part of the last line that holds anything before a place.
fn line_before(text: &str, at: usize) -> Range<usize> {
    whole_line(text, text[..at].trim_end().len())
}

fn starts_with_tab(text: &str, at: usize) -> bool {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    text[start..].trim_start_matches(' ').starts_with('\t')
}

/// The first run of tabs in an indentation, from the line of a place on.
fn tab(text: &str, at: usize) -> Range<usize> {
    let mut start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    for line in text[start..].split_inclusive('\n') {
        let rest = line.trim_start_matches(' ');
        if rest.starts_with('\t') {
            let first = start + line.len() - rest.len();
            return first..first + rest.len() - rest.trim_start_matches('\t').len();
        }
        start += line.len();
    }
    character(text, at)
}
