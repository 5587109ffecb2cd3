//! The verb `check` as a user meets it: what it reads, what it prints and where, and how it ends.
#![allow(clippy::unwrap_used)]

mod common;

use common::{Run, elsakube, run};
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Stdio;

const BAD: &str = "apiVersion: v1
kind: ConfigMap
metadata: {name: studio}
data:
  Backend__Url: https://elsa.example.com/elsa/api
  ELSA__CACHING__TYPE: Distributed
---
apiVersion: v1
kind: Pod
metadata: {name: studio}
spec:
  securityContext: {runAsUser: 1654}
  containers:
    - name: studio
      image: elsaworkflows/elsa-studio:3.9.0
      envFrom:
        - configMapRef: {name: studio}
";

fn check(arguments: &[&str]) -> Run {
    run(&mut elsakube(&[&["check"], arguments].concat()))
}

fn write(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_string()
}

#[test]
fn a_finding_is_printed_on_stdout_with_its_place_and_ends_with_1() {
    let scratch = tempfile::tempdir().unwrap();
    let file = write(scratch.path(), "bad.yaml", BAD);
    let run = check(&[&file]);
    assert_eq!(run.code, 1);
    assert!(run.stdout.starts_with("error[unread-setting]: Elsa Studio 3.9"), "{}", run.stdout);
    assert!(run.stdout.contains(&format!("{file}:6:3")), "{}", run.stdout);
    assert_eq!(run.stderr, "1 error in 2 objects, 1 container of Elsa\n");
}

#[test]
fn what_is_right_prints_nothing_and_ends_with_0() {
    let scratch = tempfile::tempdir().unwrap();
    let good = BAD.replace("  ELSA__CACHING__TYPE: Distributed\n", "");
    let file = write(scratch.path(), "good.yaml", &good);
    let run = check(&[&file]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""));
    assert_eq!(run.stderr, "nothing found in 2 objects, 1 container of Elsa\n");
    assert_eq!(check(&["--quiet", &file]).stderr, "");
}

#[test]
fn the_standard_input_and_lists_are_read() {
    let documents: Vec<String> =
        BAD.split("---\n").map(|text| text.lines().map(|line| format!("    {line}\n")).collect()).collect();
    let items: String = documents.iter().map(|text| text.replacen("    ", "  - ", 1)).collect();
    let list = format!("apiVersion: v1\nkind: List\nitems:\n{items}");
    let mut command = elsakube(&["check", "-", "--format", "github"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(list.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(text.starts_with("::error file=stdin,line=9,col=7,"), "{text}");
}

#[test]
fn of_a_directory_every_manifest_is_read_and_nothing_else() {
    let scratch = tempfile::tempdir().unwrap();
    write(scratch.path(), "a/bad.yml", BAD);
    write(scratch.path(), "values.yaml", "replicaCount: 3\n");
    write(scratch.path(), ".hidden/bad.yaml", BAD);
    write(scratch.path(), "notes.txt", "no: [yaml");
    let run = check(&[scratch.path().to_str().unwrap()]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert_eq!(run.stdout.matches("error[").count(), 1, "{}", run.stdout);
    assert!(
        run.stderr.contains("skipped ") && run.stderr.contains("values.yaml: no Kubernetes object in it\n")
    );
}

#[test]
fn what_cannot_be_read_ends_with_2_and_says_everything() {
    let scratch = tempfile::tempdir().unwrap();
    write(scratch.path(), "chart/Chart.yaml", "name: x\n");
    let chart = scratch.path().join("chart");
    let broken = write(scratch.path(), "broken.yaml", "a: [1\n");
    let values = write(scratch.path(), "values.yaml", "replicaCount: 3\n");
    let misspelt = write(scratch.path(), "misspelt.yaml", "apiversion: v1\nkind: Pod\n");
    let run = check(&[chart.to_str().unwrap(), &broken, &values, &misspelt, "missing.yaml"]);
    assert_eq!((run.code, run.stdout.as_str()), (2, ""));
    for said in [
        "is a Helm chart",
        "helm template",
        "broken.yaml:",
        "values.yaml:1:1",
        "it has no `apiVersion`",
        "`apiversion` has to be `apiVersion`",
        "missing.yaml",
    ] {
        assert!(run.stderr.contains(said), "{said}:\n{}", run.stderr);
    }
}

#[test]
fn a_program_can_be_told() {
    let scratch = tempfile::tempdir().unwrap();
    let text = BAD.replace("elsaworkflows/elsa-studio:3.9.0", "corp/studio:7");
    let file = write(scratch.path(), "own.yaml", &text);
    let run = check(&[&file]);
    assert_eq!(run.code, 0, "{}", run.stdout);
    assert!(
        run.stdout.contains("warning[nothing-known]") && run.stdout.contains("--program"),
        "{}",
        run.stdout
    );
    assert_eq!(check(&[&file, "--strict"]).code, 1);
    for program in ["studio-3.9", "studio=studio-3.9"] {
        let run = check(&[&file, "--program", program]);
        assert_eq!(run.code, 1, "{}", run.stdout);
        assert!(run.stdout.contains("ELSA__CACHING__TYPE"), "{}", run.stdout);
    }
    assert_eq!(check(&[&file, "--program", "other=studio-3.9"]).code, 0);
    let run = check(&[&file, "--program", "studio-3.99"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("did you mean studio-3.9?"), "{}", run.stderr);
}

#[test]
fn values_are_checked_and_blamed_where_they_stand() {
    let scratch = tempfile::tempdir().unwrap();
    let env = "server:\n  replicaCount: 2\n  env:\n    - name: QUARTZ__CLUSTERED\n      value: \"true\"\n";
    let file = write(scratch.path(), "site.yaml", env);
    let run = check(&["--profile", "dev", "-f", &file]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(run.stdout.contains("error[unread-setting]: Elsa Server 3.9"), "{}", run.stdout);
    assert!(run.stdout.contains(&format!("{file}:4:13")), "{}", run.stdout);
    // The value rule of the same code has said it, at the value.
    assert_eq!(run.stdout.matches("replicas-not-supported").count(), 1, "{}", run.stdout);
    assert!(run.stdout.contains(&format!("{file}:2:17")), "{}", run.stdout);
}

#[test]
fn rendering_warns_of_the_users_own_additions_and_goes_on() {
    let run = run(&mut elsakube(&[
        "render",
        "--profile",
        "dev",
        "--set",
        "server.env[0].name=Http__BasUrl,server.env[0].value=https://elsa.example.com",
    ]));
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.contains("Http__BasUrl"));
    assert!(run.stderr.contains("warning[misspelt-setting]"), "{}", run.stderr);
    assert!(run.stderr.contains("--set:1:20"), "{}", run.stderr);
    assert!(run.stderr.contains("did you mean Http__BaseUrl?"), "{}", run.stderr);
}

#[test]
fn rendering_refuses_a_template_that_emits_what_the_program_does_not_read() {
    let scratch = tempfile::tempdir().unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    let text = fs::read_to_string(folder.join("studio/configmap.yaml")).unwrap();
    write(
        scratch.path(),
        "studio/configmap.yaml",
        &text.replace("data:\n", "data:\n  ELSASERVER__URL: https://x\n"),
    );
    let run =
        run(&mut elsakube(&["render", "--profile", "dev", "--templates", scratch.path().to_str().unwrap()]));
    assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{}", run.stderr);
    assert!(run.stderr.contains("error[setting-of-another-release]"), "{}", run.stderr);
}

#[test]
fn something_has_to_be_named() {
    let run = check(&[]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("error[nothing-to-check]"), "{}", run.stderr);
}
