//! Paths of routes: prefixes, patterns and what a rewrite leaves of them.

/// The prefix that a path or a pattern of paths stands for, without a slash at the end.
pub(super) fn prefix(path: &str) -> String {
    let path = path.trim_start_matches("(?i)").trim_start_matches('^');
    let end = path.find(['(', '[', '*', '?', '\\', '$', '|', '+', '{']).unwrap_or(path.len());
    let fixed = match path[end..].starts_with('*') {
        // `.*`
        true => path[..end].trim_end_matches('.'),
        false => &path[..end],
    };
    match fixed.trim_end_matches('/') {
        "" => "/".to_string(),
        fixed => fixed.to_string(),
    }
}

/// Whether all below a path is below a prefix, both as [`prefix`] gives them.
pub(in super::super) fn covers(prefix: &str, path: &str) -> bool {
    prefix == "/" || path.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Whether a rewrite by pattern leaves a path as it is: `/(.*)` to `/$1`.
pub(super) fn is_kept(pattern: &str, target: &str) -> bool {
    pattern.contains('(') && target.contains('$') && prefix(pattern) == prefix(target)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_prefix_of_patterns() {
        for (path, wanted) in [
            ("/", "/"),
            ("", "/"),
            ("/elsa/", "/elsa"),
            ("/elsa(/|$)(.*)", "/elsa"),
            ("/elsa/?(.*)", "/elsa"),
            ("/(.*)", "/"),
            ("^/elsa/.*", "/elsa"),
            ("(?i)^/elsa(/|$)", "/elsa"),
            ("/v1.0", "/v1.0"),
        ] {
            assert_eq!(prefix(path), wanted, "{path}");
        }
    }

    #[test]
    fn prefixes_cover_whole_segments() {
        assert!(covers("/", "/elsa"));
        assert!(covers("/elsa", "/elsa"));
        assert!(covers("/elsa", "/elsa/api"));
        assert!(!covers("/elsa", "/elsabot"));
        assert!(!covers("/elsa/api", "/elsa"));
    }

    #[test]
    fn a_rewrite_to_the_same_path_is_none() {
        assert!(is_kept("/(.*)", "/$1"));
        assert!(is_kept("/elsa(/|$)(.*)", "/elsa/$2"));
        assert!(!is_kept("/elsa(/|$)(.*)", "/$2"));
        assert!(!is_kept("/", "/"));
    }
}
