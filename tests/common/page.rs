//! Parts of documentation that tests make: what stands between `<!-- made: NAME -->` and `<!-- end -->`.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::PathBuf;

/// Compares a made part of a page with what it has to be, or writes it anew where `SNAPSHOTS` is `overwrite`.
pub fn check(page: &str, name: &str, made: &str, command: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(page);
    let text = fs::read_to_string(&path).unwrap();
    let begin = format!("<!-- made: {name} -->\n");
    let (before, rest) = text.split_once(&begin).unwrap_or_else(|| panic!("{page} has no {begin}"));
    let (present, after) = rest.split_once("<!-- end -->").unwrap();
    if std::env::var_os("SNAPSHOTS").is_some_and(|value| value == "overwrite") {
        fs::write(&path, format!("{before}{begin}{made}<!-- end -->{after}")).unwrap();
    } else {
        assert_eq!(present, made, "{page}: SNAPSHOTS=overwrite {command}");
    }
}
