//! The filters against what five helms answered.

#![allow(clippy::unwrap_used)]

use elsakube::diagnostics::Source;
use elsakube::engine::filters;
use elsakube::yaml::{Node, reader};
use serde_json::Value;
use std::collections::BTreeMap;
use tera::{Context, Tera};

struct Case {
    filter: String,
    args: serde_json::Map<String, Value>,
    input: Value,
    out: Value,
}

fn cases() -> Vec<Case> {
    include_str!("data/filters.jsonl")
        .lines()
        .map(|line| {
            let mut line: serde_json::Map<String, Value> = serde_json::from_str(line).unwrap();
            let broken = line.contains_key("broken");
            Case {
                filter: line["filter"].as_str().unwrap().to_string(),
                args: line["args"].as_object().unwrap().clone(),
                input: line["input"].take(),
                // A character cut in two is no text.
                out: if broken { Value::Null } else { line["out"].take() },
            }
        })
        .collect()
}

/// The filter's text, or the first line of its error.
fn evaluate(case: &Case) -> Result<String, String> {
    let mut tera = Tera::new();
    filters::register(&mut tera);
    let mut context = Context::new();
    context.insert("input", &case.input);
    let mut arguments = Vec::new();
    for (name, value) in &case.args {
        context.insert(format!("a_{name}"), value);
        arguments.push(format!("{name}=a_{name}"));
    }
    // These return what they were given: JSON shows it.
    let json = if matches!(case.filter.as_str(), "default" | "required") { " | toJson" } else { "" };
    let call = format!("{{{{ input | {}({}){json} }}}}", case.filter, arguments.join(", ")).replace("()", "");
    tera.render_str(&call, &context, false)
        .map_err(|error| error.to_string().lines().next().unwrap().to_string())
}

/// What YAML means: `toYaml` may quote otherwise than Helm does.
fn means(text: Option<&str>) -> Option<Vec<Node>> {
    reader::documents(&Source::new("toYaml", text?)).ok()
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "float",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(list) if list.iter().all(Value::is_string) => "strings",
        Value::Array(_) => "list",
        Value::Object(_) => "map",
    }
}

/// Helm holds a number as float64 unless the filter `int` pinned it, and prints large ones with an exponent.
fn unpinned(case: &Case) -> bool {
    let pinned = ["add", "sub", "mul", "div", "mod", "max", "min", "int", "toJson", "toYaml"];
    case.input.is_number() && !pinned.contains(&case.filter.as_str())
}

#[test]
fn every_answer_is_helms() {
    let mut wrong = Vec::new();
    for case in cases().iter().filter(|case| !unpinned(case)) {
        let expected = case.out.as_str();
        let found = evaluate(case);
        if found.as_deref().ok() == expected
            || case.filter == "toYaml" && means(found.as_deref().ok()) == means(expected)
        {
            continue;
        }
        match found {
            // Refusing more than helm does is the point of types; what is accepted is listed below.
            Err(error) if error.contains(" takes ") => {}
            Err(error) if error.contains("does not read the pattern") => {}
            Err(_) if expected.is_none() => {}
            found => wrong.push(format!(
                "{} {:?} of {}: {found:?}, helm {}",
                case.filter, case.args, case.input, case.out
            )),
        }
    }
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
}

/// Where helms disagree, the filter takes no such input, or the translator has the number pinned first.
#[test]
fn disagreements_are_refused() {
    for case in cases().iter().filter(|case| case.out.is_object() && !unpinned(case)) {
        let error = evaluate(case).unwrap_err();
        assert!(error.contains(" takes "), "{} of {}: {error}", case.filter, case.input);
    }
}

#[test]
fn the_types_that_filters_take() {
    let mut taken: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for case in cases() {
        let kind = kind(&case.input);
        let entry = taken.entry(case.filter.clone()).or_default();
        let refused = matches!(evaluate(&case), Err(error) if error.contains(" takes "));
        if !refused && !entry.contains(&kind) {
            entry.push(kind);
        }
    }
    let found: Vec<String> = taken
        .into_iter()
        .map(|(filter, mut kinds)| {
            kinds.sort_unstable();
            format!("{filter}: {}", kinds.join(" "))
        })
        .collect();
    let anything = "boolean float integer list map null string strings";
    let expected: Vec<String> = [
        ("add", "integer"),
        ("atoi", "string"),
        ("b64enc", "string"),
        ("contains", "string"),
        ("default", anything),
        ("div", "integer"),
        ("fail", "string"),
        ("has", "strings"),
        ("hasKey", "map"),
        ("hasPrefix", "string"),
        ("hasSuffix", "string"),
        ("indent", "string"),
        ("int", "boolean integer null"),
        ("join", "strings"),
        ("lower", "string"),
        ("max", "integer"),
        ("min", "integer"),
        ("mod", "integer"),
        ("mul", "integer"),
        ("nindent", "string"),
        ("quote", "boolean integer null string"),
        ("regexMatch", "string"),
        ("replace", "string"),
        ("required", anything),
        ("sha256sum", "string"),
        ("sub", "integer"),
        ("toJson", anything),
        ("toYaml", anything),
        ("trim", "string"),
        ("trimPrefix", "string"),
        ("trimSuffix", "string"),
        ("trunc", "string"),
        ("upper", "string"),
    ]
    .iter()
    .map(|(filter, kinds)| format!("{filter}: {kinds}"))
    .collect();
    assert_eq!(found, expected);
}

#[test]
fn arguments_are_checked() {
    for (template, message) in [
        ("{{ 'a' | trunc }}", "`trunc` needs `n`"),
        ("{{ 'a' | trunc(m=1) }}", "`trunc` has no argument `m`, it takes `n`"),
        ("{{ 'a' | quote(n=1) }}", "`quote` has no argument `n`, it takes no argument"),
        ("{{ 'a' | replace(from='a') }}", "`replace` needs `from` and `to`"),
        (
            "{{ 'a' | replace(from='a', to=1) }}",
            "the argument `to` of `replace` is a string, not a whole number",
        ),
        ("{{ 'a' | trunc(n=-1) }}", "`trunc` cannot keep -1 bytes"),
        ("{{ 'a' | nindent(n=-1) }}", "`nindent` cannot indent by -1"),
        ("{{ 'a' | regexMatch(pattern='(') }}", "`(` is not a regular expression"),
        (
            "{{ 'a' | regexMatch(pattern='a(?i)b') }}",
            "Go does not read the pattern `a(?i)b` alike from `(?i)b` on",
        ),
        ("{{ 7 | div(n=0) }}", "`div` by zero"),
        ("{{ 'sold out' | fail }}", "sold out"),
        ("{{ 'a' | title }}", "`title` is Tera's own filter"),
    ] {
        let mut tera = Tera::new();
        filters::register(&mut tera);
        let error = tera.render_str(template, &Context::new(), false).unwrap_err().to_string();
        assert!(error.starts_with(&format!("error: {message}")), "{template}: {error}");
    }
}
