//! The annotation grammar, and every way to get it wrong.

use super::*;

fn annotated(texts: &[&str]) -> Result<Annotated> {
    let sources: Vec<_> =
        texts.iter().enumerate().map(|(index, text)| Source::new(format!("{index}.yaml"), *text)).collect();
    read(&sources)
}

/// Each mistake as `file:line:column code: message`.
fn mistakes(texts: &[&str]) -> Vec<String> {
    let Err(Diagnostics(found)) = annotated(texts) else { return Vec::new() };
    let shown = |diagnostic: &Diagnostic| {
        let place = diagnostic.place().map(ToString::to_string).unwrap_or_default();
        format!("{place} {}: {}", diagnostic.code, diagnostic.message)
    };
    found.iter().map(shown).collect()
}

const GOOD: &str = r#"# About this file.

# == General ==

# -- Replaces the chart's name
# in names of objects.
# @schema {pattern: "^[a-z]*$", patternHelp: lower-case letters}
nameOverride: ""

# == Server ==
# What runs Elsa.

# -- The server.
server:
  # Why stock: it needs nothing.
  # -- Which program runs.
  #
  # This is not in the description.
  # @schema {enum: [stock, host]}
  program: stock
  # -- How many replicas run.
  # @schema {minimum: 0, maximum: 100}
  replicaCount: 1
  # -- Ratio.
  ratio: 0.5
  # -- Pulls.
  pull: true
  # -- Tolerations.
  # @schema {type: "[]Toleration"}
  tolerations:
    - operator: Exists
  # -- Settings.
  # @schema {type: "map[string]",
  #   with: {server: {program: host}}}
  settings: {}
  # -- Listeners by name.
  # @schema {type: map, of: {port: integer!, protocol: string, tls: {name: string!}}}
  listeners: {web: {port: 80}}
  # -- Hosts.
  # @schema {pattern: "^[a-z]+$"}
  hosts: [a, b]
  # -- A script.
  script: |
    # -- not a description
    # @schema {nonsense}
  # -- Memory.
  # @schema {type: quantity}
  memory: 1
  # -- The key of the password.
  # @schema {secret: password}
  passwordKey: password
"#;

#[test]
fn types_and_words_come_from_annotations_and_defaults() {
    let Annotated { defaults, schema } = annotated(&[GOOD]).unwrap();
    let shown: Vec<String> = schema
        .leaves()
        .iter()
        .map(|(path, leaf)| format!("{path}: {} | {}", leaf.ty, leaf.description))
        .collect();
    assert_eq!(
        shown,
        [
            "nameOverride: string, lower-case letters | Replaces the chart's name in names of objects.",
            "server.program: string, one of stock, host | Which program runs.",
            "server.replicaCount: integer, 0 to 100 | How many replicas run.",
            "server.ratio: number | Ratio.",
            "server.pull: boolean | Pulls.",
            "server.tolerations: list of Toleration | Tolerations.",
            "server.settings: map of string | Settings.",
            "server.listeners: map of object (port, protocol, tls) | Listeners by name.",
            "server.hosts: list of string, text that matches ^[a-z]+$ | Hosts.",
            "server.script: string | A script.",
            "server.memory: quantity | Memory.",
            "server.passwordKey: string | The key of the password.",
        ]
    );
    assert!(schema.root);
    assert_eq!(schema.at("server").unwrap().description, "The server.");
    assert_eq!(schema.at("server.passwordKey").unwrap().secret.as_deref(), Some("password"));
    assert!(schema.at("server.settings").unwrap().with.is_some());
    assert!(schema.at("server.listeners.web.port").unwrap().required);
    assert!(!schema.at("server.listeners.web.protocol").unwrap().required);
    assert_eq!(
        schema.at("server.tolerations[0].effect").unwrap().ty.to_string().split(',').next(),
        Some("string")
    );
    assert_eq!(schema.at("nameOverride").unwrap().section.as_deref(), Some("General"));
    assert_eq!(schema.at("server").unwrap().section.as_deref(), Some("Server"));
    assert_eq!(schema.at("server.program").unwrap().span.as_ref().unwrap().to_string(), "0.yaml:20:3");
    assert_eq!(
        defaults.get("server").and_then(|server| server.get("replicaCount")).unwrap().as_int(),
        Some(1)
    );
}

#[test]
fn every_mistake_has_its_place_and_code() {
    let table = [
        ("a: 1", "1:1 missing-description: `a` has no description"),
        ("# -- A.\na:", "2:1 null-default: the default of `a` is null"),
        ("# -- A.\na: ~", "2:1 null-default: the default of `a` is null"),
        ("# -- A.\na: {}", "2:1 missing-type: the default of `a` does not show its type"),
        ("# -- A.\na: []", "2:1 missing-type: the default of `a` does not show its type"),
        ("# -- A.\na: [1, b]", "2:1 missing-type: the default of `a` does not show its type"),
        ("# -- A.\na: [{b: 1}]", "2:1 missing-type: the default of `a` does not show its type"),
        ("a: {b: 1}", "1:5 missing-description: `a.b` has no description"),
        ("# -- A.\na-b: 1", "2:1 bad-key-name: `a-b` is not camelCase"),
        ("# -- A.\nAb: 1", "2:1 bad-key-name: `Ab` is not camelCase"),
        ("# -- A.\nglobal: 1", "2:1 reserved-key: `global` belongs to Helm and umbrella charts"),
        ("# -- A.\nenabled: true", "2:1 reserved-key: `enabled` belongs to Helm and umbrella charts"),
        ("# -- A.\n\na: 1", "3:1 missing-description: `a` has no description"),
        ("# -- A.\n# -- B.\na: 1", "2:1 annotation: a key has one description; `#` alone ends it"),
        ("# -- A.\n# @scheme {type: any}\na: 1", "2:1 annotation: `@scheme` is no annotation"),
        ("# -- A.\n# @schema integer\na: 1", "2:1 annotation: `@schema` needs a map: `# @schema {type: …}`"),
        ("# -- A.\n# @schema {tpye: integer}\na: 1", "2:12 annotation: `@schema` has no `tpye`"),
        ("# -- A.\n# @schema {default: 1}\na: 1", "2:12 annotation: `@schema` has no `default`"),
        ("# -- A.\n# @schema {type: strng}\na: b", "2:18 annotation: `strng` is not a type"),
        ("# -- A.\n# @schema {type: Tolerration}\na: {}", "2:18 annotation: `Tolerration` is not a type"),
        (
            "# -- A.\n# @schema {type: \"[]Tolerration\"}\na: []",
            "2:18 annotation: `[]Tolerration` is not a type",
        ),
        ("# -- A.\n# @schema {type: map}\na: {}", "2:18 annotation: `type: map` needs `of`"),
        (
            "# -- A.\n# @schema {type: string, of: string}\na: b",
            "2:30 annotation: `of` goes with `type: map` or `type: list`",
        ),
        (
            "# -- A.\n# @schema {of: string}\na: b",
            "2:16 annotation: `of` goes with `type: map` or `type: list`",
        ),
        (
            "# -- A.\n# @schema {type: map,\n#   of: {b: strin}}\na: {}",
            "3:13 annotation: `strin` is not a type",
        ),
        ("# -- A.\n# @schema {minimum: 1}\na: b", "2:12 annotation: `minimum` cannot limit a string"),
        ("# -- A.\n# @schema {enum: [b]}\na: 1", "2:12 annotation: `enum` cannot limit an integer"),
        ("# -- A.\n# @schema {enum: []}\na: b", "2:18 annotation: `enum` takes a list of strings"),
        ("# -- A.\n# @schema {enum: [a, yes]}\na: a", "2:22 annotation: `enum` takes strings, not a boolean"),
        ("# -- A.\n# @schema {enum: [a, a]}\na: a", "2:22 annotation: `enum` has \"a\" twice"),
        (
            "# -- A.\n# @schema {minimum: b}\na: 1",
            "2:21 annotation: `minimum` takes an integer, not a string",
        ),
        (
            "# -- A.\n# @schema {minimum: 2, maximum: 1}\na: 1",
            "2:11 annotation: `minimum` is above `maximum`",
        ),
        (
            "# -- A.\n# @schema {pattern: '('}\na: b",
            "2:21 annotation: this pattern cannot be used: found open group without closing ')'",
        ),
        (
            "# -- A.\n# @schema {pattern: '\\s'}\na: b",
            "2:21 annotation: this pattern cannot be used: Go and Rust differ on \\s; list the characters",
        ),
        ("# -- A.\n# @schema {patternHelp: x}\na: b", "2:12 annotation: `patternHelp` needs a `pattern`"),
        ("# -- A.\n# @schema {with: x}\na: b", "2:18 annotation: `with` takes a map of values"),
        ("# -- A.\n# @schema {with: {b: x}}\na: b", "2:19 bad-companion: `b` is not a known key"),
        (
            "# -- A.\n# @schema {with: {a: 1}}\na: b",
            "2:22 bad-companion: `a` is text, but YAML takes 1 without quotes for a number",
        ),
        (
            "# @schema {minimum: 1}\na:\n  # -- B.\n  b: 1",
            "1:11 annotation: `a` has keys of its own, so `@schema` must name a type or go",
        ),
        ("# -- A.\n# @schema {maximum: 1}\na: 2", "3:4 bad-default: `a` must be at most 1"),
        ("# -- A.\n# @schema {enum: [b]}\na: c", "3:4 bad-default: `a` must be one of b"),
        (
            "# -- A.\n# @schema {type: string}\na: 1",
            "3:4 bad-default: `a` is text, but YAML takes 1 without quotes for a number",
        ),
        (
            "# -- A.\n# @schema {type: \"[]Toleration\"}\na: [{efect: x}]",
            "3:6 bad-default: `a[0].efect` is not a known key",
        ),
        ("# -- A.\n# -\n# -- B.", "1:1 annotation: this annotation belongs to no key"),
        (
            "a:\n  # -- B.\n  b: 1\n  # @schema {type: any}\n",
            "4:3 annotation: this annotation belongs to no key",
        ),
        ("# -- A.\na: 1\nb:\n# -- C.\n  c: 1", "5:3 missing-description: `b.c` has no description"),
        ("a:\n  # == A ==\n  # -- B.\n  b: 1", "2:3 annotation: a section title stands in the first column"),
    ];
    for (text, expected) in table {
        let found = mistakes(&[text]);
        assert_eq!(
            found.first().map(|first| first.trim_start_matches("0.yaml:")),
            Some(expected),
            "{text}\n{found:#?}"
        );
    }
}

#[test]
fn all_mistakes_of_all_files_come_in_one_run() {
    let found = mistakes(&["# -- A.\na:\nb: 1\n", "c: 1\n# -- D.\n# @schema {x: 1}\nd: 1\n"]);
    assert_eq!(
        found,
        [
            "0.yaml:2:1 null-default: the default of `a` is null",
            "0.yaml:3:1 missing-description: `b` has no description",
            "1.yaml:1:1 missing-description: `c` has no description",
            "1.yaml:3:12 annotation: `@schema` has no `x`",
        ]
    );
}

#[test]
fn a_broken_flow_map_is_found_where_it_stands() {
    let found = mistakes(&["# -- A.\n# @schema {type: []string}\na: []\n"]);
    assert!(found[0].starts_with("0.yaml:2:"), "{found:?}");
}

const OVERLAY: &str = r#"
server:
  # -- Our number.
  replicaCount: 3
  program: host
  settings: {a: b}
  # -- New.
  extra: x
# == Ours ==

# -- Ours too.
ours: true
"#;

#[test]
fn a_second_file_adds_keys_and_changes_defaults_and_words() {
    let Annotated { defaults, schema } = annotated(&[GOOD, OVERLAY]).unwrap();
    let replicas = schema.at("server.replicaCount").unwrap();
    assert_eq!(replicas.description, "Our number.");
    assert_eq!(replicas.default.as_ref().unwrap().as_int(), Some(3));
    assert_eq!(replicas.ty.to_string(), "integer, 0 to 100");
    assert_eq!(replicas.span.as_ref().unwrap().to_string(), "1.yaml:4:3");
    assert_eq!(schema.at("server.program").unwrap().description, "Which program runs.");
    assert_eq!(schema.at("server").unwrap().section.as_deref(), Some("Server"));
    assert_eq!(schema.at("ours").unwrap().section.as_deref(), Some("Ours"));
    assert_eq!(schema.members().unwrap().keys().collect::<Vec<_>>(), ["nameOverride", "server", "ours"]);
    let server = schema.at("server").unwrap().members().unwrap();
    assert_eq!(server.keys().next().unwrap(), "program");
    assert_eq!(server.keys().last().unwrap(), "extra");
    let merged = defaults.get("server").unwrap();
    assert_eq!(merged.get("program").unwrap().as_str(), Some("host"));
    assert_eq!(merged.get("pull").unwrap().as_bool(), Some(true));
    assert_eq!(merged.get("settings").unwrap().get("a").unwrap().as_str(), Some("b"));
}

#[test]
fn a_second_file_cannot_change_a_type() {
    let table = [
        ("server: 1", "1.yaml:1:1 conflicting-type: `server` is a map already"),
        ("nameOverride: {a: b}", "1.yaml:1:15 bad-default: `nameOverride` must be a string, not a map"),
        ("server:\n  pull: 1", "1.yaml:2:9 bad-default: `server.pull` must be a boolean, not a number"),
        (
            "# @schema {type: integer}\nnameOverride: 1",
            "1.yaml:2:1 conflicting-type: `nameOverride` is a string already",
        ),
        ("# @schema {type: any}\nserver: {}", "1.yaml:2:1 conflicting-type: `server` is a map already"),
        (
            "server:\n  # @schema {type: \"[]string\"}\n  tolerations: []",
            "1.yaml:3:3 conflicting-type: `server.tolerations` is a list of Toleration already",
        ),
        (
            "server:\n  replicaCount: 101",
            "1.yaml:2:17 bad-default: `server.replicaCount` must be at most 100",
        ),
        ("server:\n  pull:", "1.yaml:2:3 null-default: the default of `server.pull` is null"),
    ];
    for (text, expected) in table {
        assert_eq!(mistakes(&[GOOD, text]), [expected], "{text}");
    }
    assert_eq!(mistakes(&[GOOD, "server: {}"]), [""; 0]);
}

#[test]
fn no_files_and_empty_files_are_no_keys() {
    for texts in [&[][..], &[""], &["# Nothing.\n", ""]] {
        let read = annotated(texts).unwrap();
        assert!(read.schema.members().unwrap().is_empty() && read.defaults.as_map().unwrap().is_empty());
    }
}
