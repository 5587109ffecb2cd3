//! Regular expressions that Helm's validators and we understand alike: the part of the syntax on which Go's
//! `regexp` and `regex-lite` agree. Anything else is refused while the annotation is read.

use regex_lite::Regex;
use std::fmt;

/// What a string must look like.
#[derive(Clone, Debug)]
pub struct Pattern {
    /// The regular expression; it may match anywhere in the text.
    pub text: String,
    /// What it demands, in words that follow "must be": `a DNS name`. May be empty.
    pub help: String,
    regex: Regex,
}

impl Pattern {
    /// Compiles a regular expression.
    ///
    /// # Errors
    /// Says why it is none, or what Go and Rust take differently.
    pub fn new(text: &str, help: &str) -> Result<Self, String> {
        let regex = Regex::new(text).map_err(|error| error.to_string())?;
        portable(text)?;
        Ok(Pattern { text: text.to_string(), help: help.to_string(), regex })
    }

    /// Whether the text matches.
    pub fn matches(&self, text: &str) -> bool {
        self.regex.is_match(text)
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        (&self.text, &self.help) == (&other.text, &other.help)
    }
}

/// What it demands, as it follows "must be" or a type's name.
impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.help.is_empty() {
            write!(f, "text that matches {}", self.text)
        } else {
            f.write_str(&self.help)
        }
    }
}

/// Refuses what `regex-lite` compiles and Go does not, or not to the same.
fn portable(text: &str) -> Result<(), String> {
    let differs = |what: &str| Err(format!("Go and Rust differ on {what}"));
    let mut letters = text.chars().peekable();
    let (mut class, mut repeated) = (false, false);
    while let Some(letter) = letters.next() {
        let repeats = !class && matches!(letter, '*' | '+' | '?' | '{');
        if repeats && repeated {
            return differs("a repetition of a repetition");
        }
        if letter == '{' && !class {
            let bounds: String = std::iter::from_fn(|| letters.next_if(|next| *next != '}')).collect();
            letters.next();
            if bounds.contains(' ')
                || bounds.split(',').any(|bound| bound.parse().is_ok_and(|n: u64| n > 1000))
            {
                return differs("a repetition with spaces or more than 1000 times");
            }
        }
        repeated = repeats;
        if repeats {
            letters.next_if_eq(&'?');
        }
        match letter {
            '\\' => match letters.next() {
                Some(escaped @ ('s' | 'S')) => return differs(&format!("\\{escaped}; list the characters")),
                Some('b' | 'B') if letters.peek() == Some(&'{') => return differs("special word boundaries"),
                Some('d' | 'D' | 'w' | 'W' | 'b' | 'B' | 'n' | 't' | 'r') => {}
                Some(escaped) if !escaped.is_ascii_punctuation() || matches!(escaped, '<' | '>') => {
                    return differs(&format!("\\{escaped}"));
                }
                _ => {}
            },
            '[' if !class => {
                class = true;
                letters.next_if_eq(&'^');
                if letters.peek() == Some(&']') {
                    return differs("a class that begins with `]`; write `\\]`");
                }
            }
            '-' if class && letters.peek() == Some(&'-') => return differs("`--` in a class; write `\\-`"),
            '[' => return differs("`[` in a class; write `\\[`"),
            ']' => class = false,
            '(' if !class && letters.next_if_eq(&'?').is_some() && letters.next_if_eq(&':').is_none() => {
                return differs("flags and names in groups");
            }
            _ => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_matches_anywhere_and_its_dollar_is_the_very_end() {
        assert!(Pattern::new("b", "").unwrap().matches("abc"));
        let anchored = Pattern::new("^b$", "").unwrap();
        assert!(anchored.matches("b") && !anchored.matches("b\n") && !anchored.matches("a\nb"));
    }

    #[test]
    fn what_go_takes_differently_is_refused() {
        for bad in [
            r"\s",
            r"[\S]",
            "(?i)a",
            "(?x) a",
            "(?P<n>a)",
            r"\x41",
            r"\u0041",
            r"a\<",
            "a**",
            "a{2}{3}",
            "a{1001}",
            "a{1, 2}",
            r"\b{start}",
            "[[:alpha:]]",
            r"\A",
            r"\p{L}",
            "(",
            "a{",
            "[a&&b]",
            "a+*",
            "[]-~]",
            "[^--/]",
        ] {
            assert!(Pattern::new(bad, "").is_err(), "{bad}");
        }
    }

    #[test]
    fn ordinary_patterns_pass() {
        for good in [
            "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
            r"^(https?)://[^/\[\]]+$",
            r"^\d{1,3}(\.\d+)?$",
            "^(?:a|b)+?$",
            "",
            r"^$|^[^\n]{0,63}$",
            r"\$\(",
            "[{]",
            "[^*+]",
            "x*?",
            "é",
        ] {
            assert!(Pattern::new(good, "").is_ok(), "{good}");
        }
    }
}
