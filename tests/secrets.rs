//! `elsakube secrets`: the list, and new values that satisfy it.
#![allow(clippy::unwrap_used)]

mod common;

use common::secrets::{folder, piped};
use common::{refuse, succeed};

/// Lines with one blank between words, whatever the width of the columns.
fn lines(list: &str) -> Vec<String> {
    list.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

#[test]
fn the_list_of_the_defaults_and_of_dev() {
    let list = succeed(&["secrets"]).stdout;
    let expected = "\
elsa-identity adminUserName userName deployment/elsa-server server env Identity__AdminUser__UserName
elsa-identity adminUserName userName pod/elsa-test-login test env ADMIN_USER (helm test)
elsa-identity adminPassword password deployment/elsa-server server env Identity__AdminUser__Password
elsa-identity adminPassword password pod/elsa-test-login test env ADMIN_PASSWORD (helm test)
elsa-identity signingKey signingKey deployment/elsa-server server env Identity__Tokens__SigningKey
";
    let found = lines(&list);
    assert!(lines(expected).iter().all(|line| found.contains(line)), "{list}");

    let dev = succeed(&["secrets", "--profile", "dev"]).stdout;
    let identity: Vec<_> = dev.lines().filter(|line| line.starts_with("elsa-identity")).collect();
    assert_eq!(identity.len(), 5, "{dev}");
    assert!(
        identity.iter().all(|line| line.ends_with("(made by this output: secret/elsa-identity)")),
        "{dev}"
    );

    let renamed = succeed(&[
        "secrets",
        "--name",
        "flow",
        "--set",
        "secrets.identity.name=login,secrets.identity.keys.signingKey=jwt.key,imagePullSecrets={registry}",
    ])
    .stdout;
    for line in [
        "login jwt.key signingKey deployment/flow-elsa-server server env Identity__Tokens__SigningKey",
        "registry * - deployment/flow-elsa-server imagePullSecrets",
    ] {
        assert!(lines(&renamed).iter().any(|found| found == line), "{line} is not in\n{renamed}");
    }
}

#[test]
fn the_list_as_json() {
    let json = succeed(&["secrets", "--format", "json", "--namespace", "flows"]).stdout;
    let list: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(list["namespace"], "flows");
    let secrets = list["secrets"].as_array().unwrap();
    let identity = secrets.iter().find(|secret| secret["name"] == "elsa-identity").unwrap();
    assert_eq!(identity["madeBy"], serde_json::Value::Null);
    assert_eq!(identity["keys"][1]["value"], "secrets.identity.keys.adminPassword");
    assert_eq!(identity["keys"][1]["generator"], "password");
    assert_eq!(identity["keys"][1]["readers"][0]["object"], "deployment/elsa-server");
    assert_eq!(identity["keys"][1]["readers"][0]["at"], "Identity__AdminUser__Password");
}

#[test]
fn references_of_every_kind_are_found() {
    let dir = folder();
    let list = succeed(&["secrets", "--templates", dir.path().to_str().unwrap()]).stdout;
    for line in [
        "elsa-cache cookie erlangCookie pod/worker worker file /cache/cookie",
        "elsa-cache password password pod/worker worker file /cache/password",
        "elsa-database user userName pod/worker worker env DB_USER",
        "elsa-database password password pod/worker worker env DB_PASSWORD",
        "elsa-database password password pod/worker worker file /mixed/pw",
        "elsa-database previous password pod/worker worker env DB_PREVIOUS (optional)",
        "elsa-tls tls.crt - ingress/web field spec.tls[0].secretName",
        "elsa-tls * - pod/worker worker file /tls",
        "theirs * - pod/worker worker env *",
        "theirs-too ca.crt - pod/worker volume bundle (made by cert-manager: certificate/made)",
    ] {
        assert!(lines(&list).iter().any(|found| found == line), "{line:?} is not in\n{list}");
    }
    // Two values for one key of one Secret: nothing could satisfy both.
    let error = refuse(&[
        "secrets",
        "--templates",
        dir.path().to_str().unwrap(),
        "--set",
        "secrets.database.keys.userName=x,secrets.database.keys.password=x",
    ]);
    assert!(error.contains("error[secret-key-conflict]"), "{error}");
}

#[test]
fn what_an_operator_makes_is_left_to_it() {
    let objects = r#"extraObjects=[
        {"apiVersion": "postgresql.cnpg.io/v1", "kind": "Cluster", "metadata": {"name": "db"}},
        {"apiVersion": "cluster.x-k8s.io/v1beta1", "kind": "Cluster", "metadata": {"name": "other"}},
        {"apiVersion": "rabbitmq.com/v1beta1", "kind": "RabbitmqCluster", "metadata": {"name": "mq"},
            "spec": {"tls": {"secretName": "mq-tls"}}}]"#;
    let env = r#"server.env=[
        {"name": "A", "valueFrom": {"secretKeyRef": {"name": "db-app", "key": "password"}}},
        {"name": "B", "valueFrom": {"secretKeyRef": {"name": "mq-default-user", "key": "username"}}},
        {"name": "C", "valueFrom": {"secretKeyRef": {"name": "other-app", "key": "password"}}}]"#;
    let given = ["--set-json", objects, "--set-json", env];
    let list = succeed(&[&["secrets"][..], &given].concat()).stdout;
    for line in [
        "db-app password - deployment/elsa-server server env A (made by CloudNativePG: cluster/db)",
        "mq-default-user username - deployment/elsa-server server env B (made by RabbitMQ's operator: rabbitmqcluster/mq)",
        "mq-tls * - rabbitmqcluster/mq field spec.tls.secretName",
        "other-app password - deployment/elsa-server server env C",
    ] {
        assert!(lines(&list).iter().any(|found| found == line), "{line:?} is not in\n{list}");
    }
    let json = succeed(&[&["secrets", "--format", "json"][..], &given].concat()).stdout;
    let list: serde_json::Value = serde_json::from_str(&json).unwrap();
    let secrets = list["secrets"].as_array().unwrap();
    let made = secrets.iter().find(|secret| secret["name"] == "db-app").unwrap();
    assert_eq!((&made["madeBy"], &made["operator"]), (&"cluster/db".into(), &"CloudNativePG".into()));
    // Nobody is asked for it.
    let run = succeed(&[&["secrets", "--generate"][..], &given].concat());
    assert!(!run.stderr.contains("db-app") && run.stderr.contains("other-app"), "{}", run.stderr);
}

#[test]
fn the_add_on_of_an_operator_asks_for_no_password_but_for_the_keys_of_its_backups() {
    let inputs =
        ["--profile", "prod,cloudnative-pg", "--set", "cloudnativepg.backup.enabled=true,s3.bucket=backups"];
    let list = lines(&succeed(&[&["secrets"][..], &inputs].concat()).stdout);
    let of = |secret: &str| list.iter().filter(|line| line.starts_with(secret)).cloned().collect::<Vec<_>>();
    assert_eq!(of("elsa-postgresql ").len(), 0, "{list:?}");
    for secret in ["elsa-postgresql-app ", "elsa-postgresql-ca "] {
        let found = of(secret);
        assert!(!found.is_empty(), "{secret}");
        assert!(found.iter().all(|line| line.ends_with("(made by CloudNativePG: cluster/elsa-postgresql)")));
    }
    let keys = [
        "elsa-s3 accessKeyId given objectstore/elsa-postgresql field spec.configuration.s3Credentials.accessKeyId",
        "elsa-s3 secretAccessKey given objectstore/elsa-postgresql field spec.configuration.s3Credentials.secretAccessKey",
    ];
    assert_eq!(of("elsa-s3 "), keys);
}

#[test]
fn what_is_generated_is_what_is_needed_and_passes_the_check() {
    let dir = folder();
    let templates = dir.path().to_str().unwrap();
    for inputs in [
        &["--elsa", "3.9"][..],
        &["--elsa", "3.8", "--name", "flow", "--namespace", "flows"],
        &["--set", "secrets.identity.name=login,secrets.identity.keys.adminPassword=pass.word"],
        &["--templates", templates],
        &[
            "--elsa",
            "3.5",
            "--profile",
            "prod,stock",
            "--set",
            "exposure.host=elsa.corp.net,server.image.tag=sha-0123456,studio.image.tag=sha-0123456",
        ],
        &["--elsa", "3.6", "--profile", "prod,stock", "--set", "exposure.type=none"],
    ] {
        let generate = [&["secrets", "--generate"], inputs].concat();
        let first = succeed(&generate).stdout;
        let second = succeed(&generate).stdout;
        // The same but for the values.
        let frame = |text: &str| {
            let lines = text.lines().map(|line| line.split(": ").next().unwrap_or_default().to_string());
            lines.collect::<Vec<_>>()
        };
        assert_eq!(frame(&first), frame(&second));
        let passwords = |text: &str| {
            let found = text.lines().filter(|line| line.to_lowercase().contains("pass")).map(str::to_string);
            found.filter(|line| line.starts_with(' ')).collect::<Vec<_>>()
        };
        assert!(!passwords(&first).is_empty());
        assert!(passwords(&first).iter().all(|line| !second.contains(line)), "the same password twice");
        let checked = piped(&[&["secrets", "--verify", "-"], inputs].concat(), &first);
        assert_eq!(checked.code, 0, "{}", checked.stderr);
        assert!(!checked.stderr.contains("warning"), "{}", checked.stderr);
    }
    let generated = succeed(&["secrets", "--generate", "--templates", templates]).stdout;
    assert!(generated.contains("  \"user\": \"elsa\"\n"), "{generated}");
    assert_eq!(generated.matches("\n  \"password\": ").count(), 2);
    for absent in ["previous", "tls", "theirs"] {
        assert!(!generated.contains(absent), "{absent}");
    }
    assert!(generated.contains("    \"app.kubernetes.io/part-of\": \"elsa\"\n"));
    assert!(generated.contains("    \"app.kubernetes.io/instance\": \"elsa\"\n"));
    assert!(generated.contains("kubectl create -n elsa -f -"));
}

#[test]
fn nothing_is_generated_for_dev_and_nothing_into_a_file() {
    for action in [&["--generate"][..], &["--verify", "-"]] {
        let error = refuse(&[&["secrets", "--profile", "dev"], action].concat());
        assert!(error.contains("error[nothing-to-generate]"), "{error}");
        assert!(error.contains("profiles/dev.yaml:") && error.contains("source: development"), "{error}");
    }
    let error = refuse(&["secrets", "--generate", "-o", "out"]);
    assert!(error.contains("unexpected argument '-o'"), "{error}");
    let error = refuse(&["secrets", "--generate", "--verify", "x"]);
    assert!(error.contains("cannot be used with"), "{error}");
    let error = refuse(&["secrets", "-f", "-", "--verify", "-"]);
    assert!(error.contains("error[file-unreadable]"), "{error}");
}
