//! A certification authority of the test's own, as cert-manager would be one.

use super::common::pod::Cluster;
use super::common::{run, tool};
use std::fs;
use std::process::Command;

/// An authority whose certificates the stores serve.
pub(crate) struct Authority {
    dir: tempfile::TempDir,
}

impl Authority {
    /// Nothing if openssl is missing.
    pub(crate) fn new() -> Option<Self> {
        tool("openssl")?;
        let authority = Authority { dir: tempfile::tempdir().unwrap() };
        authority.openssl("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=authority -keyout ca.key -out ca.crt");
        Some(authority)
    }

    /// Its own certificate.
    pub(crate) fn certificate(&self) -> String {
        self.read("ca.crt")
    }

    /// Puts a certificate for a name into a Secret, with its key and the authority's certificate.
    pub(crate) fn issue(&self, cluster: &mut Cluster, secret: &str, name: &str) {
        self.sign(name);
        for file in ["tls.crt", "tls.key", "ca.crt"] {
            cluster.secret(secret, file, &self.read(file));
        }
    }

    /// Makes a key and a certificate for a name: `tls.key` and `tls.crt`.
    pub(crate) fn sign(&self, name: &str) {
        fs::write(self.dir.path().join("names"), format!("subjectAltName=DNS:{name}\n")).unwrap();
        self.openssl("req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=store -keyout tls.key -out tls.csr");
        self.openssl("x509 -req -in tls.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 1 -extfile names -out tls.crt");
    }

    /// One of its files.
    pub(crate) fn read(&self, file: &str) -> String {
        fs::read_to_string(self.dir.path().join(file)).unwrap()
    }

    fn openssl(&self, arguments: &str) {
        let run = run(Command::new("openssl").args(arguments.split(' ')).current_dir(self.dir.path()));
        assert_eq!(run.code, 0, "openssl {arguments}: {}", run.stderr);
    }
}
