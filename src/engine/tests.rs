use super::{Chart, Context, Document, Engine, Release};
use crate::assets::Templates;
use crate::diagnostics::{Diagnostic, Diagnostics, Result, Source};
use crate::yaml::{Node, reader};

fn templates(files: &[(&str, &str)]) -> Templates {
    let files =
        files.iter().map(|(path, text)| (path.to_string(), Source::new(format!("templates/{path}"), *text)));
    Templates { files: files.collect(), values: Vec::new() }
}

fn values(text: &str) -> Node {
    reader::read(&Source::new("values.yaml", text)).unwrap()
}

fn with<T>(
    files: &[(&str, &str)],
    text: &str,
    run: impl FnOnce(&Engine, &Context) -> Result<T>,
) -> Result<T> {
    let engine = Engine::new(&templates(files))?;
    let release = Release { name: "elsa".to_string(), namespace: "flows".to_string() };
    let chart = Chart { version: "1.2.3".to_string(), app_version: "3.9.0".to_string() };
    let values = values(text);
    let elsa = serde_json::json!({"server": {"databases": ["sqlite", "postgresql"]}});
    run(&engine, &Context { values: &values, release, chart, elsa: &elsa })
}

fn render(files: &[(&str, &str)], text: &str) -> Result<Vec<Document>> {
    with(files, text, Engine::render)
}

fn refused(files: &[(&str, &str)], text: &str) -> Vec<Diagnostic> {
    render(files, text).unwrap_err().0
}

/// `code: message` and the places, the further ones with what is said beside them.
fn outline(diagnostic: &Diagnostic) -> String {
    let mut outline = format!("{}: {}", diagnostic.code, diagnostic.message);
    for label in &diagnostic.labels {
        outline += &format!("\n  {} `{}` {}", label.span, label.span.text().trim_end(), label.text);
    }
    outline.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

fn object(kind: &str, name: &str) -> String {
    format!("apiVersion: v1\nkind: {kind}\nmetadata:\n  name: {name}\n")
}

#[test]
fn documents_are_cleaned_but_for_what_they_say() {
    let text = "\n\n# A comment. \napiVersion: v1\nkind: ConfigMap\n\n\nmetadata:\n  name: {{ release.name }}  \n---\n\
                # only a comment\n---\n\n";
    let documents = render(&[("a.yaml", text)], "").unwrap();
    assert_eq!(documents.len(), 1);
    assert_eq!(
        documents[0].text,
        "# A comment.\napiVersion: v1\nkind: ConfigMap\n\nmetadata:\n  name: elsa\n"
    );
    assert_eq!(documents[0].id.to_string(), "ConfigMap elsa");
    assert_eq!(documents[0].lines(), [3, 4, 5, 6, 8, 9]);
}

#[test]
fn blanks_of_a_block_scalar_stay() {
    let text = object("ConfigMap", "a") + "data:\n  a: |\n    x  \n\n\n    y\n# end\n";
    let documents = render(&[("a.yaml", &text)], "").unwrap();
    assert_eq!(documents[0].text, text);
}

#[test]
fn a_template_may_print_several_objects_or_none() {
    let several =
        object("Service", "b") + "---\n" + &object("Secret", "a") + "--- # last\n" + &object("Secret", "A");
    let files = [
        ("_helpers.tera", "{% component x() %}{% endcomponent %}"),
        ("a.yaml", &several),
        ("none.yaml", "{%- if values.enabled %}\nx: 1\n{%- endif %}\n"),
        ("tests/t.yaml", &object("Pod", "t")),
        ("NOTES.txt", "Installed {{ release.name }}.\n"),
        ("README.md", "{{ not a template"),
    ];
    let documents = render(&files, "enabled: false").unwrap();
    let ids: Vec<_> = documents.iter().map(|document| document.id.to_string()).collect();
    assert_eq!(ids, ["Secret A", "Secret a", "Service b"]);
    assert!(documents[0].text.starts_with("# last\napiVersion"), "{}", documents[0].text);
    let tests = with(&files, "enabled: false", Engine::render_tests).unwrap();
    assert_eq!(tests.iter().map(|test| test.id.to_string()).collect::<Vec<_>>(), ["Pod t"]);
    assert_eq!(
        with(&files, "", |engine, context| engine.text("NOTES.txt", context)).unwrap(),
        "Installed elsa.\n"
    );
    assert_eq!(with(&files, "", |engine, context| engine.text("none.txt", context)).unwrap(), "");
}

#[test]
fn templates_name_four_things() {
    let text = object("ConfigMap", "a")
        + "data:\n  a: {{ values.map | toJson | quote }}\n  b: {{ release.namespace }}\n  c: {{ chart.version }}-{{ chart.appVersion }}\n  \
           d: {{ elsa.server.databases | join(sep=', ') }}\n";
    let documents = render(&[("a.yaml", &text)], "map: {b: 1, a: 1.5}").unwrap();
    let data: Vec<_> = documents[0].text.lines().skip(5).map(str::trim).collect();
    assert_eq!(data, [r#"a: "{\"a\":1.5,\"b\":1}""#, "b: flows", "c: 1.2.3-3.9.0", "d: sqlite, postgresql"]);
}

#[test]
fn an_object_says_what_it_is() {
    let text = "apiVersion: v1\nkind: 3\nmetadata:\n  name: a\n";
    let [diagnostic] = &refused(&[("a.yaml", text)], "")[..] else { panic!() };
    assert_eq!(
        outline(diagnostic).lines().next().unwrap(),
        "incomplete-object: a Kubernetes object needs `kind`, a string"
    );
    assert_eq!(diagnostic.labels[0].span.source.name, "templates/a.yaml (rendered)");
    assert_eq!(refused(&[("a.yaml", "x")], "")[0].code, "incomplete-object");
}

#[test]
fn every_mistake_of_loading() {
    let files = [
        ("_h.tera", "{% component a.b() %}{% endcomponent %}"),
        ("a.yaml", "{{ 'a' | triim }}\n{{ <a.c /> }}"),
    ];
    let Err(Diagnostics(found)) = Engine::new(&templates(&files)) else { panic!() };
    let found: Vec<_> =
        found.iter().map(|one| (outline(one), one.help.clone().unwrap_or_default())).collect();
    assert_eq!(
        found,
        [
            (
                "template-syntax: Unknown filter `triim`\n  templates/a.yaml:1:10 `triim`".to_string(),
                "there is `trim`".to_string()
            ),
            (
                "template-syntax: Unknown component `a.c`\n  templates/a.yaml:2:4 `<a.c />`".to_string(),
                "there is `a.b`".to_string()
            ),
        ]
    );
    let files = [("a.yaml", "a\n{{ x "), ("b.yaml", "{% if %}")];
    let Err(Diagnostics(found)) = Engine::new(&templates(&files)) else { panic!() };
    let found: Vec<_> = found.iter().map(|one| one.labels[0].span.to_string()).collect();
    assert_eq!(found, ["templates/a.yaml:2:4", "templates/b.yaml:1:7"]);
    let files = [
        ("_a.tera", "{% component a() %}{% endcomponent %}"),
        ("_b.tera", "{%- component a() %}{% endcomponent %}"),
    ];
    let Err(Diagnostics(found)) = Engine::new(&templates(&files)) else { panic!() };
    assert_eq!(
        outline(&found[0]),
        "template-syntax: Component `a` is defined in both `_a.tera` and `_b.tera`\n  templates/_a.tera:1:14 `a`\n  \
         templates/_b.tera:1:15 `a`"
    );
}

#[test]
fn a_failure_says_where_and_who_called() {
    let helpers = "{% component name(@values) %}\n{{- values.name | required(message='set name') }}\n{%- endcomponent %}";
    let files = [
        ("_h.tera", helpers),
        ("a.yaml", "a: {{ <name /> }}"),
        ("b.yaml", "{{ values.nme }}"),
        ("c.yaml", "\nb: {{ <name /> }}"),
    ];
    let found: Vec<_> = refused(&files, "name: ''").iter().map(outline).collect();
    assert_eq!(found.len(), 2, "the component fails for two templates, and is told of once: {found:?}");
    assert_eq!(
        found[0],
        "template-failed: set name\n  templates/_h.tera:2:19 `required(message='set name')`\n  \
         templates/a.yaml:1:7 `<name />` called from here"
    );
    assert!(found[1].starts_with("template-failed: "), "{}", found[1]);
    assert!(found[1].contains("templates/b.yaml:1:11"), "{}", found[1]);
}

/// The template line that made the line which a duplicate key stands in.
fn origin(files: &[(&str, &str)], text: &str) -> String {
    let [diagnostic] = &refused(files, text)[..] else { panic!("one diagnostic") };
    assert!(diagnostic.labels[0].span.source.name.ends_with(" (rendered)"));
    let label = diagnostic.labels.last().unwrap();
    assert_eq!(label.text, "made here", "{}", outline(diagnostic));
    format!("{} {}", label.span, label.span.text())
}

#[test]
fn the_line_of_a_plain_template() {
    let text = "# one\n\n".to_string() + &object("ConfigMap", "a") + "data:\n  a: 1\n  b: 2\n  a: 3\n";
    assert_eq!(origin(&[("a.yaml", &text)], ""), "templates/a.yaml:10:3 a: 3");
}

#[test]
fn the_line_of_a_component_behind_nindent() {
    let helpers =
        "{% component labels(@values) -%}\na: {{ values.name | quote }}\nb: x\na: y\n{%- endcomponent %}";
    let text = object("ConfigMap", "{{ values.name | trunc(n=1) | trimSuffix(suffix='c') }}")
        + "  labels:\n    {{- <labels /> | nindent(n=4) }}\n";
    assert_eq!(origin(&[("_h.tera", helpers), ("a.yaml", &text)], "name: abc"), "templates/_h.tera:4:1 a: y");
}

#[test]
fn the_line_of_an_expression() {
    let text = object("ConfigMap", "a")
        + "data:\n  {{- values.one | toYaml | nindent(n=2) }}\n  {{- values.two | toYaml | nindent(n=2) }}\n";
    assert_eq!(
        origin(&[("a.yaml", &text)], "one: {a: x}\ntwo: {a: x}"),
        "templates/a.yaml:7:3 {{- values.two | toYaml | nindent(n=2) }}"
    );
}

#[test]
fn the_line_in_a_loop() {
    let text = object("ConfigMap", "a")
        + "data:\n  {%- for key in values.keys %}\n  {{ key }}: \"{{ key }}\"\n  {%- endfor %}\n";
    assert_eq!(
        origin(&[("a.yaml", &text)], "keys: [a, b, a]"),
        "templates/a.yaml:7:3 {{ key }}: \"{{ key }}\""
    );
}

#[test]
fn the_line_after_a_trimming_tag() {
    let text = "{% if values.enabled -%}\n\n".to_string()
        + &object("ConfigMap", "a")
        + "data:\n  {#- gone -#}\n  {% raw %}\n  a: \"{{ x }}\"\n  {%- endraw %}\n  b: {{ values.name | sha256sum -}}\n  \
           {% set c = values.name | b64enc %}\n  a: {{ c }}\n{% endif %}";
    assert_eq!(origin(&[("a.yaml", &text)], "enabled: true\nname: x"), "templates/a.yaml:14:3 a: {{ c }}");
}

#[test]
fn the_line_where_marks_change_what_is_printed() {
    // A comparison sees the marks of a component: other lines are printed, and those in common are found.
    let helpers = "{% component mode() %}on{% endcomponent %}";
    let text = "{%- set mode = <mode /> %}{%- if mode == 'on' %}\n# is on\n{%- endif %}\n".to_string()
        + &object("ConfigMap", "a")
        + "data:\n  a: 1\n  a: 2\n";
    assert_eq!(origin(&[("_h.tera", helpers), ("a.yaml", &text)], ""), "templates/a.yaml:10:3 a: 2");
}

#[test]
fn later_findings_are_blamed_too() {
    let text = object("ConfigMap", "a") + "data:\n\n\n  a: {{ values.a | quote }}\n";
    let outline = with(&[("a.yaml", &text)], "a: x", |engine, context| {
        let document = engine.render(context)?.remove(0);
        let span = document.node.get("data").and_then(|data| data.get("a")).unwrap().span.clone();
        let found = engine.blame(context, &document, Diagnostic::error("object-rule", "no x").at(span));
        Ok(outline(&found))
    });
    assert_eq!(
        outline.unwrap(),
        "object-rule: no x\n  templates/a.yaml (rendered):7:6 `\"x\"`\n  templates/a.yaml:8:3 `a: {{ values.a | quote }}` made here"
    );
}

#[test]
fn rules_print_a_path_and_a_sentence() {
    let rule = "{#- @severity warning -#}\n{%- component elsa.rules.too_many(@values) -%}\n{%- if values.count | int > 1 %}\nn\t{{ values.count | int }} are too many\n\
                {%- endif %}\n{%- endcomponent %}";
    let files =
        [("rules/_all.tera", "{% component all() %}{% endcomponent %}"), ("rules/too-many.tera", rule)];
    let found = with(&files, "count: 3", Engine::violations).unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].code.as_str(), found[0].path.as_str()), ("too-many", "n"));
    assert_eq!(found[0].sentence, "3 are too many");
    assert_eq!(found[0].severity, crate::diagnostics::Severity::Warning);
    assert!(with(&files, "count: 1", Engine::violations).unwrap().is_empty());
    for (path, text) in [
        ("rules/a.tera", "{#- @severity fatal -#}{% component elsa.rules.a() %}{% endcomponent %}"),
        ("rules/a.tera", "{% component elsa.rules.a() %}{% endcomponent %}"),
        ("rules/a.tera", "{#- @severity error -#}{% component elsa.rules.b() %}{% endcomponent %}"),
        ("rules/a.tera", "{#- @severity error -#}{% component elsa.rules.a() %}no tab{% endcomponent %}"),
        ("rules/a.tera", "{#- @severity error -#}{% component elsa.rules.a() %}no path\tx{% endcomponent %}"),
    ] {
        let Diagnostics(found) = with(&[(path, text)], "", Engine::violations).unwrap_err();
        assert_eq!(found[0].code, "rule-broken", "{text}");
    }
}
