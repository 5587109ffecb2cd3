//! What is done to an alert to see whether its cases notice.

use std::ops::Range;

/// An expression with a change, and what the change is.
pub(crate) struct Mutant {
    pub(crate) what: String,
    pub(crate) expr: String,
}

/// All changes: never, always, each comparison turned round, each threshold moved to the harmless side.
pub(crate) fn mutants(expr: &str) -> Vec<Mutant> {
    let mut mutants = vec![
        Mutant { what: "never".to_string(), expr: "vector(0) > 1".to_string() },
        Mutant { what: "always".to_string(), expr: "vector(1)".to_string() },
    ];
    for comparison in comparisons(expr) {
        let operator = &expr[comparison.clone()];
        let turned = match operator {
            ">" => "<=",
            "<" => ">=",
            ">=" => "<",
            "<=" => ">",
            "==" => "!=",
            _ => "==",
        };
        let with =
            |range: Range<usize>, text: &str| format!("{}{text}{}", &expr[..range.start], &expr[range.end..]);
        mutants.push(Mutant {
            what: format!("{operator} at {} is {turned}", comparison.start),
            expr: with(comparison.clone(), turned),
        });
        let Some((place, number)) = number(expr, comparison.end) else { continue };
        if number == 0.0 {
            continue;
        }
        let moved = match operator {
            "==" => number + 1.0,
            "<" | "<=" => number / 2.0,
            _ => number * 2.0,
        };
        mutants.push(Mutant {
            what: format!("{number} at {} is {moved}", place.start),
            expr: with(place, &moved.to_string()),
        });
    }
    mutants
}

/// Where the comparisons of an expression stand, outside strings and selectors.
fn comparisons(expr: &str) -> Vec<Range<usize>> {
    let bytes = expr.as_bytes();
    let (mut at, mut found) = (0, Vec::new());
    let mut inside = 0;
    while let Some(byte) = bytes.get(at) {
        let next = bytes.get(at + 1).copied();
        match byte {
            b'{' => inside += 1,
            b'}' => inside -= 1,
            b'"' => at += 1 + bytes[at + 1..].iter().position(|byte| *byte == b'"').unwrap_or_default(),
            b'>' | b'<' | b'=' | b'!' if inside == 0 => {
                let length = if next == Some(b'=') { 2 } else { 1 };
                found.push(at..at + length);
                at += length - 1;
            }
            _ => {}
        }
        at += 1;
    }
    found
}

/// The number that comes next.
fn number(expr: &str, from: usize) -> Option<(Range<usize>, f64)> {
    let rest = &expr[from..];
    let start = from + rest.len() - rest.trim_start().len();
    let digits = expr[start..].find(|sign: char| !sign.is_ascii_digit() && sign != '.');
    let end = digits.map_or(expr.len(), |length| start + length);
    Some((start..end, expr[start..end].parse().ok()?))
}

#[test]
fn comparisons_of_an_expression() {
    let changed: Vec<String> = mutants("a{b=\"x > 1\",c!=\"\"} == 0 or b / c{d=~\"e\"} > 0.5")
        .into_iter()
        .map(|mutant| mutant.expr)
        .collect();
    assert_eq!(
        changed,
        [
            "vector(0) > 1",
            "vector(1)",
            "a{b=\"x > 1\",c!=\"\"} != 0 or b / c{d=~\"e\"} > 0.5",
            "a{b=\"x > 1\",c!=\"\"} == 0 or b / c{d=~\"e\"} <= 0.5",
            "a{b=\"x > 1\",c!=\"\"} == 0 or b / c{d=~\"e\"} > 1",
        ]
    );
}
