//! Who can log in, release by release: nobody with what an image publishes, and where that cannot be changed, nobody from
//! outside.
#![allow(clippy::unwrap_used)]

mod common;

use common::equality::{Objects, objects};
use common::scenario::SCENARIOS;
use common::{HELMS, elsakube, helm, refuse, run, succeed, tool};
use elsakube::yaml::Node;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::Path;

/// The password of all users of the image of Elsa 3.5.
const PASSWORD: &str = "password";
/// Salt and hash of its administrator.
const SHIPPED: [&str; 2] =
    ["JEy9kBlhHCNsencitRHlGxmErmSgY+FVyMJulCH27Ds=", "TfKzh9RLix6FPcCNeHLkGrysFu3bYxqzGqduNdi8v1U="];
/// That salt.
const SHIPPED_SALT: [u8; 32] = [
    0x24, 0x4c, 0xbd, 0x90, 0x19, 0x61, 0x1c, 0x23, 0x6c, 0x7a, 0x77, 0x22, 0xb5, 0x11, 0xe5, 0x1b, 0x19,
    0x84, 0xae, 0x64, 0xa0, 0x63, 0xe1, 0x55, 0xc8, 0xc2, 0x6e, 0x94, 0x21, 0xf6, 0xec, 0x3b,
];
/// The salt of our development Secret.
const DEVELOPMENT_SALT: [u8; 32] = [
    0xc7, 0x52, 0x5b, 0x65, 0x05, 0x97, 0x0b, 0x91, 0x17, 0x74, 0x2d, 0x45, 0x16, 0x0b, 0x18, 0x04, 0x03,
    0xd4, 0x47, 0xc9, 0xcf, 0x17, 0x6d, 0x49, 0xd5, 0x6a, 0xe8, 0x45, 0x4a, 0x29, 0x34, 0x6b,
];
/// The API key that Elsa's README prints: the client's id in hexadecimal, and more.
const API_KEY: &str = "48587230567A646D394B435A6277734A-4802fa49-e91e-45e8-b00f-b5492377e20b";

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let number = (0..3).fold(0_usize, |number, i| number << 8 | usize::from(*chunk.get(i).unwrap_or(&0)));
        for i in 0..4 {
            let letter = char::from(LETTERS[number >> (18 - 6 * i) & 63]);
            text.push(if i <= chunk.len() { letter } else { '=' });
        }
    }
    text
}

/// As Elsa 3.5 hashes passwords and API keys.
fn hash(text: &str, salt: &[u8]) -> String {
    base64(&Sha256::new().chain_update(text).chain_update(salt).finalize())
}

fn at<'a>(node: &'a Node, path: &str) -> Option<&'a Node> {
    path.split('.').try_fold(node, |node, key| node.get(key))
}

/// The server's variables: what they hold, or `SECRET/KEY`.
fn variables(objects: &Objects) -> BTreeMap<String, String> {
    let text = |node: Option<&Node>| node.and_then(Node::as_str).unwrap_or_default().to_string();
    let map = objects["v1/ConfigMap elsa/elsa-server"].get("data").unwrap().as_map().unwrap();
    let mut found: BTreeMap<String, String> =
        map.iter().map(|(key, entry)| (key.clone(), text(Some(&entry.value)))).collect();
    let containers =
        at(&objects["apps/v1/Deployment elsa/elsa-server"], "spec.template.spec.containers").unwrap();
    for variable in containers.as_list().unwrap()[0].get("env").unwrap().as_list().unwrap() {
        let key = at(variable, "valueFrom.secretKeyRef");
        let secret = key.map(|key| format!("{}/{}", text(key.get("name")), text(key.get("key"))));
        let value = secret.unwrap_or_else(|| text(variable.get("value")));
        found.insert(text(variable.get("name")), value);
    }
    found
}

fn render(arguments: &[&str]) -> String {
    succeed(&[&["render", "--quiet"], arguments].concat()).stdout
}

#[test]
fn nothing_that_the_image_of_3_5_publishes_logs_in() {
    let zeros = base64(&[0; 32]);
    for scenario in SCENARIOS.iter().filter(|scenario| scenario.elsa == "3.5") {
        let text = render(&scenario.arguments());
        for word in SHIPPED.iter().chain(&["sufficiently-large-secret-signing-key", API_KEY]) {
            assert!(!text.contains(word), "{}: {word}", scenario.name);
        }
        let variables = variables(&objects(&text).unwrap());
        let of = |name: &str| variables.get(name).unwrap_or_else(|| panic!("{}: {name}", scenario.name));
        for (name, key) in [
            ("Users__0__Name", "adminUserName"),
            ("Users__0__HashedPassword", "adminPasswordHash"),
            ("Users__0__HashedPasswordSalt", "adminPasswordSalt"),
            ("Tokens__SigningKey", "signingKey"),
        ] {
            assert_eq!(
                of(&format!("Identity__{name}")),
                &format!("elsa-identity/{key}"),
                "{}",
                scenario.name
            );
        }
        // Alice and Bob: their password would have to hash to nothing but zeros, with whatever salt.
        for user in ["1", "2"] {
            assert_eq!(of(&format!("Identity__Users__{user}__HashedPassword")), &zeros);
            assert_eq!(of(&format!("Identity__Users__{user}__HashedPasswordSalt")), &zeros);
        }
        assert_eq!([base64(&SHIPPED_SALT), hash(PASSWORD, &SHIPPED_SALT)], SHIPPED);
        for salt in [&SHIPPED_SALT, &[0; 32]] {
            assert_ne!(hash(PASSWORD, salt), zeros);
            assert_ne!(hash(API_KEY, salt), zeros);
        }
        // The README's key is that of another client, and hashes to something else.
        assert_eq!(of("Identity__Applications__0__HashedApiKey"), &zeros);
        assert_eq!(of("Identity__Applications__0__HashedApiKeySalt"), &zeros);
        let client: String =
            of("Identity__Applications__0__ClientId").bytes().map(|byte| format!("{byte:02X}")).collect();
        assert!(!client.is_empty() && !API_KEY.starts_with(&client), "{client}");
    }
}

#[test]
fn the_development_secret_of_3_5_lets_in_with_its_password() {
    let objects = objects(&render(&["--elsa", "3.5", "--profile", "dev"])).unwrap();
    let secret = objects["v1/Secret elsa/elsa-identity"].get("stringData").unwrap();
    let of = |key: &str| secret.get(key).and_then(Node::as_str).unwrap();
    assert_eq!(of("adminPasswordSalt"), base64(&DEVELOPMENT_SALT));
    assert_eq!(of("adminPasswordHash"), hash(of("adminPassword"), &DEVELOPMENT_SALT));
    assert!(of("signingKey").len() >= 32);
}

/// `helm template` of a chart.
fn template(binary: &Path, scratch: &Path, chart: &Path, arguments: &[&str]) -> common::Run {
    let mut command = helm(binary, scratch);
    command.args(["template", "elsa"]).arg(chart).args(["--namespace", "elsa"]);
    for profile in ["prod", "stock"] {
        command.arg("--values").arg(chart.join(format!("values-{profile}.yaml")));
    }
    run(command.args(arguments))
}

#[test]
fn the_image_of_3_6_is_exposed_to_nobody() {
    let stack = ["--elsa", "3.6", "--profile", "prod,stock"];
    let error = refuse(&[&["render"], &stack[..]].concat());
    assert!(error.contains("error[fixed-public-credentials]: exposure.type: is ingress"), "{error}");
    assert!(error.contains("profiles/prod.yaml:"), "{error}");
    let hidden = [&stack[..], &["--set", "exposure.type=none"]].concat();
    let clean = run(&mut elsakube(&[&["render"], &hidden[..]].concat()));
    assert_eq!((clean.code, clean.stderr.as_str()), (0, ""));
    assert!(!clean.stdout.contains("kind: Ingress"));
    let identity: Vec<String> = variables(&objects(&clean.stdout).unwrap())
        .into_keys()
        .filter(|name| name.starts_with("Identity"))
        .collect();
    assert_eq!(identity, ["Identity__Tokens__SigningKey"], "it reads no other");

    let Some(binary) = tool(HELMS[HELMS.len() - 1]) else { return };
    let scratch = tempfile::tempdir().unwrap();
    let chart = scratch.path().join("elsa");
    succeed(&["chart", "--elsa", "3.6", "-o", chart.to_str().unwrap()]);
    let refused = template(&binary, scratch.path(), &chart, &[]);
    assert_ne!(refused.code, 0);
    assert!(refused.stderr.contains("[fixed-public-credentials] exposure.type: "), "{}", refused.stderr);
    let clean = template(&binary, scratch.path(), &chart, &["--set", "exposure.type=none"]);
    assert_eq!(clean.code, 0, "{}", clean.stderr);
    let login =
        clean.stdout.split("\n---\n").find(|text| text.contains("name: \"elsa-test-login\"")).unwrap();
    assert!(login.contains("- name: ADMIN_PASSWORD\n          value: password\n"), "{login}");
    assert!(!login.contains("secretKeyRef"), "{login}");
}

#[test]
fn each_release_asks_for_the_keys_that_it_reads() {
    for (elsa, expected) in [
        ("3.5", "adminUserName adminPassword adminPasswordSalt adminPasswordHash signingKey"),
        ("3.6", "signingKey"),
        ("3.8", "adminUserName adminPassword signingKey"),
        ("3.9", "adminUserName adminPassword signingKey"),
    ] {
        let list = succeed(&["secrets", "--quiet", "--elsa", elsa]).stdout;
        let mut keys: Vec<&str> = list
            .lines()
            .filter_map(|line| line.strip_prefix("elsa-identity ")?.split_whitespace().next())
            .collect();
        keys.dedup();
        assert_eq!(keys.join(" "), expected, "{elsa}");
    }
}
