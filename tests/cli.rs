//! The command line as a user meets it: what is printed where, exit codes, and every kind of bad input.
#![allow(clippy::unwrap_used)]

mod common;

use common::{elsakube, refuse, run, succeed};
use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::Stdio;

/// A values file in a folder of its own.
fn file(text: impl AsRef<[u8]>) -> (tempfile::TempDir, String) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("site.yaml");
    fs::write(&path, text).unwrap();
    let path = path.to_str().unwrap().to_string();
    (dir, path)
}

#[test]
fn a_misspelt_set_puts_the_caret_into_the_argument() {
    let error = refuse(&["render", "--profile", "dev", "--set", "server.replicacount=1"]);
    assert!(error.contains("error[unknown-key]"), "{error}");
    assert!(error.contains("--set:1:8"), "{error}");
    assert!(error.contains("1 | server.replicacount=1\n  |        ^^^^^^^^^^^^"), "{error}");
    assert!(error.contains("`replicaCount`"), "{error}");
}

#[test]
fn two_files_with_three_mistakes_give_three_findings() {
    let (_one, first) = file("server:\n  replicas: 1\n  localPort: high\n");
    let (_two, second) = file("studio:\n  mode: seperate\n");
    let error = refuse(&["render", "-f", &first, "-f", &second]);
    assert_eq!(error.matches("error[").count(), 3, "{error}");
    for place in [format!("{first}:2:3"), format!("{first}:3:14"), format!("{second}:2:9")] {
        assert!(error.contains(&place), "{place} is not named in\n{error}");
    }
    assert!(error.contains("3 errors, nothing was written"), "{error}");
}

#[test]
fn bad_files_are_refused_with_a_place_and_a_way_out() {
    let long = format!("a: {}\n", "x".repeat(1_100_000));
    let bomb = format!(
        "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n{}",
        (1..9)
            .map(|i| format!("a{i}: &a{i} [{}]\n", vec![format!("*a{}", i - 1); 10].join(",")))
            .collect::<String>()
    );
    let deep = format!("{}1{}\n", "{a: ".repeat(500), "}".repeat(500));
    let cases: [(&str, &[u8]); 16] = [
        ("duplicate-key", b"studio: {}\nstudio: {}\n"),
        ("ambiguous-scalar", b"commonLabels:\n  a: yes\n"),
        ("ambiguous-scalar", b"nameOverride: 0123\n"),
        ("ambiguous-key", b"commonLabels:\n  on: x\n"),
        ("wrong-type", b"server:\n  replicaCount: [1]\n"),
        ("unknown-key", b"sever:\n  replicaCount: 1\n"),
        ("out-of-range", b"server:\n  localPort: 70000\n"),
        ("control-character", b"nameOverride: \"a\\x07\"\n"),
        ("alias-bomb", bomb.as_bytes()),
        ("several-documents", b"studio: {}\n---\nstudio: {}\n"),
        ("not-utf8", b"nameOverride: \xff\n"),
        ("too-large", long.as_bytes()),
        ("too-deep", deep.as_bytes()),
        ("number-too-large", b"server:\n  localPort: 9007199254740993\n"),
        ("yaml-syntax", b"server:\n\treplicaCount: 1\n"),
        ("yaml-syntax", b"server: \"never closed\n"),
    ];
    for (code, text) in cases {
        let (_dir, path) = file(text);
        let error = refuse(&["render", "-f", &path]);
        assert!(error.contains(&format!("error[{code}]")), "{code}:\n{}", &error[..error.len().min(2_000)]);
        assert!(error.contains(&path), "{code} names no file:\n{}", &error[..error.len().min(2_000)]);
    }
}

#[test]
fn what_is_no_file_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let missing = dir.path().join("missing.yaml");
    for input in [dir.path().to_str().unwrap(), missing.to_str().unwrap(), "https://example.com/values.yaml"]
    {
        let error = refuse(&["render", "-f", input]);
        assert!(error.contains(input) && error.contains("error["), "{error}");
    }
}

#[test]
fn unknown_names_come_with_the_nearest_known_one() {
    for (arguments, expected) in [
        (&["render", "--profile", "dve"][..], "dev"),
        (&["render", "--elsa", "3.7"], "no image of Elsa 3.7 was ever published"),
        (&["render", "--only", "server/deploymnt"], "server/deployment"),
        (&["explain", "server.replicaCont"], "server.replicaCount"),
        (&["explain", "replicas-not-suported"], "replicas-not-supported"),
        (&["man", "rendr"], "render"),
        (&["elsa", "show", "4"], "3.9"),
    ] {
        let error = refuse(arguments);
        assert!(error.contains(expected), "{arguments:?}\n{error}");
    }
}

#[test]
fn names_that_kubernetes_refuses_are_refused_here() {
    for flag in ["--name", "--namespace"] {
        for name in ["", "Elsa", "-elsa", "elsa_1", "a\nb", &"x".repeat(64)] {
            let error = refuse(&["render", flag, name]);
            assert!(error.contains("error[bad-name]"), "{flag} {name:?}\n{error}");
        }
    }
}

#[test]
fn the_directory_round_trip() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("out");
    let out = out.to_str().unwrap();
    let arguments = ["render", "--profile", "dev", "-o", out];
    let first = succeed(&arguments);
    assert_eq!(first.stdout, "");
    assert_eq!(first.stderr.lines().last(), Some(format!("next: kubectl apply -k {out}").as_str()));
    succeed(&["render", "--profile", "dev", "-o", out, "--check"]);
    let changed = run(&mut elsakube(&[
        "render",
        "--profile",
        "dev",
        "--set",
        "server.localPort=1234",
        "-o",
        out,
        "--check",
    ]));
    assert_eq!(changed.code, 1);
    assert!(changed.stdout.contains("+++ b/server/configmap.yaml"), "{}", changed.stdout);
    assert!(changed.stdout.contains("-  Http__BaseUrl: \"http://localhost:13000\""), "{}", changed.stdout);
    assert!(changed.stderr.contains("files differ"), "{}", changed.stderr);
    let edited = PathBuf::from(out).join("server/service.yaml");
    fs::write(&edited, "mine: true\n").unwrap();
    let error = refuse(&["render", "--profile", "dev", "--set", "server.service.port=81", "-o", out]);
    assert!(error.contains("error[edited-file]") && error.contains("server/service.yaml"), "{error}");
    assert_eq!(fs::read_to_string(&edited).unwrap(), "mine: true\n");
    succeed(&["render", "--profile", "dev", "--set", "server.service.port=81", "-o", out, "--force"]);
    assert!(fs::read_to_string(&edited).unwrap().contains("port: 81"));
}

#[test]
fn quiet_prints_nothing_but_errors() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("out");
    let quiet =
        succeed(&["render", "--quiet", "--set", "server.service.type=NodePort", "-o", out.to_str().unwrap()]);
    assert_eq!((quiet.stdout.as_str(), quiet.stderr.as_str()), ("", ""));
    assert!(refuse(&["render", "--quiet", "--set", "server.x=1"]).contains("error["));
}

#[test]
fn color_is_for_those_who_ask() {
    let arguments = ["render", "--set", "server.x=1"];
    let plain = run(&mut elsakube(&arguments)).stderr;
    assert!(!plain.contains('\u{1b}'));
    let colored = run(&mut elsakube(&["render", "--set", "server.x=1", "--color", "always"])).stderr;
    assert!(colored.contains('\u{1b}'));
}

#[test]
fn values_can_come_from_stdin_and_from_the_environment() {
    let mut child = elsakube(&["values", "-f", "-", "--format", "json"])
        .env("ELSAKUBE_SET", "server.localPort=1,studio.localPort=2")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(b"server:\n  localPort: 5\n  workflowsPath: /x\n").unwrap();
    let output = child.wait_with_output().unwrap();
    let values: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(values["server"]["localPort"], 1);
    assert_eq!(values["server"]["workflowsPath"], "/x");
    assert_eq!(values["studio"]["localPort"], 2);
}

#[test]
fn set_forms_apply_in_the_order_in_which_they_are_typed() {
    for (arguments, expected) in [
        (["--set", "nameOverride=a", "--set-string", "nameOverride=b"], "b"),
        (["--set-string", "nameOverride=b", "--set", "nameOverride=a"], "a"),
        (["--set-json", "nameOverride=\"c\"", "--set", "nameOverride=a"], "a"),
        (["--set", "nameOverride=a", "--set-json", "nameOverride=\"c\""], "c"),
    ] {
        let mut all = vec!["values", "--format", "json"];
        all.extend(arguments);
        let values: serde_json::Value = serde_json::from_str(&succeed(&all).stdout).unwrap();
        assert_eq!(values["nameOverride"], expected, "{arguments:?}");
    }
}

#[test]
fn explain_names_every_layer() {
    let (_dir, path) = file("secrets:\n  source: existing\n");
    let text = succeed(&["explain", "secrets.source", "--profile", "dev", "-f", &path]).stdout;
    assert!(text.starts_with(&format!("secrets.source = \"existing\"\t{path}:2:11")), "{text}");
    assert!(text.contains("profiles/dev.yaml:"), "{text}");
    assert!(text.contains("templates/values.yaml:"), "{text}");
    assert!(text.contains("Who makes the Secrets."), "{text}");
    let rule = succeed(&["explain", "replicas-not-supported"]).stdout;
    assert!(rule.contains("replicas-not-supported (error)"), "{rule}");
}

#[test]
fn every_value_has_an_origin() {
    let text = succeed(&["values", "--origins", "--profile", "dev"]).stdout;
    assert!(text.lines().count() > 50, "{text}");
    for line in text.lines() {
        assert!(line.contains(" = ") && line.contains(".yaml:"), "{line}");
    }
    assert!(text.contains("secrets.source = \"development\"\tprofiles/dev.yaml:"), "{text}");
}

#[test]
fn merged_values_can_be_given_back() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("merged.yaml");
    fs::write(&path, succeed(&["values", "--profile", "dev", "--set", "server.localPort=1"]).stdout).unwrap();
    let again = succeed(&["render", "-f", path.to_str().unwrap()]).stdout;
    assert_eq!(again, succeed(&["render", "--profile", "dev", "--set", "server.localPort=1"]).stdout);
}

#[test]
fn profiles_are_deltas() {
    assert!(succeed(&["profile", "list"]).stdout.starts_with("dev "));
    let show = succeed(&["profile", "show", "dev"]).stdout;
    assert_eq!(show.lines().count(), 1, "{show}");
    assert!(
        show.starts_with("secrets.source: \"existing\" -> \"development\"\tprofiles/dev.yaml:"),
        "{show}"
    );
    assert_eq!(succeed(&["profile", "diff", "defaults", "dev"]).stdout, show);
    assert_eq!(succeed(&["profile", "diff", "dev", "dev"]).stdout, "");
}

#[test]
fn a_profile_can_be_ones_own_file() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("site.yaml");
    fs::write(&path, "description: Ours\nextends: dev\nvalues:\n  server:\n    localPort: 4711\n").unwrap();
    let text = succeed(&["render", "--profile", path.to_str().unwrap()]).stdout;
    assert!(
        text.contains("http://localhost:4711") && text.contains("development-only-signing-key"),
        "{text}"
    );
}

#[test]
fn the_catalogue_speaks_to_people_and_programs() {
    assert!(succeed(&["elsa", "list"]).stdout.contains("3.9    3.9.0    default"));
    let text = succeed(&["elsa", "show", "3.9"]).stdout;
    assert!(text.contains("Identity__Tokens__SigningKey") && text.contains("[measured]"), "{text}");
    let json: serde_json::Value =
        serde_json::from_str(&succeed(&["elsa", "show", "3.9", "--format", "json"]).stdout).unwrap();
    assert_eq!(json["programs"]["server"]["port"]["value"], 8080);
    let old = succeed(&["elsa", "show", "3.5"]).stdout;
    for line in [
        "\n    Identity__Users__1__HashedPassword: string, secret, default that of the published password: ",
        "\n      unless it is set: alice signs in with the password `password` and may do everything\n",
        "\n      refused: ^MySql$: it is compiled out of this image",
        "\n      Hosting__BaseUrl wins over it\n",
        "\n    /workflows/triggers: started: 200 when the start is complete",
        "\n    retention: finished instances are deleted every five hours",
    ] {
        assert!(old.contains(line), "{line}\n{old}");
    }
    for release in ["3.5", "3.6", "3.8", "3.9"] {
        let page = succeed(&["elsa", "show", release]).stdout;
        assert!(page.lines().count() < 700 && page.contains("    as in server: "), "{page}");
    }
}

#[test]
fn only_prints_what_it_names() {
    let text = succeed(&["render", "--only", "server/deployment"]).stdout;
    assert_eq!(text.matches("\nkind: ").count(), 1, "{text}");
    assert!(text.contains("kind: Deployment"));
}

#[test]
fn completions_know_profiles_and_values() {
    for shell in ["bash", "zsh", "fish"] {
        let script = succeed(&["completions", shell]).stdout;
        assert!(script.contains("server.replicaCount"), "{shell}");
        assert!(script.contains("dev"), "{shell}");
    }
}

#[test]
fn manual_pages_exist_for_every_command() {
    for command in
        ["render", "chart", "values", "explain", "profile", "elsa", "secrets", "schema", "completions", "man"]
    {
        let page = succeed(&["man", command]).stdout;
        assert!(page.contains(&format!("elsakube\\-{command}")), "{command}");
    }
    assert!(succeed(&["man"]).stdout.contains("Exit codes"));
}

#[test]
fn a_broken_pipe_is_no_error() {
    let mut child = elsakube(&["render"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn same_input_same_bytes() {
    let first = succeed(&["render", "--profile", "dev"]).stdout;
    let mut other = elsakube(&["render", "--profile", "dev"]);
    other.env("TZ", "Asia/Tokyo").env("LANG", "tr_TR.UTF-8");
    assert_eq!(run(&mut other).stdout, first);
}

#[test]
fn a_templates_folder_adds_and_replaces_in_both_outputs() {
    let dir = tempfile::tempdir().unwrap();
    let mine = dir.path().join("mine");
    fs::create_dir_all(mine.join("server")).unwrap();
    fs::write(mine.join("values.yaml"), "banner:\n  # -- What the banner says.\n  text: hello\n").unwrap();
    let banner = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ <elsa.fullname /> }}-banner\n  namespace: {{ release.namespace | quote }}\ndata:\n  text: {{ values.banner.text | quote }}\n  kind: banner\n";
    fs::write(mine.join("server/banner.yaml"), banner).unwrap();
    let mine = mine.to_str().unwrap();
    let text = succeed(&["render", "--templates", mine, "--set", "banner.text=good day"]).stdout;
    assert!(text.contains("text: \"good day\"") && text.contains("elsa-banner"), "{text}");
    let error = refuse(&["render", "--templates", mine, "--set", "banner.txt=x"]);
    assert!(error.contains("`text`"), "{error}");
    let chart = dir.path().join("elsa");
    succeed(&["chart", "--templates", mine, "-o", chart.to_str().unwrap()]);
    let translated = fs::read_to_string(chart.join("templates/server/banner.yaml")).unwrap();
    assert!(translated.contains("text: {{ .Values.banner.text | quote }}"), "{translated}");
    assert!(
        fs::read_to_string(chart.join("values.yaml"))
            .unwrap()
            .contains("# -- What the banner says.\n  text: hello")
    );
    fs::write(PathBuf::from(mine).join("server/banner.yaml"), banner.replace("banner.text", "banner.txt"))
        .unwrap();
    let error = refuse(&["render", "--templates", mine]);
    assert!(error.contains("server/banner.yaml:7:"), "{error}");
}
