//! Where a label lies, for the formats that name lines and columns instead of drawing a snippet.

use super::{Diagnostic, Label, Position, Source, Span};

/// What a span covers, without the line breaks at its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// Its first character.
    pub(super) start: Position,
    /// The character after its last one.
    pub(super) end: Position,
}

impl Place {
    pub(super) fn of(span: &Span) -> Self {
        let end = span.range.start + span.text().trim_end_matches(['\n', '\r']).len();
        Place { start: visible(&span.source, span.range.start), end: visible(&span.source, end) }
    }
}

/// The position of an offset on a line that an editor has: what is in a line break, or after the last one, stands at
/// the end of its line.
fn visible(source: &Source, offset: usize) -> Position {
    let after_all = offset == source.text.len() && source.text.ends_with('\n');
    let offset = offset - usize::from(after_all);
    let line = source.line(source.position(offset).line);
    source.position(offset.min(line.end))
}

/// The name as other programs know the file: with `/`, without a leading `./`, and `stdin` for `-`.
pub(super) fn path(source: &Source) -> String {
    if source.name == "-" {
        return "stdin".to_string();
    }
    let path = source.name.replace(std::path::MAIN_SEPARATOR, "/");
    path.strip_prefix("./").map(str::to_string).unwrap_or(path)
}

/// The message and, on lines of its own, the help.
pub(super) fn message(diagnostic: &Diagnostic) -> String {
    match &diagnostic.help {
        Some(help) => format!("{}\nhelp: {help}", diagnostic.message),
        None => diagnostic.message.clone(),
    }
}

/// The first label, which is the one to blame, and the others.
pub(super) fn labels(diagnostic: &Diagnostic) -> (Option<&Label>, &[Label]) {
    match diagnostic.labels.split_first() {
        Some((first, others)) => (Some(first), others),
        None => (None, &[]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn at(text: &str, range: std::ops::Range<usize>) -> [usize; 4] {
        let Place { start, end } = Place::of(&Span::new(&Source::new("v", text), range));
        [start.line, start.column, end.line, end.column]
    }

    #[test]
    fn columns_are_characters() {
        let text = "größe: 日本 😀 x\n";
        let start = text.find('日').unwrap();
        assert_eq!(at(text, start..start + "日本".len()), [1, 8, 1, 10]);
        let start = text.find('x').unwrap();
        assert_eq!(at(text, start..start + 1), [1, 13, 1, 14]);
        assert_eq!(at("e\u{301}: y\n", 3..4), [1, 3, 1, 4], "a combining accent is a character");
    }

    #[test]
    fn a_block_ends_with_its_last_character() {
        let text = "a: |\n  one\n  two\n\nb: 1\n";
        assert_eq!(at(text, 3..text.find('b').unwrap()), [1, 4, 3, 6]);
        assert_eq!(at("a:\nb: 2", 2..2), [1, 3, 1, 3]);
    }

    #[test]
    fn windows_newlines() {
        let text = "a: 1\r\nb: |\r\n  x\r\n";
        assert_eq!(at(text, 3..6), [1, 4, 1, 5]);
        assert_eq!(at(text, 9..text.len()), [2, 4, 3, 4]);
        assert_eq!(at(text, 4..4), [1, 5, 1, 5]);
        assert_eq!(at(text, 5..5), [1, 5, 1, 5], "inside the line break");
        assert_eq!(at(text, text.len()..text.len()), [3, 4, 3, 4]);
    }

    #[test]
    fn the_end_of_the_text_is_on_its_last_line() {
        assert_eq!(at("a: [\n", 5..5), [1, 5, 1, 5]);
        assert_eq!(at("a: [", 4..4), [1, 5, 1, 5]);
        assert_eq!(at("", 0..0), [1, 1, 1, 1]);
        assert_eq!(at("\n", 1..1), [1, 1, 1, 1]);
        assert_eq!(at("\n\n", 0..2), [1, 1, 1, 1]);
    }

    #[test]
    fn names_of_files() {
        let named = |name: &str| path(&Source::new(name, ""));
        assert_eq!(named("-"), "stdin");
        assert_eq!(named("./k8s/a.yaml"), "k8s/a.yaml");
        assert_eq!(named("../a.yaml"), "../a.yaml");
        assert_eq!(named("/tmp/a.yaml"), "/tmp/a.yaml");
        assert_eq!(named("--set"), "--set");
    }
}
