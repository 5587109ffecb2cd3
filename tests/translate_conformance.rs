//! The chart's templates and Tera's print the same, byte for byte, in every helm that we promise.

#![allow(clippy::unwrap_used)]

#[path = "translate/cases.rs"]
mod cases;
#[path = "translate/helm.rs"]
mod helm;
#[path = "translate/random.rs"]
mod random;
#[path = "translate/support.rs"]
mod support;

use cases::{Case, cases};
use elsakube::engine::{Chart, Context, Engine, Release};
use elsakube::values::json_schema;
use helm::{documents, helms, template, texts};
use indexmap::IndexMap;
use random::Random;
use std::path::{Path, PathBuf};
use support::listed;

fn context<'a>(values: &'a elsakube::yaml::Node, elsa: &'a serde_json::Value) -> Context<'a> {
    let release = Release { name: "rel".to_string(), namespace: "some-ns".to_string() };
    let chart = Chart { version: "1.2.3".to_string(), app_version: "3.9.0".to_string() };
    Context { values, release, chart, elsa }
}

/// What Tera makes of every template that is rendered by itself.
fn tera(case: &Case, paths: impl Iterator<Item = String>) -> IndexMap<String, String> {
    let engine = Engine::new(&case.templates()).unwrap_or_else(|mistakes| panic!("{}", listed(&mistakes.0)));
    let context = context(&case.annotated.defaults, &case.elsa);
    let text = |path: String| {
        let text =
            engine.text(&path, &context).unwrap_or_else(|mistakes| panic!("{path}: {}", listed(&mistakes.0)));
        (path, text)
    };
    paths.map(text).collect()
}

fn made(case: &Case) -> Vec<String> {
    case.chart().keys().filter(|path| !path.ends_with(".tpl")).cloned().collect()
}

/// Compares all texts of a case in all helms; returns how many texts were compared.
fn compare(case: &Case) -> usize {
    let (dir, chart) = (tempfile::tempdir().unwrap(), case.chart());
    helm::write(dir.path(), &case.values, &case.elsa, &helm::as_texts(&chart));
    let expected = tera(case, made(case).into_iter());
    let mut compared = 0;
    for helm in helms() {
        let output = template(&helm, dir.path(), &[])
            .unwrap_or_else(|error| panic!("{} {}: {error}", helm.display(), case.name()));
        let texts = texts(&output);
        assert_eq!(texts.len(), expected.len());
        for (path, text) in &expected {
            assert_eq!(text, &texts[path], "{path} of {} in {}", case.name(), helm.display());
            compared += 1;
        }
    }
    compared
}

#[test]
fn golden_cases_render_alike() {
    for case in cases() {
        compare(&case);
    }
}

fn pod() -> Case {
    Case::new(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/translate/golden/pod"))
}

/// The pod's chart as it would be published.
fn publish(case: &Case, dir: &Path) {
    helm::write(dir, &case.values, &case.elsa, &case.chart());
    std::fs::write(dir.join("values.schema.json"), json_schema::of(&case.annotated.schema).to_string())
        .unwrap();
}

#[test]
fn three_workloads_of_one_pod_component_are_equal_in_every_helm() {
    let (case, dir) = (pod(), tempfile::tempdir().unwrap());
    publish(&case, dir.path());
    let expected = tera(&case, made(&case).into_iter());
    assert_eq!(expected.len(), 3);
    for helm in helms() {
        let output = template(&helm, dir.path(), &[]).unwrap();
        let made = documents(&output, "elsa");
        assert_eq!(made.len(), 3, "{output}");
        for (path, text) in &expected {
            assert_eq!(text.trim_end(), made[path], "{path} in {}", helm.display());
        }
    }
}

#[test]
fn as_a_subchart_with_condition_and_global_it_is_the_same() {
    let (case, dir) = (pod(), tempfile::tempdir().unwrap());
    publish(&case, &dir.path().join("charts/elsa"));
    let parent = "apiVersion: v2\nname: umbrella\nversion: 0.1.0\ndependencies:\n  - name: elsa\n    version: 1.2.3\n    repository: \"\"\n    condition: elsa.enabled\n";
    std::fs::write(dir.path().join("Chart.yaml"), parent).unwrap();
    std::fs::write(dir.path().join("values.yaml"), "global: {region: eu}\nelsa: {enabled: true}\n").unwrap();
    let expected = tera(&case, made(&case).into_iter());
    for helm in helms() {
        let output = template(&helm, dir.path(), &[]).unwrap();
        let made = documents(&output, "umbrella/charts/elsa");
        for (path, text) in &expected {
            assert_eq!(text.trim_end(), made[path], "{path} in {}", helm.display());
        }
        let off = template(&helm, dir.path(), &["--set", "elsa.enabled=false"]).unwrap();
        assert!(documents(&off, "umbrella/charts/elsa").is_empty(), "{off}");
    }
}

#[test]
fn nothing_of_the_catalogue_is_in_values() {
    // `helm upgrade --reuse-values` takes the old values and the new templates: a new chart brings its own catalogue.
    let (case, dir) = (pod(), tempfile::tempdir().unwrap());
    publish(&case, dir.path());
    let mut newer = case.elsa.clone();
    newer["server"]["image"]["tag"] = "4.0.0".into();
    newer["studio"]["image"]["tag"] = "4.0.0".into();
    let newer = Case { elsa: newer, ..pod() };
    let next = tempfile::tempdir().unwrap();
    publish(&newer, next.path());
    let read = |dir: &Path| std::fs::read_to_string(dir.join("values.yaml")).unwrap();
    assert_eq!(read(dir.path()), read(next.path()));
    let file = |dir: &Path| dir.join("values.yaml").display().to_string();
    for helm in helms() {
        let output = template(&helm, next.path(), &["-f", &file(dir.path())]).unwrap();
        assert!(output.contains("image: example/studio:4.0.0"), "{output}");
    }
}

const COMPONENTS: &str = "{% component t.wrap(of: string, n: integer) -%}
<{{ of }}{{ n }}>
{%- endcomponent %}
{% component t.root(@values, @release) %}[{{ release.name }}{{ values.s.a ~ values.nums.k | int }}]{% endcomponent %}
";

fn random_case(files: Vec<(String, String)>) -> Case {
    Case {
        dir: PathBuf::from("random"),
        files,
        values: random::VALUES.to_string(),
        annotated: support::values(random::VALUES),
        elsa: serde_json::json!({}),
    }
}

fn components() -> (String, String) {
    ("_t.tera".to_string(), COMPONENTS.to_string())
}

#[test]
fn a_thousand_random_expressions_are_equal_in_every_helm() {
    let mut files = vec![components()];
    for seed in 0..1000_u64 {
        let mut random = Random::new(seed + 1);
        let text = match random.below(10) {
            0..=4 => format!("{{{{ {} }}}}", random::string(&mut random, 3).0),
            5 => format!("{{{{ {} }}}}", random::integer(&mut random, 3).0),
            6 => format!("{{{{ {} }}}}", random::boolean(&mut random, 4).0),
            _ => format!("{{% if {} %}}T{{% else %}}F{{% endif %}}", random::condition(&mut random, 4)),
        };
        files.push((format!("rules/e{seed:04}.yaml"), text));
    }
    let compared = compare(&random_case(files));
    assert_eq!(compared, 1000 * helms().len());
}

#[test]
fn whitespace_is_trimmed_alike() {
    let mut files = vec![components()];
    for seed in 0..300_u64 {
        files.push((format!("rules/w{seed:03}.yaml"), random::whitespace(&mut Random::new(seed + 7), 3)));
    }
    files.push(("rules/torture.yaml".to_string(), TORTURE.to_string()));
    compare(&random_case(files));
}

const TORTURE: &str = r#"{# c1 #}
a: |
  {{- values.s.a | quote }}   {{ values.s.a | quote -}}   tail
  {%- for z in values.lists.p -%}  {{ z | quote }},  {%- endfor %}
  {% for k, v in values.free %}{{ k | quote }}={{ v | quote }};{% else %}none{% endfor %}
  {% for z in values.lists.e %}x{% else %}empty{% endfor %}
  {%- if values.s.a == "no" %} A {% elif values.nums.k | int >= 3 and (values.bools.t or not values.bools.t) %} B {% else %} C {% endif -%}
  {{ <t.wrap of="P" n={1} /> }} {{ <t.wrap of={values.s.a ~ "%s-" ~ values.nums.k | int ~ '"'} n={values.nums.m | int} /> | quote }}
  {{ "yes" if values.nums.k | int > 2 else "no" }} {{ values.s["a"] | quote }} {{ values.free["k"] | default(value="dd\n\"q\" `") | quote }}
  {%- set s = values.s.a -%}
  {% for z in values.lists.p %}{% if z == s %}same{% else %}{{ (z ~ s) | quote }}{{ values.s.a | quote }}{% endif %}{% endfor %}
{%- if values.bools.t -%}{# between tags #}   not trimmed by a person, but by Tera {% endif %}
{#- trimmed -#}   end  $x .Values {not} a
"#;
