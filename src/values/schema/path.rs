//! Paths as `--set` writes them: `a.b[0].c`, with a backslash before a dot that belongs to a key.

/// One step from a value into a value inside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// To the member of that name.
    Key(String),
    /// To the item of that number, from 0.
    Index(usize),
}

/// The path of a member.
pub fn member(path: &str, key: &str) -> String {
    let mut joined = String::with_capacity(path.len() + 1 + key.len());
    joined.push_str(path);
    if !path.is_empty() {
        joined.push('.');
    }
    for letter in key.chars() {
        if matches!(letter, '.' | '[' | ']' | '\\') {
            joined.push('\\');
        }
        joined.push(letter);
    }
    joined
}

/// The path of an item.
pub fn item(path: &str, index: usize) -> String {
    format!("{path}[{index}]")
}

/// The steps of a path; nothing if it is not one.
pub fn steps(path: &str) -> Option<Vec<Step>> {
    let mut steps = Vec::new();
    let mut letters = path.chars().peekable();
    while letters.peek().is_some() {
        if letters.next_if_eq(&'[').is_some() {
            let digits: String = std::iter::from_fn(|| letters.next_if(char::is_ascii_digit)).collect();
            letters.next_if_eq(&']')?;
            steps.push(Step::Index(digits.parse().ok()?));
            continue;
        }
        if letters.next_if_eq(&'.').is_some() == steps.is_empty() {
            return None;
        }
        let mut key = String::new();
        while let Some(letter) = letters.next_if(|letter| !matches!(letter, '.' | '[')) {
            key.push(if letter == '\\' { letters.next()? } else { letter });
        }
        if key.is_empty() {
            return None;
        }
        steps.push(Step::Key(key));
    }
    Some(steps)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_undo_what_member_and_item_do() {
        let path = member(&item(&item(&member("", "a.b"), 0), 12), r"c[\]");
        assert_eq!(path, r"a\.b[0][12].c\[\\\]");
        let key = |key: &str| Step::Key(key.to_string());
        assert_eq!(steps(&path), Some(vec![key("a.b"), Step::Index(0), Step::Index(12), key(r"c[\]")]));
        assert_eq!(steps(""), Some(vec![]));
        for bad in [".a", "a.", "a..b", "a[", "a[x]", "a[]", "a[0]b", "a\\"] {
            assert_eq!(steps(bad), None, "{bad}");
        }
    }
}
