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
            "yaml-syntax v:12:1 \"\"",
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
