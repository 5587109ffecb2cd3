//! The files to write, before anybody knows where.

use super::ownership;
use crate::diagnostics::{Diagnostic, Result};
use indexmap::IndexMap;

/// Relative path → text, for flat directories and charts alike. Paths use `/`, stay inside the directory, and differ
/// in more than case, so that a tree means the same on every file system.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    files: IndexMap<String, String>,
    /// Every path and every folder above one, in lower case: `true` for a file.
    taken: IndexMap<String, bool>,
}

impl Tree {
    /// No files yet.
    pub fn new() -> Self {
        Tree::default()
    }

    /// Adds a file.
    ///
    /// # Errors
    /// `bad-path`: the path leaves the directory, is not portable, or collides with another of the tree.
    pub fn insert(&mut self, path: impl Into<String>, text: impl Into<String>) -> Result<()> {
        let path = path.into();
        self.add(&path).map_err(|why| {
            Diagnostic::error("bad-path", format!("cannot name an output file {path:?}: {why}"))
        })?;
        self.files.insert(path, text.into());
        Ok(())
    }

    fn add(&mut self, path: &str) -> std::result::Result<(), String> {
        check(path)?;
        let folded = path.to_lowercase();
        match self.taken.get(&folded) {
            Some(true) => return Err("another file has this name, or one that differs in case only".into()),
            Some(false) => return Err("a folder has this name".into()),
            None => {}
        }
        for folder in folders(&folded) {
            if self.taken.insert(folder.to_string(), false) == Some(true) {
                return Err(format!("the folder {folder} is a file of the same output"));
            }
        }
        self.taken.insert(folded, true);
        Ok(())
    }

    /// The text of a file.
    pub fn get(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// Path and text of every file, in the order in which they were added.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// How many files.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is no file.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}

/// The folders above a path, outermost first.
pub(super) fn folders(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(slash, _)| &path[..slash])
}

/// Why a path cannot be a file of ours; also asked of the paths that an ownership file lists, since that file comes
/// from the disk and what it lists may be removed.
pub(super) fn check(path: &str) -> std::result::Result<(), String> {
    if path.starts_with('/') {
        return Err("it is absolute".into());
    }
    if let Some(bad) = path.chars().find(|c| c.is_control() || *c == '\\') {
        return Err(format!("it holds the character {bad:?}"));
    }
    for part in path.split('/') {
        match part {
            "" => return Err("a part of it is empty".into()),
            "." | ".." => return Err(format!("it holds the part {part:?}")),
            _ if part.to_lowercase().starts_with(ownership::FILE) => {
                return Err(format!("names that begin with {} are elsakube's own", ownership::FILE));
            }
            _ if part.len() > 255 => return Err("a part of it is longer than 255 bytes".into()),
            _ => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_inside_and_are_portable() {
        let long = "x".repeat(256);
        for (path, reason) in [
            ("", "empty"),
            ("/etc/passwd", "absolute"),
            ("../up.yaml", "\"..\""),
            ("a/../b.yaml", "\"..\""),
            ("a/./b.yaml", "\".\""),
            ("a//b.yaml", "empty"),
            ("a/", "empty"),
            ("a\\b", "'\\\\'"),
            ("a\nb", "'\\n'"),
            ("a\0b", "'\\0'"),
            (".elsakube", "elsakube's own"),
            ("a/.Elsakube-1", "elsakube's own"),
            (long.as_str(), "255"),
        ] {
            let error = Tree::new().insert(path, "").unwrap_err();
            assert_eq!(error.0[0].code, "bad-path");
            assert!(error.0[0].message.contains(reason), "{path:?}: {}", error.0[0].message);
        }
        for path in ["a.yaml", "a/b/c.yaml", ".helmignore", "templates/_helpers.tpl", "ä/ö.yaml", "a b.yaml"]
        {
            Tree::new().insert(path, "").unwrap();
        }
    }

    #[test]
    fn files_of_a_tree_do_not_collide() {
        for (one, other) in
            [("a.yaml", "a.yaml"), ("a.yaml", "A.yaml"), ("x", "x/a.yaml"), ("x/a.yaml", "x"), ("X/a", "x/A")]
        {
            let mut tree = Tree::new();
            tree.insert(one, "").unwrap();
            assert_eq!(tree.insert(other, "").unwrap_err().0[0].code, "bad-path", "{one} {other}");
        }
    }
}
