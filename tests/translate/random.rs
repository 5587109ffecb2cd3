//! Random expressions and templates of the subset, the same for the same seed.

/// A generator of numbers that needs no crate.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number below the limit.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % limit
    }

    fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }
}

/// The values that the expressions name.
pub(crate) const VALUES: &str = r#"
# -- Strings.
# @schema {type: "map[string]"}
free: {k: v, "a/b": c}
s:
  # -- A word.
  a: hi
  # -- Nothing.
  b: ""
  # -- With a dash.
  c: a-b-
  # -- With a colon.
  d: "x: y"
  # -- With much.
  e: "1: \"q\" \\ 100% `b`\nline\tü "
bools:
  # -- Yes.
  t: true
  # -- No.
  f: false
nums:
  # -- Zero.
  z: 0
  # -- One.
  one: 1
  # -- Many.
  k: 1000000
  # -- Less.
  m: -3
  # -- A float.
  # @schema {type: number}
  x: 2.5
lists:
  # -- Empty.
  # @schema {type: "[]string"}
  e: []
  # -- Two.
  # @schema {type: "[]string"}
  p: [q, a-b-]
"#;

/// An expression and how tightly its outermost operator binds.
type Text = (String, u8);

fn hold((text, binding): Text, least: u8, random: &mut Random) -> String {
    if binding < least || random.below(8) == 0 { format!("({text})") } else { text }
}

/// A string.
pub(crate) fn string(r: &mut Random, depth: usize) -> Text {
    if depth == 0 || r.below(3) == 0 {
        let atom = r.pick(&[
            "values.s.a",
            "values.s.b",
            "values.s.c",
            "values.s.d",
            "values.s.e",
            "\"lit\"",
            "'q\"u'",
            "\"\"",
            "`a\\\\b`",
            "release.name",
            "chart.version",
            "values.s[\"a\"]",
            "<t.wrap of={values.s.c} n={3} />",
            "<t.root />",
        ]);
        return (atom.to_string(), 20);
    }
    match r.below(8) {
        0 | 1 => {
            let (left, right) =
                (string(r, depth - 1), if r.below(3) == 0 { integer(r, 0) } else { string(r, depth - 1) });
            (format!("{} ~ {}", hold(left, 13, r), hold(right, 14, r)), 13)
        }
        2..=4 => {
            let operand = string(r, depth - 1);
            let operand = hold(operand, 17, r);
            let filter = match r.below(16) {
                0 => "quote".to_string(),
                1 => "trim".to_string(),
                2 => "lower".to_string(),
                3 => "upper".to_string(),
                4 => "b64enc".to_string(),
                5 => "sha256sum".to_string(),
                6 => "trimSuffix(suffix=\"-\")".to_string(),
                7 => "trimPrefix(prefix=\"a\")".to_string(),
                8 => "replace(from=\"-\", to=\"+\")".to_string(),
                9 => "nindent(n=2)".to_string(),
                10 => "indent(n=1)".to_string(),
                11 => "toJson".to_string(),
                _ => {
                    let other = string(r, depth - 1).0;
                    format!("default(value={other})")
                }
            };
            (format!("{operand} | {filter}"), 17)
        }
        5 => {
            let (then, condition, other) =
                (string(r, depth - 1), boolean(r, depth - 1), string(r, depth - 1));
            (format!("{} if {} else {}", hold(then, 1, r), hold(condition, 1, r), hold(other, 0, r)), 0)
        }
        6 => {
            let operand = if r.below(2) == 0 { integer(r, depth - 1) } else { boolean(r, depth - 1) };
            (format!("{} | quote", hold(operand, 17, r)), 17)
        }
        _ => {
            let choices = [
                "values.free.k | default(value=\"none\")",
                "values.free[\"a/b\"] | default(value=values.s.d)",
                "values.lists.p | join(sep=values.s.a)",
                "values.lists.e | toJson",
                "values.nums.x | toJson",
                "values | toJson",
                "values.free.none | default(value=\"none\")",
            ];
            (r.pick(&choices).to_string(), 17)
        }
    }
}

/// A whole number.
pub(crate) fn integer(r: &mut Random, depth: usize) -> Text {
    if depth == 0 || r.below(2) == 0 {
        let pinned = ["values.nums.z", "values.nums.one", "values.nums.k", "values.nums.m"];
        return match r.below(4) {
            0 => (r.pick(&["0", "1", "2", "1000000"]).to_string(), 20),
            _ => (format!("{} | int", r.pick(&pinned)), 17),
        };
    }
    let operand = integer(r, depth - 1);
    let operand = hold(operand, 17, r);
    match r.below(5) {
        0 => (format!("{operand} | {}(n={})", r.pick(&["div", "mod"]), r.pick(&["3", "-2", "7"])), 17),
        1 => {
            let text = string(r, 0);
            (format!("{} | atoi", hold(text, 17, r)), 17)
        }
        _ => {
            let other = integer(r, depth - 1).0;
            (format!("{operand} | {}(n={other})", r.pick(&["add", "sub", "mul", "max", "min"])), 17)
        }
    }
}

/// A boolean.
pub(crate) fn boolean(r: &mut Random, depth: usize) -> Text {
    if depth == 0 || r.below(5) == 0 {
        return (r.pick(&["values.bools.t", "values.bools.f", "true", "false"]).to_string(), 20);
    }
    match r.below(9) {
        0 => {
            let (a, b) = (integer(r, depth - 1), integer(r, depth - 1));
            let sign = r.pick(&["==", "!=", "<", "<=", ">", ">="]);
            (format!("{} {sign} {}", hold(a, 8, r), hold(b, 8, r)), 7)
        }
        1 => {
            let (a, b) = (string(r, depth - 1), "values.s.a");
            (format!("{} {} {b}", hold(a, 8, r), r.pick(&["==", "!="])), 7)
        }
        2 => {
            let inner = boolean(r, depth - 1);
            let inner = if inner.0.starts_with("not") { format!("({})", inner.0) } else { hold(inner, 5, r) };
            (format!("not {inner}"), 5)
        }
        3 | 4 => {
            let (a, b) = (boolean(r, depth - 1), boolean(r, depth - 1));
            (format!("{} and {}", hold(a, 3, r), hold(b, 4, r)), 3)
        }
        5 => {
            let (a, b) = (boolean(r, depth - 1), boolean(r, depth - 1));
            (format!("{} or {}", hold(a, 1, r), hold(b, 2, r)), 1)
        }
        6 => {
            let text = string(r, depth - 1);
            let test = r.pick(&[
                "contains(substr=\"-\")",
                "hasPrefix(prefix=\"a\")",
                "hasSuffix(suffix=values.s.b)",
                "regexMatch(pattern=\"^[a-z]+$\")",
            ]);
            (format!("{} | {test}", hold(text, 17, r)), 17)
        }
        7 => (
            r.pick(&[
                "values.lists.p | has(item=\"q\")",
                "values.lists.e | has(item=values.s.a)",
                "values.free | hasKey(key=\"k\")",
                "values.free | hasKey(key=values.s.a)",
            ])
            .to_string(),
            17,
        ),
        _ => (r.pick(&["values.free.k is defined", "values.free.x is not defined"]).to_string(), 5),
    }
}

/// Something that an `if` takes.
pub(crate) fn condition(r: &mut Random, depth: usize) -> String {
    match r.below(4) {
        0 => string(r, depth).0,
        1 => r
            .pick(&[
                "values.lists.e",
                "values.lists.p and values.bools.t",
                "values.free",
                "not values.free.none",
            ])
            .to_string(),
        _ => boolean(r, depth).0,
    }
}

/// A template in which every tag trims at random.
pub(crate) fn whitespace(r: &mut Random, depth: usize) -> String {
    let mut text = String::new();
    for _ in 0..3 + r.below(4) {
        text.push_str(r.pick(&["", " ", "\n", "a", "  b\n", "{ ", "}", "\t", " \n\n ", "$x ", "% }}", "-"]));
        let trim = |r: &mut Random| r.pick(&["", "", "-"]);
        let (a, b, c, d) = (trim(r), trim(r), trim(r), trim(r));
        let (e, f) = (trim(r), trim(r));
        match if depth == 0 { r.below(3) } else { r.below(7) } {
            0 => text.push_str(&format!("{{#{a} c {b}#}}")),
            1 => text.push_str(&format!("{{{{{a} values.s.a {b}}}}}")),
            2 => text.push_str("{% raw %}{{ x }}\n {%- y -%}{% endraw %}"),
            3 => {
                let inner = whitespace(r, depth - 1);
                let other = whitespace(r, depth - 1);
                let condition = r.pick(&["values.bools.t", "values.bools.f", "values.s.b"]);
                text.push_str(&format!(
                    "{{%{a} if {condition} {b}%}}{inner}{{%{c} else {d}%}}{other}{{%{e} endif {f}%}}"
                ));
            }
            4 => {
                let inner = whitespace(r, depth - 1);
                let name = format!("v{}", r.below(1_000_000_000));
                text.push_str(&format!("{{%{a} for {name} in values.lists.p {b}%}}{inner}{{{{{c} {name} {d}}}}}{{%{e} endfor {f}%}}"));
            }
            5 => {
                let name = format!("v{}", r.below(1_000_000_000));
                text.push_str(&format!("{{%{a} set {name} = \"s\" {b}%}}"));
            }
            _ => {
                // Prints its condition only: becomes a `with`.
                text.push_str(&format!(
                    "{{%{a} if values.s.c {b}%}} x\n {{{{{c} values.s.c | quote {d}}}}} {{%{e} endif {f}%}}"
                ));
            }
        }
    }
    text.push_str(r.pick(&["", " ", "\n", "z"]));
    text
}
