//! The bundled lock server, Valkey and Redis.

use super::authority::Authority;
use super::common::pod::{Cluster, Image};
use super::common::{Run, stores};
use super::{ODD, accepted, client, cluster, initialise, refused};

/// Asks as a foreign client. `-e`: the exit code says whether the server refused.
fn ask(cluster: &Cluster, password: &str, words: &[&str]) -> Run {
    let mut argv = vec!["redis-cli", "-e", "-h", "elsa-redis"];
    argv.extend(words);
    let env: &[(&str, &str)] = if password.is_empty() { &[] } else { &[("REDISCLI_AUTH", password)] };
    cluster.client(&client(), env, &argv)
}

fn works(product: &str, image: Option<Image>) {
    let Some(image) = image else { return };
    let Some(mut cluster) = cluster(&["--set", &format!("redis.product={product}")]) else { return };
    {
        let pod = cluster.pod("StatefulSet", "elsa-redis", &image);
        initialise(&pod);
        let mut server = pod.start("redis", &[]);
        server.ready();
        server.probe("livenessProbe").unwrap();
        refused(&ask(&cluster, "", &["ping"]), "NOAUTH");
        refused(&ask(&cluster, "wrong", &["ping"]), "WRONGPASS");
        assert_eq!(accepted(&ask(&cluster, ODD, &["set", "lock", "1", "ex", "30", "nx"])), "OK");
        // Nothing that Elsa locks may be dropped, and nothing is written.
        assert!(
            accepted(&ask(&cluster, ODD, &["config", "get", "maxmemory-policy"])).ends_with("noeviction")
        );
        assert_eq!(accepted(&ask(&cluster, ODD, &["config", "get", "save"])), "save");
        assert!(!server.log().contains("re\"dis"), "the password is in the log");
        let (code, log) = server.stop("TERM");
        assert_eq!(code, 0, "{log}");
    }
    // The next pod knows no lock of the last one, and the Secret's new password.
    cluster.secret("elsa-redis", "password", "new");
    let pod = cluster.pod("StatefulSet", "elsa-redis", &image);
    initialise(&pod);
    let mut server = pod.start("redis", &[]);
    server.ready();
    assert_eq!(accepted(&ask(&cluster, "new", &["dbsize"])), "0");
    refused(&ask(&cluster, ODD, &["ping"]), "WRONGPASS");
}

#[test]
fn valkey_works() {
    works("Valkey", stores::valkey());
}

#[test]
fn redis_works() {
    works("Redis", stores::redis());
}

#[test]
fn a_password_that_cannot_be_written_is_refused_without_naming_it() {
    let Some(image) = stores::redis() else { return };
    let Some(mut cluster) = cluster(&["--set", "redis.product=Redis"]) else { return };
    for password in ["", "top\nsecret"] {
        cluster.secret("elsa-redis", "password", password);
        let run = cluster.pod("StatefulSet", "elsa-redis", &image).init();
        refused(&run, "The password is empty or has control characters in it.");
        assert!(!format!("{}{}", run.stdout, run.stderr).contains("top"));
    }
}

#[test]
fn it_speaks_tls_alone_and_its_clients_verify_it() {
    // Valkey of PyPI is built without TLS.
    let (Some(image), Some(authority), Some(other)) = (stores::redis(), Authority::new(), Authority::new())
    else {
        return;
    };
    let Some(mut cluster) = cluster(&["prod,redis", "--set", "redis.tlsSecretName=redis-tls"]) else {
        return;
    };
    authority.issue(&mut cluster, "redis-tls", "elsa-redis");
    let pod = cluster.pod("StatefulSet", "elsa-redis", &image);
    initialise(&pod);
    let mut server = pod.start("redis", &[]);
    server.ready();
    server.probe("livenessProbe").unwrap();

    assert_ne!(ask(&cluster, ODD, &["ping"]).code, 0, "a plain connection is let in");
    let elsa = cluster.pod("Deployment", "elsa-server", &image);
    let verify = |name: &str, file: &str| {
        let script = format!(
            "exec openssl s_client -connect elsa-redis:6379 -verify_return_error -verify_hostname {name} -CAfile {file} -brief </dev/null"
        );
        elsa.run_as("server", &["sh", "-c", &script])
    };
    let file = "/etc/elsa/ca/redis.crt";
    accepted(&verify("elsa-redis", file));
    refused(&verify("elsa-postgresql", file), "hostname mismatch");
    let ping = "REDISCLI_AUTH=$REDIS_PASSWORD exec redis-cli -e -h elsa-redis --tls --cacert /etc/elsa/ca/redis.crt ping";
    assert_eq!(accepted(&elsa.run_as("server", &["sh", "-c", ping])), "PONG");
    // Another authority in its place.
    elsa.replace("ca", "redis.crt", &other.certificate());
    refused(&elsa.run_as("server", &["sh", "-c", ping]), "certificate verify failed");
}
