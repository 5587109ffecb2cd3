use super::*;
use crate::diagnostics::{Source, Span};
use crate::yaml::reader::{documents, read};
use crate::yaml::{Entry, Kind, Map, Node};
use serde_json::{Value, json};

/// `[text, toJson, quote]` as helm printed them.
fn recorded() -> Vec<(String, String, String)> {
    include_str!("../../../tests/data/go_strings.jsonl")
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn strings_are_what_helm_recorded() {
    for (text, json, quote) in recorded() {
        assert_eq!(to_json(&Value::from(text.as_str())), json, "{text:?}");
        assert_eq!(go_quote(&text), quote, "{text:?}");
    }
}

#[test]
fn json_numbers_are_gos() {
    let cases = [
        (json!(1), "1"),
        (json!(-9_007_199_254_740_991_i64), "-9007199254740991"),
        (json!(1.5), "1.5"),
        (json!(1e15), "1000000000000000"),
        (json!(1e20), "100000000000000000000"),
        (json!(1e21), "1e+21"),
        (json!(1.5e300), "1.5e+300"),
        (json!(0.000001), "0.000001"),
        (json!(1e-7), "1e-7"),
        (json!(2.5e-10), "2.5e-10"),
    ];
    for (value, expected) in cases {
        assert_eq!(to_json(&value), expected);
    }
}

#[test]
fn json_sorts_and_escapes() {
    assert_eq!(
        to_json(&json!({"b": [1, null], "a<": {"z": true, "é": "&"}})),
        "{\"a\\u003c\":{\"z\":true,\"é\":\"\\u0026\"},\"b\":[1,null]}"
    );
}

#[test]
fn to_yaml_is_sorted_and_level() {
    let value = json!({"b": {"list": [1, {"y": 1, "x": []}, [2, "a: b"]], "empty": {}}, "a": "yes", "t": "x\ny\n", "f": 1e-7});
    assert_eq!(
        to_yaml(&value),
        "a: \"yes\"\nb:\n  empty: {}\n  list:\n  - 1\n  - x: []\n    \"y\": 1\n  - - 2\n    - \"a: b\"\nf: 1.0e-7\nt: \"x\\ny\\n\""
    );
    assert_eq!(to_yaml(&json!({})), "{}");
    assert_eq!(to_yaml(&json!("a")), "a");
}

#[test]
fn block_keeps_the_order_and_reads_well() {
    let source = Source::new(
        "v",
        "z: {b: 1, a: [x, {k: v}]}\ntext: \"one\\n\\n  two\\n\"\nopen: \"a\\nb\"\nodd: \" a\\nb\"\nnone: ~\ne: {}\nl: []\n",
    );
    assert_eq!(
        block(&read(&source).unwrap()),
        "z:\n  b: 1\n  a:\n    - x\n    - k: v\ntext: |\n  one\n\n    two\nopen: |-\n  a\n  b\nodd: \" a\\nb\"\nnone: null\ne: {}\nl: []\n"
    );
}

#[test]
fn what_may_be_mistaken_is_quoted() {
    let plain = [
        "nginx",
        "3.9.0-rc1",
        "1Gi",
        "100m",
        "10.0.0.0/8",
        "a.b/c:d@e",
        "http://x:80/y",
        "v1.2",
        "x y",
        "/path",
        "_x",
        "IfNotPresent",
    ];
    for text in plain {
        assert_eq!(to_yaml(&json!(text)), text);
    }
    let quoted = [
        "",
        "~",
        "yes",
        "No",
        "ON",
        "y",
        "yEs",
        "Null",
        "TRUE",
        "1",
        "1.5",
        "3.9.0",
        "0x1F",
        "0o17",
        "0b1",
        "1_000",
        "1,000",
        "1e3",
        "1E400",
        "12:30:45",
        "2024-01-01",
        "2024-01-01T00:00:00Z",
        "089",
        ".5",
        "-1",
        "+1",
        ".inf",
        ".NaN",
        "=",
        "<<",
        "-",
        "?",
        ":",
        "a:",
        "a: b",
        "a #b",
        "#a",
        "- a",
        "*a",
        "&a",
        "!a",
        "|",
        ">",
        "%a",
        "@a",
        "`a`",
        "{a",
        "[a",
        "'a'",
        " a",
        "a ",
        "a\tb",
        "---",
        "...",
        "é",
        "\u{a0}",
        "😀",
        "1 2",
    ];
    for text in quoted {
        assert!(to_yaml(&json!(text)).starts_with('"'), "{text}");
    }
}

/// The same numbers in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }

    fn value(&mut self, texts: &[String], depth: usize) -> Value {
        match self.below(if depth > 3 { 6 } else { 10 }) {
            0 => Value::Null,
            1 => json!(self.below(2) == 0),
            2 => json!(self.below(1 << 31) as i64 - (1 << 30)),
            3 => json!([0.1, -2.5, 1e-7, 1.5e300, 2.5e-10][self.below(5)]),
            4 | 5 => json!(texts[self.below(texts.len())]),
            6 | 7 => (0..self.below(4)).map(|_| self.value(texts, depth + 1)).collect(),
            _ => self.map(texts, depth),
        }
    }

    fn map(&mut self, texts: &[String], depth: usize) -> Value {
        let members = (0..self.below(5)).map(|_| {
            let key = texts[self.below(texts.len())].clone();
            (key, self.value(texts, depth + 1))
        });
        Value::Object(members.collect())
    }
}

fn node(value: &Value, span: &Span) -> Node {
    let kind = match value {
        Value::Null => Kind::Null,
        Value::Bool(value) => Kind::Bool(*value),
        Value::Number(number) => {
            number.as_i64().map_or_else(|| Kind::Float(number.as_f64().unwrap()), Kind::Int)
        }
        Value::String(text) => Kind::String(text.clone()),
        Value::Array(items) => Kind::List(items.iter().map(|item| node(item, span)).collect()),
        Value::Object(members) => {
            let entry = |value| Entry { key: span.clone(), value: node(value, span) };
            Kind::Map(members.iter().map(|(key, value)| (key.clone(), entry(value))).collect::<Map>())
        }
    };
    Node::new(kind, span.clone())
}

#[test]
fn what_is_written_reads_back() {
    // The reader of values refuses control characters; that of manifests takes them.
    let mut texts: Vec<String> = recorded().into_iter().map(|(text, _, _)| text).collect();
    texts.push("k".repeat(2000));
    texts.extend(
        ["a\n\tb\n", "a\n \nb", "a\n\n\n", "- a\n- b\n", "#\n# x\n", "a: |\n  b\n", "---\na\n"]
            .map(String::from),
    );
    let nowhere = Span::new(&Source::new("", ""), 0..0);
    let mut random = Random(1);
    for round in 0..3000 {
        let value = random.map(&texts, 0);
        let node = node(&value, &nowhere);
        for text in [block(&node), to_yaml(&value) + "\n"] {
            let back = documents(&Source::new("t", text.as_str()));
            let back = back.unwrap_or_else(|problems| panic!("{round}: {:?}\n{text}", problems.0));
            assert_eq!(back, std::slice::from_ref(&node), "{round}\n{text}");
            // A reader of YAML 1.2's core schema.
            assert_eq!(serde_yaml::from_str::<Value>(&text).unwrap(), value, "{round}\n{text}");
        }
    }
}
