//! What may be done to a path, and how a prefix is compared with it.

/// A byte that RFC 3986 (2.3) calls unreserved: encoded or not, it is the same.
fn unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~".contains(&byte)
}

/// Decodes those `%XX` that `which` admits and leaves the others as they are; nothing if one is none.
pub fn decode(path: &str, which: impl Fn(u8) -> bool) -> Option<String> {
    let bytes = path.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] == b'%' {
            let digits = path.get(at + 1..at + 3)?;
            let byte = u8::from_str_radix(digits, 16).ok()?;
            if which(byte) {
                decoded.push(byte);
            } else {
                decoded.extend(&bytes[at..at + 3]);
            }
            at += 3;
        } else {
            decoded.push(bytes[at]);
            at += 1;
        }
    }
    // What is no UTF-8 is of no interest here, but must not disappear.
    Some(String::from_utf8_lossy(&decoded).into_owned())
}

/// Decodes the unreserved characters only.
pub fn decode_unreserved(path: &str) -> Option<String> {
    decode(path, unreserved)
}

/// Removes `.` and `..` as RFC 3986 (5.2.4) says; empty segments count.
pub fn remove_dots(path: &str) -> String {
    let segments: Vec<&str> = path.strip_prefix('/').unwrap_or(path).split('/').collect();
    let mut kept: Vec<&str> = Vec::new();
    for (index, segment) in segments.iter().enumerate() {
        let last = index + 1 == segments.len();
        match *segment {
            "." => {}
            ".." => {
                kept.pop();
            }
            other => {
                kept.push(other);
                continue;
            }
        }
        if last {
            kept.push("");
        }
    }
    format!("/{}", kept.join("/"))
}

/// Makes one slash of several.
pub fn merge_slashes(path: &str) -> String {
    let mut merged = String::with_capacity(path.len());
    for character in path.chars() {
        if !(character == '/' && merged.ends_with('/')) {
            merged.push(character);
        }
    }
    merged
}

/// Whether `..` leads above the root, where each segment is one level.
pub fn leaves_root(path: &str) -> bool {
    let mut depth = 0_i32;
    for segment in path.split('/') {
        depth += match segment {
            "" | "." => 0,
            ".." => -1,
            _ => 1,
        };
        if depth < 0 {
            return true;
        }
    }
    false
}

/// Whether a path is equal to a prefix or goes on below it, element by element, as Ingress (`Prefix`) and HTTPRoute
/// (`PathPrefix`) say. A slash at the end of the prefix means nothing.
pub fn has_prefix(path: &str, prefix: &str) -> bool {
    let prefix = prefix.trim_end_matches('/');
    path.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[test]
fn dots_go_as_the_rfc_says() {
    let cases = [
        ("/a/b/c/./../../g", "/a/g"),
        ("/a/b/..", "/a/"),
        ("/a/./b", "/a/b"),
        ("/../a", "/a"),
        ("/.", "/"),
        ("/..", "/"),
        ("/", "/"),
        ("/a/", "/a/"),
        ("/a//../b", "/a/b"),
        ("//a", "//a"),
        ("//..", "/"),
        ("/...", "/..."),
    ];
    for (path, expected) in cases {
        assert_eq!(remove_dots(path), expected, "{path}");
    }
    assert!(leaves_root("/a/../../b") && !leaves_root("/a/../b") && leaves_root("/.."));
}

#[test]
fn only_what_is_asked_for_is_decoded() {
    assert_eq!(decode_unreserved("/%61%2e%2F%7E%25").unwrap(), "/a.%2F~%25");
    assert_eq!(decode("/%61%2fb", |_| true).unwrap(), "/a/b");
    assert_eq!(decode("/%6", |_| true), None);
    assert_eq!(decode("/%zz", |_| true), None);
    assert_eq!(merge_slashes("//a///b/"), "/a/b/");
}

/// The table of examples of the Ingress documentation.
#[test]
fn a_prefix_is_compared_by_element() {
    let cases = [
        ("/", "/anything", true),
        ("/foo", "/foo", true),
        ("/foo", "/foo/", true),
        ("/foo/", "/foo", true),
        ("/foo/", "/foo/", true),
        ("/aaa/bb", "/aaa/bbb", false),
        ("/aaa/bbb", "/aaa/bbb", true),
        ("/aaa/bbb/", "/aaa/bbb", true),
        ("/aaa/bbb", "/aaa/bbb/", true),
        ("/aaa/bbb", "/aaa/bbb/ccc", true),
        ("/aaa/bbb", "/aaa/bbbxyz", false),
        ("/aaa", "/aaa/ccc", true),
        ("/aaa", "/ccc", false),
        ("/foo", "/FOO", false),
    ];
    for (prefix, path, expected) in cases {
        assert_eq!(has_prefix(path, prefix), expected, "{prefix} {path}");
    }
}
