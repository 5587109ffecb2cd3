//! What a value of a Secret must look like. No sentence here holds anything of the value.

use super::{Generator, known, password_hash};
use crate::diagnostics::Severity;

/// What is wrong with a value.
pub(super) struct Fault {
    pub(super) code: &'static str,
    pub(super) severity: Severity,
    /// Goes on after the key's name: "is empty".
    pub(super) message: &'static str,
    pub(super) help: &'static str,
}

const SIGNING_KEY_LEAST: usize = 32;
const PASSWORD_ENOUGH: usize = 12;
const COOKIE_ENOUGH: usize = 20;
const COOKIE_MOST: usize = 255;

/// The way to a good value.
pub(super) const GENERATE: &str = "let `elsakube secrets --generate` make one";

/// Everything that is wrong with a value. `in_text` says that some container writes it into a longer text with
/// `$(NAME)`, such as a URI or a connection string, where nothing can be quoted.
pub(super) fn faults(generator: Option<&Generator>, in_text: bool, value: &[u8]) -> Vec<Fault> {
    if value.is_empty() {
        return vec![error("empty-secret", "is empty", "give it a value")];
    }
    let Some(generator) = generator else { return Vec::new() };
    let is_base64 = matches!(generator, Generator::Salt | Generator::PasswordHash { .. });
    let Ok(text) = std::str::from_utf8(value) else {
        let help = match is_base64 {
            true => {
                "what Elsa reads is base64 itself: in `stringData` it stands as it is, in `data` it is encoded twice"
            }
            false => "write UTF-8, encoded once",
        };
        return vec![shape("is not text", help)];
    };
    if text.trim().is_empty() {
        return vec![error("empty-secret", "is blank", "give it a value")];
    }
    if text.ends_with(['\n', '\r']) {
        let help = "`echo` adds one to what it prints, `printf %s` does not; without it the program would refuse the value or compare it in vain";
        return vec![shape("ends with a newline", help)];
    }
    if text.trim() != text {
        return vec![shape("begins or ends with a blank", "take it off")];
    }
    let mut found = Vec::new();
    if text.chars().any(char::is_control) {
        found.push(shape("holds a control character", "write printable characters only, on one line"));
    }
    if in_text && !text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._~-".contains(&byte)) {
        found.push(shape(
            "holds characters that cannot stand in a URI",
            "a container writes it into a connection string, where nothing can be quoted: use letters, digits, `.`, `_`, `~` and `-`",
        ));
    }
    let length = text.chars().count();
    match generator {
        Generator::UserName(_) | Generator::Given => {}
        Generator::Password if known::is_password(text) => {
            found.push(error("weak-secret", "is a password that everybody tries first", GENERATE));
        }
        Generator::Password => {
            if length < PASSWORD_ENOUGH {
                found.push(weak("is a password of fewer than 12 characters"));
            }
        }
        Generator::SigningKey if known::is_known_signing_key(text) => {
            let message = "is a signing key that everybody knows, with which anybody can sign in";
            found.push(error("weak-secret", message, GENERATE));
        }
        Generator::SigningKey => {
            if !text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
                found.push(shape("holds characters outside of printable ASCII", GENERATE));
            }
            if length < SIGNING_KEY_LEAST {
                let message = "has fewer than the 32 characters without which nobody can log in";
                found.push(shape(message, GENERATE));
            }
        }
        Generator::ErlangCookie => {
            if length > COOKIE_MOST || !text.bytes().all(|byte| matches!(byte, b'!'..=b'~')) {
                let message = "is no Erlang cookie: at most 255 printable ASCII characters without blanks";
                found.push(shape(message, GENERATE));
            }
            if length < COOKIE_ENOUGH {
                found.push(weak("is a cookie of fewer than 20 characters"));
            }
        }
        Generator::Salt => {
            if password_hash::salt(text).is_none() {
                found.push(shape("is not the base64 of 16 bytes or more", GENERATE));
            }
        }
        Generator::PasswordHash { .. } => {
            if password_hash::hash(text).is_none() {
                let help = "a SHA-256 of password and salt is, while what Elsa 3.8 makes itself is another hash, which Elsa 3.5 does not read; `elsakube secrets --generate` makes one";
                found.push(shape("is not the base64 of 32 bytes", help));
            }
        }
    }
    found
}

fn error(code: &'static str, message: &'static str, help: &'static str) -> Fault {
    Fault { code, severity: Severity::Error, message, help }
}

fn shape(message: &'static str, help: &'static str) -> Fault {
    error("secret-shape", message, help)
}

fn weak(message: &'static str) -> Fault {
    Fault { severity: Severity::Warning, ..error("weak-secret", message, GENERATE) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(generator: &str, in_text: bool, value: &[u8]) -> String {
        let generator = Generator::parse(generator);
        let faults = faults(generator.as_ref(), in_text, value);
        let shown = |fault: &Fault| match fault.severity {
            Severity::Error => fault.code.to_string(),
            Severity::Warning => format!("({})", fault.code),
        };
        faults.iter().map(shown).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn each_kind_has_its_demands() {
        let long = b"0123456789abcdef0123456789abcdef";
        for (generator, in_text, value, expected) in [
            ("userName", false, &b"admin"[..], ""),
            ("userName", true, b"a@b", "secret-shape"),
            ("userName", false, b"a@b", ""),
            ("userName", false, b"admin\n", "secret-shape"),
            ("userName", false, b"", "empty-secret"),
            ("password", false, b"p@ss w/o rd! long", ""),
            ("password", true, b"p@ss w/o rd! long", "secret-shape"),
            ("password", true, b"A._~-0123456789z", ""),
            ("password", false, b"Guest", "weak-secret"),
            ("password", false, b"short", "(weak-secret)"),
            ("password", false, b"long enough, really\n", "secret-shape"),
            ("password", false, b" long enough, really", "secret-shape"),
            ("password", false, b"long enough,\treally", "secret-shape"),
            ("password", false, b"\xff\xfe\xfd", "secret-shape"),
            ("signingKey", false, long, ""),
            ("signingKey", false, &long[1..], "secret-shape"),
            ("signingKey", false, "ü23456789abcdef0123456789abcdef0".as_bytes(), "secret-shape"),
            ("signingKey", false, b"CHANGE_ME_TO_A_SECURE_RANDOM_KEY", "weak-secret"),
            ("signingKey", false, b"large-signing-key-for-signing-JWT-tokens", "weak-secret"),
            ("signingKey", false, b"0123456789abcdef 0123456789abcdef", ""),
            ("signingKey", false, b"0123456789abcdef0123456789abcdef\r\n", "secret-shape"),
            ("erlangCookie", false, long, ""),
            ("erlangCookie", false, b"with a blank in the middle", "secret-shape"),
            ("erlangCookie", false, b"SHORT", "(weak-secret)"),
            ("signingKey", false, b"c7dc81870123456789abcdef0123456789abcdef", "weak-secret"),
            ("userName", false, b" \n", "empty-secret"),
            ("password", false, b"   ", "empty-secret"),
            ("salt", false, b"JEy9kBlhHCNsencitRHlGxmErmSgY+FVyMJulCH27Ds=", ""),
            ("salt", false, b"JEy9kBlhHCNsencitRHlGxmErmSgY+FVyMJulCH27Ds=\n", "secret-shape"),
            ("salt", false, b"JEy9kBlhHCNsencitRHlGxmErmSgY+FVyMJulCH27Ds", "secret-shape"),
            ("salt", false, b"MDEyMzQ1Njc4OWFiY2RlZg==", ""),
            ("salt", false, b"MDEyMzQ1Njc4OWFiY2Rl", "secret-shape"),
            ("salt", false, b"\x24\x4c\xbd\x90", "secret-shape"),
            ("passwordHash a b", false, b"TfKzh9RLix6FPcCNeHLkGrysFu3bYxqzGqduNdi8v1U=", ""),
            ("passwordHash a b", false, b"TfKzh9RLix6FPcCNeHLkGrysFu3bYxqzGqduNdi8v1U=\n", "secret-shape"),
            ("passwordHash a b", false, b"MDEyMzQ1Njc4OWFiY2RlZg==", "secret-shape"),
            ("passwordHash a b", false, b"", "empty-secret"),
            ("given", false, b"AKIA", ""),
            ("given", false, b"AKIA\n", "secret-shape"),
            ("given", false, b"", "empty-secret"),
            ("none", true, b"anything\n", ""),
            ("none", true, b"", "empty-secret"),
        ] {
            assert_eq!(codes(generator, in_text, value), expected, "{generator} {value:?}");
        }
    }
}
