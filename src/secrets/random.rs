//! Random bytes and text from the operating system: the only randomness in elsakube.

use crate::diagnostics::{Diagnostic, Result};

/// So many characters of an alphabet, each as likely as any other.
///
/// # Errors
/// `no-randomness`: the operating system gives none.
pub(super) fn text(alphabet: &[u8], length: usize) -> Result<String> {
    // The largest multiple of the alphabet's size that a byte can hold: above it some letters would be likelier.
    let fair = 256 - 256 % alphabet.len();
    let mut text = String::with_capacity(length);
    while text.len() < length {
        let letters = bytes::<64>()?
            .into_iter()
            .map(usize::from)
            .filter(|byte| *byte < fair)
            .map(|byte| char::from(alphabet[byte % alphabet.len()]));
        text.extend(letters.take(length - text.len()));
    }
    Ok(text)
}

/// So many bytes.
///
/// # Errors
/// `no-randomness`: the operating system gives none.
pub(super) fn bytes<const LENGTH: usize>() -> Result<[u8; LENGTH]> {
    let mut bytes = [0; LENGTH];
    getrandom::fill(&mut bytes).map_err(|error| {
        Diagnostic::error("no-randomness", format!("the system gives no random bytes: {error}"))
    })?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn every_letter_comes_and_no_other() {
        let alphabet: Vec<u8> = (b'!'..=b'~').collect();
        let long = text(&alphabet, 20_000).unwrap();
        assert_eq!(long.len(), 20_000);
        for letter in &alphabet {
            // 212 on average; a fair one is outside of this once in 10^20 runs.
            let count = long.bytes().filter(|byte| byte == letter).count();
            assert!((75..400).contains(&count), "{}: {count}", char::from(*letter));
        }
        assert_eq!(long.bytes().filter(|byte| !alphabet.contains(byte)).count(), 0);
        assert_ne!(text(&alphabet, 32).unwrap(), text(&alphabet, 32).unwrap());
        assert_eq!(text(b"a", 3).unwrap(), "aaa");
    }
}
