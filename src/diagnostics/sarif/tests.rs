use super::*;
use crate::diagnostics::{Source, Span};

fn read(diagnostics: &[Diagnostic], rules: &[(&str, &str)]) -> Value {
    serde_json::from_str(&render(diagnostics, rules)).unwrap()
}

fn result_of(diagnostic: Diagnostic) -> Value {
    read(&[diagnostic], &[])["runs"][0]["results"][0].clone()
}

#[test]
fn the_whole_log() {
    let source = Source::new("./dir one/größe.yaml", "größe: 日本\r\n");
    let found = [Diagnostic::error("wrong-type", "`größe` is a string").at(Span::new(&source, 9..15))];
    let rules = [("other", "Never found."), ("wrong-type", "A type is wrong. Another sentence.")];
    let fingerprint = fingerprint(&found[0], found[0].labels.first());
    let expected = r#"{
  "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
  "version": "2.1.0",
  "runs": [
    {
      "tool": {
        "driver": {
          "name": "elsakube",
          "version": "VERSION",
          "rules": [
            {
              "id": "wrong-type",
              "shortDescription": {
                "text": "A type is wrong."
              },
              "fullDescription": {
                "text": "A type is wrong. Another sentence."
              },
              "help": {
                "text": "A type is wrong. Another sentence."
              }
            }
          ]
        }
      },
      "columnKind": "unicodeCodePoints",
      "results": [
        {
          "ruleId": "wrong-type",
          "ruleIndex": 0,
          "level": "error",
          "message": {
            "text": "`größe` is a string"
          },
          "locations": [
            {
              "physicalLocation": {
                "artifactLocation": {
                  "uri": "dir%20one/gr%C3%B6%C3%9Fe.yaml"
                },
                "region": {
                  "startLine": 1,
                  "startColumn": 8,
                  "endLine": 1,
                  "endColumn": 10
                }
              }
            }
          ],
          "partialFingerprints": {
            "finding/v1": "FINGERPRINT"
          }
        }
      ]
    }
  ]
}
"#;
    let expected =
        expected.replace("VERSION", env!("CARGO_PKG_VERSION")).replace("FINGERPRINT", &fingerprint);
    assert_eq!(render(&found, &rules), expected);
}

#[test]
fn nothing_found() {
    let log = read(&[], &[("a", "b")]);
    assert_eq!(log["runs"][0]["results"], json!([]));
    assert_eq!(log["runs"][0]["tool"]["driver"]["rules"], json!([]));
}

#[test]
fn rules_are_sorted_and_indexed() {
    let found = ["b", "a", "c", "a"].map(|code| Diagnostic::warning(code, "m"));
    let run = &read(&found, &[("c", "C."), ("b", "")])["runs"][0];
    let expected: Vec<Value> = [("a", "a"), ("b", "b"), ("c", "C.")]
        .map(|(id, text)| (id, json!({ "text": text })))
        .map(
            |(id, text)| json!({ "id": id, "shortDescription": text, "fullDescription": text, "help": text }),
        )
        .into();
    assert_eq!(run["tool"]["driver"]["rules"], json!(expected));
    let indices: Vec<_> = (0..4).map(|at| run["results"][at]["ruleIndex"].clone()).collect();
    assert_eq!(indices, [1, 0, 2, 0]);
    assert_eq!(run["results"][0]["level"], "warning");
}

#[test]
fn several_places_and_help() {
    let values = Source::new("values.yaml", "host: a\n");
    let profile = Source::new("profiles/prod.yaml", "# prod\nhost: b\n");
    let result = result_of(
        Diagnostic::warning("conflict", "two values for `host`")
            .label(Span::new(&values, 6..7), "one here")
            .label(Span::new(&profile, 13..14), "[one] there")
            .at(Span::new(&profile, 0..7))
            .help("keep one"),
    );
    assert_eq!(
        result["message"]["text"],
        "two values for `host`\nhelp: keep one\n[\\[one\\] there](1)\n[also here](2)"
    );
    assert_eq!(result["locations"][0]["message"]["text"], "one here");
    let related = &result["relatedLocations"];
    assert_eq!(related[0]["id"], 1);
    assert_eq!(related[0]["message"]["text"], "[one] there");
    let physical = json!({
        "artifactLocation": { "uri": "profiles/prod.yaml" },
        "region": { "startLine": 2, "startColumn": 7, "endLine": 2, "endColumn": 8 },
    });
    assert_eq!(related[0]["physicalLocation"], physical);
    assert_eq!(related[1]["message"]["text"], "also here");
    assert_eq!(related[1]["physicalLocation"]["region"]["endColumn"], 7, "without the newline");
}

#[test]
fn every_result_has_a_file() {
    let result = result_of(Diagnostic::error("c", "m").help("h"));
    let physical = json!({ "artifactLocation": { "uri": "elsakube" }, "region": { "startLine": 1 } });
    assert_eq!(result["locations"], json!([{ "physicalLocation": physical }]));
    assert_eq!(result["message"]["text"], "m\nhelp: h");
    assert_eq!(result.get("relatedLocations"), None);

    let stdin = Source::new("-", "a: 1\n");
    let result = result_of(Diagnostic::error("c", "m").at(Span::new(&stdin, 5..5)));
    let physical = json!({
        "artifactLocation": { "uri": "stdin" },
        "region": { "startLine": 1, "startColumn": 5, "endLine": 1, "endColumn": 5 },
    });
    assert_eq!(result["locations"][0]["physicalLocation"], physical);
}

#[test]
fn uris() {
    assert_eq!(uri("k8s/a.yaml"), "k8s/a.yaml");
    assert_eq!(uri("a:b?c#d%e.yaml"), "a%3Ab%3Fc%23d%25e.yaml");
    assert_eq!(uri("../日本 (rendered)"), "../%E6%97%A5%E6%9C%AC%20%28rendered%29");
    assert_eq!(uri("/tmp/a b.yaml"), "file:///tmp/a%20b.yaml");
    assert_eq!(uri(""), "elsakube");
}

#[test]
fn a_fingerprint_survives_a_move_and_nothing_else() {
    let print = |name: &str, text: &str, code: &str, message: &str| {
        let source = Source::new(name, text);
        let start = text.find('x').unwrap();
        let found = Diagnostic::error(code, message).at(Span::new(&source, start..start + 1));
        result_of(found)["partialFingerprints"]["finding/v1"].clone()
    };
    let first = print("a.yaml", "a: x\n", "code", "message");
    assert_eq!(first, print("./a.yaml", "# more\n\nb:\n  a: x\n", "code", "message"));
    for other in [
        print("b.yaml", "a: x\n", "code", "message"),
        print("a.yaml", "a: x\n", "codes", "message"),
        print("a.yaml", "a: x\n", "code", "messages"),
    ] {
        assert_ne!(first, other);
    }
}
