//! The filters are those that the value rules of production and the helpers need: here are such rules, tried.

#![allow(clippy::unwrap_used)]

use elsakube::assets::Templates;
use elsakube::diagnostics::Source;
use elsakube::engine::{Chart, Context, Engine, Release};
use elsakube::yaml::reader;
use serde_json::{Value, json};

fn engine() -> Engine {
    let mut templates = Templates { files: Default::default(), values: Vec::new() };
    for entry in std::fs::read_dir("tests/data/rules").unwrap() {
        let path = entry.unwrap().path();
        let name = format!("rules/{}", path.file_name().unwrap().to_str().unwrap());
        templates.files.insert(name.clone(), Source::new(name, std::fs::read_to_string(path).unwrap()));
    }
    let components = Source::new("_helpers.tera", include_str!("data/components.tera"));
    let texts = "{{ <elsa.fullname /> }} {{ <elsa.duration seconds={values.server.drainSeconds | int} /> }}";
    templates.files.insert("_helpers.tera".to_string(), components);
    templates.files.insert("NOTES.txt".to_string(), Source::new("NOTES.txt", texts));
    templates.files.sort_keys();
    Engine::new(&templates).unwrap()
}

/// Values with which no rule has anything to say, changed.
fn values(changes: &[(&str, Value)]) -> elsakube::yaml::Node {
    let mut values = json!({
        "nameOverride": "",
        "fullnameOverride": "",
        "dependencies": ["database", "broker"],
        "database": {"provider": "postgresql", "poolSize": 20, "maxConnections": 100, "reservedConnections": 10},
        "exposure": {"type": "ingress", "host": "elsa.corp.net"},
        "secrets": {"source": "external"},
        "studio": {"apiUrl": "https://elsa.corp.net/elsa/api"},
        "server": {
            "replicaCount": 3, "locks": "redis", "drainSeconds": 30, "preStopSeconds": 5, "terminationGracePeriodSeconds": 60,
            "image": {"repository": "reg.corp.net/elsa", "tag": "3.9.0"},
            "disruptionBudget": {"minAvailable": 2},
            "autoscaling": {"enabled": true, "maxReplicas": 3},
            "resources": {"requests": {"cpu": "1"}},
            "waitFor": ["database"],
        },
    });
    for (pointer, value) in changes {
        *values.pointer_mut(pointer).unwrap() = value.clone();
    }
    reader::read(&Source::new("values.yaml", values.to_string())).unwrap()
}

fn ask<T>(changes: &[(&str, Value)], name: &str, run: impl FnOnce(&Engine, &Context) -> T) -> T {
    let elsa = json!({"server": {
        "name": "the host", "databases": ["postgresql", "sqlserver"], "locks": ["redis", "postgresql"], "badTags": ["3.8.2"],
    }});
    let values = values(changes);
    let release = Release { name: name.to_string(), namespace: "elsa".to_string() };
    let chart = Chart { version: "0.1.0".to_string(), app_version: "3.9.0".to_string() };
    run(&engine(), &Context { values: &values, release, chart, elsa: &elsa })
}

/// `code path: sentence` of every violation.
fn violations(changes: &[(&str, Value)]) -> Vec<String> {
    let found = ask(changes, "elsa", |engine, context| engine.violations(context).unwrap());
    found.iter().map(|found| format!("{} {}: {}", found.code, found.path, found.sentence)).collect()
}

#[test]
fn nothing_is_wrong_with_good_values() {
    assert!(violations(&[]).is_empty(), "{:?}", violations(&[]));
}

#[test]
fn every_rule_finds_what_it_is_for() {
    let table: &[(&[(&str, Value)], &str)] = &[
        (
            &[("/server/locks", json!("none"))],
            "replicas-without-locks server.locks: 3 replicas need shared locks: set one of redis, postgresql",
        ),
        (
            &[("/secrets/source", json!("development"))],
            "exposed-development-credentials secrets.source: development credentials are public knowledge: with \
             exposure.type \"ingress\" anybody can sign in",
        ),
        (
            &[("/database/provider", json!("mysql"))],
            "unsupported-database database.provider: the host cannot use mysql, only postgresql, sqlserver",
        ),
        (
            &[("/studio/apiUrl", json!("https://elsa.corp.net/elsa/api/"))],
            "unreachable-api-url studio.apiUrl: \"https://elsa.corp.net/elsa/api/\" must be http(s)://HOST/elsa/api, \
             without a final slash",
        ),
        (
            &[("/studio/apiUrl", json!("http://elsa-server.elsa.svc:8080/elsa/api"))],
            "unreachable-api-url studio.apiUrl: \"http://elsa-server.elsa.svc:8080/elsa/api\" exists inside the cluster \
             only, and Studio runs in the browser",
        ),
        (
            &[("/studio/apiUrl", json!("http://localhost:8080/elsa/api"))],
            "unreachable-api-url studio.apiUrl: \"http://localhost:8080/elsa/api\" is the user's own machine, and \
             exposure.type is \"ingress\"",
        ),
        (
            &[("/server/image/tag", json!("latest"))],
            "floating-tag server.image.tag: \"latest\" can change under a running installation: use a full version or \
             image.digest",
        ),
        (
            &[("/server/image/tag", json!("3.8.2"))],
            "floating-tag server.image.tag: \"3.8.2\" is known not to work",
        ),
        (
            &[("/server/disruptionBudget/minAvailable", json!(3))],
            "blocking-disruption-budget server.disruptionBudget.minAvailable: 3 of 3 replicas lets no node be drained",
        ),
        (
            &[("/server/disruptionBudget/minAvailable", json!("100%"))],
            "blocking-disruption-budget server.disruptionBudget.minAvailable: 100% of 3 replicas lets no node be drained",
        ),
        (
            &[("/server/resources", json!({}))],
            "autoscaling-without-requests server.resources: autoscaling measures usage against resources.requests.cpu, \
             and there is none",
        ),
        (
            &[("/server/autoscaling/maxReplicas", json!(4))],
            "connection-budget database.poolSize: 5 servers during an update × 20 connections = 100, and the database \
             offers 90",
        ),
        (
            &[("/server/preStopSeconds", json!(31))],
            "short-grace-period server.terminationGracePeriodSeconds: 60 s end before the server has drained, which \
             takes 61 s",
        ),
        (
            &[("/server/waitFor", json!(["cache"]))],
            "missing-dependency server.waitFor: \"cache\" is not among the dependencies: database, broker",
        ),
        (
            &[("/server/image/repository", json!("REPLACE-me/elsa"))],
            "placeholder server.image.repository: a placeholder: put your own image here",
        ),
        (
            &[("/exposure/host", json!("Elsa.Example.com."))],
            "placeholder exposure.host: a placeholder: put your own host name here",
        ),
    ];
    for (changes, expected) in table {
        assert_eq!(violations(changes), [*expected]);
    }
}

#[test]
fn a_single_replica_needs_no_locks() {
    let changes = [
        ("/server/locks", json!("none")),
        ("/server/replicaCount", json!(1)),
        ("/server/disruptionBudget/minAvailable", json!("50%")),
        ("/server/image/tag", json!("")),
    ];
    assert!(violations(&changes).is_empty(), "{:?}", violations(&changes));
}

#[test]
fn full_names_and_durations() {
    let long = "x".repeat(62);
    for (name, full_name, name_override, seconds, expected) in [
        ("elsa", "", "", 3661, "elsa 01:01:01".to_string()),
        ("my-elsa-2", "", "", 0, "my-elsa-2 00:00:00".to_string()),
        ("flows", "", "", 59, "flows-elsa 00:00:59".to_string()),
        ("flows", "", "flow", 360_000, "flows 100:00:00".to_string()),
        ("flows", "own", "", 600, "own 00:10:00".to_string()),
        (&long, "", "", 1, format!("{long} 00:00:01")),
    ] {
        let changes = [
            ("/fullnameOverride", json!(full_name)),
            ("/nameOverride", json!(name_override)),
            ("/server/drainSeconds", json!(seconds)),
        ];
        let text = ask(&changes, name, |engine, context| engine.text("NOTES.txt", context).unwrap());
        assert_eq!(text, expected);
    }
}
