//! Broken YAML never panics, and every place that is reported or kept is a piece of its text.

use elsakube::diagnostics::{Result, Source, Span, text};
use elsakube::yaml::{Kind, Node, reader};

const SEEDS: [&str; 4] = [
    "# größe\nserver:\n  image: {repository: elsa, tag: \"3.9.0\"}\n  replicas: 3\n  env:\n    - name: A\n      value: \"x: \\u00e9\"\n    - {name: B, value: 'it''s'}\n  config: |\n    one\n      日本\n\n    two\n  folded: >-\n    some\n    text\n",
    "base: &base\n  k: v\nother:\n  <<: *base\n  z: !!str 5\nempty:\nq: \"multi\n  line\"\nplain: one\n  two\n? x\n: y\nlist: [a, 1.5, ~, *base]\n---\nb: &x [*x]\n",
    "\u{feff}a: 1\r\nb:\r\n- x\r\n- y: 😀\r\n  z: .inf\r\n-   - n\r\n    - 99999999999999999999\r\n",
    "{\"json\": {\"a\": [1, 2.5, \"x\\u00e9\"], \"b\": null}, \"c\": true}\n",
];

/// What breaks YAML most.
const PIECES: [&str; 24] = [
    ":", ": ", "- ", "\n", "\t", " ", "#", "{", "}", "[", "]", ",", "\"", "'", "\\", "|", ">", "&a ", "*a",
    "<<: ", "---\n", "é", "\u{7f}", "!!x ",
];

struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end.max(1)
    }

    fn mutate(&mut self, bytes: &mut Vec<u8>) {
        let at = self.below(bytes.len() + 1);
        match self.below(6) {
            0 => bytes.truncate(at),
            1 if at < bytes.len() => bytes[at] ^= 1 << self.below(8),
            2 => {
                let end = (at + 1 + self.below(4)).min(bytes.len());
                bytes.drain(at.min(end)..end);
            }
            3 => {
                let piece = bytes[at..(at + 12).min(bytes.len())].to_vec();
                let to = self.below(bytes.len() + 1);
                bytes.splice(to..to, piece);
            }
            _ => {
                bytes.splice(at..at, PIECES[self.below(PIECES.len())].bytes());
            }
        }
    }
}

fn check_span(span: &Span) {
    let range = span.range.clone();
    assert!(span.source.text.get(range.clone()).is_some(), "{range:?} in {:?}", span.source.text);
}

fn check_node(node: &Node) {
    check_span(&node.span);
    match &node.kind {
        Kind::List(items) => items.iter().for_each(check_node),
        Kind::Map(map) => map.values().for_each(|entry| {
            check_span(&entry.key);
            check_node(&entry.value);
        }),
        _ => {}
    }
}

fn check<T>(result: Result<T>, draw: bool) -> Option<T> {
    result
        .map_err(|problems| {
            assert!(!problems.0.is_empty());
            for problem in &problems.0 {
                problem.labels.iter().for_each(|label| check_span(&label.span));
                assert!(problem.help.is_some(), "{problem:?}");
                if draw {
                    text::render(problem, false);
                }
            }
        })
        .ok()
}

#[test]
fn broken_text_never_panics() {
    let mut random = Random(7);
    for round in 0..20_000 {
        let mut bytes = SEEDS[random.below(SEEDS.len())].as_bytes().to_vec();
        for _ in 0..=random.below(4) {
            random.mutate(&mut bytes);
        }
        let draw = round % 10 == 0;
        check(reader::decode("f", &bytes), draw);
        let source = Source::new("f", String::from_utf8_lossy(&bytes));
        check(reader::read(&source), draw).iter().for_each(check_node);
        check(reader::documents(&source), draw).iter().flatten().for_each(check_node);
    }
}

#[test]
fn no_text_exhausts_stack_or_memory() {
    let codes = |text: String| {
        let problems = reader::read(&Source::new("f", text)).unwrap_err();
        problems.0.iter().map(|problem| problem.code.clone()).collect::<Vec<_>>()
    };
    assert_eq!(codes("- ".repeat(100_000)), ["too-deep"]);
    assert_eq!(codes("[".repeat(100_000)), ["too-deep"]);
    assert_eq!(codes(format!("a: {}", "{a: ".repeat(100_000))), ["too-deep"]);
    assert_eq!(codes("a".repeat(2 << 20)), ["too-large"]);
    let laughs: String =
        (1..20).map(|n| format!("a{n}: &a{n} [{}]\n", format!("*a{},", n - 1).repeat(9))).collect();
    assert_eq!(codes(format!("a0: &a0 [lol]\n{laughs}")), ["alias-bomb"]);
    let chain: String = (1..100).map(|n| format!("a{n}: &a{n} [*a{}]\n", n - 1)).collect();
    assert_eq!(codes(format!("a0: &a0 [x]\n{chain}")), ["too-deep"]);
    let long = format!("a: &a \"{}\"\nb: [{}]\n", "x".repeat(100_000), "*a,".repeat(1000));
    assert_eq!(codes(long), ["alias-bomb"]);
    let merges: String =
        (1..40).map(|n| format!("a{n}: &a{n} {{<<: [*a{0}, *a{0}], k{n}: 1}}\n", n - 1)).collect();
    assert_eq!(codes(format!("a0: &a0 {{k: 1}}\n{merges}")), ["alias-bomb"]);
}
