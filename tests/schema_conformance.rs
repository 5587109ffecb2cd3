//! Our validator and the JSON schema that we write for Helm must take and refuse the same values: seeded random
//! layers go through both, with real helms that hold both of Helm's validators.
#![allow(clippy::unwrap_used)]

mod common;

use common::{run, tool};
use elsakube::diagnostics::{Diagnostics, Source};
use elsakube::values::{annotated, json_schema, validate};
use elsakube::yaml::{Entry, Kind, Node, reader};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const VALUES: &str = include_str!("schema_conformance/values.yaml");
const SEEDS: u64 = 200;

/// Values that fit some keys and not others.
const SCALARS: &[&str] = &[
    "1",
    "0",
    "-1",
    "1.5",
    "3.0",
    "1e2",
    "101",
    "0x1F",
    "0123",
    "1.10",
    "-0",
    ".5",
    "9007199254740991",
    "'1'",
    "text",
    "''",
    "true",
    "yes",
    "'yes'",
    "2024-01-01",
    "null",
    "~",
    "[]",
    "{}",
    "[a]",
    "[1]",
    "[null]",
    "[[1]]",
    "[[0]]",
    "[[1.0], [x]]",
    "[a, B]",
    "{a: b}",
    "{a: 1}",
    "{a: null}",
    "{key: null}",
    "{a: {b: c}}",
    "{a: [1]}",
    "500m",
    "1Gi",
    "'1 Gi'",
    "1K",
    "5.",
    "+1.5e3",
    "50%",
    "stock",
    "host",
    "Stock",
    "a-b",
    "-a",
    "\"b\\n\"",
    "\"a\\n\"",
    "é",
    "z",
    "a",
];

/// Values that fit, or nearly fit, one key.
const FITTING: &[(&str, &[&str])] = &[
    ("limits", &["{cpu: 1, memory: 1Gi}", "{cpu: .5}", "{cpu: 1 Gi}", "{cpu: true}", "{cpu: null}"]),
    (
        "listeners",
        &[
            "{web: {port: 80}}",
            "{web: {port: 80.0, protocol: TCP, tls: {secret: x, hosts: [a]}}}",
            "{web: {}}",
            "{web: {port: 80, prot: TCP}}",
            "{web: {port: 80, tls: {}}}",
            "{web: {port: null}}",
            "{web: null}",
            "{web: {port: '80'}}",
        ],
    ),
    ("pairs", &["[{name: a}]", "[{name: a, value: [1, null]}]", "[{value: 1}]", "[{name: a, value: null}]"]),
    (
        "tolerations",
        &[
            "[{operator: Exists}]",
            "[{key: a, effect: NoSchedule, tolerationSeconds: 1.0}]",
            "[{operator: Exist}]",
            "[{efect: NoSchedule}]",
            "[{tolerationSeconds: 1.5}]",
            "[{key: null}]",
            "[{key: 1}]",
            "[{effect: ''}]",
        ],
    ),
    (
        "resources",
        &[
            "{limits: {cpu: 1, memory: 1Gi}}",
            "{requests: {cpu: null}}",
            "{requests: null}",
            "{limits: {cpu: x}}",
            "{limit: {}}",
            "{claims: [{name: a}]}",
            "{claims: [{request: a}]}",
        ],
    ),
    (
        "probe",
        &[
            "{httpGet: {port: 8080}}",
            "{httpGet: {port: null}}",
            "{httpGet: null, exec: {command: [a]}}",
            "{exec: {command: [a, 1]}}",
            "{periodSeconds: 5}",
            "{periodSecond: 5}",
            "{httpGet: {scheme: http}}",
            "{tcpSocket: {}}",
        ],
    ),
    (
        "pods",
        &[
            "{a: {containers: []}}",
            "{a: {}}",
            "{a: {containers: [{name: x, image: y, env: [{name: a, value: b}], resources: {limits: {cpu: 1}}}]}}",
            "{a: {containers: [{name: x, env: [{name: a, value: 1}]}]}}",
            "{a: {containers: [{image: y}]}}",
            "{a: {containers: [], volumes: [{name: a, emptyDir: {}}, {name: b, configMap: {name: c}}]}}",
            "{a: {containers: [], volumes: [{name: a, emptyDir: {sizelimit: 1}}]}}",
            "{a: {containers: [], affinity: {nodeAffinity: {}}, restartPolicy: Never, ephemeralContainers: []}}",
            "{a: {containers: [], topologySpreadConstraints: [{maxSkew: 1, topologyKey: z, whenUnsatisfiable: DoNotSchedule}]}}",
        ],
    ),
    (
        "server",
        &["{replicas: 1}", "{deep: {}}", "{deep: null}", "{deep: {number: 1}, program: host}", "null", "[]"],
    ),
    ("server.replicaCount", &["0", "100", "1e2", "101", "-1", "99.5"]),
    ("matrix", &["[[1], [2, 3.0]]", "[[0]]", "[[], 1]"]),
    ("server.program", &["stock", "host", "'1'", "1", "''", "null", "hosts"]),
    ("global", &["{}", "{a: [null]}", "null", "1", "[]"]),
    ("enabled", &["true", "false", "no", "null", "'true'", "1"]),
    ("unknown", &["1", "null", "{}"]),
    ("anything", &["[null]", "{a: null}", "1.5", "text"]),
    ("hosts", &["[a, bc]", "[]", "[a, 1]", "['a ']", "[yes]"]),
    ("maxUnavailable", &["50%", "2", "2.0", "2.5", "true"]),
];

/// A small generator, so that a seed means the same for ever.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % bound
    }

    fn of<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }
}

/// One layer or two, each of which sets one key.
fn layers(seed: u64, paths: &[String]) -> Vec<String> {
    let mut random = Random(seed);
    random.below(2);
    let count = 1 + usize::from(random.below(4) == 0);
    let mut layer = || {
        let (path, value) = if random.below(4) == 0 {
            (random.of(paths).as_str(), *random.of(SCALARS))
        } else {
            let (path, values) = random.of(FITTING);
            (*path, *random.of(values))
        };
        let inner = path.split('.').rev().fold(value.to_string(), |value, key| format!("{{{key}: {value}}}"));
        format!("{inner}\n")
    };
    (0..count).map(|_| layer()).collect()
}

/// Layers over one another keep null; over the defaults it takes a key away (measured: helm 3.12 to 4.2).
fn merge(below: &Node, above: &Node, defaults: bool) -> Node {
    let (Kind::Map(low), Kind::Map(high)) = (&below.kind, &above.kind) else { return above.clone() };
    let mut merged = low.clone();
    for (key, entry) in high {
        let value = match low.get(key) {
            Some(_) if defaults && entry.value.is_null() => {
                merged.shift_remove(key);
                continue;
            }
            Some(below) => merge(&below.value, &entry.value, defaults),
            None => entry.value.clone(),
        };
        merged.insert(key.clone(), Entry { key: entry.key.clone(), value });
    }
    Node { kind: Kind::Map(merged), ..below.clone() }
}

fn read(name: &str, text: &str) -> Node {
    reader::read(&Source::new(name, text)).unwrap_or_else(|Diagnostics(found)| panic!("{text}: {found:#?}"))
}

/// Whether that helm takes the layers; anything but a verdict of its validator is a failure of this test.
fn taken(helm: &Path, chart: &Path, layers: &[String]) -> bool {
    let folder = tempfile::tempdir().unwrap();
    let mut command = common::helm(helm, folder.path());
    command.args(["template", "x", "--kube-version", "1.28.0"]).arg(chart);
    for (index, layer) in layers.iter().enumerate() {
        let path = folder.path().join(format!("{index}.yaml"));
        std::fs::write(&path, layer).unwrap();
        command.arg("--values").arg(path);
    }
    let run = run(&mut command);
    let refused = run.stderr.contains("don't meet the specifications of the schema");
    assert!(run.code == 0 || refused, "{}", run.stderr);
    run.code == 0
}

fn conforms(name: &str) {
    let Some(helm) = tool(name) else { return };
    let annotated = annotated::read(&[Source::new("values.yaml", VALUES)])
        .unwrap_or_else(|Diagnostics(found)| panic!("{found:#?}"));
    let chart = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(chart.path().join(name), text).unwrap();
    std::fs::create_dir(chart.path().join("templates")).unwrap();
    write("Chart.yaml", "apiVersion: v2\nname: conformance\nversion: 0.1.0\n");
    write("values.yaml", VALUES);
    write("values.schema.json", &serde_json::to_string(&json_schema::of(&annotated.schema)).unwrap());
    write("templates/values.yaml", "values: {{ .Values | toJson | quote }}\n");

    assert!(taken(&helm, chart.path(), &[]), "the defaults alone");
    let paths: Vec<String> =
        annotated.schema.leaves().into_iter().map(|(path, _)| path.to_string()).collect();
    let (mut verdicts, mut codes) = (BTreeMap::new(), BTreeSet::new());
    for seed in 0..SEEDS {
        let layers = layers(seed, &paths);
        let above =
            layers.iter().map(|layer| read("layer", layer)).reduce(|low, high| merge(&low, &high, false));
        let merged = merge(&annotated.defaults, &above.unwrap(), true);
        let found = validate::validate(&annotated.schema, &merged, &[]);
        let takes = taken(&helm, chart.path(), &layers);
        assert_eq!(found.is_empty(), takes, "{name}, seed {seed}: {layers:#?}\n{found:#?}");
        *verdicts.entry(takes).or_insert(0) += 1;
        codes.extend(found.into_iter().map(|diagnostic| diagnostic.code));
    }
    assert!(verdicts.values().all(|count| *count >= SEEDS / 5), "one-sided: {verdicts:?}");
    let expected = [
        "ambiguous-scalar",
        "bad-pattern",
        "missing-key",
        "not-allowed",
        "null-value",
        "out-of-range",
        "unknown-key",
        "wrong-type",
    ];
    assert_eq!(codes.iter().collect::<Vec<_>>(), expected);
}

#[test]
fn helm_3_12_1() {
    conforms("helm-3.12.1");
}

#[test]
fn helm_3_18_0() {
    conforms("helm-3.18.0");
}

#[test]
fn helm_4_2_3() {
    conforms("helm-4.2.3");
}
