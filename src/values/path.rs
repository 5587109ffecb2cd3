//! Paths to values as people write them: `server.image.tag`, `env[0].name`, `podAnnotations."example.com/x"` or
//! `podAnnotations.example\.com/x`. One parser and one printed form for all that speaks of values.

use crate::diagnostics::{Diagnostic, Result, Source, Span};
use crate::yaml::{Entry, Kind, Node};
use std::fmt;

/// One step of a path.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Segment {
    /// A member of a map.
    Key(String),
    /// An item of a list.
    Index(usize),
}

/// The way from the root to a value; empty for the root itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Path(pub Vec<Segment>);

impl Path {
    /// Reads a path. The empty text is the root.
    ///
    /// # Errors
    /// `bad-path`, pointing into the text: an empty key, an index that is no number, a quote that does not end.
    pub fn parse(text: &str) -> Result<Self> {
        let mut reader = Reader { text, at: 0 };
        let mut path = Path::default();
        if text.is_empty() {
            return Ok(path);
        }
        path.0.push(Segment::Key(reader.key()?));
        while let Some(next) = reader.take() {
            path.0.push(match next {
                '.' => Segment::Key(reader.key()?),
                '[' => Segment::Index(reader.index()?),
                _ => return Err(reader.wrong(reader.at - next.len_utf8()..reader.at, "expected `.` or `[`")),
            });
        }
        Ok(path)
    }

    /// Whether it leads nowhere: to the root itself.
    #[must_use]
    pub fn is_root(&self) -> bool {
        self.0.is_empty()
    }

    /// The path of a member.
    #[must_use]
    pub fn key(&self, key: &str) -> Self {
        self.with(Segment::Key(key.to_string()))
    }

    /// The path of an item.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        self.with(Segment::Index(index))
    }

    fn with(&self, segment: Segment) -> Self {
        let mut path = self.clone();
        path.0.push(segment);
        path
    }

    /// The value at this path.
    pub fn find<'a>(&self, root: &'a Node) -> Option<&'a Node> {
        self.0.iter().try_fold(root, |node, segment| step(node, segment).map(|(_, value)| value))
    }

    /// Where to point when talking about this path: the value if it is a scalar or empty, the key of a map or
    /// list that has something in it, and what lies nearest above if there is no such value.
    pub fn locate(&self, root: &Node) -> Span {
        let mut place = root.span.clone();
        let mut node = root;
        for segment in &self.0 {
            let Some((entry, value)) = step(node, segment) else { break };
            place = match entry {
                Some(entry) if is_filled(value) => entry.key.clone(),
                _ => value.span.clone(),
            };
            node = value;
        }
        place
    }
}

fn is_filled(node: &Node) -> bool {
    node.as_map().is_some_and(|map| !map.is_empty()) || node.as_list().is_some_and(|list| !list.is_empty())
}

fn step<'a>(node: &'a Node, segment: &Segment) -> Option<(Option<&'a Entry>, &'a Node)> {
    match segment {
        Segment::Key(key) => node.as_map()?.get(key).map(|entry| (Some(entry), &entry.value)),
        Segment::Index(index) => node.as_list()?.get(*index).map(|value| (None, value)),
    }
}

/// Every value that holds no others, with its path, in written order: scalars and whatever is empty. Lists count as
/// one value unless `items` asks for what is in them.
pub fn leaves(root: &Node, items: bool) -> Vec<(Path, &Node)> {
    fn walk<'a>(node: &'a Node, path: Path, items: bool, found: &mut Vec<(Path, &'a Node)>) {
        match &node.kind {
            Kind::Map(map) if !map.is_empty() => {
                map.iter().for_each(|(key, entry)| walk(&entry.value, path.key(key), items, found));
            }
            Kind::List(list) if items && !list.is_empty() => {
                list.iter().enumerate().for_each(|(index, node)| walk(node, path.index(index), items, found));
            }
            _ => found.push((path, node)),
        }
    }
    let mut found = Vec::new();
    walk(root, Path::default(), items, &mut found);
    found
}

/// As it can be typed again.
impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, segment) in self.0.iter().enumerate() {
            match segment {
                Segment::Index(index) => write!(f, "[{index}]")?,
                Segment::Key(key) => {
                    let dot = if number == 0 { "" } else { "." };
                    if key.is_empty() || key.contains(['.', '[', ']', '"', '\\', ' ']) {
                        write!(f, "{dot}\"{}\"", key.replace('\\', "\\\\").replace('"', "\\\""))?;
                    } else {
                        write!(f, "{dot}{key}")?;
                    }
                }
            }
        }
        Ok(())
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn take(&mut self) -> Option<char> {
        let next = self.peek()?;
        self.at += next.len_utf8();
        Some(next)
    }

    fn key(&mut self) -> Result<String> {
        let start = self.at;
        let mut key = String::new();
        if self.peek() == Some('"') {
            self.take();
            loop {
                match self.take() {
                    Some('"') => return Ok(key),
                    Some('\\') => key.push(self.escaped()?),
                    Some(other) => key.push(other),
                    None => return Err(self.wrong(start..self.at, "this quote does not end")),
                }
            }
        }
        while let Some(next) = self.peek().filter(|next| !matches!(next, '.' | '[')) {
            self.take();
            key.push(if next == '\\' { self.escaped()? } else { next });
        }
        if key.is_empty() {
            return Err(self.wrong(start..self.at, "expected a key here"));
        }
        Ok(key)
    }

    /// What a backslash has taken the meaning from.
    fn escaped(&mut self) -> Result<char> {
        let backslash = self.at - 1;
        self.take().ok_or_else(|| self.wrong(backslash..self.at, "nothing follows this backslash"))
    }

    fn index(&mut self) -> Result<usize> {
        let start = self.at;
        let end = self.text[start..].find(']').map(|length| start + length);
        let number = end.and_then(|end| self.text[start..end].parse().ok());
        match (end, number) {
            (Some(end), Some(number)) => {
                self.at = end + 1;
                Ok(number)
            }
            _ => Err(self.wrong(start..end.unwrap_or(self.text.len()), "expected the number of an item")),
        }
    }

    fn wrong(&self, range: std::ops::Range<usize>, what: &str) -> crate::diagnostics::Diagnostics {
        let source = Source::new("path", self.text);
        Diagnostic::error("bad-path", format!("`{}` is no path to a value", self.text))
            .label(Span::new(&source, range), what)
            .help("a path looks like server.image.tag, list[0].name or podAnnotations.\"example.com/x\"")
            .into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_prints() {
        for text in
            ["a", "server.image.tag", "a.b[0].c", "a[0][12]", "a.\"x.y/z\".b", "\"\\\"q\\\\\"[1]", "é.ß"]
        {
            assert_eq!(Path::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(Path::parse("a.x\\.y").unwrap().to_string(), "a.\"x.y\"");
        let path = Path::default().key("a.b").index(0).index(12).key(r"c[\]");
        assert_eq!(path.to_string(), r#""a.b"[0][12]."c[\\]""#);
        assert_eq!(Path::parse(&path.to_string()).unwrap(), path);
        assert_eq!(Path::parse(r"a\.b[0][12].c\[\\\]").unwrap(), path);
        assert_eq!(Path::parse("").unwrap(), Path::default());
    }

    #[test]
    fn refuses_what_is_no_path() {
        for (text, column) in [
            (".a", 1),
            ("a.", 3),
            ("a..b", 3),
            ("a[x]", 3),
            ("a[0", 3),
            ("a[0]b", 5),
            ("a.\"b", 3),
            ("a[]", 3),
            ("a[", 3),
            ("a\\", 2),
            ("a.\"b\\", 5),
        ] {
            let error = Path::parse(text).unwrap_err();
            assert_eq!(error.0[0].labels[0].span.position().column, column, "{text}");
        }
    }
}
