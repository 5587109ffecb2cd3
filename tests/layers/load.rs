//! Loading: which layer wins, where values come from, and every mistake in one run.

use elsakube::diagnostics::{Diagnostic, Diagnostics, Severity, Source};
use elsakube::values::annotated::{self, Annotated};
use elsakube::values::input::Files;
use elsakube::values::layers::{Inputs, Layers};
use elsakube::values::profile::ProfileSet;
use elsakube::values::set::{Form, SetArgument};
use serde_json::{Value, json};
use std::io::Cursor;
use std::path::Path;

const ANNOTATED: &str = r#"
# -- The server.
server:
  # -- How many.
  # @schema {minimum: 0}
  replicaCount: 1
  # -- Its image.
  image:
    # -- Its tag.
    tag: "1.0"
  # -- Arguments.
  # @schema {type: "[]string"}
  args: []
# -- Annotations.
# @schema {type: "map[string]"}
annotations:
  a: x
  b: "y"
"#;

fn annotated() -> Annotated {
    annotated::read(&[Source::new("templates/values.yaml", ANNOTATED)]).unwrap()
}

const PROFILES: [(&str, &str); 2] = [
    ("prod.yaml", "description: x.\nvalues:\n  server:\n    replicaCount: 3\n  annotations: {p: prod}\n"),
    ("more.yaml", "description: x.\nneeds: [prod]\nvalues: {server: {image: {tag: \"2.0\"}}}\n"),
];

/// Inputs built up in the order of a command line.
#[derive(Default)]
struct Run {
    inputs: Inputs,
    stdin: &'static str,
}

impl Run {
    fn profile(mut self, names: &str) -> Self {
        self.inputs.profiles.push(names.to_string());
        self
    }

    fn file(mut self, path: &Path, text: &str) -> Self {
        std::fs::write(path, text).unwrap();
        self.inputs.files.push(path.display().to_string());
        self
    }

    fn name(mut self, name: &str) -> Self {
        self.inputs.files.push(name.to_string());
        self
    }

    fn set(mut self, form: Form, text: &str) -> Self {
        self.inputs.sets.push(SetArgument::new(form, text));
        self
    }

    fn load(&self) -> Result<(Layers, Vec<Diagnostic>), Vec<Diagnostic>> {
        let mut files = Files::with_stdin(Box::new(Cursor::new(self.stdin)));
        Layers::load_with(&annotated(), &self.inputs, &ProfileSet::new(PROFILES), &mut files)
            .map_err(|Diagnostics(found)| found)
    }

    fn values(&self) -> Value {
        let (layers, warnings) = self.load().unwrap();
        assert!(warnings.is_empty(), "{warnings:?}");
        serde_json::to_value(layers.merged()).unwrap()
    }

    /// `severity code place` of each finding, folders left out.
    fn findings(&self) -> Vec<String> {
        let found = match self.load() {
            Ok((_, warnings)) => warnings,
            Err(found) => found,
        };
        let line = |diagnostic: &Diagnostic| {
            let place = diagnostic.place().map(ToString::to_string).unwrap_or_default();
            let place = place.rsplit('/').next().unwrap_or_default();
            let severity = if diagnostic.severity == Severity::Error { "error" } else { "warning" };
            format!("{severity} {} {place}", diagnostic.code)
        };
        found.iter().map(line).collect()
    }
}

#[test]
fn later_layers_win() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(Run::default().values()["server"]["replicaCount"], 1);
    let run = Run::default().profile("prod,more");
    assert_eq!(run.values()["server"], json!({"replicaCount": 3, "image": {"tag": "2.0"}, "args": []}));
    let run = run.file(&folder.path().join("a.yaml"), "server: {replicaCount: 4, args: [x, w]}\n");
    assert_eq!(run.values()["server"]["replicaCount"], 4);
    let run = run.file(&folder.path().join("b.yaml"), "server: {replicaCount: 5}\n");
    assert_eq!(run.values()["server"]["replicaCount"], 5);
    let mut run = run;
    run.inputs.environment = Some("server.replicaCount=6,annotations.c=z".to_string());
    assert_eq!(run.values()["server"]["replicaCount"], 6);
    let run = run.set(Form::Set, "server.replicaCount=7,server.args[1]=z");
    let values = run.values();
    assert_eq!(values["server"], json!({"replicaCount": 7, "image": {"tag": "2.0"}, "args": ["x", "z"]}));
    assert_eq!(values["annotations"], json!({"a": "x", "b": "y", "c": "z", "p": "prod"}));
    let (layers, _) = run.load().unwrap();
    let history: Vec<String> = layers
        .history("server.replicaCount")
        .into_iter()
        .map(|(origin, node)| {
            format!("{origin}={}", node.as_int().unwrap()).replace(&folder.path().display().to_string(), "")
        })
        .collect();
    assert_eq!(
        history,
        ["defaults=1", "profile prod=3", "/a.yaml=4", "/b.yaml=5", "ELSAKUBE_SET=6", "--set=7"]
    );
    assert_eq!(layers.history("server.args").len(), 3);
    assert_eq!(layers.history("server.args[0]").len(), 1);
    assert_eq!(layers.locate("server.args[1]").unwrap().to_string(), "--set:1:38");
    assert_eq!(layers.locate("server.image.tag").unwrap().to_string(), "profiles/more.yaml:3:32");
    assert_eq!(layers.locate("annotations.a").unwrap().to_string(), "templates/values.yaml:17:6");
    assert_eq!(layers.locate("server.image.nothing.there").unwrap().to_string(), "profiles/more.yaml:3:19");
    let origins: Vec<String> = layers
        .origins()
        .map(|(path, _, origin)| format!("{path} {origin}").replace(&folder.path().display().to_string(), ""))
        .collect();
    assert_eq!(
        origins,
        [
            "server.replicaCount --set",
            "server.image.tag profile more",
            "server.args[0] /a.yaml",
            "server.args[1] --set",
            "annotations.a defaults",
            "annotations.b defaults",
            "annotations.p profile prod",
            "annotations.c ELSAKUBE_SET",
        ]
    );
}

#[test]
fn arguments_apply_in_their_order_across_forms() {
    let run = Run::default().set(Form::String, "annotations.a=1").set(Form::Json, r#"annotations={"a":"2"}"#);
    assert_eq!(run.values()["annotations"], json!({"a": "2", "b": "y"}));
    let run = run.set(Form::Set, "annotations.b=null");
    assert_eq!(run.values()["annotations"], json!({"a": "2"}));
}

#[test]
fn null_takes_defaults_of_free_maps_away_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.yaml");
    let run = |text: &str| Run::default().profile("prod").file(&path, text);
    assert_eq!(run("annotations: {a: null}\n").values()["annotations"], json!({"b": "y", "p": "prod"}));
    assert_eq!(run("server: {replicaCount: null}\n").findings(), ["error null-value a.yaml:1:24"]);
    assert_eq!(
        run("annotations: {p: null, q: null}\n").findings(),
        ["error null-over-profile a.yaml:1:18", "error null-value a.yaml:1:27",]
    );
    let found = run("annotations: {p: null}\n").load().unwrap_err();
    assert!(
        found[0].message.contains("`annotations.p`, which the profile prod sets"),
        "{}",
        found[0].message
    );
    assert_eq!(found[0].labels[1].span.to_string(), "profiles/prod.yaml:5:20");
    assert_eq!(run("annotations: null\n").findings(), ["error null-value a.yaml:1:14"]);
}

#[test]
fn all_mistakes_of_all_layers_come_in_one_run() {
    let folder = tempfile::tempdir().unwrap();
    let run = Run::default()
        .file(&folder.path().join("a.yaml"), "server:\n  replicacount: 2\n  image: {tag: 1.10}\n")
        .file(&folder.path().join("b.yaml"), "annotations: [x]\nserver: {args: 5}\n")
        .file(&folder.path().join("c.yaml"), "a: 1\na: 2\n")
        .name("nowhere.yaml")
        .set(Form::Set, "server.args=x,sever.x=1")
        .set(Form::Set, "server.image.tag=39")
        .set(Form::Set, "annotations[x]=1")
        .set(Form::Set, "=1");
    assert_eq!(
        run.findings(),
        [
            "error duplicate-key c.yaml:2:1",
            "error file-unreadable ",
            "error set-syntax --set:1:13",
            "error unknown-key a.yaml:2:3",
            "warning ambiguous-scalar a.yaml:3:16",
            "error wrong-type b.yaml:1:14",
            "warning wrong-type b.yaml:2:16",
            "error wrong-type --set:1:13",
            "error unknown-key --set:1:15",
            "error ambiguous-scalar --set:1:18",
            "warning set-ignored --set:1:1",
        ]
    );
    let found = run.load().unwrap_err();
    let tag = found
        .iter()
        .find(|found| found.code == "ambiguous-scalar" && found.severity == Severity::Error)
        .unwrap();
    assert_eq!(tag.message, "`server.image.tag` is text, but --set takes 39 for a number");
    assert_eq!(tag.help.as_deref(), Some("give it with --set-string, which takes every value as text"));
}

#[test]
fn quotes_are_the_way_out_of_a_file_only() {
    let folder = tempfile::tempdir().unwrap();
    let told = |run: Run| {
        let found = run.load().unwrap_err().remove(0);
        format!("{} ({})", found.message, found.help.unwrap())
    };
    let tag = "`server.image.tag` is text, but";
    let file = Run::default().file(&folder.path().join("a.yaml"), "server: {image: {tag: 39}}\n");
    assert_eq!(told(file), format!("{tag} YAML takes 39 without quotes for a number (write \"39\")"));
    let mut variable = Run::default().set(Form::Set, "server.replicaCount=2");
    variable.inputs.environment = Some("server.image.tag=39".to_string());
    let help = "(give it with --set-string, which takes every value as text)";
    assert_eq!(told(variable), format!("{tag} ELSAKUBE_SET takes 39 for a number {help}"));
    let argument = Run::default().set(Form::Set, "server.image.tag=true");
    assert_eq!(told(argument), format!("{tag} --set takes true for a boolean {help}"));
    let json = Run::default().set(Form::Json, "server.image.tag=39");
    assert_eq!(json.load().unwrap_err()[0].message, "`server.image.tag` must be a string, not a number");
}

#[test]
fn a_replaced_mistake_is_a_warning() {
    let folder = tempfile::tempdir().unwrap();
    let run = Run::default()
        .file(&folder.path().join("a.yaml"), "server: {replicaCount: many}\nannotations: {b: null}\n")
        .set(Form::Set, "server.replicaCount=2");
    assert_eq!(run.findings(), ["warning wrong-type a.yaml:1:24"]);
    let (layers, warnings) = run.load().unwrap();
    assert!(warnings[0].message.ends_with("(a later layer replaces it)"));
    assert_eq!(layers.merged().get("annotations").and_then(|map| map.get("b")), None);
}

#[test]
fn a_step_into_a_scalar_names_both_places() {
    let folder = tempfile::tempdir().unwrap();
    let run = Run::default()
        .file(&folder.path().join("a.yaml"), "annotations: {b: z}\n")
        .set(Form::Set, "annotations.b.c=1");
    let found = run.load().unwrap_err();
    assert_eq!(found[0].code, "set-conflict");
    assert_eq!(found[0].labels[0].span.text(), "b");
    assert!(found[0].labels[1].span.to_string().ends_with("a.yaml:1:18"));
}

#[test]
fn standard_input_can_be_read_once() {
    let run = Run { stdin: "server: {replicaCount: 9}", ..Run::default() }.name("-");
    assert_eq!(run.values()["server"]["replicaCount"], 9);
    let (layers, _) = run.load().unwrap();
    assert_eq!(layers.locate("server.replicaCount").unwrap().to_string(), "-:1:24");
    assert_eq!(run.name("-").findings(), ["error file-unreadable "]);
}

#[test]
fn files_that_cannot_be_read_are_told_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("site.yaml");
    std::fs::write(&site, "").unwrap();
    let broken = folder.path().join("broken.yaml");
    std::fs::write(&broken, b"a: \xff").unwrap();
    let large = folder.path().join("large.yaml");
    std::fs::write(&large, vec![b'#'; 1024 * 1024 + 1]).unwrap();
    let told = |name: String| {
        let found = Run::default().name(&name).load().unwrap_err();
        format!("{} {} {}", found[0].code, found[0].message, found[0].help.as_deref().unwrap_or_default())
    };
    let folder = folder.path().display().to_string();
    assert_eq!(
        told(format!("{folder}/sit.yaml")),
        format!(
            "file-unreadable cannot read {folder}/sit.yaml: there is no such file did you mean {folder}/site.yaml?"
        )
    );
    assert!(told(format!("{folder}/no/such.yaml")).contains("there is no directory"));
    assert!(told(folder.clone()).contains("it is a directory"));
    assert!(told("https://example.com/v.yaml".to_string()).contains("download it first"));
    assert!(told("oci://example.com/v".to_string()).contains("download it first"));
    assert!(told(broken.display().to_string()).starts_with("not-utf8 "));
    assert!(told(large.display().to_string()).starts_with("too-large "));
}
