//! The only module that writes: a stream on stdout, or a directory that elsakube shares with its user.
//!
//! A directory is written so that neither a crash nor a full disk nor the user's own work in it can end badly.
//! Its file `.elsakube` lists what is ours, with hashes; everything else is foreign and stays. One run goes:
//!
//! 1. Look at every path, ours and to come. Any that is foreign or edited ends the run, before the first write.
//! 2. `.elsakube` is replaced by one that lists the new hashes *and* the old ones: from here the tree is *half
//!    written*, `--check` says so, and the next run knows every file that may be there.
//! 3. All new text goes into temporary files beside their targets. What can fail for want of space or permission
//!    fails here, and is undone: the old tree stands as before.
//! 4. Stale files are removed and the temporary ones renamed into place.
//! 5. `.elsakube` loses the old hashes.
//!
//! A run takes an exclusive lock on the directory (released by the kernel, however the run ends), a check a shared
//! one, so runs at the same time wait for each other. Symbolic links inside the directory are never followed; the
//! directory itself may be one.

pub mod directory;
pub mod drift;
pub mod files;
pub mod layout;
pub mod stream;

mod lock;
mod look;
mod ownership;
mod plan;
mod tree;

pub use tree::Tree;

use crate::diagnostics::Diagnostic;
use std::io;
use std::path::Path;

fn cannot_write(path: &Path, why: &io::Error) -> Diagnostic {
    Diagnostic::error("cannot-write", format!("cannot write {}: {why}", path.display()))
}

fn cannot_read(path: &Path, why: &io::Error) -> Diagnostic {
    Diagnostic::error("cannot-read", format!("cannot read {}: {why}", path.display()))
}
