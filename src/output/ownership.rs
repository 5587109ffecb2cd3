//! `.elsakube`: which files of a directory are ours, and what was in them when we wrote them.
//!
//! Plain text in the format of `sha256sum`, so that `sha256sum --check .elsakube` finds edited files too. While a run
//! is under way a second list follows: what was there before.

use super::look::{Found, look};
use super::tree;
use crate::diagnostics::{Diagnostic, Result};
use indexmap::IndexMap;
use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::path::Path;

/// Its name: no extension that kubectl reads.
pub(super) const FILE: &str = ".elsakube";
/// Its next version, until it is renamed.
pub(super) const NEXT: &str = ".elsakube.new";

const HEADER: &str = "# The files that elsakube wrote here and owns: it replaces and removes them, unless edited.\n\
                      # Commit this list with them. `sha256sum --check .elsakube` finds edited ones.\n";
const HALF_WRITTEN: &str = "half written, run elsakube again; before:";

/// The content of the ownership file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Ownership {
    /// Path → hash of each file as it is to be; sorted.
    pub(super) files: IndexMap<String, String>,
    /// Path → hash of each file of ours as it was when the run began that wrote this; `None` once it has ended.
    pub(super) before: Option<IndexMap<String, String>>,
}

impl Ownership {
    /// Reads the ownership file of a directory; without one nothing is owned.
    ///
    /// # Errors
    /// `corrupt-ownership`, `foreign-file`, `cannot-read`.
    pub(super) fn load(dir: &Path) -> Result<Option<Self>> {
        let corrupt = |why: &str| {
            let path = dir.join(FILE);
            let message = format!("{} does not say which files are elsakube's: {why}", path.display());
            Diagnostic::error("corrupt-ownership", message).help(
                "restore it from version control, or remove it together with the files that elsakube wrote, \
                 or choose another directory",
            )
        };
        match look(dir, FILE)? {
            Found::Nothing => Ok(None),
            Found::Obstacle { what, .. } => Err(Diagnostic::error(
                "foreign-file",
                format!("{} is {what}, not a list of files", dir.join(FILE).display()),
            )
            .help("move it away, or choose another directory")
            .into()),
            Found::File(bytes) => {
                let text = String::from_utf8(bytes).map_err(|_| corrupt("it is not UTF-8"))?;
                Ok(Some(Ownership::parse(&text).map_err(|why| corrupt(&why))?))
            }
        }
    }

    fn parse(text: &str) -> std::result::Result<Self, String> {
        let mut ownership = Ownership::default();
        if !text.ends_with('\n') {
            return Err("it ends within a line".into());
        }
        for (index, line) in text.lines().enumerate() {
            if line == HALF_WRITTEN && ownership.before.is_none() {
                ownership.before = Some(IndexMap::new());
            } else if !line.starts_with('#') {
                let list = ownership.before.as_mut().unwrap_or(&mut ownership.files);
                let (path, hash) = entry(line).ok_or_else(|| format!("line {} is {line:?}", index + 1))?;
                if list.insert(path, hash).is_some() {
                    return Err(format!("line {} lists a file twice", index + 1));
                }
            }
        }
        Ok(ownership)
    }

    /// The text of the file.
    pub(super) fn text(&self) -> String {
        let mut text = HEADER.to_string();
        list(&mut text, &self.files);
        if let Some(before) = &self.before {
            text.push_str(HALF_WRITTEN);
            text.push('\n');
            list(&mut text, before);
        }
        text
    }

    /// Whether a file is ours, edited or not.
    pub(super) fn owns(&self, path: &str) -> bool {
        self.hashes(path).next().is_some()
    }

    /// Whether a file of ours may hold this, as we wrote it.
    pub(super) fn wrote(&self, path: &str, hash: &str) -> bool {
        self.hashes(path).any(|known| known == hash)
    }

    fn hashes(&self, path: &str) -> impl Iterator<Item = &String> {
        self.files.get(path).into_iter().chain(self.before.as_ref().and_then(|before| before.get(path)))
    }

    /// Path and hash of every file of ours, now or before; one that is in both lists comes twice.
    pub(super) fn entries(&self) -> impl Iterator<Item = (String, String)> {
        let lists = [Some(&self.files), self.before.as_ref()];
        lists.into_iter().flatten().flatten().map(|(path, hash)| (path.clone(), hash.clone()))
    }

    /// Every path of ours, now or before; one that is in both lists comes twice.
    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().chain(self.before.iter().flat_map(IndexMap::keys)).map(String::as_str)
    }
}

fn list(text: &mut String, files: &IndexMap<String, String>) {
    files.iter().for_each(|(path, hash)| text.extend([hash, "  ", path, "\n"]));
}

/// `HASH  PATH`, the path being one that we may write.
fn entry(line: &str) -> Option<(String, String)> {
    let (hash, path) = line.split_once("  ")?;
    let is_hash = hash.len() == 64 && hash.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    (is_hash && tree::check(path).is_ok()).then(|| (path.to_string(), hash.to_string()))
}

/// SHA-256 in hexadecimal.
pub(super) fn hash(bytes: &[u8]) -> String {
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        write!(hex, "{byte:02x}").unwrap_or_default();
    }
    hex
}

/// Where the text of a file waits to be renamed. The name follows from what the ownership file lists, so that the
/// next run finds and removes what a crash left, and nothing else.
pub(super) fn temporary(path: &str, text_hash: &str) -> String {
    let folder = path.rfind('/').map_or("", |slash| &path[..=slash]);
    format!("{folder}{FILE}-{}", &hash(format!("{path}\n{text_hash}").as_bytes())[..16])
}

/// Whether this is what a crash left of our own [`NEXT`], rather than somebody's file of that name.
pub(super) fn is_ours(next: &[u8]) -> bool {
    next.starts_with(HEADER.as_bytes()) || HEADER.as_bytes().starts_with(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(files: &[(&str, &str)]) -> IndexMap<String, String> {
        files.iter().map(|(path, text)| (path.to_string(), hash(text.as_bytes()))).collect()
    }

    #[test]
    fn what_is_written_reads_the_same() {
        let files = map(&[("a b.yaml", "1"), ("server/ä.yaml", "2")]);
        for before in [None, Some(IndexMap::new()), Some(map(&[("a b.yaml", "0"), ("old", "3")]))] {
            let ownership = Ownership { files: files.clone(), before };
            assert_eq!(Ownership::parse(&ownership.text()).unwrap(), ownership);
            let crlf = ownership.text().replace('\n', "\r\n");
            assert_eq!(Ownership::parse(&crlf).unwrap(), ownership);
        }
    }

    #[test]
    fn old_and_new_hashes_are_ours() {
        let ownership =
            Ownership { files: map(&[("a", "new")]), before: Some(map(&[("a", "old"), ("b", "old")])) };
        assert!(ownership.wrote("a", &hash(b"new")) && ownership.wrote("a", &hash(b"old")));
        assert!(ownership.owns("b") && !ownership.wrote("b", &hash(b"new")) && !ownership.owns("c"));
    }

    #[test]
    fn what_is_not_a_list_is_refused() {
        let ok = hash(b"");
        let twice = format!("{ok}  a\n{ok}  a\n");
        for text in [
            "",
            "nonsense\n",
            "<<<<<<< HEAD\n",
            &format!("{ok} a\n"),
            &format!("{ok}  a"),
            &format!("{ok}  ../a\n"),
            &format!("{ok}  /etc/passwd\n"),
            &format!("{ok}  .elsakube\n"),
            &format!("{}  a\n", ok.to_uppercase()),
            &format!("{}  a\n", &ok[1..]),
            &format!("{HALF_WRITTEN}\n{HALF_WRITTEN}\n"),
            &twice,
        ] {
            assert!(Ownership::parse(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn a_torn_next_list_is_told_from_a_foreign_file() {
        assert!(
            is_ours(b"")
                && is_ours(&HEADER.as_bytes()[..10])
                && is_ours(Ownership::default().text().as_bytes())
        );
        assert!(!is_ours(b"my notes"));
    }
}
