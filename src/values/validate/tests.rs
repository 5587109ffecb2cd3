//! A table of values and what is said about them.

use super::*;
use crate::diagnostics::{Diagnostics, Source};
use crate::values::annotated;
use crate::yaml::reader;

const VALUES: &str = r#"
# -- A name.
# @schema {pattern: "^[a-z]*$", patternHelp: lower-case letters}
nameOverride: ""
server:
  # -- Program.
  # @schema {enum: [stock, host]}
  program: stock
  # -- Replicas.
  # @schema {minimum: 0, maximum: 100}
  replicaCount: 1
  image:
    # -- Tag.
    tag: ""
  # -- Tolerations.
  # @schema {type: "[]Toleration"}
  tolerations: []
  # -- Resources.
  # @schema {type: ResourceRequirements}
  resources: {}
  # -- Annotations.
  # @schema {type: "map[string]"}
  podAnnotations: {}
  # -- Ratio.
  ratio: 0.5
  # -- Budget.
  # @schema {type: intOrString}
  maxUnavailable: 1
studio:
  # -- Replicas.
  replicaCount: 1
  # -- Whatever.
  # @schema {type: any}
  extra: {}
"#;

fn schema() -> Schema {
    annotated::read(&[Source::new("values.yaml", VALUES)]).unwrap().schema
}

/// What is wrong with a layer, as `line:column code: message (help)`.
fn said(text: &str) -> Vec<String> {
    let node = reader::read(&Source::new("site.yaml", text))
        .unwrap_or_else(|Diagnostics(found)| panic!("{found:?}"));
    said_of(&validate_layer(&schema(), &node, &[]))
}

fn said_of(found: &[Diagnostic]) -> Vec<String> {
    let shown = |diagnostic: &Diagnostic| {
        let place = diagnostic.labels[0].span.position();
        let help = diagnostic.help.as_ref().map(|help| format!(" ({help})")).unwrap_or_default();
        format!("{}:{} {}: {}{help}", place.line, place.column, diagnostic.code, diagnostic.message)
    };
    found.iter().map(shown).collect()
}

#[test]
fn mistakes() {
    let table = [
        (
            "server: {replicacount: 1}",
            "1:10 unknown-key: `server.replicacount` is not a known key (did you mean `replicaCount`)",
        ),
        (
            "replicaCount: 1",
            "1:1 unknown-key: `replicaCount` is not a known key (did you mean `server.replicaCount` or `studio.replicaCount`)",
        ),
        (
            "studio: {image: {}}",
            "1:10 unknown-key: `studio.image` is not a known key (did you mean `server.image`)",
        ),
        (
            "studio: {zzz: 1}",
            "1:10 unknown-key: `studio.zzz` is not a known key (known here: replicaCount, extra)",
        ),
        (
            "server:\n  tolerations:\n  - efect: NoSchedule",
            "3:5 unknown-key: `server.tolerations[0].efect` is not a known key (did you mean `effect`)",
        ),
        (
            "a.b: 1",
            "1:1 unknown-key: `\"a.b\"` is not a known key (known here: nameOverride, server, studio)",
        ),
        (
            "server: {tolerations: [{effect: NoShedule}]}",
            "1:33 not-allowed: `server.tolerations[0].effect` must be one of \"\", NoSchedule, PreferNoSchedule, NoExecute (did you mean `NoSchedule`)",
        ),
        (
            "server: {program: Stock}",
            "1:19 not-allowed: `server.program` must be one of stock, host (did you mean `stock`)",
        ),
        ("server: {program: x}", "1:19 not-allowed: `server.program` must be one of stock, host"),
        ("server: {replicaCount: -1}", "1:24 out-of-range: `server.replicaCount` must be at least 0"),
        ("server: {replicaCount: 101}", "1:24 out-of-range: `server.replicaCount` must be at most 100"),
        ("server: {replicaCount: 1.5}", "1:24 wrong-type: `server.replicaCount` must be an integer, not 1.5"),
        (
            "server: {replicaCount: \"1\"}",
            "1:24 wrong-type: `server.replicaCount` must be an integer, not a string",
        ),
        (
            "server: {replicaCount: {}}",
            "1:24 wrong-type: `server.replicaCount` must be an integer, not a map",
        ),
        (
            "server: {tolerations: {}}",
            "1:23 wrong-type: `server.tolerations` must be a list of Toleration, not a map",
        ),
        (
            "server: {tolerations: [x]}",
            "1:24 wrong-type: `server.tolerations[0]` must be a map (Toleration), not a string",
        ),
        ("server: []", "1:9 wrong-type: `server` must be a map, not a list"),
        ("server: {ratio: x}", "1:17 wrong-type: `server.ratio` must be a number, not a string"),
        (
            "server: {maxUnavailable: 1.5}",
            "1:26 wrong-type: `server.maxUnavailable` must be an integer or a string, not 1.5",
        ),
        (
            "server: {image: {tag: 1.10}}",
            "1:23 ambiguous-scalar: `server.image.tag` is text, but YAML takes 1.10 without quotes for a number (write \"1.10\")",
        ),
        (
            "server: {podAnnotations: {a.b/c: yes}}",
            "1:34 ambiguous-scalar: `server.podAnnotations.\"a.b/c\"` is text, but YAML takes yes without quotes for a boolean (write \"yes\")",
        ),
        ("server: {image: {tag: [a]}}", "1:23 wrong-type: `server.image.tag` must be a string, not a list"),
        ("nameOverride: A", "1:15 bad-pattern: `nameOverride` must be lower-case letters"),
        (
            "server: {resources: {limits: {cpu: 1 Gi}}}",
            "1:36 bad-pattern: `server.resources.limits.cpu` must be a quantity such as 500m, 1.5 or 256Mi",
        ),
        (
            "server: {resources: {limits: {cpu: true}}}",
            "1:36 wrong-type: `server.resources.limits.cpu` must be a quantity, not a boolean",
        ),
        (
            "server: {replicaCount: null}",
            "1:24 null-value: `server.replicaCount` must not be null (leave the key out to keep its default)",
        ),
        (
            "server: {tolerations: [null]}",
            "1:24 null-value: `server.tolerations[0]` must not be null (leave the key out to keep its default)",
        ),
        (
            "studio: {extra: ~}",
            "1:17 null-value: `studio.extra` must not be null (leave the key out to keep its default)",
        ),
        ("global: 1", "1:9 wrong-type: `global` must be a map, not a number"),
        ("enabled: 1", "1:10 wrong-type: `enabled` must be a boolean, not a number"),
        (
            "server: {enabled: true}",
            "1:10 unknown-key: `server.enabled` is not a known key (known here: program, replicaCount, image, tolerations, resources, podAnnotations, ratio, maxUnavailable)",
        ),
        (
            "server: {resources: {claims: [{request: x}]}}",
            "1:31 missing-key: `server.resources.claims[0]` lacks the key `name`",
        ),
    ];
    for (text, expected) in table {
        assert_eq!(said(text), [expected], "{text}");
    }
}

#[test]
fn good_values() {
    for text in [
        "",
        "server: {replicaCount: 1e1, ratio: 2, maxUnavailable: 50%}",
        "server: {replicaCount: 3.0, maxUnavailable: 2}",
        "server: {resources: {limits: {cpu: 1, memory: 1Gi, other: 0.5}}}",
        "server: {tolerations: [{operator: Exists, tolerationSeconds: 30}], podAnnotations: {a: b}}",
        "global: {anything: [1, null]}",
        "enabled: false",
        "studio: {extra: [1, {a: null}]}",
        "studio: {extra: text}",
    ] {
        assert_eq!(said(text), [""; 0], "{text}");
    }
}

#[test]
fn complete_values_lack_nothing() {
    let text = "nameOverride: a\nserver: {program: host}\nstudio: {replicaCount: 1, extra: 1}\n";
    let node = reader::read(&Source::new("site.yaml", text)).unwrap();
    let keys =
        ["replicaCount", "image", "tolerations", "resources", "podAnnotations", "ratio", "maxUnavailable"];
    let expected = keys.map(|key| format!("2:9 missing-key: `server` lacks the key `{key}`"));
    assert_eq!(said_of(&validate(&schema(), &node, &[])), expected);
}

#[test]
fn every_mistake_of_a_file_is_found_in_its_order() {
    let found = said("nameOverride: 1\nserver:\n  ratio: x\n  progam: host\n  replicaCount: 900\n");
    let codes: Vec<&str> =
        found.iter().filter_map(|line| line.split(':').nth(1)?.split(' ').nth(1)).collect();
    assert_eq!(codes, ["ambiguous-scalar", "wrong-type", "unknown-key", "out-of-range"]);
}
