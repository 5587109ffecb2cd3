use super::*;

fn found(expression: &str) -> Vec<&str> {
    names(expression).into_iter().map(|name| name.name).collect()
}

#[test]
fn functions_aggregations_labels_and_keywords_are_no_names() {
    for (expression, expected) in [
        ("up", &["up"][..]),
        ("sum by (namespace, job) (rate(a_total{x=\"b\"}[5m])) > 0.5", &["a_total"]),
        ("sum(rate(a[5m])) without(pod)", &["a"]),
        ("SUM BY (le) (a_bucket)", &["a_bucket"]),
        ("a and on (x, y) b or ignoring(z) c unless d", &["a", "b", "c", "d"]),
        ("a * on(pod) group_left(node) b / ignoring (x) group_right c", &["a", "b", "c"]),
        ("a == bool 1 or vector(Inf) or NaN or a offset -5m", &["a", "a"]),
        ("a @ start() - a @ end() - a @ 1609746000", &["a", "a", "a"]),
        ("max_over_time(deriv(a[5m] offset 1h)[30m:1m])", &["a"]),
        ("1e-3 + 0x1F + .5 + 1h30m + 1_000 + a", &["a"]),
        ("elsa:availability:ratio5m < 0.99 or :x", &["elsa:availability:ratio5m", ":x"]),
        ("count_values(\"version\", build_info)", &["build_info"]),
        ("label_replace(a, 'dst', \"$1 b\", `src \\`, 'it\\'s (c)') + d", &["a", "d"]),
        ("a # and b {\n+ c", &["a", "c"]),
        ("rate # c\n (a[5m])", &["a"]),
        ("time() - a > 14 * 86400", &["a"]),
        ("(a or 0 * b) / (c > 0)", &["a", "b", "c"]),
        ("topk(5, a) keep_metric_names default 0", &["a"]),
        ("a{x=~\"5..\",y!~'b|c', z != `d`}", &["a"]),
        ("größe{x=\"ü\"} + a", &["gr", "e", "a"]),
        ("", &[]),
    ] {
        assert_eq!(found(expression), expected, "{expression}");
    }
}

#[test]
fn a_name_may_stand_among_the_matchers() {
    for (expression, expected) in [
        ("{__name__=\"a\", x=\"b\"}", &["a"][..]),
        ("{x=\"b\", __name__ = 'a'}", &["a"]),
        ("{__name__=~\"a\"}", &[]),
        ("{__name__!=\"a\"}", &[]),
        ("{__name__=\"$a\"}", &[]),
        ("{__name__=\"\"}", &[]),
        ("{\"a\", x=\"b\"}", &["a"]),
        ("{\"a.b\"}", &[]),
        ("{\"my.label\"=\"b\", \"c\"}", &["c"]),
        ("{x=\"a\" or y=\"b\"}", &[]),
        ("{__name__=\"a\"", &["a"]),
        ("{__name__=\"a", &[]),
    ] {
        assert_eq!(found(expression), expected, "{expression}");
    }
}

#[test]
fn grafana_variables_may_stand_anywhere() {
    for (expression, expected) in [
        ("rate(a{namespace=\"${namespace}\"}[$__rate_interval])", &["a"][..]),
        ("rate(a[[[interval]]]) + rate(b[${interval}]) + c[$x:$y]", &["a", "b", "c"]),
        ("a{$filters, x=\"y\"} + b{${more}} + c{[[x]]=~\"[[y]]\"}", &["a", "b", "c"]),
        ("$metric + ${metric}_total + elsa_${x:raw}_total + [[m]]_x + a[[m]] + $x:b", &[]),
        ("sum by ($labels, ${more}) (a) offset $shift", &["a"]),
        ("$function(a[5m])", &["a"]),
        ("topk($top, a) > $", &["a"]),
        ("a > ${x", &["a"]),
    ] {
        assert_eq!(found(expression), expected, "{expression}");
    }
}

#[test]
fn ranges_are_those_of_the_names() {
    let expression = "größe + rate(a_total[5m]) / {__name__=\"b\"}";
    for name in names(expression) {
        assert_eq!(&expression[name.range.clone()], name.name);
    }
    assert_eq!(names("x + {\"abc\"}")[1].range, 6..9);
}

struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }

    fn pick(&mut self, choices: &[&str]) -> String {
        choices[self.below(choices.len())].to_string()
    }

    fn blank(&mut self) -> String {
        self.pick(&["", "", " ", "\n", " # metric_c, \"{( \n"])
    }

    fn string(&mut self) -> String {
        self.pick(&[
            "\"metric_s\"",
            "'a \\' metric_s'",
            "`metric_s \\`",
            "\"\\\" or metric_s{\"",
            "\"$metric_s ü ${x}\"",
            "'}'",
        ])
    }

    fn label(&mut self) -> String {
        self.pick(&["label_a", "job", "by", "sum", "metric_l", "le", "$label", "${label:csv}"])
    }

    fn list(&mut self) -> String {
        let word = self.pick(&["by", "without", "BY"]);
        format!("{word}{}({}, {})", self.blank(), self.label(), self.label())
    }

    fn range(&mut self) -> String {
        self.pick(&["[5m]", "[$__rate_interval]", "[[[x]]]", "[1h:${step}]", "[1h30m:]"])
    }

    fn selector(&mut self, expected: &mut Vec<String>) -> String {
        let number = self.below(1000);
        let name = format!("{}_{number}", self.pick(&["metric", "ns:metric", "by", "sum", "inf"]));
        let (label, string, blank) = (self.label(), self.string(), self.blank());
        let operator = self.pick(&["=", "!=", "=~", "!~"]);
        let (selector, named) = match self.below(6) {
            0 => (format!("{name}{blank}{{{label}{blank}{operator}{blank}{string}}}"), true),
            1 => (format!("{{{label}{operator}{string},{blank}__name__{blank}={blank}\"{name}\"}}"), true),
            2 => (format!("{{__name__=~\"{name}\", {label}{operator}{string},}}"), false),
            3 => (format!("$x{name}{{{label}{operator}{string}}}"), false),
            4 => (format!("{{\"{name}\",{blank}{label}{operator}{string}}}"), true),
            _ => (name.clone(), true),
        };
        if named {
            expected.push(name);
        }
        selector
    }

    fn expression(&mut self, depth: usize, expected: &mut Vec<String>) -> String {
        let blank = self.blank();
        match if depth == 0 { self.below(3) } else { self.below(9) } {
            0 => self.pick(&["1", "0.5", "1e-3", "Inf", "NaN", "time()", "$x", "5m"]),
            1 | 2 => self.selector(expected),
            3 => format!("rate{blank}({}{}{blank} offset 5m)", self.selector(expected), self.range()),
            4 => {
                let list = self.list();
                format!("sum {list}{blank}({})", self.expression(depth - 1, expected))
            }
            5 => {
                let inner = self.expression(depth - 1, expected);
                format!("count{blank}({inner}) {}", self.list())
            }
            6 => {
                let inner = self.expression(depth - 1, expected);
                format!("label_replace({inner}, {}, {})", self.string(), self.string())
            }
            _ => {
                let left = self.expression(depth - 1, expected);
                let operator = self.pick(&[
                    "+",
                    "and",
                    "or on(metric_l)",
                    "> bool",
                    "* ignoring (a, b) group_left(metric_l)",
                    "unless",
                    "/ on(a) group_right()",
                ]);
                format!("({left} {operator} {}){blank}", self.expression(depth - 1, expected))
            }
        }
    }
}

#[test]
fn generated_expressions_name_what_they_were_made_of() {
    let mut random = Random(7);
    for _ in 0..5000 {
        let mut expected = Vec::new();
        let expression = random.expression(4, &mut expected);
        assert_eq!(found(&expression), expected, "{expression}");
    }
}

#[test]
fn nothing_panics_and_every_range_holds() {
    let pieces = [
        "\"", "'", "`", "\\", "{", "}", "[", "]", "[[", "]]", "(", ")", "$", "${", "#", "\n", " ", ",", "=",
        "=~", "!", ":", ".", "by", "on", "sum", "abc", "__name__", "5m", "é", "日", "\u{0}",
    ];
    let mut random = Random(1);
    for _ in 0..20_000 {
        let count = random.below(14);
        let expression: String = (0..count).map(|_| random.pick(&pieces)).collect();
        let mut end = 0;
        for name in names(&expression) {
            assert_eq!(expression.get(name.range.clone()), Some(name.name), "{expression:?}");
            assert!(is_name(name.name) && name.range.start >= end, "{expression:?}");
            end = name.range.end;
        }
    }
}
