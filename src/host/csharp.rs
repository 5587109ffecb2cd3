//! As much of C# as tells code from strings and comments: which names a file uses, so that a namespace of the user's
//! choice cannot hide one of them, and whether its brackets are balanced.

/// An identifier, keyword, number, or one other character of code; what is in strings and comments is none, but code
/// inside an interpolated string is.
pub(super) fn tokens(text: &str) -> Vec<&str> {
    let mut lexer = Lexer { text, at: 0, tokens: Vec::new() };
    lexer.code(false);
    lexer.tokens
}

/// The names that code looks up: identifiers that are no member of what stands before them. Keywords are among them.
pub(super) fn names(code: &str) -> Vec<&str> {
    let tokens = tokens(code);
    let before = std::iter::once("").chain(tokens.iter().copied());
    let is_name = |token: &str| token.starts_with(|c: char| c.is_alphabetic() || c == '_');
    let names = tokens.iter().copied().zip(before).filter(|(token, before)| is_name(token) && *before != ".");
    names.map(|(token, _)| token).collect()
}

/// A file's `using` directives, which are looked up outside its namespace, and the rest without the line that
/// declares the namespace.
pub(super) fn parts(text: &str) -> (String, String) {
    let (mut directives, mut code) = (String::new(), String::new());
    for line in text.lines().filter(|line| !line.starts_with("namespace ")) {
        let part = if line.starts_with("using ") { &mut directives } else { &mut code };
        part.extend([line, "\n"]);
    }
    (directives, code)
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    tokens: Vec<&'a str>,
}

impl<'a> Lexer<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// Goes on to after the next `end`, or to the end of the text.
    fn skip_past(&mut self, end: &str) {
        self.at += self.rest().find(end).map_or(self.rest().len(), |at| at + end.len());
    }

    /// Reads code to the end of the text or, inside a string, of the hole that it stands in.
    fn code(&mut self, in_hole: bool) {
        let mut depth = 0;
        while let Some(c) = self.rest().chars().next() {
            let rest = self.rest();
            if rest.starts_with("//") {
                self.skip_past("\n");
            } else if rest.starts_with("/*") {
                self.skip_past("*/");
            } else if rest.starts_with("\"\"\"") {
                self.at += 3;
                self.skip_past("\"\"\"");
            } else if rest.starts_with("$\"") {
                self.at += 2;
                self.string('"', true);
            } else if c == '"' || c == '\'' {
                self.at += 1;
                self.string(c, false);
            } else if in_hole && c == '}' && depth == 0 {
                return;
            } else {
                depth += i32::from(c == '{') - i32::from(c == '}');
                let word = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
                let length = word.max(c.len_utf8());
                if !c.is_whitespace() {
                    self.tokens.push(&rest[..length]);
                }
                self.at += length;
            }
        }
    }

    /// Reads to after the closing quote; the opening one has been read.
    fn string(&mut self, quote: char, interpolated: bool) {
        while let Some(c) = self.rest().chars().next() {
            let rest = self.rest();
            if c == '\\' {
                self.at += 1 + rest[1..].chars().next().map_or(0, char::len_utf8);
            } else if interpolated && c == '{' && !rest.starts_with("{{") {
                self.at += 1;
                self.code(true);
                self.at = (self.at + 1).min(self.text.len());
            } else if interpolated && rest.starts_with("{{") {
                self.at += 2;
            } else {
                self.at += c.len_utf8();
                if c == quote {
                    return;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assets;

    #[test]
    fn strings_and_comments_are_no_code() {
        let text = "a.b(\"c {d}\", 'e', '\\'') // f\n/* g */ $\"h {i.j(\"k\")} {{l}} {m:n}\" \"\"\"\n { o\n\"\"\" p1";
        assert_eq!(
            tokens(text),
            ["a", ".", "b", "(", ",", ",", ")", "i", ".", "j", "(", ")", "m", ":", "n", "p1"]
        );
    }

    #[test]
    fn members_are_no_names_and_directives_come_apart() {
        let text = "using A.B;\n\nnamespace C;\n\nclass D { E x = F.G; }\n";
        let (directives, code) = parts(text);
        assert_eq!(names(&directives), ["using", "A"]);
        assert_eq!(names(&code), ["class", "D", "E", "x", "F"]);
    }

    #[test]
    fn brackets_of_the_embedded_program_are_balanced() {
        for (path, text) in assets::host().into_iter().filter(|(path, _)| path.ends_with(".cs")) {
            let mut open = Vec::new();
            for token in tokens(text) {
                match token {
                    "(" | "[" | "{" => open.push(token),
                    ")" => assert_eq!(open.pop(), Some("("), "{path}"),
                    "]" => assert_eq!(open.pop(), Some("["), "{path}"),
                    "}" => assert_eq!(open.pop(), Some("{"), "{path}"),
                    _ => {}
                }
            }
            assert!(open.is_empty(), "{path}: {open:?}");
        }
    }
}
