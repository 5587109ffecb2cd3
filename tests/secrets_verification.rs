//! `elsakube secrets --verify`: every finding has its code and place, and no value is ever printed.
#![allow(clippy::unwrap_used)]

mod common;

use common::secrets::{ENCODED, SECRET, folder, is_silent, piped};
use common::{Run, elsakube, refuse, run, succeed};
use std::fs;

fn verify(input: &str) -> Run {
    piped(&["secrets", "--verify", "-"], input)
}

/// A Secret with every key that the defaults need.
fn identity(user: &str, password: &str, signing_key: &str) -> String {
    format!(
        "apiVersion: v1\nkind: Secret\nmetadata:\n  name: elsa-identity\nstringData:\n  adminUserName: {user}\n  \
         adminPassword: {password}\n  signingKey: {signing_key}\n"
    )
}

const GOOD_KEY: &str = "a-good-signing-key-0123456789-abcdef";

fn good() -> String {
    identity("admin", "a-good-password", GOOD_KEY)
}

#[test]
fn the_development_secret_is_known() {
    let secret = succeed(&["render", "--profile", "dev", "--only", "server/secret"]).stdout;
    let checked = verify(&secret);
    assert_eq!(checked.code, 1);
    assert_eq!(checked.stderr.matches("error[weak-secret]").count(), 2, "{}", checked.stderr);
}

#[test]
fn manifests_of_every_form_are_read() {
    assert_eq!(verify(&good()).code, 0);
    let listed: String = good().lines().map(|line| format!("    {line}\n")).collect();
    let list = format!("apiVersion: v1\nkind: List\nitems:\n  -\n{listed}");
    let other = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata: {a: b}\n---\n";
    let encoded = r#"{"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "elsa-identity", "namespace": "elsa"},
        "data": {"adminUserName": "YWRtaW4=", "adminPassword": "YS1nb29kLXBhc3N3b3Jk",
                 "signingKey": "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="}}"#;
    for text in [list, format!("{other}{}", good()), encoded.to_string(), format!("---\n{}---\n", good())] {
        let checked = verify(&text);
        assert_eq!(checked.code, 0, "{}", checked.stderr);
        assert_eq!(checked.stdout, "");
        assert!(checked.stderr.contains("as they must be: elsa-identity (3 keys)"), "{}", checked.stderr);
    }
    let dir = tempfile::tempdir().unwrap();
    let (one, two) = (dir.path().join("one.yaml"), dir.path().join("two.yaml"));
    fs::write(&one, good()).unwrap();
    fs::write(&two, other).unwrap();
    let (one, two) = (one.to_str().unwrap(), two.to_str().unwrap());
    succeed(&["secrets", "--verify", one, "--verify", two]);
    let twice = run(&mut elsakube(&["secrets", "--verify", one, "--verify", one]));
    assert!(twice.code == 1 && twice.stderr.contains("error[duplicate-secret]"), "{}", twice.stderr);
}

#[test]
fn every_finding_has_its_code_and_place_and_never_the_value() {
    let long = format!("{SECRET}{SECRET}{SECRET}");
    let data = |password: &str| {
        format!(
            "kind: Secret\nmetadata: {{name: elsa-identity}}\nstringData: {{adminUserName: {SECRET}, signingKey: {long}}}\n\
             data:\n  adminPassword: {password}\n"
        )
    };
    let cases = [
        (
            "missing-secret",
            "",
            good().replace("elsa-identity", "elsa-identty").replace("a-good-password", SECRET),
        ),
        (
            "missing-secret",
            "5:9",
            good().replace("  name: elsa-identity", "  namespace: other\n  name: elsa-identity"),
        ),
        (
            "missing-secret-key",
            "4:9",
            good().replace("adminPassword: a-good", &format!("adminPasword: {SECRET}")),
        ),
        ("empty-secret", "7:3", identity(SECRET, "\"\"", &long)),
        ("empty-secret", "7:3", identity(SECRET, "", &long)),
        ("secret-shape", "7:3", identity(SECRET, "123456789012", &long)),
        ("secret-shape", "7:3", identity(SECRET, &format!("\"{SECRET}\\n\""), &long)),
        ("secret-shape", "7:3", identity(SECRET, &format!("|\n    {SECRET}"), &long)),
        ("secret-shape", "7:3", identity(SECRET, &format!("[{SECRET}]"), &long)),
        ("secret-shape", "7:3", identity(SECRET, &format!("{{{SECRET}: {SECRET}}}"), &long)),
        ("secret-shape", "6:3", identity(&format!("\" {SECRET}\""), SECRET, &long)),
        ("secret-shape", "8:3", identity(SECRET, SECRET, SECRET)),
        ("secret-shape", "8:3", identity(SECRET, SECRET, &format!("{long}ü"))),
        ("secret-shape", "8:3", identity(SECRET, SECRET, &format!("\"{long}\\n\""))),
        ("secret-shape", "5:3", data(SECRET)),
        ("secret-shape", "5:3", data(&format!("{ENCODED}="))),
        ("secret-shape", "5:3", data("WnE3aHVudGVyMlh3Cg==")),
        ("weak-secret", "7:3", identity(SECRET, "Guest", &long)),
        ("weak-secret", "8:3", identity(SECRET, SECRET, "sufficiently-large-secret-signing-key")),
    ];
    for (code, place, text) in cases {
        let checked = verify(&text);
        assert_eq!(checked.code, 1, "{code}\n{text}\n{}", checked.stderr);
        assert_eq!(checked.stderr.matches("error[").count(), 1, "{code}\n{}", checked.stderr);
        assert!(checked.stderr.contains(&format!("error[{code}]")), "{code}\n{}", checked.stderr);
        assert!(checked.stderr.contains(place), "{code} {place}\n{}", checked.stderr);
        is_silent(code, &checked);
        let quiet = piped(&["secrets", "--quiet", "--verify", "-"], &text);
        assert!(quiet.code == 1 && quiet.stderr.contains(&format!("error[{code}]")), "{}", quiet.stderr);
        is_silent(code, &quiet);
    }
    let unused = verify(&format!("{}  spare: {SECRET}\n", good()));
    assert_eq!(unused.code, 0);
    assert!(
        unused.stderr.contains("warning[unused-secret-key]") && unused.stderr.contains("-:9:3"),
        "{}",
        unused.stderr
    );
    is_silent("unused", &unused);
    // No value, and perhaps no key either.
    let bare = verify(&format!("{}  {SECRET}:\n", good()));
    assert_eq!(bare.code, 0);
    is_silent("bare", &bare);
}

#[test]
fn what_cannot_be_read_is_refused_without_a_word_of_it() {
    let secret =
        |rest: &str| format!("kind: Secret\nmetadata: {{name: elsa-identity}}\nstringData:\n{rest}\n");
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("yaml-syntax", secret(&format!("  a: \"{SECRET}")).into()),
        ("yaml-syntax", secret(&format!("  a: @{SECRET}")).into()),
        ("yaml-syntax", secret(&format!("  a: {SECRET}: {SECRET}")).into()),
        ("yaml-syntax", secret(&format!("  a: {SECRET}\n b: {SECRET}")).into()),
        ("yaml-syntax", secret(&format!("\ta: {SECRET}")).into()),
        ("yaml-syntax", secret(&format!("  a: '{SECRET}' {SECRET}")).into()),
        ("yaml-syntax", secret(&format!("  a: \"\\{SECRET}\"")).into()),
        ("unsupported-tag", secret(&format!("  a: !{SECRET} x")).into()),
        ("unsupported-tag", secret(&format!("  a: !!int {SECRET}")).into()),
        ("unknown-alias", secret(&format!("  a: *{SECRET}")).into()),
        ("duplicate-key", secret(&format!("  {SECRET}: 1\n  {SECRET}: 2")).into()),
        ("bad-merge", secret(&format!("  <<: {SECRET}")).into()),
        ("ambiguous-key", secret(&format!("  ? [{SECRET}]\n  : x")).into()),
        ("control-character", secret(&format!("  a: {SECRET}\u{7}")).into()),
        ("not-utf8", [SECRET.as_bytes(), b": \xff", SECRET.as_bytes()].concat()),
        ("incomplete-object", secret(&format!("  {{a:{SECRET}}}")).into()),
        ("incomplete-object", SECRET.into()),
        ("incomplete-object", format!("{SECRET}: {SECRET}\n").into()),
        ("incomplete-object", format!("- {SECRET}\n").into()),
        ("incomplete-object", format!("kind: Secret\nmetadata: {{name: \"{SECRET}\"}}\n").into()),
        ("incomplete-object", format!("kind: Secret\nstringData: {{a: {SECRET}}}\n").into()),
        ("incomplete-object", format!("kind: Secret\nmetadata: {{name: x}}\ndata: {SECRET}\n").into()),
        ("too-large", SECRET.repeat(100_000).into()),
    ];
    for (code, text) in cases {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("secrets.yaml");
        fs::write(&path, &text).unwrap();
        let path = path.to_str().unwrap();
        for color in ["never", "always"] {
            let refused = run(&mut elsakube(&["secrets", "--color", color, "--verify", path]));
            let shown = String::from_utf8_lossy(&text[..text.len().min(300)]);
            assert_eq!(refused.code, 2, "{code}\n{shown}\n{}", refused.stderr);
            assert!(refused.stderr.contains(&format!("[{code}]")), "{code}\n{shown}\n{}", refused.stderr);
            assert!(refused.stderr.contains(path), "{}", refused.stderr);
            is_silent(code, &refused);
        }
    }
    let error = refuse(&["secrets", "--verify", "/nowhere/secrets.yaml"]);
    assert!(error.contains("error[file-unreadable]"), "{error}");
}

#[test]
fn a_password_inside_a_uri_has_no_character_to_quote() {
    let dir = folder();
    let arguments = ["secrets", "--templates", dir.path().to_str().unwrap()];
    let generated = succeed(&[&arguments[..], &["--generate"]].concat()).stdout;
    let check = |text: &str| piped(&[&arguments[..], &["--verify", "-"]].concat(), text);
    let (head, tail) = generated.split_once("\n  \"user\": \"elsa\"\n").unwrap();
    let rest = tail.split_once('\n').unwrap().1;
    // Its reader `DB_PREVIOUS` stands in a text only behind `$$`, which is no reference.
    let spoilt =
        format!("{head}\n  user: elsa\n  password: \"p@ss/{SECRET}\"\n  previous: \"p@ss/{SECRET}\"\n{rest}");
    let checked = check(&spoilt);
    assert_eq!(checked.code, 1);
    assert_eq!(checked.stderr.matches("cannot stand in a URI").count(), 1, "{}", checked.stderr);
    is_silent("uri", &checked);
}
