//! What stands between the server and PostgreSQL, beyond snapshots and the fixtures of its rules.
#![allow(clippy::unwrap_used)]

mod common;

use common::equality::objects;
use common::{elsakube, refuse, run, succeed};
use elsakube::yaml::{Node, writer};

/// `profiles` of a chart of its own, and the values that `--set` gets.
fn template(helm: &std::path::Path, scratch: &std::path::Path, sets: &str) -> common::Run {
    let chart = scratch.join("elsa");
    if !chart.exists() {
        succeed(&["chart", "-o", chart.to_str().unwrap()]);
    }
    let mut command = common::helm(helm, scratch);
    command.args(["template", "elsa", "--kube-version", "1.28.0", "--set", sets]).arg(&chart);
    for profile in ["prod", "pgbouncer"] {
        command.arg("--values").arg(chart.join(format!("values-{profile}.yaml")));
    }
    run(&mut command)
}

#[test]
fn locks_in_postgresql_behind_transaction_pooling_are_refused_in_both_outputs() {
    let sets = "locks.provider=Postgres";
    let error = refuse(&["render", "--profile", "prod,pgbouncer", "--set", sets]);
    assert!(error.contains("error[pooling-breaks-sessions]: locks.provider"), "{error}");
    let scratch = tempfile::tempdir().unwrap();
    for helm in common::helms() {
        let run = template(&helm, scratch.path(), sets);
        assert_ne!(run.code, 0, "{}", helm.display());
        assert!(run.stderr.contains("[pooling-breaks-sessions] locks.provider"), "{}", run.stderr);
    }
}

#[test]
fn the_add_on_says_nothing_but_prods_placeholders_and_a_check_finds_nothing() {
    let scratch = tempfile::tempdir().unwrap();
    let out = scratch.path().join("out");
    let run = run(&mut elsakube(&["render", "--profile", "prod,pgbouncer", "-o", out.to_str().unwrap()]));
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(run.stderr.matches("warning[").count(), run.stderr.matches("warning[placeholder]").count());
    succeed(&["check", "--strict", out.to_str().unwrap()]);
}

#[test]
fn passwords_are_neither_in_config_maps_nor_in_arguments() {
    let text = succeed(&["render", "--quiet", "--profile", "prod,pgbouncer"]).stdout;
    let objects = objects(&text).unwrap();
    let config = &objects["v1/ConfigMap elsa/elsa-pgbouncer"];
    assert!(!writer::block(config).contains("assword ="), "a password is in the ConfigMap");
    let pod = objects["apps/v1/Deployment elsa/elsa-pgbouncer"].get("spec").unwrap();
    let pod = pod.get("template").and_then(|template| template.get("spec")).unwrap();
    let container = &pod.get("containers").and_then(Node::as_list).unwrap()[0];
    assert!(container.get("env").is_none(), "PgBouncer itself needs no variable");
}

#[test]
fn the_server_goes_through_it_and_only_it_reaches_postgresql() {
    let text = succeed(&["render", "--quiet", "--profile", "prod,pgbouncer"]).stdout;
    let objects = objects(&text).unwrap();
    let server = writer::block(&objects["apps/v1/Deployment elsa/elsa-server"]);
    assert!(server.contains("Host=elsa-pgbouncer;Port=6432;"), "{server}");
    for (from, to) in [("server", "pgbouncer"), ("pgbouncer", "postgresql")] {
        for (policy, peer) in [(from, to), (to, from)] {
            let text =
                writer::block(&objects[&format!("networking.k8s.io/v1/NetworkPolicy elsa/elsa-{policy}")]);
            assert!(text.contains(&format!("component: {peer}")), "{policy} does not name {peer}:\n{text}");
        }
    }
    let postgresql = writer::block(&objects["networking.k8s.io/v1/NetworkPolicy elsa/elsa-postgresql"]);
    assert!(!postgresql.contains("component: server"), "{postgresql}");
}
