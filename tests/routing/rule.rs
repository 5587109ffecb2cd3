//! Traefik's rule language, version 3: matchers, `!`, `&&`, `||` and parentheses, with Go's precedence
//! (doc.traefik.io, "Rules & Priority"; traefik/traefik, pkg/rules and pkg/muxer/http/matcher.go).

use super::strict::Result;
use regex_lite::Regex;

/// A rule, read.
#[derive(Debug)]
pub enum Rule {
    Host(String),
    HostRegexp(Regex),
    Path(String),
    PathPrefix(String),
    PathRegexp(Regex),
    Not(Box<Rule>),
    And(Box<Rule>, Box<Rule>),
    Or(Box<Rule>, Box<Rule>),
}

impl Rule {
    /// Reads a rule. Matchers that look at anything but host and path are errors: our rules have none.
    pub fn parse(text: &str) -> Result<Self> {
        let mut reader = Reader { rest: text.trim_start() };
        let rule = reader.or()?;
        if reader.rest.is_empty() { Ok(rule) } else { Err(format!("`{}` is left of `{text}`", reader.rest)) }
    }

    /// Whether a request fits: its host in lower case, its path as Traefik compares it. `PathPrefix` compares characters,
    /// not elements (`strings.HasPrefix`); expressions may fit anywhere (`MatchString`).
    pub fn fits(&self, host: &str, path: &str) -> bool {
        match self {
            Rule::Host(name) => host == name || host.strip_suffix('.') == Some(name),
            Rule::HostRegexp(expression) => expression.is_match(host),
            Rule::Path(exact) => path == exact,
            Rule::PathPrefix(prefix) => path.starts_with(prefix.as_str()),
            Rule::PathRegexp(expression) => expression.is_match(path),
            Rule::Not(inner) => !inner.fits(host, path),
            Rule::And(left, right) => left.fits(host, path) && right.fits(host, path),
            Rule::Or(left, right) => left.fits(host, path) || right.fits(host, path),
        }
    }
}

/// What is left to read.
struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    fn or(&mut self) -> Result<Rule> {
        let mut rule = self.and()?;
        while self.sign("||") {
            rule = Rule::Or(Box::new(rule), Box::new(self.and()?));
        }
        Ok(rule)
    }

    fn and(&mut self) -> Result<Rule> {
        let mut rule = self.unary()?;
        while self.sign("&&") {
            rule = Rule::And(Box::new(rule), Box::new(self.unary()?));
        }
        Ok(rule)
    }

    fn unary(&mut self) -> Result<Rule> {
        if self.sign("!") {
            return Ok(Rule::Not(Box::new(self.unary()?)));
        }
        if self.sign("(") {
            let rule = self.or()?;
            return if self.sign(")") {
                Ok(rule)
            } else {
                Err(format!("`)` is missing before `{}`", self.rest))
            };
        }
        self.matcher()
    }

    fn matcher(&mut self) -> Result<Rule> {
        let end =
            self.rest.find(|character: char| !character.is_ascii_alphanumeric()).unwrap_or(self.rest.len());
        let (name, rest) = self.rest.split_at(end);
        let name = name.to_string();
        self.rest = rest.trim_start();
        if !self.sign("(") {
            return Err(format!("`{name}{}` is no matcher", self.rest));
        }
        let value = self.literal()?;
        if !self.sign(")") {
            return Err(format!("{name} takes one value, not more: `{}`", self.rest));
        }
        let regex = |text: &str| Regex::new(text).map_err(|error| format!("{text}: {error}"));
        let path =
            |text: String| if text.starts_with('/') { Ok(text) } else { Err(format!("{name}(`{text}`)")) };
        match name.as_str() {
            "Host" if value.contains('*') => {
                Err(format!("Host(`{value}`) is not known to Traefik before 3.8"))
            }
            "Host" => Ok(Rule::Host(value.to_ascii_lowercase().trim_end_matches('.').to_string())),
            "HostRegexp" => Ok(Rule::HostRegexp(regex(&value)?)),
            "Path" => Ok(Rule::Path(path(value)?)),
            "PathPrefix" => Ok(Rule::PathPrefix(path(value)?)),
            "PathRegexp" => Ok(Rule::PathRegexp(regex(&value)?)),
            _ => Err(format!("{name} is a matcher of which this simulator knows nothing")),
        }
    }

    /// A string of Go's, raw or with escapes.
    fn literal(&mut self) -> Result<String> {
        let quote = self.rest.chars().next().filter(|quote| ['`', '"'].contains(quote));
        let quote = quote.ok_or_else(|| format!("`{}` does not begin with a quoted value", self.rest))?;
        let mut value = String::new();
        let mut characters = self.rest[1..].char_indices();
        while let Some((index, character)) = characters.next() {
            if character == quote {
                self.rest = self.rest[index + 2..].trim_start();
                return Ok(value);
            }
            if character == '\\' && quote == '"' {
                match characters.next() {
                    Some((_, escaped @ ('\\' | '"'))) => value.push(escaped),
                    other => return Err(format!("an escape of {other:?}")),
                }
            } else {
                value.push(character);
            }
        }
        Err(format!("`{}` does not end", self.rest))
    }

    fn sign(&mut self, sign: &str) -> bool {
        let Some(rest) = self.rest.strip_prefix(sign) else { return false };
        self.rest = rest.trim_start();
        true
    }
}

#[cfg(test)]
mod tests {
    use super::Rule;

    fn fits(rule: &str, host: &str, path: &str) -> bool {
        Rule::parse(rule).unwrap_or_else(|error| panic!("{rule}: {error}")).fits(host, path)
    }

    #[test]
    fn operators_bind_as_in_go() {
        // a || b && c is a || (b && c).
        let rule = "Path(`/a`) || Path(`/b`) && Host(`h`)";
        assert!(fits(rule, "x", "/a") && !fits(rule, "x", "/b") && fits(rule, "h", "/b"));
        let rule = "(Path(`/a`) || Path(`/b`)) && Host(`h`)";
        assert!(!fits(rule, "x", "/a") && fits(rule, "h", "/a"));
        let rule = "!Path(`/a`) && Host(`h`)";
        assert!(fits(rule, "h", "/b") && !fits(rule, "h", "/a") && !fits(rule, "x", "/b"));
        let rule = "Host(`h`) && !(Path(`/a`) || PathPrefix(`/b`))";
        assert!(fits(rule, "h", "/c") && !fits(rule, "h", "/a") && !fits(rule, "h", "/bc"));
        assert!(fits("!!Path(\"/a\")", "h", "/a"));
    }

    /// Cases of pkg/muxer/http/matcher_test.go, in our words.
    #[test]
    fn matchers_compare_as_traefiks_do() {
        assert!(fits("Host(`Example.COM`)", "example.com", "/"));
        assert!(fits("Host(`example.com`)", "example.com.", "/"));
        assert!(fits("Host(`example.com.`)", "example.com", "/"));
        assert!(!fits("Host(`example.com`)", "www.example.com", "/"));
        assert!(fits("HostRegexp(`^[a-z]+\\.example\\.com$`)", "foo.example.com", "/"));
        assert!(fits("Path(`/css`)", "h", "/css") && !fits("Path(`/css`)", "h", "/css/"));
        let prefix = "PathPrefix(`/css`)";
        assert!(fits(prefix, "h", "/css") && fits(prefix, "h", "/css/x") && fits(prefix, "h", "/cssx"));
        assert!(!fits(prefix, "h", "/CSS") && !fits(prefix, "h", "/a/css"));
        let expression = "PathRegexp(`(?i)^/elsa/api/admin(/|$)`)";
        assert!(fits(expression, "h", "/ELSA/api/Admin") && !fits(expression, "h", "/elsa/api/admins"));
        assert!(fits("PathRegexp(`admin`)", "h", "/x/admin/y"));
        assert!(fits("PathRegexp(\"^/\\\\d+$\")", "h", "/42"));
    }

    #[test]
    fn what_traefik_or_the_simulator_does_not_know_is_an_error() {
        for rule in [
            "",
            "Host(`a`) &&",
            "Host(`a`) & Path(`/`)",
            "(Host(`a`)",
            "Host(`a`))",
            "Host('a')",
            "Host(a)",
            "Host(`a`, `b`)",
            "Host()",
            "Hosts(`a`)",
            "Method(`GET`)",
            "Header(`a`, `b`)",
            "Path(`no-slash`)",
            "PathRegexp(`(`)",
            "Host(`a",
            "Host(`*.a`)",
            "Path(`/a`) Path(`/b`)",
        ] {
            assert!(Rule::parse(rule).is_err(), "{rule}");
        }
    }
}
