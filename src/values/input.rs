//! The files that a user names: a path, or `-` for what is piped in.

use crate::diagnostics::{Diagnostic, Result, Source, Span, nearest};
use crate::yaml::reader::{self, limits};
use std::io::{ErrorKind, Read};
use std::path::Path;
use std::sync::Arc;

/// Reads files and, once, the standard input.
pub struct Files {
    stdin: Option<Box<dyn Read>>,
}

impl Default for Files {
    fn default() -> Self {
        Files::with_stdin(Box::new(std::io::stdin()))
    }
}

impl Files {
    /// Takes `-` from this reader.
    pub fn with_stdin(stdin: Box<dyn Read>) -> Self {
        Files { stdin: Some(stdin) }
    }

    /// A values file or profile, named as the user typed it.
    ///
    /// # Errors
    /// `file-unreadable`: there is none, it is a folder or a URL, or `-` is asked for a second time; `too-large`;
    /// `not-utf8`.
    pub fn read(&mut self, name: &str) -> Result<Arc<Source>> {
        reader::decode(name, &self.bytes(name, Some(limits::BYTES))?)
    }

    /// Manifests, which may be of any size.
    ///
    /// # Errors
    /// As [`Files::read`], but for `too-large`.
    pub fn manifests(&mut self, name: &str) -> Result<Arc<Source>> {
        reader::decode_manifests(name, &self.bytes(name, None)?)
    }

    /// A values file that a name in a text asks for.
    ///
    /// # Errors
    /// As [`Files::read`], pointing at the name.
    pub fn read_named(&mut self, name: &str, span: &Span) -> Result<Arc<Source>> {
        reader::decode(
            name,
            &self.bytes(name, Some(limits::BYTES)).map_err(|diagnostic| diagnostic.at(span.clone()))?,
        )
    }

    /// The content of a file that an argument names: `--set-file` takes any text, byte for byte.
    ///
    /// # Errors
    /// As [`Files::read`], pointing at the name.
    pub fn content(&mut self, name: &str, span: &Span) -> Result<String> {
        let bytes =
            self.bytes(name, Some(limits::BYTES)).map_err(|diagnostic| diagnostic.at(span.clone()))?;
        Ok(String::from_utf8(bytes).map_err(|error| {
            let offset = error.utf8_error().valid_up_to();
            Diagnostic::error("not-utf8", format!("{} is not UTF-8 from byte {offset} on", shown(name)))
                .at(span.clone())
                .help("save the file as UTF-8")
        })?)
    }

    fn bytes(&mut self, name: &str, limit: Option<usize>) -> std::result::Result<Vec<u8>, Diagnostic> {
        let unreadable =
            |why: &str| Diagnostic::error("file-unreadable", format!("cannot read {}: {why}", shown(name)));
        if ["http://", "https://", "oci://", "s3://", "gs://", "git://"]
            .iter()
            .any(|scheme| name.starts_with(scheme))
        {
            return Err(unreadable("it is a URL, and elsakube opens no connections")
                .help("download it first, for instance with `curl -fsSLO`, then name the file"));
        }
        let mut input: Box<dyn Read> = if name == "-" {
            self.stdin
                .take()
                .ok_or_else(|| unreadable("it has been read already").help("`-` can be given once"))?
        } else {
            if Path::new(name).is_dir() {
                return Err(unreadable("it is a directory").help("name the file in it"));
            }
            Box::new(std::fs::File::open(name).map_err(|error| match error.kind() {
                ErrorKind::NotFound => missing(name, unreadable("there is no such file")),
                _ => unreadable(&error.to_string()),
            })?)
        };
        let mut bytes = Vec::new();
        let most = limit.map_or(u64::MAX, |limit| limit as u64 + 1);
        input.by_ref().take(most).read_to_end(&mut bytes).map_err(|error| unreadable(&error.to_string()))?;
        if limit.is_some_and(|limit| bytes.len() > limit) {
            return Err(limits::too_large(shown(name)));
        }
        Ok(bytes)
    }
}

fn shown(name: &str) -> &str {
    if name == "-" { "the standard input" } else { name }
}

/// Adds the name that was probably meant.
fn missing(name: &str, diagnostic: Diagnostic) -> Diagnostic {
    let path = Path::new(name);
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let Ok(entries) = std::fs::read_dir(folder) else {
        return diagnostic.help(format!("there is no directory {} either", folder.display()));
    };
    let mut names: Vec<String> =
        entries.flatten().filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.sort_unstable();
    let wanted = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    match nearest(&wanted, names.iter().map(String::as_str)) {
        Some(near) => diagnostic.help(format!("did you mean {}?", path.with_file_name(near).display())),
        None => diagnostic,
    }
}
