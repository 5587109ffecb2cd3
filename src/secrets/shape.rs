//! What a value of a Secret must look like. No sentence here holds anything of the value.

use super::Generator;
use crate::diagnostics::Severity;

/// What is wrong with a value.
pub(super) struct Fault {
    pub(super) code: &'static str,
    pub(super) severity: Severity,
    /// Goes on after the key's name: "is empty".
    pub(super) message: &'static str,
    pub(super) help: &'static str,
}

/// Signing keys that everybody knows: those of Elsa's images and samples, and that of our own development Secret.
const KNOWN_SIGNING_KEYS: [&str; 4] = [
    "large-signing-key-for-signing-jwt-tokens",
    "sufficiently-large-secret-signing-key",
    "change_me_to_a_secure_random_key",
    "development-only-signing-key-known-to-everybody",
];

/// Passwords that are the first to be tried.
const KNOWN_PASSWORDS: [&str; 8] =
    ["password", "guest", "development", "admin", "elsa", "postgres", "changeme", "secret"];

const SIGNING_KEY_LEAST: usize = 32;
const PASSWORD_ENOUGH: usize = 12;
const COOKIE_ENOUGH: usize = 20;
const COOKIE_MOST: usize = 255;

const ENTROPY: &str = "let `elsakube secrets --generate` make one";

/// Everything that is wrong with a value. `in_text` says that some container writes it into a longer text with
/// `$(NAME)`, such as a URI or a connection string, where nothing can be quoted.
pub(super) fn faults(generator: Option<&Generator>, in_text: bool, value: &[u8]) -> Vec<Fault> {
    if value.is_empty() {
        return vec![error("empty-secret", "is empty", "give it a value")];
    }
    let Some(generator) = generator else { return Vec::new() };
    let Ok(text) = std::str::from_utf8(value) else {
        return vec![shape("is not text", "write UTF-8, encoded once")];
    };
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
    let folded = text.to_ascii_lowercase();
    let length = text.chars().count();
    match generator {
        Generator::UserName(_) => {}
        Generator::Password if KNOWN_PASSWORDS.contains(&folded.as_str()) => {
            found.push(error("weak-secret", "is a password that everybody tries first", ENTROPY));
        }
        Generator::Password => {
            if length < PASSWORD_ENOUGH {
                found.push(weak("is a password of fewer than 12 characters"));
            }
        }
        Generator::SigningKey if KNOWN_SIGNING_KEYS.contains(&folded.as_str()) => {
            let message = "is a signing key that everybody knows, with which anybody can sign in";
            found.push(error("weak-secret", message, ENTROPY));
        }
        Generator::SigningKey => {
            if !text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
                found.push(shape("holds characters outside of printable ASCII", ENTROPY));
            }
            if length < SIGNING_KEY_LEAST {
                let message = "has fewer than the 32 characters without which Elsa does not start";
                found.push(shape(message, ENTROPY));
            }
        }
        Generator::ErlangCookie => {
            if length > COOKIE_MOST || !text.bytes().all(|byte| matches!(byte, b'!'..=b'~')) {
                let message = "is no Erlang cookie: at most 255 printable ASCII characters without blanks";
                found.push(shape(message, ENTROPY));
            }
            if length < COOKIE_ENOUGH {
                found.push(weak("is a cookie of fewer than 20 characters"));
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
    Fault { severity: Severity::Warning, ..error("weak-secret", message, ENTROPY) }
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
            ("none", true, b"anything\n", ""),
            ("none", true, b"", "empty-secret"),
        ] {
            assert_eq!(codes(generator, in_text, value), expected, "{generator} {value:?}");
        }
    }
}
