//! Upper and lower case as Go has it: a character for a character, where Rust also knows those that become two.
//! Compared over all letters, they part only where Rust has a newer Unicode than the helm.

/// Go's `unicode.ToLower`.
pub(super) fn lower(letter: char) -> char {
    // Only İ becomes two characters: an i and a dot above.
    letter.to_lowercase().next().unwrap_or(letter)
}

/// Go's `unicode.ToUpper`.
pub(super) fn upper(letter: char) -> char {
    let mut upper = letter.to_uppercase();
    match (upper.next(), upper.next()) {
        (Some(single), None) => single,
        _ => titlecase(letter),
    }
}

/// The Greek letters with an iota below have a single capital; others that Rust writes with several (ß, ŉ, ﬁ) have none.
fn titlecase(letter: char) -> char {
    let code = u32::from(letter);
    let capital = match code {
        0x1F80..=0x1FAF => code | 8,
        0x1FB3 | 0x1FC3 | 0x1FF3 => code + 9,
        _ => code,
    };
    char::from_u32(capital).unwrap_or(letter)
}
