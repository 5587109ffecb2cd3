//! Encrypted on both sides, with several authorities in one file.

use crate::authority::Authority;
use crate::clients::client;
use crate::common::pod::{Cluster, Image};
use crate::common::{run, stores};
use crate::{accepted, cluster, pooler, shorten, start, start_postgresql};
use std::path::Path;

#[test]
fn both_sides_are_encrypted_and_verified_with_whichever_authority_fits() {
    let sets = "postgresql.tlsSecretName=pg-tls,caBundle.secretName=corp-ca,pgbouncer.tlsSecretName=pgb-tls";
    let (Some(own), Some(others)) = (Authority::new(), Authority::new()) else { return };
    let Some((mut cluster, server, image)) = cluster(sets) else { return };
    shorten(&mut cluster);
    own.issue(&mut cluster, "pg-tls", "elsa-postgresql");
    own.issue(&mut cluster, "pgb-tls", "elsa-pgbouncer");
    let root = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(root.path(), own.certificate()).unwrap();
    // Without its last newline, as people paste it: the next one must not grow on to it.
    cluster.secret("corp-ca", "a.crt", others.certificate().trim());
    for trusted in [true, false] {
        let postgresql = cluster.pod("StatefulSet", "elsa-postgresql", &server);
        let running = start_postgresql(&postgresql);
        connects(&cluster, &image, root.path(), trusted);
        drop(running);
        drop(postgresql);
        cluster.secret("pg-tls", "ca.crt", &others.certificate());
    }
}

/// What a client gets through a PgBouncer that trusts PostgreSQL's authority, or does not.
fn connects(cluster: &Cluster, image: &Image, root: &Path, trusted: bool) {
    let pod = pooler(cluster, image);
    let container = start(&pod);
    let ask = |options: &str| {
        let options = format!("host=elsa-pgbouncer sslrootcert={} {options}", root.display());
        let query = "SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
        run(client(cluster, &options, stores::POSTGRESQL_PASSWORD).args(["-c", query]))
    };
    let asked = ask("sslmode=verify-full");
    if trusted {
        assert_eq!(accepted(&asked), "TLSv1.3", "{}", container.log());
        assert_ne!(ask("sslmode=disable").code, 0, "a plain connection is taken");
        assert_ne!(ask("sslmode=verify-full host=elsa-postgresql").code, 0, "any name is taken");
    } else {
        assert_ne!(asked.code, 0, "PostgreSQL is taken for what it does not prove");
        assert!(container.log().contains("certificate verify failed"), "{}", container.log());
    }
}
