//! stdout.

use elsakube::output::layout::File;
use elsakube::output::stream::write;
use std::fs::OpenOptions;
use std::io::{self, Write};

const OBJECTS: &[File<'_>] = &[
    File { template: "server/service.yaml", kind: "Service", name: "a", text: "kind: Service" },
    File { template: "server/role.yaml", kind: "Role", name: "a", text: "kind: Role\n" },
];

#[test]
fn every_document_has_its_source() {
    let mut out = Vec::new();
    write(OBJECTS, &mut out).unwrap();
    let expected = "\
---
# Source: server/service.yaml
kind: Service
---
# Source: server/role.yaml
kind: Role
";
    assert_eq!(String::from_utf8(out).unwrap(), expected);
    let mut out = Vec::new();
    write(&[], &mut out).unwrap();
    assert!(out.is_empty());
}

#[test]
fn a_reader_that_has_gone_is_no_error() {
    let (reader, mut writer) = io::pipe().unwrap();
    drop(reader);
    write(OBJECTS, &mut writer).unwrap();
}

#[test]
fn a_full_disk_behind_stdout_is_one() {
    let mut full = io::BufWriter::new(OpenOptions::new().write(true).open("/dev/full").unwrap());
    let found = write(OBJECTS, &mut full).unwrap_err().0.remove(0);
    assert_eq!(found.code, "cannot-write");
    assert!(found.message.contains("stdout") && found.message.contains("No space left"), "{}", found.message);
    drop(full.into_parts());
}

struct Interrupted(bool);

impl Write for Interrupted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 = !self.0;
        if self.0 { Err(io::ErrorKind::Interrupted.into()) } else { Ok(bytes.len().min(3)) }
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn short_and_interrupted_writes_go_on() {
    write(OBJECTS, &mut Interrupted(false)).unwrap();
}
