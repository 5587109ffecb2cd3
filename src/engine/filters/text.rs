//! Filters on strings.

use super::Function;
use super::arguments::{integer, string, text};
use super::{encoding, letters};
use regex_lite::Regex;
use std::cell::RefCell;
use std::collections::HashMap;
use tera::{Error, Kwargs, TeraResult, Value};

/// Hands over every filter of this module.
pub(super) fn each(add: &mut impl FnMut(&'static str, Function)) {
    on_strings::<String>(add, "indent", |input, kwargs| Ok(indent(input, width("indent", kwargs)?)));
    on_strings::<String>(add, "nindent", |input, kwargs| {
        Ok(format!("\n{}", indent(input, width("nindent", kwargs)?)))
    });
    on_strings::<String>(add, "trunc", trunc);
    on_strings::<String>(add, "trim", |input, _| Ok(input.trim().to_string()));
    on_strings::<String>(add, "trimPrefix", |input, kwargs| {
        let prefix = text("trimPrefix", kwargs, "prefix")?;
        Ok(input.strip_prefix(prefix).unwrap_or(input).to_string())
    });
    on_strings::<String>(add, "trimSuffix", |input, kwargs| {
        let suffix = text("trimSuffix", kwargs, "suffix")?;
        Ok(input.strip_suffix(suffix).unwrap_or(input).to_string())
    });
    on_strings::<String>(add, "replace", |input, kwargs| {
        Ok(input.replace(text("replace", kwargs, "from")?, text("replace", kwargs, "to")?))
    });
    on_strings::<String>(add, "lower", |input, _| Ok(input.chars().map(letters::lower).collect()));
    on_strings::<String>(add, "upper", |input, _| Ok(input.chars().map(letters::upper).collect()));
    on_strings::<String>(add, "b64enc", |input, _| Ok(encoding::base64(input.as_bytes())));
    on_strings::<String>(add, "sha256sum", |input, _| Ok(encoding::sha256(input)));
    on_strings::<bool>(add, "contains", |input, kwargs| {
        Ok(input.contains(text("contains", kwargs, "substr")?))
    });
    on_strings::<bool>(add, "hasPrefix", |input, kwargs| {
        Ok(input.starts_with(text("hasPrefix", kwargs, "prefix")?))
    });
    on_strings::<bool>(add, "hasSuffix", |input, kwargs| {
        Ok(input.ends_with(text("hasSuffix", kwargs, "suffix")?))
    });
    on_strings::<bool>(add, "regexMatch", regex_match);
    on_strings::<i64>(add, "atoi", |input, _| Ok(atoi(input)));
}

fn on_strings<Output: Into<Value> + 'static>(
    add: &mut impl FnMut(&'static str, Function),
    name: &'static str,
    filter: fn(&str, &Kwargs) -> TeraResult<Output>,
) {
    add(name, Box::new(move |value, kwargs| Ok(filter(string(name, value)?, kwargs)?.into())));
}

/// Indents every line, empty ones too.
fn indent(input: &str, width: usize) -> String {
    let pad = " ".repeat(width);
    format!("{pad}{}", input.replace('\n', &format!("\n{pad}")))
}

/// The width of an indentation; Helm panics below zero.
fn width(filter: &str, kwargs: &Kwargs) -> TeraResult<usize> {
    let n = integer(filter, kwargs, "n")?;
    usize::try_from(n).map_err(|_| Error::message(format!("`{filter}` cannot indent by {n}")))
}

/// The first n bytes. Helm cuts characters in two and, below zero, takes the end; neither is for templates.
fn trunc(input: &str, kwargs: &Kwargs) -> TeraResult<String> {
    let n = integer("trunc", kwargs, "n")?;
    let end = usize::try_from(n).map_err(|_| Error::message(format!("`trunc` cannot keep {n} bytes")))?;
    let kept = input.get(..end.min(input.len()));
    kept.map(str::to_string).ok_or_else(|| {
        Error::message(format!("`trunc` to {n} bytes would cut a character of \"{input}\" in two"))
    })
}

fn regex_match(input: &str, kwargs: &Kwargs) -> TeraResult<bool> {
    thread_local! {
        /// Rules ask with the same few patterns for every key of every map.
        static COMPILED: RefCell<HashMap<String, Regex>> = RefCell::default();
    }
    let text = text("regexMatch", kwargs, "pattern")?;
    COMPILED.with_borrow_mut(|compiled| {
        if let Some(pattern) = compiled.get(text) {
            return Ok(pattern.is_match(input));
        }
        let pattern = pattern(text).map_err(Error::message)?;
        Ok(compiled.entry(text.to_string()).or_insert(pattern).is_match(input))
    })
}

/// Reads a regular expression that means the same to Go and to us.
///
/// # Errors
/// A sentence on what is wrong with it.
pub fn pattern(text: &str) -> Result<Regex, String> {
    let mut letters = text.char_indices().peekable();
    while let Some((start, letter)) = letters.next() {
        let next = letters.peek().map(|(_, next)| *next);
        let alike = match (letter, next) {
            // Flags: Go folds case for all of Unicode, regex-lite for ASCII.
            ('(', Some('?')) => text[start..].starts_with("(?:"),
            ('\\', Some('<' | '>' | 'u' | 'U')) => false,
            ('\\', Some('b')) => !text[start..].starts_with("\\b{"),
            _ => true,
        };
        if !alike {
            return Err(format!("Go does not read the pattern `{text}` alike from `{}` on", &text[start..]));
        }
        if letter == '\\' {
            letters.next();
        }
    }
    Regex::new(text).map_err(|error| format!("`{text}` is not a regular expression: {error}"))
}

/// Go's `strconv.Atoi` without its error: zero for what is no decimal number, the nearest int64 for what is too large.
fn atoi(input: &str) -> i64 {
    let digits = input.strip_prefix(['+', '-']).unwrap_or(input);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return 0;
    }
    let limit = if input.starts_with('-') { i64::MIN } else { i64::MAX };
    input.parse().unwrap_or(limit)
}
