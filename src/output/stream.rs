//! The objects as one stream of YAML documents, for `kubectl apply -f -`.

use super::layout::File;
use crate::diagnostics::{Diagnostic, Result};
use std::io::{self, Write};

/// Writes every object with the template that made it, as `helm template` does. A reader that has seen enough, as in
/// `| head`, is no error.
///
/// # Errors
/// `cannot-write`: stdout is closed, or the disk behind it full.
pub fn write(objects: &[File<'_>], out: &mut dyn Write) -> Result<()> {
    match write_all(objects, out) {
        Err(why) if why.kind() != io::ErrorKind::BrokenPipe => {
            Err(Diagnostic::error("cannot-write", format!("cannot write to stdout: {why}")).into())
        }
        _ => Ok(()),
    }
}

fn write_all(objects: &[File<'_>], out: &mut dyn Write) -> io::Result<()> {
    let mut text = String::new();
    for File { template, text: object, .. } in objects {
        text.extend(["---\n# Source: ", template, "\n", object]);
        if !object.ends_with('\n') {
            text.push('\n');
        }
    }
    out.write_all(text.as_bytes())?;
    out.flush()
}
