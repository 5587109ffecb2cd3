//! The exporters beside the stores, and RabbitMQ's own: they log in with what is rendered, and say so when they cannot.

use super::authority::Authority;
use super::common::pod::{Cluster, Container, Image};
use super::common::{stores, tool};
use super::{ODD, accepted, client, cluster, initialise};
use std::path::Path;
use std::time::Duration;

const MONITORING: [&str; 2] = ["--set", "monitoring.enabled=true"];
/// Reads what stands at an address, with an authority to verify it by if there is one.
const SCRAPE: &str = "import ssl, sys, urllib.request as u
c = ssl.create_default_context(cafile=sys.argv[2]) if len(sys.argv) > 2 else None
print(u.urlopen(sys.argv[1], timeout=10, context=c).read().decode())";

/// The image of an exporter, of Debian's packages.
fn exporter(program: &str) -> Option<Image> {
    tool(program)?;
    Some(Image::new("nobody", 65534, &[]))
}

/// The value of a series without labels, once it is there.
fn value(cluster: &Cluster, port: u16, series: &str) -> f64 {
    let address = format!("http://127.0.0.1:{port}/metrics");
    let read = || {
        let run = cluster.client(&client(), &[], &["/usr/bin/python3", "-c", SCRAPE, &address]);
        let line = run.stdout.lines().find_map(|line| line.strip_prefix(series)?.strip_prefix(' '));
        line.and_then(|value| value.parse().ok())
    };
    super::common::pod::eventually(Duration::from_secs(20), read).unwrap_or_else(|| panic!("no {series}"))
}

/// Starts a pod of PostgreSQL, and the exporter in it.
fn beside_postgresql(
    cluster: &Cluster,
    image: &Image,
    exporter: &Image,
    test: impl FnOnce(&Container<'_, '_>, &Container<'_, '_>),
) {
    let pod = cluster.pod("StatefulSet", "elsa-postgresql", image);
    initialise(&pod);
    let mut server = stores::start_postgresql(&pod, "postgresql");
    server.ready();
    let beside = cluster.pod("StatefulSet", "elsa-postgresql", exporter);
    // Debian's is older than the argument that is rendered.
    let metrics = beside.start("metrics", &["sh", "-c", "exec prometheus-postgres-exporter"]);
    test(&server, &metrics);
}

fn watches_postgresql(tls: bool) {
    let (Some(image), Some(exporter)) = (stores::postgresql("18"), exporter("prometheus-postgres-exporter"))
    else {
        return;
    };
    let Some(authority) = Authority::new() else { return };
    let mut arguments = MONITORING.to_vec();
    if tls {
        arguments.extend(["--set", "postgresql.tlsSecretName=postgresql-tls"]);
    }
    let Some(mut cluster) = cluster(&arguments) else { return };
    authority.issue(&mut cluster, "postgresql-tls", "elsa-postgresql");
    // Debian's does not take every character, and logs the password then. `secrets` makes none of those, and refuses them.
    cluster.secret("elsa-postgresql", "password", "plain-1._~");
    beside_postgresql(&cluster, &image, &exporter, |server, metrics| {
        assert_eq!(value(&cluster, 9187, "pg_up"), 1.0, "{}", metrics.log());
        let all = accepted(&cluster.client(
            &client(),
            &[],
            &["/usr/bin/python3", "-c", SCRAPE, "http://127.0.0.1:9187/metrics"],
        ));
        // What the alerts ask for is for Elsa's role to see.
        assert!(
            all.contains("pg_stat_database_numbackends{datid=") && all.contains("datname=\"elsa\""),
            "{all}"
        );
        assert!(all.contains("pg_settings_max_connections"), "{all}");
        // A restore waits for others of Elsa's role in Elsa's database: the exporter is not there.
        let password = [("PGPASSWORD", stores::POSTGRESQL_SUPERUSER_PASSWORD)];
        let ask = "SELECT count(*) FROM pg_stat_activity WHERE usename = 'elsa' AND datname = 'elsa'";
        let inside =
            server.exec_with(&password, &["psql", "-XAt", "-U", "postgres", "-d", "postgres", "-c", ask]);
        assert_eq!(accepted(&inside), "0");
        metrics.probe("livenessProbe").unwrap();
    });
    // Another pod of it, whose Secret is not the one that the volume was made with.
    cluster.secret("elsa-postgresql", "password", "wrong");
    beside_postgresql(&cluster, &image, &exporter, |_, metrics| {
        assert_eq!(value(&cluster, 9187, "pg_up"), 0.0, "{}", metrics.log());
        // It goes on all the same: nothing restarts it.
        metrics.probe("livenessProbe").unwrap();
    });
}

#[test]
fn postgresql_is_watched() {
    watches_postgresql(false);
}

#[test]
fn postgresql_with_tls_is_watched() {
    watches_postgresql(true);
}

fn watches_redis(tls: bool) {
    let (Some(image), Some(exporter)) = (stores::redis(), exporter("prometheus-redis-exporter")) else {
        return;
    };
    let Some(authority) = Authority::new() else { return };
    let mut arguments = MONITORING.to_vec();
    arguments.extend(["--set", "redis.product=Redis"]);
    if tls {
        arguments.extend(["--set", "redis.tlsSecretName=redis-tls"]);
    }
    let Some(mut cluster) = cluster(&arguments) else { return };
    authority.issue(&mut cluster, "redis-tls", "elsa-redis");
    let start = ["prometheus-redis-exporter"];
    {
        let pod = cluster.pod("StatefulSet", "elsa-redis", &image);
        initialise(&pod);
        let mut server = pod.start("redis", &[]);
        server.ready();
        let beside = cluster.pod("StatefulSet", "elsa-redis", &exporter);
        let metrics = beside.start("metrics", &start);
        assert_eq!(value(&cluster, 9121, "redis_up"), 1.0, "{}", metrics.log());
        assert_eq!(value(&cluster, 9121, "redis_memory_max_bytes"), 48.0 * 1024.0 * 1024.0);
        assert_eq!(value(&cluster, 9121, "redis_evicted_keys_total"), 0.0);
        assert!(!metrics.log().contains(ODD), "the password is in the log");
        metrics.probe("livenessProbe").unwrap();
    }
    let pod = cluster.pod("StatefulSet", "elsa-redis", &image);
    initialise(&pod);
    let mut server = pod.start("redis", &[]);
    server.ready();
    cluster_with_another_password(&cluster, &exporter, &start);
}

/// An exporter that has not the server's password.
fn cluster_with_another_password(cluster: &Cluster, exporter: &Image, start: &[&str]) {
    let beside = cluster.pod("StatefulSet", "elsa-redis", exporter);
    let wrong = ["sh", "-c", &format!("REDIS_PASSWORD=wrong exec {}", start[0])];
    let metrics = beside.start("metrics", &wrong);
    assert_eq!(value(cluster, 9121, "redis_up"), 0.0, "{}", metrics.log());
    metrics.probe("livenessProbe").unwrap();
}

#[test]
fn redis_is_watched() {
    watches_redis(false);
}

#[test]
fn redis_with_tls_is_watched() {
    watches_redis(true);
}

/// Debian's package has the plugin, the image has it on.
fn rabbitmq() -> Option<Image> {
    const PLUGINS: &str = "/opt/enabled_plugins";
    let mut image = stores::rabbitmq()?;
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stores/enabled_plugins");
    image.files.push((file, PLUGINS.into()));
    Some(image.with("RABBITMQ_ENABLED_PLUGINS_FILE", PLUGINS))
}

#[test]
fn rabbitmq_is_watched() {
    let Some(image) = rabbitmq() else { return };
    let Some(cluster) = cluster(&MONITORING) else { return };
    let pod = cluster.pod("StatefulSet", "elsa-rabbitmq", &image);
    initialise(&pod);
    let mut server = pod.start("rabbitmq", &["rabbitmq-server"]);
    server.ready();
    assert_eq!(value(&cluster, 15692, "rabbitmq_alarms_memory_used_watermark"), 0.0);
    assert_eq!(value(&cluster, 15692, "rabbitmq_alarms_free_disk_space_watermark"), 0.0);
}

#[test]
fn rabbitmq_with_tls_shows_its_metrics_with_tls_alone() {
    let (Some(image), Some(authority)) = (rabbitmq(), Authority::new()) else { return };
    let mut arguments = MONITORING.to_vec();
    arguments.extend(["--set", "rabbitmq.tlsSecretName=rabbitmq-tls"]);
    let Some(mut cluster) = cluster(&arguments) else { return };
    authority.issue(&mut cluster, "rabbitmq-tls", "elsa-rabbitmq");
    let pod = cluster.pod("StatefulSet", "elsa-rabbitmq", &image);
    initialise(&pod);
    let mut server = pod.start("rabbitmq", &["rabbitmq-server"]);
    server.ready();
    // The monitor's name for the server is one that the certificate is for.
    let monitor = cluster.object("PodMonitor", "elsa-rabbitmq");
    let endpoint = &monitor["spec"]["podMetricsEndpoints"][0];
    let name = endpoint["tlsConfig"]["serverName"].as_str().unwrap();
    assert_eq!(endpoint["scheme"], "https");
    let address = format!("https://{name}:15691/metrics");
    let elsa = cluster.pod("Deployment", "elsa-server", &client());
    let read = ["/usr/bin/python3", "-c", SCRAPE, &address, "/etc/elsa/ca/rabbitmq.crt"];
    let said = accepted(&elsa.run_as("server", &read));
    assert!(said.contains("rabbitmq_identity_info{"), "{said}");
    let plain = ["/usr/bin/python3", "-c", SCRAPE, "http://elsa-rabbitmq:15692/metrics"];
    assert_ne!(cluster.client(&client(), &[], &plain).code, 0, "there is a port without TLS");
}
