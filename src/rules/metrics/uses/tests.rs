use super::*;
use crate::diagnostics::Source;
use crate::yaml::reader;

fn names(yaml: &str) -> MetricNames {
    metric_names(&reader::documents(&Source::new("t", yaml)).unwrap()[0])
}

/// `name line:column`, with the text at the place where that is not the name.
fn shown(uses: &[MetricUse]) -> Vec<String> {
    let show = |metric: &MetricUse| {
        let position = metric.span.position();
        let text = metric.span.text();
        let other = if text == metric.name { String::new() } else { format!(" {text}") };
        format!("{} {}:{}{other}", metric.name, position.line, position.column)
    };
    uses.iter().map(show).collect()
}

fn used(yaml: &str) -> Vec<String> {
    shown(&names(yaml).uses)
}

#[test]
fn rules_of_prometheus() {
    let yaml = r#"apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
spec:
  groups:
    - name: elsa
      rules:
        - record: elsa:faults:rate5m
          expr: sum by (job) (rate(elsa_workflow_faulted_total[5m]))
        - record: faults
          expr: |-
            sum(
              rate(http_requests_total{code="a_b"}[5m])
            ) / elsa:faults:rate5m
        - alert: A
          expr: "up{job=\"x\"} == 0"
        - alert: B
          expr: >-
            absent(up)
            or up == 0
        - alert: C
          expr: 1
          labels: {expr: nothing}
"#;
    let names = names(yaml);
    assert_eq!(shown(&names.defined), ["elsa:faults:rate5m 7:19", "faults 9:19"]);
    assert_eq!(
        shown(&names.uses),
        [
            "elsa_workflow_faulted_total 8:36",
            "http_requests_total 12:20",
            "elsa:faults:rate5m 13:17",
            "up 15:18",
            "up 18:20",
            "up 19:16"
        ]
    );
    let recorded: Vec<_> = names.uses.iter().map(|metric| metric.recorded).collect();
    assert_eq!(recorded, [false, false, true, false, false, false]);
}

#[test]
fn rules_of_victoria_metrics() {
    let yaml = "apiVersion: operator.victoriametrics.com/v1beta1\nkind: VMRule\nspec:\n  groups:\n    - rules: [{alert: A, expr: up}]\n    - type: graphite\n      rules: [{alert: A, expr: a.b}]\n";
    assert_eq!(used(yaml), ["up 5:32"]);
}

#[test]
fn a_dashboard_in_a_block_of_lines() {
    let yaml = r#"apiVersion: v1
kind: ConfigMap
data:
  other.json: '{"a": 1}'
  text: up
  elsa.json: |
    {
      "panels": [
        {"targets": [{"expr": "sum(\n  up{x=\"a\"}) \u003e elsa_x"}, {"expr": "a_\u0062"}]}
      ],
      "templating": {"list": [{"type": "query", "query": "label_values(y, z)"}]}
    }
"#;
    assert_eq!(used(yaml), ["up 9:40", "elsa_x 9:60", "a_b 9:79 \"a_\\u0062\"", "y 11:72"]);
}

#[test]
fn a_dashboard_in_other_styles() {
    let double = r#"{apiVersion: v1, kind: ConfigMap, data: {d: "{\"panels\": [{\"targets\": [{\"expr\": \"rate(up[5m])\"}]}]}"}}"#;
    assert_eq!(used(double), ["up 1:93"]);
    let folded = "apiVersion: v1\nkind: ConfigMap\ndata:\n  d: >\n    {\"panels\": [\n    {\"targets\": [{\"expr\": \"up\"}]}]}\n";
    assert_eq!(used(folded), ["up 6:28"]);
    let hidden = "apiVersion: v1\nkind: ConfigMap\ndata:\n  d: \"{\\\"panels\\\": [{\\\"targets\\\": [{\\\"expr\\\": \\\"\\x75p\\\"}]}]}\"\n";
    assert_eq!(used(hidden), ["up 4:3 d"]);
    let grafana = "apiVersion: grafana.integreatly.org/v1beta1\nkind: GrafanaDashboard\nspec:\n  json: |-\n    {\"panels\": [{\"targets\": [{\"expr\": \"up\"}]}]}\n";
    assert_eq!(used(grafana), ["up 5:40"]);
}

#[test]
fn autoscalers() {
    let keda = "apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nspec:\n  triggers:\n    - type: prometheus\n      metadata: {query: 'sum(up)', metricName: x}\n    - type: cpu\n      metadata: {query: no}\n";
    assert_eq!(used(keda), ["up 6:30"]);
    let hpa = "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nspec:\n  metrics:\n    - type: Resource\n      resource: {name: cpu}\n    - pods: {metric: {name: elsa_x}}\n    - object: {metric: {name: \"y\"}}\n    - external: {metric: {name: pubsub.googleapis.com|x}}\n    - external: {metric: {name: s0-prometheus}}\n";
    assert_eq!(used(hpa), ["elsa_x 7:29", "y 8:32"]);
    assert!(names(hpa).uses.iter().all(|metric| metric.adapted));
}

#[test]
fn other_objects_and_broken_ones_have_none() {
    for yaml in [
        "apiVersion: monitoring.coreos.com/v1\nkind: ServiceMonitor\nspec: {endpoints: [{metricRelabelings: [{sourceLabels: [__name__], regex: x}]}]}",
        "apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nspec: {groups: {rules: [{expr: up}]}}",
        "apiVersion: example.com/v1\nkind: PrometheusRule\nspec: {groups: [{rules: [{expr: up}]}]}",
        "apiVersion: v1\nkind: ConfigMap\ndata: {a: '{\"panels\": [', b: ~, c: 1}",
        "apiVersion: v1\nkind: ConfigMap\n",
        "[1]",
    ] {
        assert_eq!(used(yaml), [""; 0], "{yaml}");
    }
}

/// Manifests with all that is read, in every style that it is read from.
const SEEDS: [&str; 3] = [
    "apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nspec:\n  groups:\n    - rules:\n        - record: a:b\n          expr: >-\n            sum(größe_x{a=\"b\"})\n            or up\n        - expr: \"x\\n\\u0061 + y{z='ü'}\"\n        - expr: |2\n              up\n             > 1\n        - expr: !!str &x 'it''s'\n        - expr: *x\n",
    "apiVersion: v1\nkind: ConfigMap\ndata:\n  a: |\n    {\"panels\": [{\"targets\": [{\"expr\": \"up{x=\\\"ü\\\"} \\u003e y\"}]}],\n     \"templating\": {\"list\": [{\"type\": \"query\", \"query\": \" label_values( ü, x)\"}]}}\n",
    "apiVersion: v1\nkind: ConfigMap\ndata: {a: \"{\\\"rows\\\": [{\\\"panels\\\": [{\\\"targets\\\": [{\\\"expr\\\": \\\"up or \\\\u0075p\\\"}]}]}]}\"}\n",
];

#[test]
fn broken_manifests_never_panic_and_every_place_is_one() {
    const PIECES: [&str; 14] =
        ["\"", "'", "\\", "{", "}", "[", "]", "\n", " ", "up", "ü", ">", "label_values(", ")"];
    let mut state = 1_u64;
    let mut below = |end: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % end.max(1)
    };
    let mut found = 0;
    for round in 0..6000 {
        let mut text = SEEDS[round % SEEDS.len()].to_string();
        for _ in 0..below(4) {
            let boundaries: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
            let at = boundaries[below(boundaries.len())];
            match below(3) {
                0 => drop(text.remove(at)),
                _ => text.insert_str(at, PIECES[below(PIECES.len())]),
            }
        }
        for manifest in reader::documents(&Source::new("t", text)).unwrap_or_default() {
            let names = metric_names(&manifest);
            for metric in names.uses.iter().chain(&names.defined) {
                assert!(metric.span.source.text.get(metric.span.range.clone()).is_some());
                found += usize::from(metric.span.text() == metric.name);
            }
        }
    }
    assert!(found > 5000, "only {found} names had their own place");
}
