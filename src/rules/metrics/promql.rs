//! The metric names in a PromQL expression. Not promql-parser: it refuses Grafana's variables, and it brings a grammar,
//! a lexer and dates into the binary for what a scan over the tokens tells.

use std::ops::Range;

/// A metric's name in an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name<'a> {
    /// As it stands there: `http_server_request_duration_seconds_bucket`.
    pub name: &'a str,
    /// Where, in bytes of the expression.
    pub range: Range<usize>,
}

/// Before a list of labels, which may be missing.
const LISTS: [&str; 6] = ["by", "without", "on", "ignoring", "group_left", "group_right"];

/// Words that are no names wherever they stand; the second line is MetricsQL's.
const KEYWORDS: [&str; 16] = [
    "and",
    "or",
    "unless",
    "bool",
    "offset",
    "atan2",
    "inf",
    "nan",
    "start",
    "end",
    "smoothed",
    "anchored",
    "default",
    "if",
    "ifnot",
    "keep_metric_names",
];

/// Every metric name in the order of the text, however broken the text is.
///
/// Grafana's variables may stand anywhere (`$x`, `${x:regex}`, `[[x]]`); a name that is partly one is left out, as nobody
/// knows it. So is `{__name__=~"…"}`, while `{__name__="x"}` and `{"x"}` name `x`.
pub fn names(expression: &str) -> Vec<Name<'_>> {
    let mut scanner = Scanner { text: expression, at: 0, found: Vec::new() };
    while let Some(byte) = scanner.byte() {
        match byte {
            b'#' => scanner.comment(),
            b'"' | b'\'' | b'`' => {
                scanner.string(byte);
            }
            b'{' => scanner.matchers(),
            b'[' if !scanner.variable_follows() => scanner.brackets(),
            b'[' | b'$' => scanner.word(),
            _ if is_word(byte) => scanner.word(),
            _ => scanner.at += 1,
        }
    }
    scanner.found
}

/// True for what Prometheus has always taken as a metric's name: no dots, no slashes.
pub fn is_name(text: &str) -> bool {
    text.bytes().next().is_some_and(|first| !first.is_ascii_digit()) && text.bytes().all(is_word)
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b':'
}

/// `at` may stand inside a character, as only ASCII decides anything; names begin and end beside ASCII.
struct Scanner<'a> {
    text: &'a str,
    at: usize,
    found: Vec<Name<'a>>,
}

impl<'a> Scanner<'a> {
    fn byte(&self) -> Option<u8> {
        self.rest().first().copied()
    }

    fn rest(&self) -> &'a [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    /// Goes behind the next `end`, or to the end of the text.
    fn skip_past(&mut self, end: &[u8]) {
        let found = self.rest().windows(end.len()).position(|window| window == end);
        self.at = found.map_or(self.text.len(), |found| self.at + found + end.len());
    }

    fn comment(&mut self) {
        self.skip_past(b"\n");
    }

    fn blanks(&mut self) {
        while let Some(byte) = self.byte() {
            match byte {
                b'#' => self.comment(),
                _ if byte.is_ascii_whitespace() => self.at += 1,
                _ => break,
            }
        }
    }

    /// Goes behind a string, whose characters between the quotes it returns; one that never ends is none.
    fn string(&mut self, quote: u8) -> Option<Range<usize>> {
        let start = self.at + 1;
        self.at = start;
        while let Some(byte) = self.byte() {
            match byte {
                b'\\' if quote != b'`' => self.at += 1,
                _ if byte == quote => {
                    self.at += 1;
                    return Some(start..self.at - 1);
                }
                _ => {}
            }
            self.at += 1;
        }
        self.at = self.text.len();
        None
    }

    /// `[[x]]`, unless it is the variable of a range, `[[[x]]]`.
    fn variable_follows(&self) -> bool {
        matches!(self.rest(), [b'[', b'[', first, ..] if is_word(*first))
    }

    /// Goes behind a variable, if one stands here.
    fn variable(&mut self) -> bool {
        match self.rest() {
            [b'$', b'{', ..] => self.skip_past(b"}"),
            [b'$', ..] => {
                self.at += 1;
                // Grafana takes letters, digits and underscores; a colon goes on with the name around it.
                while self.byte().is_some_and(|byte| is_word(byte) && byte != b':') {
                    self.at += 1;
                }
            }
            [b'[', b'[', ..] if self.variable_follows() => self.skip_past(b"]]"),
            _ => return false,
        }
        true
    }

    /// A range or a subquery: durations and arithmetic with them.
    fn brackets(&mut self) {
        let mut depth = 0_usize;
        while let Some(byte) = self.byte() {
            self.at += 1;
            match byte {
                b'[' => depth += 1,
                b']' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
    }

    /// A name, a function, a keyword, a number or a duration.
    fn word(&mut self) {
        let start = self.at;
        let mut variable = false;
        loop {
            if self.variable() {
                variable = true;
            } else if self.byte().is_some_and(is_word) {
                self.at += 1;
            } else {
                break;
            }
        }
        if variable {
            return;
        }
        let range = start..self.at;
        let name = &self.text[range.clone()];
        self.blanks();
        let before_list = LISTS.iter().any(|list| list.eq_ignore_ascii_case(name));
        let parenthesis = self.byte() == Some(b'(');
        if before_list && parenthesis {
            self.labels();
        } else if !before_list
            && !parenthesis
            && is_name(name)
            && !KEYWORDS.iter().any(|keyword| keyword.eq_ignore_ascii_case(name))
            && !self.is_aggregation()
        {
            self.found.push(Name { name, range });
        }
    }

    /// True before `by` and `without`, which stand behind aggregations and nothing else.
    fn is_aggregation(&self) -> bool {
        let length = self.rest().iter().take_while(|byte| is_word(**byte)).count();
        let next = &self.rest()[..length];
        next.eq_ignore_ascii_case(b"by") || next.eq_ignore_ascii_case(b"without")
    }

    /// The list behind `by`.
    fn labels(&mut self) {
        self.at += 1;
        while let Some(byte) = self.byte() {
            match byte {
                b')' => {
                    self.at += 1;
                    return;
                }
                b'#' => self.comment(),
                b'"' | b'\'' | b'`' => {
                    self.string(byte);
                }
                _ if self.variable() => {}
                _ => self.at += 1,
            }
        }
    }

    /// Label matchers, among which the name may stand.
    fn matchers(&mut self) {
        self.at += 1;
        let mut matcher = Matcher::default();
        while let Some(byte) = self.byte() {
            let start = self.at;
            match byte {
                b'}' => {
                    self.at += 1;
                    return;
                }
                b'#' => self.comment(),
                b'"' | b'\'' | b'`' => {
                    let content = self.string(byte);
                    self.blanks();
                    let is_label = matcher.operator.is_empty() && matches!(self.byte(), Some(b'=' | b'!'));
                    if is_label {
                        matcher.label = content;
                        continue;
                    }
                    if let Some(range) = content.filter(|_| matcher.names_the_metric(self.text)) {
                        self.quoted(range);
                    }
                    matcher = Matcher::default();
                }
                b',' => {
                    self.at += 1;
                    matcher = Matcher::default();
                }
                b'=' | b'!' | b'~' => {
                    self.at += 1;
                    matcher.operator.end = self.at;
                    if matcher.operator.start == 0 {
                        matcher.operator.start = start;
                    }
                }
                // Nobody knows what a variable makes of its matcher.
                _ if self.variable() => matcher.label = Some(start..start),
                _ if is_word(byte) => {
                    while self.byte().is_some_and(is_word) {
                        self.at += 1;
                    }
                    matcher.label = Some(start..self.at);
                }
                _ => self.at += 1,
            }
        }
    }

    fn quoted(&mut self, range: Range<usize>) {
        let name = &self.text[range.clone()];
        if is_name(name) {
            self.found.push(Name { name, range });
        }
    }
}

/// The matcher that is being read, as places in the text.
#[derive(Default)]
struct Matcher {
    label: Option<Range<usize>>,
    /// Empty before there is one.
    operator: Range<usize>,
}

impl Matcher {
    /// Whether the string at its end is the metric's name: `{"x"}` or `{__name__="x"}`.
    fn names_the_metric(&self, text: &str) -> bool {
        match &self.label {
            None => self.operator.is_empty(),
            Some(label) => {
                text.get(label.clone()) == Some("__name__") && text.get(self.operator.clone()) == Some("=")
            }
        }
    }
}

#[cfg(test)]
mod tests;
