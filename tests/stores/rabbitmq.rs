//! Bundled RabbitMQ.

use super::authority::Authority;
use super::common::pod::{Cluster, Image};
use super::common::{Run, skip, stores};
use super::{accepted, client, cluster, initialise, refused};
use std::path::Path;

const CLIENT: &str = include_str!("amqp.py");

/// Asks as a foreign client: see amqp.py.
fn ask(cluster: &Cluster, port: &str, user: &str, password: &str, action: &str) -> Run {
    let argv = ["/usr/bin/python3", "-c", CLIENT, "elsa-rabbitmq", port, user, action, "kept"];
    cluster.client(&client(), &[("PASSWORD", password)], &argv)
}

/// Nothing if the server or the client cannot run.
fn image() -> Option<Image> {
    if !Path::new("/usr/bin/python3").is_file() {
        skip("python3");
        return None;
    }
    stores::rabbitmq()
}

#[test]
fn it_works() {
    let Some(image) = image() else { return };
    let Some(mut cluster) = cluster(&[]) else { return };
    {
        let pod = cluster.pod("StatefulSet", "elsa-rabbitmq", &image);
        initialise(&pod);
        let mut server = pod.start("rabbitmq", &["rabbitmq-server"]);
        server.ready();
        refused(&ask(&cluster, "5672", "elsa", "wrong", "open"), "403 ACCESS_REFUSED");
        refused(&ask(&cluster, "5672", "guest", "guest", "open"), "403 ACCESS_REFUSED");
        assert_eq!(accepted(&ask(&cluster, "5672", "elsa", "rabbit-1", "put")), "confirmed");
        // Sixty hundredths of the container's limit, whatever the machine has.
        let log = server.log();
        assert!(log.contains("Memory high watermark set to 307 MiB"), "{log}");
        assert!(!log.contains("rabbit-1") && !log.contains("COOKIE"), "a secret is in the log");
        let (code, log) = server.stop("TERM");
        assert_eq!(code, 0, "{log}");
    }
    // The next pod is the same node: it has the message, and the Secret's new password.
    cluster.secret("elsa-rabbitmq", "password", "rabbit-2");
    let pod = cluster.pod("StatefulSet", "elsa-rabbitmq", &image);
    initialise(&pod);
    let mut server = pod.start("rabbitmq", &["rabbitmq-server"]);
    server.ready();
    assert_eq!(accepted(&ask(&cluster, "5672", "elsa", "rabbit-2", "count")), "1");
    refused(&ask(&cluster, "5672", "elsa", "rabbit-1", "open"), "403 ACCESS_REFUSED");
    refused(&ask(&cluster, "5672", "guest", "guest", "open"), "403 ACCESS_REFUSED");
}

#[test]
fn it_speaks_tls_alone_and_its_clients_verify_it() {
    let (Some(image), Some(authority), Some(other)) = (image(), Authority::new(), Authority::new()) else {
        return;
    };
    let Some(mut cluster) = cluster(&["--set", "rabbitmq.tlsSecretName=rabbitmq-tls"]) else { return };
    authority.issue(&mut cluster, "rabbitmq-tls", "elsa-rabbitmq");
    let pod = cluster.pod("StatefulSet", "elsa-rabbitmq", &image);
    initialise(&pod);
    let mut server = pod.start("rabbitmq", &["rabbitmq-server"]);
    server.ready();

    refused(&ask(&cluster, "5672", "elsa", "rabbit-1", "open"), "refused");
    assert_ne!(ask(&cluster, "5671", "elsa", "rabbit-1", "open").code, 0, "a plain connection is let in");
    // The pod of Elsa's server, with the authority that is mounted there.
    let elsa = cluster.pod("Deployment", "elsa-server", &client());
    let connect = |host: &str, password: &str| {
        let script = "PASSWORD=$1 exec /usr/bin/python3 -c \"$2\" \"$3\" 5671 elsa open kept /etc/elsa/ca/rabbitmq.crt";
        elsa.run_as("server", &["sh", "-c", script, "sh", password, CLIENT, host])
    };
    assert_eq!(accepted(&connect("elsa-rabbitmq", "rabbit-1")), "open");
    refused(&connect("elsa-rabbitmq", "wrong"), "403 ACCESS_REFUSED");
    refused(&connect("elsa-redis", "rabbit-1"), "Hostname mismatch");
    elsa.replace("ca", "rabbitmq.crt", &other.certificate());
    refused(&connect("elsa-rabbitmq", "rabbit-1"), "certificate verify failed");
}
