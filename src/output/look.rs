//! What stands at a path of the output directory, without following a link inside it.

use super::{cannot_read, tree};
use crate::diagnostics::Result;
use std::fs::{self, FileType};
use std::io;
use std::path::Path;

const FOLDER: &str = "a folder";

/// What stands at a path.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// Nothing, and nothing that would be in the way.
    Nothing,
    /// A regular file.
    File(Vec<u8>),
    /// Something that is no file, at the path itself or at a folder above it.
    Obstacle {
        /// The path of it.
        at: String,
        /// "a folder", "a symbolic link" …
        what: &'static str,
    },
}

/// Looks at a path of `dir`.
pub(super) fn look(dir: &Path, path: &str) -> Result<Found> {
    for folder in tree::folders(path) {
        match kind(dir, folder)? {
            None => return Ok(Found::Nothing),
            Some(kind) if kind.is_dir() => {}
            Some(kind) => return Ok(Found::Obstacle { at: folder.to_string(), what: name(kind) }),
        }
    }
    Ok(match kind(dir, path)? {
        None => Found::Nothing,
        Some(kind) if kind.is_file() => {
            let path = dir.join(path);
            Found::File(fs::read(&path).map_err(|why| cannot_read(&path, &why))?)
        }
        Some(kind) => Found::Obstacle { at: path.to_string(), what: name(kind) },
    })
}

/// Whether a path of `dir` is a folder, reached through folders only.
pub(super) fn is_folder(dir: &Path, path: &str) -> bool {
    matches!(look(dir, path), Ok(Found::Obstacle { at, what: FOLDER }) if at == path)
}

fn kind(dir: &Path, path: &str) -> Result<Option<FileType>> {
    let path = dir.join(path);
    match path.symlink_metadata() {
        Ok(metadata) => Ok(Some(metadata.file_type())),
        Err(why) if why.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(why) => Err(cannot_read(&path, &why).into()),
    }
}

fn name(kind: FileType) -> &'static str {
    if kind.is_dir() {
        FOLDER
    } else if kind.is_symlink() {
        "a symbolic link"
    } else if kind.is_file() {
        "a file"
    } else {
        "a device, pipe or socket"
    }
}
