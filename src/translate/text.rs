//! Which text may be printed without quotes. Printed bare, a user's `true` turns into a boolean and a user's
//! newline into structure, so what a string may hold is followed from its schema to the place where it is printed.

use crate::values::schema::Pattern;
use std::collections::BTreeMap;
use std::rc::Rc;

/// How far a text can be trusted; the order is that of danger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    /// Reads as a string wherever it stands.
    Plain,
    /// As `Plain`, but may be empty, which reads as null.
    Empty,
    /// A word without structure, that may read as a number or a boolean where it stands alone.
    Word,
    /// Anything.
    Free,
}

/// What is known of a string.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Text {
    pub(super) level: Level,
    /// From `toYaml`: the same meaning in both engines, but not the same characters.
    pub(super) yaml: bool,
    /// All that it can be, where that is known.
    pub(super) values: Option<Rc<[String]>>,
    /// The component's own string parameters that are part of it: what is done to the text is done to them. True
    /// where the parameter may be the whole of it.
    pub(super) parameters: BTreeMap<String, bool>,
}

impl Text {
    pub(super) fn new(level: Level) -> Self {
        Text { level, yaml: false, values: None, parameters: BTreeMap::new() }
    }

    /// A string in a template.
    pub(super) fn literal(text: &str) -> Self {
        // The author's own words are never an injection.
        let level = if text.is_empty() { Level::Empty } else { scalar(text).min(Level::Word) };
        Text { values: Some([text.to_string()].into()), ..Text::new(level) }
    }

    /// A string of that schema.
    pub(super) fn of(pattern: Option<&Pattern>, values: &[String]) -> Self {
        if values.is_empty() {
            return Text::new(pattern.map_or(Level::Free, level_of_pattern));
        }
        let level = |value: &String| if value.is_empty() { Level::Empty } else { scalar(value) };
        let level = values.iter().map(level).max().unwrap_or(Level::Free);
        Text { values: Some(values.into()), ..Text::new(level) }
    }

    /// A text that is one or the other.
    pub(super) fn or(&self, other: &Text) -> Text {
        let values = match (&self.values, &other.values) {
            (Some(a), Some(b)) => Some(a.iter().chain(b.iter()).cloned().collect()),
            _ => None,
        };
        let mut parameters = self.parameters.clone();
        for (name, whole) in &other.parameters {
            *parameters.entry(name.clone()).or_default() |= whole;
        }
        Text { level: self.level.max(other.level), yaml: self.yaml || other.yaml, values, parameters }
    }

    /// Both, one after the other.
    pub(super) fn then(&self, other: &Text) -> Text {
        let mut both = self.or(other);
        both.values = None;
        let plain = |text: &Text| match &text.values {
            Some(values) => values.iter().all(|value| is_telling(value)),
            None => text.level == Level::Plain && !text.parameters.values().any(|whole| *whole),
        };
        if both.level < Level::Free && (plain(self) || plain(other)) {
            both.level = Level::Plain;
            both.parameters.values_mut().for_each(|whole| *whole = false);
        }
        both
    }

    /// The same, known not to be empty.
    pub(super) fn filled(mut self) -> Text {
        if self.level == Level::Empty {
            self.level = Level::Plain;
        }
        self
    }

    /// Changed so that what it can be is no longer known, and is at least that dangerous.
    pub(super) fn changed(mut self, least: Level) -> Text {
        self.level = self.level.max(least);
        self.values = None;
        self
    }
}

/// How YAML reads a text that stands alone.
pub(super) fn scalar(text: &str) -> Level {
    if !text.chars().all(is_word_sign) {
        return Level::Free;
    }
    let word = text.trim_start_matches(['+', '-']).to_ascii_lowercase();
    let reserved = ["y", "n", "yes", "no", "on", "off", "true", "false", "null", ".inf", ".nan", ""];
    let begins = text.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '_'));
    if begins && !text.ends_with(':') && !reserved.contains(&word.as_str()) {
        Level::Plain
    } else {
        Level::Word
    }
}

/// Whether a word with this in it cannot be read as a number, a boolean or null.
pub(super) fn is_telling(part: &str) -> bool {
    // An `e`, an `x` or a `_` can be part of a number; `-a` at an end makes no `true` or `null`.
    let signs = |c: char| c.is_ascii_alphabetic() && !matches!(c, 'e' | 'E' | 'x' | 'X' | 'o' | 'b');
    part.contains(['/', '=']) || part.contains('-') && part.contains(signs) || scalar(part) == Level::Plain
}

/// What neither opens, closes nor separates anything in YAML, but for a colon at the end.
fn is_word_sign(sign: char) -> bool {
    sign.is_ascii_alphanumeric() || matches!(sign, '.' | '_' | '/' | '+' | ':' | '@' | '~' | '-' | '=')
}

/// What a pattern lets through.
fn level_of_pattern(pattern: &Pattern) -> Level {
    let Some(inner) = pattern.text.strip_prefix('^').and_then(|text| text.strip_suffix('$')) else {
        return Level::Free;
    };
    if !lists_word_signs(inner) {
        return Level::Free;
    }
    let numbers = [
        "0",
        "1",
        "12",
        "0123",
        "1.5",
        ".5",
        "1e3",
        "0x1f",
        "0x1F",
        "0b1",
        "1_000",
        "1:30",
        "2024-01-01",
        "-1",
    ];
    let words = [
        "y", "n", "yes", "no", "on", "off", "true", "True", "false", "null", "Null", "NULL", "~", ".inf",
        "+1", "=",
    ];
    let signs =
        ["-", ":", "a:", "@", "@a", "1234567890", "123456789012345678901234567890", "1.2.3", "10", "99"];
    if numbers.iter().chain(&words).chain(&signs).any(|text| pattern.matches(text)) {
        Level::Word
    } else if pattern.matches("") {
        Level::Empty
    } else {
        Level::Plain
    }
}

/// Whether every character that the pattern can match is a sign of a word.
fn lists_word_signs(pattern: &str) -> bool {
    let (mut letters, mut class) = (pattern.chars().peekable(), false);
    while let Some(letter) = letters.next() {
        let fine = match letter {
            '\\' => letters.next().is_some_and(|escaped| {
                is_word_sign(escaped) && !matches!(escaped, 'D' | 'W' | 'B' | 'b' | 'n' | 't' | 'r')
            }),
            '[' if !class => {
                class = true;
                letters.peek() != Some(&'^')
            }
            ']' if class => {
                class = false;
                true
            }
            '|' | '(' | ')' | '?' | '*' | '+' | '{' | '}' | ',' if !class => true,
            // An alternative with anchors of its own is beyond this reading.
            '.' | '^' | '$' if !class => false,
            _ => is_word_sign(letter),
        };
        if !fine {
            return false;
        }
        // A range between word signs of different kinds lets others through.
        if class && letter != '[' && letters.peek() == Some(&'-') {
            let mut ahead = letters.clone();
            ahead.next();
            if let Some(end) = ahead.next().filter(|end| *end != ']') {
                let same = |test: fn(&char) -> bool| test(&letter) && test(&end);
                if !same(char::is_ascii_digit)
                    && !same(char::is_ascii_lowercase)
                    && !same(char::is_ascii_uppercase)
                {
                    return false;
                }
            }
        }
    }
    // `a|^b` and `^a|b$`: an alternative at the top is anchored at one end only.
    !has_top_alternative(pattern)
}

fn has_top_alternative(pattern: &str) -> bool {
    let (mut depth, mut letters) = (0_i32, pattern.chars());
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => drop(letters.next()),
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            '|' if depth == 0 => return true,
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_alone() {
        for plain in ["ClusterIP", "elsa-server", "/app/App_Data", "docker.io", "https://a.b:80"] {
            assert_eq!(scalar(plain), Level::Plain, "{plain}");
        }
        for word in ["true", "No", "123", "1e5", "-", "a:", "~", "0x1F", "@a", ".inf", "1:30", "y"] {
            assert_eq!(scalar(word), Level::Word, "{word}");
        }
        for free in ["a: b", "a b", "[a]", "*a", "a\nb", "a #b", "\"a", "é"] {
            assert_eq!(scalar(free), Level::Free, "{free}");
        }
    }

    #[test]
    fn patterns() {
        let level = |text| level_of_pattern(&Pattern::new(text, "").unwrap());
        for (pattern, expected) in [
            ("^[a-z]$", Level::Word), // y and n
            ("^sha256:[0-9a-f]{64}$", Level::Plain),
            ("^(sha256:[0-9a-f]{64})?$", Level::Empty),
            ("^(https?://[A-Za-z0-9.-]+(:[0-9]+)?)?$", Level::Empty),
            ("^(/[A-Za-z0-9._~-]+)+$", Level::Plain),
            ("^[a-z0-9./:-]*$", Level::Word),
            ("^[-._a-zA-Z0-9]+$", Level::Word),
            ("^a.b$", Level::Free),
            ("^[^a]$", Level::Free),
            ("[a-z]", Level::Free),
            ("^a|b$", Level::Free),
            (r"^x\.[A-z]+$", Level::Free),
            ("^[a-z ]+$", Level::Free),
            (r"^[\w]+$", Level::Word),
        ] {
            assert_eq!(level(pattern), expected, "{pattern}");
        }
    }
}
