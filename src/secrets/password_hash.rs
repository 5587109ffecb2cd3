//! The hash by which Elsa 3.5 knows a user's password: base64(SHA-256(password and salt)), each in its bytes.

use super::{base64, known};
use crate::engine::filters;
use sha2::{Digest, Sha256};

/// The fewest bytes of a salt; those that we make, and Elsa's own, have 32.
const SALT_LEAST: usize = 16;

/// The bytes of a salt as a Secret holds it; nothing if it is none.
pub(super) fn salt(text: &str) -> Option<Vec<u8>> {
    base64::decode(text).filter(|salt| salt.len() >= SALT_LEAST)
}

/// The bytes of a hash as a Secret holds it; nothing if it is none.
pub(super) fn hash(text: &str) -> Option<[u8; 32]> {
    base64::decode(text)?.try_into().ok()
}

/// Whether this is the hash or the salt that the templates give to users whom nobody may be: zeros alone. It keeps nothing
/// secret, as nothing is known whose SHA-256 it is.
#[must_use]
pub fn is_zeros(text: &str) -> bool {
    hash(text) == Some([0; 32])
}

/// The hash of a password with a salt.
pub(super) fn of(password: &str, salt: &[u8]) -> [u8; 32] {
    Sha256::new().chain_update(password).chain_update(salt).finalize().into()
}

/// The same as a Secret holds it.
pub(super) fn text(password: &str, salt: &[u8]) -> String {
    filters::base64(&of(password, salt))
}

/// Whether it is the hash of a password that everybody tries first, with this salt or with the one of Elsa's images.
pub(super) fn is_known(hash: &[u8; 32], own: Option<&[u8]>) -> bool {
    let built_in = salt(known::ADMIN_SALT);
    let salts = own.into_iter().chain(built_in.as_deref());
    salts.into_iter().any(|salt| known::passwords().any(|password| of(&password, salt) == *hash))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADMIN_HASH: &str = "TfKzh9RLix6FPcCNeHLkGrysFu3bYxqzGqduNdi8v1U=";

    #[test]
    fn the_administrator_of_the_images() {
        let salt = salt(known::ADMIN_SALT).unwrap();
        assert_eq!(salt.len(), 32);
        assert_eq!(text("password", &salt), ADMIN_HASH);
        assert_eq!(hash(ADMIN_HASH), Some(of("password", &salt)));
        assert!(is_known(&of("password", &salt), None));
    }

    #[test]
    fn known_passwords_are_known_with_any_salt() {
        let own: &[u8] = b"sixteen bytes or";
        assert!(is_known(&of("Password", own), Some(own)));
        assert!(!is_known(&of("Password", own), None));
        assert!(!is_known(&of("a good password", own), Some(own)));
    }

    #[test]
    fn salts_and_hashes_have_a_length() {
        for (bytes, is_salt, is_hash) in
            [(15, false, false), (16, true, false), (32, true, true), (33, true, false)]
        {
            let encoded = filters::base64(&vec![0xff; bytes]);
            assert_eq!((salt(&encoded).is_some(), hash(&encoded).is_some()), (is_salt, is_hash), "{bytes}");
        }
        assert_eq!(salt("no base64, but longer than a salt has to be"), None);
        assert!(is_zeros(&filters::base64(&[0; 32])) && !is_zeros(&filters::base64(&[0; 31])));
        assert!(!is_zeros(ADMIN_HASH) && !is_zeros(""));
    }
}
