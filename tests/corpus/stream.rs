//! A stream of manifests as lines that a mistake can be written into, with the line it then stands in.

use std::ops::Range;

/// The lines of a stream.
#[derive(Clone)]
pub(crate) struct Stream {
    pub(crate) lines: Vec<String>,
}

impl Stream {
    pub(crate) fn new(text: &str) -> Self {
        Stream { lines: text.lines().map(str::to_string).collect() }
    }

    pub(crate) fn text(&self) -> String {
        self.lines.join("\n") + "\n"
    }

    /// The lines of an object.
    pub(crate) fn object(&self, kind: &str, name: &str) -> Option<Range<usize>> {
        let starts: Vec<usize> = (0..self.lines.len()).filter(|index| self.lines[*index] == "---").collect();
        let ends = starts.iter().skip(1).copied().chain([self.lines.len()]);
        let mut objects = starts.iter().copied().zip(ends).map(|(start, end)| start..end);
        objects.find(|range| {
            let lines = &self.lines[range.clone()];
            lines.iter().any(|line| *line == format!("kind: {kind}"))
                && lines.iter().any(|line| *line == format!("  name: \"{name}\""))
        })
    }

    /// The first line in a range that begins so, blanks aside.
    pub(crate) fn find(&self, range: Range<usize>, start: &str) -> Option<usize> {
        range.into_iter().find(|index| self.lines[*index].trim_start().starts_with(start))
    }

    /// The first line of an object that begins so.
    pub(crate) fn in_object(&self, kind: &str, name: &str, start: &str) -> Option<usize> {
        self.find(self.object(kind, name)?, start)
    }

    /// A line below another one of the same object that begins so.
    pub(crate) fn below(&self, line: usize, start: &str) -> Option<usize> {
        let end = (line..self.lines.len()).find(|index| self.lines[*index] == "---");
        self.find(line..end.unwrap_or(self.lines.len()), start)
    }

    /// Replaces a part of a line; nothing if it does not have that part.
    pub(crate) fn replace(&mut self, line: usize, from: &str, to: &str) -> Option<usize> {
        if !self.lines[line].contains(from) {
            return None;
        }
        self.lines[line] = self.lines[line].replacen(from, to, 1);
        Some(line)
    }

    /// Puts lines below a line, as deep as that one; gives the first new one.
    pub(crate) fn insert(&mut self, line: usize, texts: &[&str]) -> usize {
        let depth = self.lines[line].len() - self.lines[line].trim_start().len();
        for (index, text) in texts.iter().enumerate() {
            self.lines.insert(line + 1 + index, format!("{}{text}", " ".repeat(depth)));
        }
        line + 1
    }

    /// Takes a line away, and those below it that are deeper.
    pub(crate) fn remove(&mut self, line: usize) {
        let depth = |text: &str| text.len() - text.trim_start().len();
        let own = depth(&self.lines[line]);
        let deeper = self.lines[line + 1..].iter().take_while(|next| depth(next) > own).count();
        self.lines.drain(line..=line + deeper);
    }

    /// Adds an object at the end; gives the line of it that contains this text.
    pub(crate) fn append(&mut self, object: &str, blamed: &str) -> Option<usize> {
        self.lines.push("---".to_string());
        let start = self.lines.len();
        self.lines.extend(object.trim_end().lines().map(str::to_string));
        (start..self.lines.len()).find(|index| self.lines[*index].contains(blamed))
    }
}
