//! The administrator of Elsa 3.5, whom its images know by the hash of the password: made with password and salt, and
//! checked against them.
#![allow(clippy::unwrap_used)]

mod common;

use common::secrets::{SECRET, is_silent, piped};
use common::{Run, refuse, succeed};
use std::fs;
use tempfile::TempDir;

/// Of the administrator whom the images of Elsa 3.5 have built in.
const SALT: &str = "JEy9kBlhHCNsencitRHlGxmErmSgY+FVyMJulCH27Ds=";
/// The hash of `password` with that salt.
const HASH: &str = "TfKzh9RLix6FPcCNeHLkGrysFu3bYxqzGqduNdi8v1U=";
/// The hash of [`SECRET`] with that salt.
const SECRET_HASH: &str = "smk0yFwoVJpsnCHPXU7T4s4hSr49elLQ0G/STvkwz2s=";
/// The hash of `Development` with the salt of the next line.
const DEVELOPMENT_HASH: &str = "MOOQrEQASRR7Hux4lm/WBEWtvV2MIchkj8gD/akU3UI=";
const OTHER_SALT: &str = "MDEyMzQ1Njc4OWFiY2RlZg==";

/// Templates on top of ours, with a pod that reads the hash.
fn overlay() -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("hashed")).unwrap();
    let text = r#"{%- set identity = <elsa.secretName secret={values.secrets.identity} id="identity" /> -%}
apiVersion: v1
kind: Pod
metadata:
  name: hashed
  namespace: {{ release.namespace | quote }}
spec:
  containers:
    - name: server
      image: example/server
      env:
        {{- <elsa.secretEnv name="Identity__Users__0__HashedPassword" secret={identity} key={values.secrets.identity.keys.adminPasswordHash} /> | nindent(n=8) }}
        {{- <elsa.secretEnv name="Identity__Users__0__HashedPasswordSalt" secret={identity} key={values.secrets.identity.keys.adminPasswordSalt} /> | nindent(n=8) }}
"#;
    fs::write(dir.path().join("hashed/pod.yaml"), text).unwrap();
    dir
}

/// Templates on top of ours, with a Secret `users`: `hash` is its hash's generator, and one pod reads what `reads` says.
fn users(hash: &str, reads: &str) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    let values = format!(
        "secrets:\n  users:\n    # -- Name.\n    name: users\n    keys:\n      # -- Hash.\n      # @schema {{secret: {hash}}}\n      \
         hash: h.a.s.h\n      # -- Password.\n      # @schema {{secret: password}}\n      password: word\n      # -- Salt.\n      \
         # @schema {{secret: salt}}\n      salt: salt\n"
    );
    fs::write(dir.path().join("values.yaml"), values).unwrap();
    fs::create_dir(dir.path().join("job")).unwrap();
    let text = format!(
        "apiVersion: v1\nkind: Pod\nmetadata:\n  name: worker\n  namespace: {{{{ release.namespace | quote }}}}\nspec:\n  \
         containers:\n    - name: worker\n      image: example/worker\n      env:\n        - name: HASH\n          \
         valueFrom: {{secretKeyRef: {{name: {{{{ values.secrets.users.name | quote }}}}, {reads}}}}}\n"
    );
    fs::write(dir.path().join("job/pod.yaml"), text).unwrap();
    dir
}

const READS_HASH: &str = "key: {{ values.secrets.users.keys.hash | quote }}";

fn identity(password: &str, salt: &str, hash: &str) -> String {
    format!(
        "apiVersion: v1\nkind: Secret\nmetadata:\n  name: elsa-identity\nstringData:\n  adminUserName: admin\n  \
         adminPassword: {password}\n  adminPasswordSalt: {salt}\n  adminPasswordHash: {hash}\n  \
         signingKey: a-good-signing-key-0123456789-abcdef\n"
    )
}

fn verify(templates: &TempDir, input: &str) -> Run {
    piped(&["secrets", "--templates", templates.path().to_str().unwrap(), "--verify", "-"], input)
}

#[test]
fn nothing_changes_where_nobody_reads_the_hash() {
    let list = succeed(&["secrets"]).stdout;
    for absent in ["adminPasswordSalt", "adminPasswordHash", "whoever"] {
        assert!(!list.contains(absent), "{list}");
    }
}

#[test]
fn the_list_names_whoever_logs_in() {
    let dir = overlay();
    let templates = dir.path().to_str().unwrap();
    let list = succeed(&["secrets", "--templates", templates]).stdout;
    let lines: Vec<String> =
        list.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    for line in [
        "elsa-identity adminPassword password whoever logs in",
        "elsa-identity adminPasswordSalt salt pod/hashed server env Identity__Users__0__HashedPasswordSalt",
        "elsa-identity adminPasswordHash passwordHash pod/hashed server env Identity__Users__0__HashedPassword",
    ] {
        assert!(lines.iter().any(|found| found == line), "{line:?} is not in\n{list}");
    }
    let json = succeed(&["secrets", "--format", "json", "--templates", templates]).stdout;
    let list: serde_json::Value = serde_json::from_str(&json).unwrap();
    let secrets = list["secrets"].as_array().unwrap();
    let identity = secrets.iter().find(|secret| secret["name"] == "elsa-identity").unwrap();
    let password = &identity["keys"][1];
    assert_eq!(password["name"], "adminPassword");
    assert!(password["readers"].as_array().unwrap().iter().any(|reader| reader["by"] == "login"), "{json}");
}

#[test]
fn what_is_generated_fits_and_passes_the_check() {
    let dir = overlay();
    let templates = dir.path().to_str().unwrap();
    let renamed = "secrets.identity.keys.adminPassword=pass.word,secrets.identity.keys.adminPasswordHash=a";
    for inputs in [&["--templates", templates][..], &["--templates", templates, "--set", renamed]] {
        let generated = succeed(&[&["secrets", "--generate"], inputs].concat()).stdout;
        let checked = piped(&[&["secrets", "--verify", "-"], inputs].concat(), &generated);
        assert_eq!(checked.code, 0, "{}", checked.stderr);
        assert!(checked.stderr.contains("(5 keys)"), "{}", checked.stderr);
        assert!(!checked.stderr.contains("warning"), "{}", checked.stderr);
        // With the salt of another run nobody could log in.
        let salt = generated.lines().find(|line| line.contains("\"adminPasswordSalt\"")).unwrap();
        let other = generated.replace(salt, &format!("  \"adminPasswordSalt\": \"{SALT}\""));
        let checked = piped(&[&["secrets", "--verify", "-"], inputs].concat(), &other);
        assert_eq!(checked.code, 1);
        assert!(checked.stderr.contains("error[hash-mismatch]"), "{}", checked.stderr);
    }
}

#[test]
fn password_and_salt_are_made_even_if_only_the_hash_is_read() {
    let dir = users("passwordHash password salt", READS_HASH);
    let templates = dir.path().to_str().unwrap();
    let list = succeed(&["secrets", "--templates", templates]).stdout;
    assert!(list.contains("whoever logs in") && list.contains("secret/users field h.a.s.h"), "{list}");
    let generated = succeed(&["secrets", "--templates", templates, "--generate"]).stdout;
    for key in ["h.a.s.h", "word", "salt"] {
        assert!(generated.contains(&format!("\n  \"{key}\": \"")), "{key}");
    }
    assert_eq!(verify(&dir, &generated).code, 0);
    // The cluster can do without the password itself.
    let without: String =
        generated.lines().filter(|line| !line.contains("\"word\"")).map(|line| format!("{line}\n")).collect();
    let checked = verify(&dir, &without);
    assert_eq!(checked.code, 0, "{}", checked.stderr);
}

#[test]
fn a_hash_that_pods_can_do_without_is_not_made() {
    let dir = users("passwordHash password salt", &format!("{READS_HASH}, optional: true"));
    let templates = dir.path().to_str().unwrap();
    let generated = succeed(&["secrets", "--templates", templates, "--generate"]).stdout;
    assert!(!generated.contains("users"), "{generated}");
}

#[test]
fn a_hash_of_what_is_no_password_or_salt_is_refused() {
    for (hash, named) in [
        ("passwordHash pasword salt", "`pasword`"),
        ("passwordHash password hash", "`hash`"),
        ("passwordHash salt password", "`salt`"),
    ] {
        let dir = users(hash, READS_HASH);
        let error = refuse(&["secrets", "--templates", dir.path().to_str().unwrap()]);
        assert!(error.contains("error[unknown-generator]") && error.contains(named), "{error}");
        assert!(error.contains("values.yaml:8"), "{error}");
    }
    let dir = users("passwordHash password", READS_HASH);
    let error = refuse(&["secrets", "--templates", dir.path().to_str().unwrap()]);
    assert!(error.contains("error[unknown-generator]") && error.contains("followed by"), "{error}");
}

#[test]
fn the_hash_has_to_fit_and_is_never_printed() {
    let dir = overlay();
    let good = verify(&dir, &identity(SECRET, SALT, SECRET_HASH));
    assert_eq!(good.code, 0, "{}", good.stderr);
    let other = HASH.replace("Tf", "Uf");
    let encoded = |key: &str, data: &str| {
        let text = identity(SECRET, SALT, SECRET_HASH);
        let kept = text.lines().filter(|line| !line.contains(&format!("  {key}:")));
        format!("{}\ndata: {{{key}: {data}}}\n", kept.collect::<Vec<_>>().join("\n"))
    };
    let cases = [
        ("hash-mismatch", "9:3", identity(SECRET, SALT, &other)),
        ("hash-mismatch", "9:3", identity(SECRET, OTHER_SALT, SECRET_HASH)),
        ("hash-mismatch", "9:3", identity(&format!("{SECRET}0"), SALT, SECRET_HASH)),
        ("weak-secret", "9:3", identity(SECRET, SALT, HASH)),
        ("weak-secret", "9:3", identity(SECRET, OTHER_SALT, HASH)),
        ("weak-secret", "9:3", identity(SECRET, OTHER_SALT, DEVELOPMENT_HASH)),
        // One that fits nothing is not spoken of where something else has to change anyway.
        ("secret-shape", "8:3", identity(SECRET, SECRET, SECRET_HASH)),
        ("secret-shape", "8:3", identity(SECRET, &format!("\"{SALT}\\n\""), SECRET_HASH)),
        ("secret-shape", "9:3", identity(SECRET, SALT, &format!("\"{SECRET_HASH}\\n\""))),
        ("secret-shape", "9:3", identity(SECRET, SALT, SECRET)),
        ("secret-shape", "7:3", identity(&format!("\"{SECRET}\\n\""), SALT, SECRET_HASH)),
        ("secret-shape", "-:10:8", encoded("adminPasswordSalt", SALT)),
        ("empty-secret", "8:3", identity(SECRET, "\"\"", SECRET_HASH)),
    ];
    for (code, place, text) in cases {
        let checked = verify(&dir, &text);
        assert_eq!(checked.code, 1, "{code}\n{text}\n{}", checked.stderr);
        assert_eq!(checked.stderr.matches("error[").count(), 1, "{code}\n{}", checked.stderr);
        assert!(checked.stderr.contains(&format!("error[{code}]")), "{code}\n{}", checked.stderr);
        assert!(checked.stderr.contains(place), "{code} {place}\n{}", checked.stderr);
        for piece in [SALT, HASH, SECRET_HASH, &other, OTHER_SALT, DEVELOPMENT_HASH] {
            assert!(!checked.stderr.contains(&piece[2..10]), "{}", checked.stderr);
        }
        is_silent(code, &checked);
    }
    let mismatch = verify(&dir, &identity(SECRET, SALT, &other)).stderr;
    for key in ["adminPasswordHash", "adminPassword", "adminPasswordSalt"] {
        assert!(mismatch.contains(&format!(" {key} ")), "{mismatch}");
    }
    // Both the password and its hash: each key is to be filled anew.
    let known = verify(&dir, &identity("password", SALT, HASH));
    assert_eq!(known.stderr.matches("error[weak-secret]").count(), 2, "{}", known.stderr);
    let missing = verify(&dir, &identity(SECRET, SALT, SECRET_HASH).replace("adminPasswordHash", "other"));
    assert!(missing.stderr.contains("error[missing-secret-key]"), "{}", missing.stderr);
}
