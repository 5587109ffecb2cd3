//! Runs on one directory at the same time wait for each other.

use std::fs::File;
use std::path::Path;

/// Keeps other runs out until it is dropped, or the process dies. `None` where the file system has no locks: such a
/// run is no worse off than with any other tool.
pub(super) fn exclusive(dir: &Path) -> Option<File> {
    let handle = File::open(dir).ok()?;
    handle.lock().ok()?;
    Some(handle)
}

/// Keeps writers out, but not other readers.
pub(super) fn shared(dir: &Path) -> Option<File> {
    let handle = File::open(dir).ok()?;
    handle.lock_shared().ok()?;
    Some(handle)
}
