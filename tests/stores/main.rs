//! The bundled stores, started with exactly the rendered files, arguments, variables and init containers: they start as an
//! ordinary user on a read-only root, let nobody in whom they should not, and keep what they should keep.
//! Which versions these are, and which are rendered: docs/tested-versions.md.
#![allow(clippy::unwrap_used)]

mod authority;
#[path = "../common/mod.rs"]
mod common;
mod exporters;
mod locks;
mod postgresql;
mod rabbitmq;

use common::pod::{Cluster, Image, Pod};
use common::{Run, stores, succeed};

/// A password that breaks what forgets to quote it.
const ODD: &str = "re\"dis \\ $x 'y'";

/// A cluster with what these arguments render on top of `prod`, and with its Secrets.
fn cluster(arguments: &[&str]) -> Option<Cluster> {
    let mut cluster = Cluster::new(&render(arguments))?;
    stores::postgresql_secrets(&mut cluster);
    cluster.secret("elsa-redis", "password", ODD);
    cluster.secret("elsa-rabbitmq", "password", "rabbit-1");
    cluster.secret("elsa-rabbitmq", "erlangCookie", "COOKIE");
    for key in ["adminUserName", "adminPassword", "signingKey"] {
        cluster.secret("elsa-identity", key, "identity");
    }
    Some(cluster)
}

fn render(arguments: &[&str]) -> String {
    let mut all = vec!["render", "--quiet", "--profile"];
    if arguments.first().is_some_and(|argument| !argument.starts_with('-')) {
        all.extend(arguments);
    } else {
        all.push("prod");
        all.extend(arguments);
    }
    succeed(&all).stdout
}

/// Runs the init containers and expects them to succeed.
fn initialise(pod: &Pod<'_>) -> Run {
    let run = pod.init();
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    run
}

/// A foreign client, with this machine's programs.
fn client() -> Image {
    Image::new("nobody", 65534, &[])
}

/// Expects a command to fail and to say this.
fn refused(run: &Run, says: &str) {
    assert_ne!(run.code, 0, "it was let in: {}", run.stdout);
    let text = format!("{}{}", run.stdout, run.stderr);
    assert!(text.contains(says), "{says}? {text}");
}

/// Expects a command to succeed, and returns what it printed.
fn accepted(run: &Run) -> String {
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    run.stdout.trim().to_string()
}

#[test]
fn containers_run_as_an_ordinary_user_on_a_read_only_root() {
    let workloads = [
        (
            "postgresql",
            stores::postgresql("18"),
            ["/var/lib/postgresql", "/var/run/postgresql", "/dev/shm"].as_slice(),
        ),
        ("redis", stores::valkey(), &[]),
        ("rabbitmq", stores::rabbitmq(), &["/var/lib/rabbitmq", "/var/lib/rabbitmq/mnesia"]),
    ];
    for (component, image, writable) in workloads {
        let Some(mut image) = image else { return };
        // What this machine's programs need beyond the image's.
        image.writable.clear();
        let Some(cluster) = cluster(&[]) else { return };
        let pod = cluster.pod("StatefulSet", &format!("elsa-{component}"), &image);
        let run = |script: &str| accepted(&pod.run_as(component, &["sh", "-c", script]));
        assert_eq!(
            run("id -u; id -G; grep -E '^(CapBnd|NoNewPrivs)' /proc/self/status | cut -f 2 | xargs"),
            "999\n999\n0000000000000000 1"
        );
        // Every folder in which something can be made, but for those of devices and processes.
        let found = run(
            "find / -path /proc -prune -o -path /dev -prune -o -name lost+found -prune -o -type d -writable -print 2>/dev/null; find /dev/shm -maxdepth 0 -writable",
        );
        let mut found: Vec<&str> = found
            .lines()
            .filter(|folder| {
                pod.run_as(component, &["sh", "-c", &format!("t=$(mktemp -p {folder}) && rm $t")]).code == 0
            })
            .collect();
        found.sort_unstable();
        let mut expected = writable.to_vec();
        expected.sort_unstable();
        assert_eq!(found, expected, "{component}");
        refused(&pod.run_as(component, &["bash", "-c", "exec 3<>/dev/tcp/192.0.2.1/80"]), "unreachable");
    }
}
