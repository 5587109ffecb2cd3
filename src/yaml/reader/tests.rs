use super::*;

fn read_text(text: &str) -> Node {
    read(&Source::new("values.yaml", text)).unwrap()
}

/// `code at line:column text` of each mistake.
fn mistakes(text: &str) -> Vec<String> {
    let Err(Diagnostics(problems)) = read(&Source::new("v", text)) else { return vec![] };
    problems
        .iter()
        .map(|p| format!("{} {} {:?}", p.code, p.labels[0].span, p.labels[0].span.text()))
        .collect()
}

fn json(node: &Node) -> String {
    serde_json::to_string(node).unwrap()
}

fn at(node: &Node) -> (String, &str) {
    (node.span.to_string(), node.span.text())
}

#[test]
fn spans_are_bytes_in_multi_byte_text() {
    let node = read_text("# é\nä: é # 日本語\nlist:\n- ü\n- {x: ö}\n");
    let entry = &node.as_map().unwrap()["ä"];
    assert_eq!((entry.key.to_string(), entry.key.text()), ("values.yaml:2:1".into(), "ä"));
    assert_eq!(at(&entry.value), ("values.yaml:2:4".into(), "é"));
    let list = node.get("list").unwrap();
    assert_eq!(at(list), ("values.yaml:4:3".into(), "ü"));
    assert_eq!(at(&list.as_list().unwrap()[1]), ("values.yaml:5:3".into(), "{x: ö}"));
}

#[test]
fn empty_values_stand_behind_their_colon() {
    let node = read_text("a:\n\n# later\nb: {c: , d}\ne:\n-\n- # x\n- x\n? f\n? g\n");
    assert_eq!(json(&node), r#"{"a":null,"b":{"c":null,"d":null},"e":[null,null,"x"],"f":null,"g":null}"#);
    assert_eq!(at(node.get("a").unwrap()), ("values.yaml:1:3".into(), ""));
    assert_eq!(at(node.get("b").unwrap().get("c").unwrap()), ("values.yaml:4:7".into(), ""));
    assert_eq!(at(&node.get("e").unwrap().as_list().unwrap()[1]), ("values.yaml:7:6".into(), ""));
    assert_eq!(at(node.get("f").unwrap()), ("values.yaml:9:4".into(), ""));
}

#[test]
fn brackets_are_part_of_a_flow_collection() {
    let node = read_text("a: &x # [no\n  [ 1, {b: 2 } ] # end\nc: &y # {no\n  d: [e: f]\n");
    assert_eq!(at(node.get("a").unwrap()), ("values.yaml:2:3".into(), "[ 1, {b: 2 } ]"));
    assert_eq!(at(&node.get("a").unwrap().as_list().unwrap()[1]), ("values.yaml:2:8".into(), "{b: 2 }"));
    assert_eq!(at(node.get("c").unwrap()), ("values.yaml:4:3".into(), "d"));
    assert_eq!(at(node.get("c").unwrap().get("d").unwrap()), ("values.yaml:4:6".into(), "[e: f]"));
}

#[test]
fn a_block_scalar_begins_at_its_indicator() {
    let node = read_text("a: |  # x\n\n  one\n  two\n\nb: >-\n  three\n");
    assert_eq!(at(node.get("a").unwrap()), ("values.yaml:1:4".into(), "|  # x\n\n  one\n  two"));
    assert_eq!(at(node.get("b").unwrap()), ("values.yaml:6:4".into(), ">-\n  three"));
}

#[test]
fn what_was_written_is_kept_where_it_is_no_string() {
    let node = read_text("a: yes\nb: 'yes'\nc: 0x1F\nd: ~\ne: text\nf: 1.10\n");
    let plain = |key: &str| node.get(key).unwrap().plain.as_deref();
    assert_eq!([plain("a"), plain("b"), plain("c")], [Some("yes"), None, Some("0x1F")]);
    assert_eq!([plain("d"), plain("e"), plain("f")], [Some("~"), None, Some("1.10")]);
}

#[test]
fn merges_as_helm_does() {
    let node = read_text(
        "base: &b {a: base, c: base}\nb2: &b2 {a: two, d: two}\nbefore: {a: mine, <<: *b}\n\
         after: {<<: *b, a: mine}\nlist: {a: mine, <<: [*b2, *b]}\ntwice: {<<: *b, <<: *b2}\nnested: {<<: {<<: *b, z: 1}}\n",
    );
    assert_eq!(json(node.get("before").unwrap()), r#"{"a":"base","c":"base"}"#);
    assert_eq!(json(node.get("after").unwrap()), r#"{"a":"mine","c":"base"}"#);
    assert_eq!(json(node.get("list").unwrap()), r#"{"a":"two","c":"base","d":"two"}"#);
    assert_eq!(json(node.get("twice").unwrap()), r#"{"a":"two","c":"base","d":"two"}"#);
    assert_eq!(json(node.get("nested").unwrap()), r#"{"a":"base","c":"base","z":1}"#);
}

#[test]
fn all_mistakes_in_one_run() {
    assert_eq!(
        mistakes(
            "yes: 1\na: 1\nb: .inf\na: 2\nc: 99999999999999999\nd: !foo x\n[e]: 1\nf: \"\\x01\"\n<<: 5\n---\nb: [\n"
        ),
        [
            "ambiguous-key v:1:1 \"yes\"",
            "not-a-number v:3:4 \".inf\"",
            "duplicate-key v:4:1 \"a\"",
            "number-too-large v:5:4 \"99999999999999999\"",
            "unsupported-tag v:6:4 \"!foo x\"",
            "ambiguous-key v:7:1 \"[e]\"",
            "control-character v:8:4 \"\\\"\\\\x01\\\"\"",
            "bad-merge v:9:5 \"5\"",
            "yaml-syntax v:11:5 \"\"",
        ]
    );
}

#[test]
fn documents_leaves_empty_ones_out() {
    let nodes = documents(&Source::new("m", "---\n# none\n---\na: 1\n---\nyes: 1\n1: 2\n---\n")).unwrap();
    assert_eq!(nodes.iter().map(json).collect::<Vec<_>>(), [r#"{"a":1}"#, r#"{"1":2,"true":1}"#]);
    assert_eq!(nodes[1].span.to_string(), "m:6:1");
}

#[test]
fn scalars_are_what_helm_recorded() {
    for line in include_str!("../../../tests/data/scalars.tsv").lines().filter(|line| !line.starts_with('#'))
    {
        let (text, expected) = line.split_once('\t').unwrap();
        let got = match scalar(text) {
            Kind::Float(value) if !value.is_finite() => "error".to_owned(),
            kind => {
                let node = Node::new(kind, crate::diagnostics::Span::new(&Source::new("", ""), 0..0));
                crate::yaml::writer::to_json(&serde_json::to_value(&node).unwrap())
            }
        };
        assert_eq!(got, expected, "{text}");
    }
}

/// The first complaint: code, place, message, help.
fn first(text: &str) -> (String, String, String, String) {
    let Err(Diagnostics(problems)) = read(&Source::new("v", text)) else { panic!("{text:?} is read") };
    let problem = problems.into_iter().next().unwrap();
    let place = format!("{} {:?}", problem.labels[0].span, problem.labels[0].span.text());
    (problem.code, place, problem.message, problem.help.unwrap())
}

#[test]
fn syntax_errors_say_where_and_what_instead() {
    let cases = [
        ("a:\n\tb: 1\n", "v:2:1 \"\\t\"", "a tab cannot indent YAML"),
        ("a:\n  b: 1\n\tc: 2\n", "v:3:1 \"\\t\"", "a tab cannot indent YAML"),
        ("a: \"x\nb: 1\n", "v:1:4 \"\\\"\"", "this quote is not closed"),
        ("a: 'it's'\n", "v:1:8 \"s'\"", "text after the closing quote"),
        ("a: b: c\n", "v:1:5 \":\"", "a `:` where no key can stand"),
        ("a:\n    b: 1\n  c: 2\n", "v:3:3 \"c: 2\"", "a key was expected here"),
        ("a: 1\nb\n", "v:2:1 \"b\"", "a key without `: ` and a value"),
        ("a: 1\n- b\n", "v:2:1 \"- b\"", "a key was expected here"),
        ("- a\nb: 1\n", "v:2:1 \"b: 1\"", "another item of the list was expected here"),
        ("a: [1, 2\nb: 3\n", "v:2:2 \":\"", "expected `,` or a closing bracket"),
        ("a: [1, 2]]\n", "v:1:10 \"]\"", "a closing bracket that nothing has opened"),
        ("a: @x y\n", "v:1:4 \"@x\"", "a value cannot begin with `@`"),
        ("a: %x\n", "v:1:4 \"%x\"", "a value cannot begin with `%`"),
        ("a: - b\n", "v:1:4 \"-\"", "a list item where none can stand"),
        ("a: [\n", "v:1:5 \"\"", "a value was expected here"),
        ("  a: 1\nb: 2\n", "v:2:1 \"b: 2\"", "this line is no part of the document above it"),
        ("a: \"\\q\"\n", "v:1:4 \"\\\"\"", "an escape that YAML does not know"),
        ("a: {\nb: 1\n}\n", "v:2:1 \"b: 1\"", "this line stands too far left"),
    ];
    for (text, place, message) in cases {
        let (code, at, said, _) = first(text);
        assert_eq!((code.as_str(), at.as_str(), said.as_str()), ("yaml-syntax", place, message), "{text:?}");
    }
}

#[test]
fn what_only_some_helms_read_is_refused() {
    let cases = [
        ("%YAML 1.1\n---\na: 1\n", "v:1:1 \"%YAML 1.1\""),
        ("--- {a: 1}\n", "v:1:5 \"{a: 1}\""),
        ("a: &x.y 1\n", "v:1:6 \".\""),
        ("a: \"\\/\"\n", "v:1:5 \"\\\\/\""),
        ("a: |\n  x", "v:2:4 \"\""),
        ("a: [x?y]\n", "v:1:5 \"x?y\""),
        ("a: {b:, c}\n", "v:1:6 \":\""),
        ("a: {\"b\n  c\": 1}\n", "v:1:5 \"\\\"b\\n  c\\\"\""),
        ("a: 1\n\t# x\nb: 1\n", "v:2:1 \"\\t\""),
        ("a:\n- \tb\n", "v:2:3 \"\\t\""),
        ("a: |\n   x\n  \t# y\n", "v:3:3 \"\\t\""),
        ("...\na: 1\n", "v:1:1 \"...\""),
    ];
    for (text, place) in cases {
        let (code, at, message, _) = first(text);
        assert_eq!((code.as_str(), at.as_str()), ("yaml-syntax", place), "{text:?}: {message}");
    }
}

#[test]
fn other_codes() {
    let cases = [
        ("a: *x\n", "unknown-alias", "v:1:4 \"*x\""),
        ("a: &x [*x]\n", "unknown-alias", "v:1:8 \"*x\""),
        ("a: &x 1\n---\nb: *x\n", "unknown-alias", "v:3:4 \"*x\""),
        ("- 1\n", "not-a-map", "v:1:3 \"1\""),
        ("text\n", "not-a-map", "v:1:1 \"text\""),
        ("---\n# no values\n---\na: 1\n", "several-documents", "v:3:1 \"---\""),
        ("a: 1\n---\nb: 1\n", "several-documents", "v:2:1 \"---\""),
        ("a: 1\n~: 2\n", "ambiguous-key", "v:2:1 \"~\""),
        (": 2\n", "ambiguous-key", "v:1:2 \"\""),
        ("1.50: 2\n", "ambiguous-key", "v:1:1 \"1.50\""),
        ("a: {{ .Values.x }}\n", "ambiguous-key", "v:1:5 \"{ .Values.x }\""),
        ("a: x\u{7f}\u{1}y\n", "control-character", "v:1:5 \"\\u{7f}\\u{1}\""),
        ("a: x\u{2028}y\n", "control-character", "v:1:5 \"\\u{2028}\""),
        ("a: \u{feff}x\n", "control-character", "v:1:4 \"\\u{feff}\""),
        ("a: \0\n", "control-character", "v:1:4 \"\\0\""),
        ("\"a\\x7f\": 1\n", "control-character", "v:1:1 \"\\\"a\\\\x7f\\\"\""),
        ("a: 9007199254740992\n", "number-too-large", "v:1:4 \"9007199254740992\""),
        ("a: -1e300\n", "number-too-large", "v:1:4 \"-1e300\""),
        ("a: !!int 5.0\n", "unsupported-tag", "v:1:4 \"!!int 5.0\""),
        ("a: !!set {x}\n", "unsupported-tag", "v:1:4 \"!!set {\""),
    ];
    for (text, code, place) in cases {
        let (said, at, _, _) = first(text);
        assert_eq!((said.as_str(), at.as_str()), (code, place), "{text:?}");
        assert_eq!(mistakes(text).len(), 1, "{:?}", mistakes(text));
    }
}

#[test]
fn accepted_as_helm_accepts() {
    let cases = [
        ("", "{}"),
        ("# nothing\n", "{}"),
        ("---\n", "{}"),
        ("null\n", "{}"),
        ("a: 1\n---\n", r#"{"a":1}"#),
        ("\u{feff}a: 1\r\nb: |\r\n  x\r\n  y\r\n", r#"{"a":1,"b":"x\ny\n"}"#),
        (
            "a: !!str 5\nb: ! 5\nc: !!int \"5\"\nd: !!map {}\ne: !!float 5\n",
            r#"{"a":"5","b":"5","c":5,"d":{},"e":5}"#,
        ),
        ("a: [b:c, \"d\":e]\n", r#"{"a":["b:c",{"d":"e"}]}"#),
        ("a: 9007199254740991\nb: \"yes\"\n\"on\": x\n", r#"{"a":9007199254740991,"b":"yes","on":"x"}"#),
        ("a: 1\nlist: [\n  x,\n]\n", r#"{"a":1,"list":["x"]}"#),
    ];
    for (text, expected) in cases {
        assert_eq!(json(&read_text(text)), expected, "{text:?}");
    }
}

#[test]
fn decode_names_the_first_bad_byte() {
    let Err(Diagnostics(problems)) = decode("f", b"a: 1\nb: \xc3\xa9\xff\xfe\n") else { panic!() };
    assert_eq!(
        (problems[0].code.as_str(), problems[0].labels[0].span.to_string()),
        ("not-utf8", "f:2:5".into())
    );
    assert_eq!(problems[0].message, "the byte 0xFF is not UTF-8");
    assert_eq!(decode("f", b"\xef\xbb\xbfa: 1").unwrap().text, "a: 1");
    assert_eq!(decode("f", &vec![b'a'; 2 << 20]).unwrap_err().0[0].code, "too-large");
    assert!(decode_manifests("f", &vec![b'a'; 2 << 20]).is_ok());
}
