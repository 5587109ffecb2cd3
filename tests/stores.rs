//! The bundled stores, started with exactly what is rendered.
#![allow(clippy::unwrap_used)]

mod common;

use common::pod::{Cluster, Image};
use common::{stores, succeed};

/// A cluster with what these arguments render; with a client of PostgreSQL's it is ready to use.
fn cluster(arguments: &[&str]) -> Option<Cluster> {
    let mut all = vec!["render", "--quiet"];
    all.extend(arguments);
    let mut cluster = Cluster::new(&succeed(&all).stdout)?;
    stores::postgresql_secrets(&mut cluster);
    cluster.secret("elsa-redis", "password", "re\"dis \\ $x");
    cluster.secret("elsa-rabbitmq", "password", "rabbit-1");
    cluster.secret("elsa-rabbitmq", "erlangCookie", "COOKIE");
    Some(cluster)
}

fn postgresql(major: &str) {
    let Some(image) = stores::postgresql(major) else { return };
    let Some(cluster) =
        cluster(&["--profile", "prod", "--set-string", &format!("postgresql.version={major}")])
    else {
        return;
    };
    let pod = cluster.pod("StatefulSet", "elsa-postgresql", &image);
    let guard = pod.init();
    assert_eq!(guard.code, 0, "{}{}", guard.stdout, guard.stderr);
    let mut server = stores::start_postgresql(&pod, "postgresql");
    server.ready();
    server.probe("livenessProbe").unwrap();
    let run = cluster.client(
        &image,
        &[("PGPASSWORD", stores::POSTGRESQL_PASSWORD)],
        &["psql", "-h", "elsa-postgresql", "-U", "elsa", "-d", "elsa", "-c", "CREATE TABLE kept (n int)"],
    );
    assert_eq!(run.code, 0, "{}", run.stderr);
    let (code, log) = server.stop("INT");
    assert_eq!(code, 0, "{log}");
}

#[test]
fn postgresql_18() {
    postgresql("18");
}

#[test]
fn postgresql_16() {
    postgresql("16");
}

fn lock_server(product: &str, image: Option<Image>) {
    let Some(image) = image else { return };
    let Some(cluster) = cluster(&[
        "--profile",
        "prod",
        "--set",
        "locks.provider=Redis",
        "--set",
        &format!("redis.product={product}"),
    ]) else {
        return;
    };
    let pod = cluster.pod("StatefulSet", "elsa-redis", &image);
    let init = pod.init();
    assert_eq!(init.code, 0, "{}", init.stderr);
    let mut server = pod.start("redis", &[]);
    server.ready();
    server.probe("livenessProbe").unwrap();
    let (code, log) = server.stop("TERM");
    assert_eq!(code, 0, "{log}");
}

#[test]
fn valkey() {
    lock_server("Valkey", stores::valkey());
}

#[test]
fn redis() {
    lock_server("Redis", stores::redis());
}

#[test]
fn rabbitmq() {
    let Some(image) = stores::rabbitmq() else { return };
    let Some(cluster) = cluster(&["--profile", "prod", "--set", "rabbitmq.mode=bundled"]) else { return };
    let pod = cluster.pod("StatefulSet", "elsa-rabbitmq", &image);
    let init = pod.init();
    assert_eq!(init.code, 0, "{}", init.stderr);
    let mut server = pod.start("rabbitmq", &["rabbitmq-server"]);
    server.ready();
    let (code, log) = server.stop("TERM");
    assert_eq!(code, 0, "{log}");
}
