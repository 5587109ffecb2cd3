//! Bundled PostgreSQL of every major version that can be chosen.

use super::authority::Authority;
use super::common::pod::{Cluster, Container, Image, stream};
use super::common::{Run, stores};
use super::{accepted, cluster, initialise, refused, render};
use std::collections::BTreeMap;
use std::path::Path;
use std::time::SystemTime;

const MAJORS: [&str; 3] = ["16", "17", "18"];
const CLAIM: &str = "data-elsa-postgresql-0";

fn version(major: &str) -> String {
    format!("postgresql.version={major}")
}

/// Asks as a foreign client; `options` is a connection string's beginning.
fn ask(cluster: &Cluster, image: &Image, options: &str, password: &str, statement: &str) -> Run {
    let options = format!("host=elsa-postgresql user=elsa dbname=elsa {options}");
    cluster.client(
        image,
        &[("PGPASSWORD", password)],
        &["psql", "-XAtv", "ON_ERROR_STOP=1", "-c", statement, &options],
    )
}

fn as_elsa(cluster: &Cluster, image: &Image, statement: &str) -> Run {
    ask(cluster, image, "", stores::POSTGRESQL_PASSWORD, statement)
}

fn superuser(server: &Container<'_, '_>, statement: &str) -> String {
    let password = [("PGPASSWORD", stores::POSTGRESQL_SUPERUSER_PASSWORD)];
    accepted(
        &server.exec_with(&password, &["psql", "-XAt", "-U", "postgres", "-d", "postgres", "-c", statement]),
    )
}

/// What a volume holds: every file with its size and the time of its last change.
fn contents(folder: &Path) -> BTreeMap<std::path::PathBuf, (u64, SystemTime)> {
    let entries = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    let stat = |entry: walkdir::DirEntry| {
        let metadata = entry.metadata().unwrap();
        (entry.into_path(), (metadata.len(), metadata.modified().unwrap()))
    };
    entries.map(stat).collect()
}

fn works(major: &str) {
    let Some(image) = stores::postgresql(major) else { return };
    let Some(cluster) = cluster(&["--set-string", &version(major)]) else { return };
    {
        let pod = cluster.pod("StatefulSet", "elsa-postgresql", &image);
        assert!(initialise(&pod).stdout.contains("first start"));
        let mut server = stores::start_postgresql(&pod, "postgresql");
        server.ready();
        server.probe("livenessProbe").unwrap();

        // Who gets in.
        refused(&ask(&cluster, &image, "", "wrong", "SELECT 1"), "password authentication failed");
        refused(&ask(&cluster, &image, "", "", "SELECT 1"), "no password supplied");
        refused(&server.exec(&["psql", "-w", "-U", "postgres", "-c", "SELECT 1"]), "no password supplied");
        refused(
            &server.exec(&["psql", "-w", "-h", "127.0.0.1", "-U", "elsa", "-c", "SELECT 1"]),
            "no password supplied",
        );

        // What Elsa's role may do: everything in its database, as migrations need it, and nothing elsewhere.
        accepted(&as_elsa(
            &cluster,
            &image,
            r#"CREATE SCHEMA "Elsa"; CREATE TABLE "Elsa".kept AS SELECT 7 AS n; CREATE TABLE public.history (n int)"#,
        ));
        refused(&as_elsa(&cluster, &image, "CREATE DATABASE other"), "permission denied");
        refused(&as_elsa(&cluster, &image, "CREATE ROLE other"), "permission denied");
        refused(&as_elsa(&cluster, &image, "SELECT pg_read_file('/etc/passwd')"), "permission denied");
        refused(&as_elsa(&cluster, &image, "COPY (SELECT 1) TO PROGRAM 'true'"), "permission denied");
        refused(&as_elsa(&cluster, &image, "ALTER SYSTEM SET max_connections = 1"), "permission denied");
        refused(
            &ask(&cluster, &image, "dbname=postgres", stores::POSTGRESQL_PASSWORD, "CREATE TABLE t (n int)"),
            "permission denied",
        );
        assert_eq!(
            superuser(
                &server,
                "SELECT rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication OR rolbypassrls FROM pg_roles WHERE rolname = 'elsa'"
            ),
            "f"
        );
        assert_eq!(
            superuser(&server, "SELECT datdba::regrole FROM pg_database WHERE datname = 'elsa'"),
            "elsa"
        );

        // What the rendered files say.
        assert_eq!(superuser(&server, "SHOW server_version_num")[..2], *major);
        assert_eq!(superuser(&server, "SHOW config_file"), "/etc/postgresql/postgresql.conf");
        assert_eq!(superuser(&server, "SHOW data_checksums"), "on");
        let provider = "SELECT datlocprovider FROM pg_database WHERE datname = 'elsa'";
        assert_eq!(superuser(&server, provider), if major == "16" { "c" } else { "b" });
        assert!(!server.log().contains(stores::POSTGRESQL_PASSWORD), "a password is in the log");
        let (code, log) = server.stop("INT");
        assert_eq!(code, 0, "{log}");
    }
    // The next pod has the data, and not the first start again.
    let pod = cluster.pod("StatefulSet", "elsa-postgresql", &image);
    assert_eq!(initialise(&pod).stdout.trim(), format!("The volume holds PostgreSQL {major}."));
    let mut server = stores::start_postgresql(&pod, "postgresql");
    server.ready();
    assert_eq!(accepted(&as_elsa(&cluster, &image, r#"SELECT n FROM "Elsa".kept"#)), "7");
}

#[test]
fn postgresql_16_works() {
    works("16");
}

#[test]
fn postgresql_17_works() {
    works("17");
}

#[test]
fn postgresql_18_works() {
    works("18");
}

#[test]
fn it_speaks_tls_alone_and_its_clients_verify_it() {
    let (Some(image), Some(authority), Some(other)) =
        (stores::postgresql("18"), Authority::new(), Authority::new())
    else {
        return;
    };
    let Some(mut cluster) = cluster(&["prod,stock", "--set", "postgresql.tlsSecretName=postgresql-tls"])
    else {
        return;
    };
    authority.issue(&mut cluster, "postgresql-tls", "elsa-postgresql");
    let pod = cluster.pod("StatefulSet", "elsa-postgresql", &image);
    initialise(&pod);
    let mut server = stores::start_postgresql(&pod, "postgresql");
    server.ready();
    server.probe("livenessProbe").unwrap();

    let password = stores::POSTGRESQL_PASSWORD;
    refused(&ask(&cluster, &image, "sslmode=disable", password, "SELECT 1"), "no encryption");
    // The pod of Elsa's server, with the authority that is mounted there.
    let elsa = cluster.pod("Deployment", "elsa-server", &image);
    let connect = |options: &str| {
        let options = format!("user=elsa dbname=elsa {options}");
        let script = "SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
        elsa.run_as(
            "server",
            &[
                "sh",
                "-c",
                "PGPASSWORD=$POSTGRESQL_PASSWORD exec psql -XAt \"$1\" -c \"$2\"",
                "sh",
                &options,
                script,
            ],
        )
    };
    let root = "sslmode=verify-full sslrootcert=/etc/elsa/ca/postgresql.crt";
    assert_eq!(accepted(&connect(&format!("host=elsa-postgresql {root}"))), "TLSv1.3");
    refused(&connect(&format!("host=elsa-postgresql-headless {root}")), "does not match host name");
    // Waiting for it needs no certificate.
    accepted(&elsa.run("wait-for-database", &[]));
    // Another authority.
    let mut foreign = image.clone();
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), other.certificate()).unwrap();
    std::fs::set_permissions(file.path(), std::os::unix::fs::PermissionsExt::from_mode(0o644)).unwrap();
    foreign.files.push((file.path().into(), "/other.crt".into()));
    refused(
        &ask(&cluster, &foreign, "sslmode=verify-full sslrootcert=/other.crt", password, "SELECT 1"),
        "certificate verify failed",
    );

    // A renewed certificate is served after a reload, as docs/tls.md says it.
    let serial = |cluster: &Cluster| {
        let script = "openssl s_client -starttls postgres -connect elsa-postgresql:5432 </dev/null 2>/dev/null | openssl x509 -noout -serial";
        accepted(&cluster.client(&super::client(), &[], &["sh", "-c", script]))
    };
    let before = serial(&cluster);
    authority.sign("elsa-postgresql");
    for file in ["tls.crt", "tls.key"] {
        pod.replace("tls", file, &authority.read(file));
    }
    assert_eq!(serial(&cluster), before);
    accepted(&server.exec(&["pg_ctl", "reload"]));
    let new = super::common::pod::eventually(std::time::Duration::from_secs(5), || {
        Some(serial(&cluster)).filter(|now| *now != before)
    });
    assert!(new.is_some(), "{}", server.log());
}

#[test]
fn the_guard_refuses_the_data_of_every_other_version() {
    for old in MAJORS {
        let Some(image) = stores::postgresql(old) else { return };
        let Some(mut cluster) = cluster(&["--set-string", &version(old)]) else { return };
        {
            let pod = cluster.pod("StatefulSet", "elsa-postgresql", &image);
            initialise(&pod);
            let mut server = stores::start_postgresql(&pod, "postgresql");
            server.ready();
            assert_eq!(server.stop("INT").0, 0);
        }
        let before = contents(&cluster.claim(CLAIM));
        for new in MAJORS.into_iter().filter(|new| *new != old) {
            let Some(image) = stores::postgresql(new) else { return };
            cluster.objects = stream(&render(&["--set-string", &version(new)]));
            let run = cluster.pod("StatefulSet", "elsa-postgresql", &image).init();
            assert_eq!(run.code, 1, "{new} takes the data of {old}: {}", run.stdout);
            for part in [
                &format!("holds a database of PostgreSQL {old}, the image is {new}. Nothing was changed."),
                &format!("set postgresql.version to \"{old}\""),
                "dump the database with the newer version's pg_dump",
                &format!("delete the claim {CLAIM}"),
            ] {
                assert!(run.stderr.contains(part), "{old} to {new}: {}", run.stderr);
            }
            assert_eq!(contents(&cluster.claim(CLAIM)), before, "{new} changes the data of {old}");
        }
        // An image of another version than the values say.
        let other = MAJORS.into_iter().find(|major| *major != old).unwrap();
        cluster.objects = stream(&render(&["--set-string", &version(other)]));
        let run = cluster.pod("StatefulSet", "elsa-postgresql", &image).init();
        refused(&run, "Set them alike.");
        // The way out that costs nothing.
        cluster.objects = stream(&render(&["--set-string", &version(old)]));
        let pod = cluster.pod("StatefulSet", "elsa-postgresql", &image);
        initialise(&pod);
        stores::start_postgresql(&pod, "postgresql").ready();
    }
}

#[test]
fn the_guard_refuses_an_interrupted_first_start() {
    for major in ["17", "18"] {
        let Some(image) = stores::postgresql(major) else { return };
        let Some(cluster) = cluster(&["--set-string", &version(major)]) else { return };
        let data = cluster.claim(CLAIM).join(if major == "18" { "18/docker" } else { "pgdata" });
        {
            let pod = cluster.pod("StatefulSet", "elsa-postgresql", &image);
            initialise(&pod);
            let mut server = stores::start_postgresql(&pod, "postgresql");
            server.wait("database", |server| {
                server.probe("startupProbe").unwrap_err();
                data.join("PG_VERSION").exists()
            });
            // Killed, as by a lack of memory.
        }
        let pod = cluster.pod("StatefulSet", "elsa-postgresql", &image);
        let run = pod.init();
        refused(&run, "The first start on this volume was interrupted.");
        assert!(run.stderr.contains(&format!("delete the claim {CLAIM}")), "{}", run.stderr);
        // Done as it says, it starts.
        std::fs::remove_dir_all(cluster.claim(CLAIM)).unwrap();
        let pod = cluster.pod("StatefulSet", "elsa-postgresql", &image);
        initialise(&pod);
        stores::start_postgresql(&pod, "postgresql").ready();
    }
}
