//! `elsakube secrets` and keys whose values come from outside.
#![allow(clippy::unwrap_used)]

mod common;

use common::secrets::piped;
use common::succeed;
use std::fs;

/// Templates whose pod reads a Secret of given keys alone, one of both kinds, and one that can be made.
fn folder() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let mut values = "secrets:\n".to_string();
    let mut pod = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: worker\n  namespace: {{ release.namespace | quote }}\nspec:\n  containers:\n    - name: worker\n      image: docker.io/library/busybox:1.38.0\n      env:\n".to_string();
    for (secret, key, kind) in [
        ("cloud", "id", "given"),
        ("cloud", "access", "given"),
        ("mixed", "password", "password"),
        ("mixed", "token", "given"),
        ("own", "password", "password"),
    ] {
        if !values.contains(&format!("  {secret}:\n")) {
            values += &format!("  {secret}:\n    # -- Name of the Secret.\n    name: {secret}\n    keys:\n");
        }
        values += &format!("      # -- A key.\n      # @schema {{secret: {kind}}}\n      {key}: {key}\n");
        pod += &format!(
            "        - name: {}_{}\n          valueFrom:\n            secretKeyRef:\n              name: {{{{ values.secrets.{secret}.name | quote }}}}\n              key: {{{{ values.secrets.{secret}.keys.{key} | quote }}}}\n",
            secret.to_uppercase(),
            key.to_uppercase(),
        );
    }
    fs::write(dir.path().join("values.yaml"), values).unwrap();
    fs::write(dir.path().join("pod.yaml"), pod).unwrap();
    dir
}

#[test]
fn what_is_given_is_listed_left_out_and_demanded() {
    let dir = folder();
    let templates = ["--templates", dir.path().to_str().unwrap()];
    let list = succeed(&[&["secrets"][..], &templates].concat()).stdout;
    let words: Vec<Vec<&str>> = list.lines().map(|line| line.split_whitespace().collect()).collect();
    assert!(words.iter().any(|words| words[..3] == ["cloud", "id", "given"]), "{list}");

    let made = succeed(&[&["secrets", "--generate"][..], &templates].concat());
    // An empty Secret would only stand in the way of the real one.
    assert!(!made.stdout.contains("name: \"cloud\""), "{}", made.stdout);
    assert!(
        made.stdout.contains("name: \"mixed\"") && !made.stdout.contains("\"token\":"),
        "{}",
        made.stdout
    );
    for line in [
        "# Not in here, as it comes from elsewhere: id, access of Secret cloud.\n",
        "# Not in here, as it comes from elsewhere: token of Secret mixed.\n",
    ] {
        assert!(made.stdout.contains(line), "{}", made.stdout);
    }
    for hint in ["id of Secret cloud", "access of Secret cloud", "token of Secret mixed"] {
        assert!(made.stderr.contains(&format!("not generated: {hint}")), "{}", made.stderr);
    }

    let verify = |input: &str| piped(&[&["secrets", "--verify", "-"][..], &templates].concat(), input);
    let lacking = verify(&made.stdout);
    assert_eq!(lacking.code, 1);
    assert!(lacking.stderr.contains("its values come from elsewhere"), "{}", lacking.stderr);
    assert!(lacking.stderr.contains("cloud") && lacking.stderr.contains("token"), "{}", lacking.stderr);
    let secret = |name: &str, data: &str| {
        format!("---\napiVersion: v1\nkind: Secret\nmetadata:\n  name: {name}\nstringData: {data}\n")
    };
    let documents = made.stdout.split("---\n");
    let identity = documents.into_iter().find(|text| text.contains("name: \"elsa-identity\"")).unwrap();
    let identity = format!("{identity}---\n");
    let own = identity + &secret("own", "{password: Kx83hsa7bsT21}");
    let mixed = secret("mixed", "{password: Kx83hsa7bsT22, token: t}");
    let whole = verify(&format!("{own}{mixed}{}", secret("cloud", "{id: AKIA, access: s/+=3}")));
    assert_eq!(whole.code, 0, "{}", whole.stderr);
    for data in ["{id: AKIA}", "{id: AKIA, access: ''}", "{id: AKIA, access: \"x\\n\"}"] {
        let run = verify(&format!("{own}{mixed}{}", secret("cloud", data)));
        assert_eq!(run.code, 1, "{data}: {}", run.stderr);
    }
}
