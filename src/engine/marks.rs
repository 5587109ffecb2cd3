//! Marks that survive a rendering: characters for private use, written behind the text of each template line and
//! behind what each expression prints, which say where a printed line comes from. Tera keeps no such map.
//!
//! A mark stands behind a character that is no blank, so that trimming (`{%-`, `| trim`) finds the same blanks as
//! without it.

const START: char = '\u{10FF10}';
const END: char = '\u{10FF11}';
const ZERO: u32 = 0x10_FF00;

/// The filter that marks what an expression prints, with its argument.
pub(super) const FILTER: &str = "elsakubeMark";
pub(super) const ARGUMENT: &str = "at";

/// The mark that stands for a number.
pub(super) fn mark(number: usize) -> String {
    let digits = number.to_string();
    let digits = digits.bytes().filter_map(|digit| char::from_u32(ZERO + u32::from(digit - b'0')));
    std::iter::once(START).chain(digits).chain([END]).collect()
}

/// True if there is a mark in the text.
pub(super) fn is_marked(text: &str) -> bool {
    text.contains(START)
}

/// The text without marks.
pub(super) fn strip(text: &str) -> String {
    text.chars().filter(|letter| !(ZERO..=u32::from(END)).contains(&u32::from(*letter))).collect()
}

/// The number of the first mark.
pub(super) fn first(text: &str) -> Option<usize> {
    let (_, rest) = text.split_once(START)?;
    let (digits, _) = rest.split_once(END)?;
    digits.chars().try_fold(0_usize, |number, digit| {
        let digit = u32::from(digit).checked_sub(ZERO).filter(|digit| *digit < 10)?;
        number.checked_mul(10)?.checked_add(digit as usize)
    })
}

/// Text with a mark behind each line that has more than blanks.
pub(super) fn behind_lines(text: &str, mark: impl Fn(usize) -> String) -> String {
    let mut marked = String::with_capacity(text.len());
    for (index, line) in text.split_inclusive('\n').enumerate() {
        let content = line.trim_end();
        marked.push_str(content);
        if !content.is_empty() {
            marked.push_str(&mark(index));
        }
        marked.push_str(&line[content.len()..]);
    }
    marked
}

/// A template with marks; `number` gives the mark's number for a line of it, counted from 1.
pub(super) fn template(text: &str, number: impl Fn(usize) -> usize) -> String {
    let mut marked = String::with_capacity(text.len() * 2);
    let mut rest = text;
    let mut line = 1;
    while !rest.is_empty() {
        let content = rest.find_tag();
        marked.push_str(&behind_lines(&rest[..content], |index| mark(number(line + index))));
        line += newlines(&rest[..content]);
        rest = &rest[content..];
        let end = rest.tag_end();
        let tag = &rest[..end];
        match raw_bodies(tag, rest) {
            Some((opening, body, whole)) => {
                marked.push_str(opening);
                let first = line + newlines(opening);
                marked.push_str(&behind_lines(body, |index| mark(number(first + index))));
                marked.push_str(&rest[opening.len() + body.len()..whole]);
                line += newlines(&rest[..whole]);
                rest = &rest[whole..];
            }
            None => {
                match expression(tag) {
                    Some((opening, expression, closing)) => {
                        let number = number(line);
                        marked.push_str(&format!(
                            "{opening} ({expression}) | {FILTER}({ARGUMENT}={number}) {closing}"
                        ));
                    }
                    None => marked.push_str(tag),
                }
                line += newlines(tag);
                rest = &rest[end..];
            }
        }
    }
    marked
}

fn newlines(text: &str) -> usize {
    text.matches('\n').count()
}

/// The parts of `{{- expression -}}`.
fn expression(tag: &str) -> Option<(&str, &str, &str)> {
    let inner = tag.strip_prefix("{{")?.strip_suffix("}}")?;
    let start = if inner.starts_with('-') { 3 } else { 2 };
    let end = tag.len() - if inner.len() > 1 && inner.ends_with('-') { 3 } else { 2 };
    Some((&tag[..start], tag.get(start..end)?, &tag[end..]))
}

/// The opening `{% raw %}`, its body, and the length of all up to the end of `{% endraw %}`.
fn raw_bodies<'t>(tag: &str, rest: &'t str) -> Option<(&'t str, &'t str, usize)> {
    let names = |tag: &str, name: &str| {
        tag.strip_prefix("{%")
            .and_then(|tag| tag.strip_suffix("%}"))
            .is_some_and(|tag| tag.trim_matches('-').trim() == name)
    };
    if !names(tag, "raw") {
        return None;
    }
    let mut offset = tag.len();
    loop {
        let found = offset + rest[offset..].find("{%")?;
        let end = found + rest[found..].find("%}")? + 2;
        if names(&rest[found..end], "endraw") {
            return Some((&rest[..tag.len()], &rest[tag.len()..found], end));
        }
        offset = found + 2;
    }
}

/// Finding Tera's tags in a template's text.
trait Tags {
    /// Where the next tag begins.
    fn find_tag(&self) -> usize;
    /// Where the tag that begins here ends.
    fn tag_end(&self) -> usize;
}

impl Tags for str {
    fn find_tag(&self) -> usize {
        let starts = |pair: &[u8]| matches!(pair, b"{{" | b"{%" | b"{#");
        self.as_bytes().windows(2).position(starts).unwrap_or(self.len())
    }

    fn tag_end(&self) -> usize {
        let bytes = self.as_bytes();
        let end: &[u8] = match bytes.get(..2) {
            Some(b"{{") => b"}}",
            Some(b"{%") => b"%}",
            _ => return self.find("#}").map_or(self.len(), |found| found + 2),
        };
        let mut quote = None;
        let mut offset = 2;
        while offset < bytes.len() {
            match (quote, bytes[offset]) {
                (Some(_), b'\\') => offset += 1,
                (Some(open), byte) if byte == open => quote = None,
                (None, b'"' | b'\'' | b'`') => quote = Some(bytes[offset]),
                (None, _) if bytes[offset..].starts_with(end) => return offset + 2,
                _ => {}
            }
            offset += 1;
        }
        self.len()
    }
}
