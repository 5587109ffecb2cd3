//! What everybody knows: credentials of Elsa's images and samples and of our own development Secret, and the passwords
//! that are tried first.

/// Signing keys, in lower case.
const SIGNING_KEYS: [&str; 4] = [
    "large-signing-key-for-signing-jwt-tokens",
    "sufficiently-large-secret-signing-key",
    "change_me_to_a_secure_random_key",
    "development-only-signing-key-known-to-everybody",
];

/// How the hexadecimal signing key begins that the combined image of Elsa 3.5 has built in.
const COMBINED_SIGNING_KEY: &str = "c7dc8187";

/// Passwords, in lower case.
const PASSWORDS: [&str; 8] =
    ["password", "guest", "development", "admin", "elsa", "postgres", "changeme", "secret"];

/// The salt of the administrator whom the images of Elsa 3.5 have built in, with the password `password`.
pub(super) const ADMIN_SALT: &str = "JEy9kBlhHCNsencitRHlGxmErmSgY+FVyMJulCH27Ds=";

/// Whether this is a signing key of an Elsa image or sample, or of elsakube's own development Secret, in whatever case
/// and between whatever blanks: with it anybody can sign in.
pub(super) fn is_known_signing_key(text: &str) -> bool {
    let text = text.trim().to_ascii_lowercase();
    SIGNING_KEYS.contains(&&*text) || text.starts_with(COMBINED_SIGNING_KEY)
}

/// Whether this password is among the first to be tried, in whatever case.
pub(super) fn is_password(text: &str) -> bool {
    PASSWORDS.contains(&&*text.to_ascii_lowercase())
}

/// Every such password as people spell it: in lower case, in upper case, and with a capital.
pub(super) fn passwords() -> impl Iterator<Item = String> {
    PASSWORDS.iter().flat_map(|password| {
        let (first, rest) = password.split_at(1);
        [(*password).to_string(), password.to_ascii_uppercase(), first.to_ascii_uppercase() + rest]
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signing_keys_are_known_in_every_case() {
        for known in [
            "sufficiently-large-secret-signing-key",
            "CHANGE_ME_TO_A_SECURE_RANDOM_KEY",
            "Change_Me_To_A_Secure_Random_Key\n",
            "large-signing-key-for-signing-JWT-tokens",
            "c7dc81870123456789abcdef0123456789abcdef",
            "C7DC8187",
            " development-only-signing-key-known-to-everybody ",
        ] {
            assert!(is_known_signing_key(known), "{known}");
        }
        for unknown in ["", "c7dc818", "0c7dc8187", "sufficiently-large-secret-signing-key-of-mine"] {
            assert!(!is_known_signing_key(unknown), "{unknown}");
        }
    }

    #[test]
    fn passwords_are_known_as_people_spell_them() {
        assert!(passwords().all(|password| is_password(&password)));
        assert!(passwords().any(|password| password == "Password"));
        assert!(!is_password("password1"));
    }
}
