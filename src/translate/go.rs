//! Expressions as Go templates write them, with no more parentheses than a person would.

use super::ast::{Call, Expr, Filter, Id, Kind, Logic, Path, Step};
use super::filters::{self, Form};
use super::scope::spell;
use std::collections::HashSet;
use std::fmt::Write;

/// How tightly a Go expression holds together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Binding {
    /// Can stand as an argument.
    Atom,
    /// `function argument`
    Call,
    /// `value | function`
    Pipeline,
}

/// A Go expression.
pub(super) struct Go {
    pub(super) text: String,
    pub(super) binding: Binding,
}

impl Go {
    fn atom(text: impl Into<String>) -> Self {
        Go { text: text.into(), binding: Binding::Atom }
    }

    fn call(text: impl Into<String>) -> Self {
        Go { text: text.into(), binding: Binding::Call }
    }

    /// In parentheses where it needs them to be an argument.
    fn argument(self) -> String {
        if self.binding == Binding::Atom { self.text } else { format!("({})", self.text) }
    }
}

/// A string as a person writes it in Go: in backquotes where that saves escapes.
pub(super) fn quoted(text: &str) -> String {
    if text.contains(['"', '\\']) && !text.contains(|c: char| c == '`' || c.is_control()) {
        return format!("`{text}`");
    }
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '\r' => quoted.push_str("\\r"),
            _ => quoted.push(character),
        }
    }
    quoted.push('"');
    quoted
}

/// Where an expression stands.
pub(super) struct Place<'a> {
    /// The text of the template.
    pub(super) text: &'a str,
    /// Expressions that are whole numbers.
    pub(super) integers: &'a HashSet<Id>,
    /// Parameters of the component around it.
    pub(super) parameters: Vec<String>,
    /// How many `range`s around it have given `.` another meaning.
    pub(super) ranges: usize,
    /// The path that a `with` has bound to `.`.
    pub(super) dot: Option<String>,
}

impl Place<'_> {
    /// Something below `.`, as it was when the template or component was called.
    fn below(&self, inner: &str) -> String {
        let start = if self.ranges > 0 { "$" } else { "" };
        format!("{start}{inner}")
    }

    /// Something below the root context.
    fn root(&self, inner: &str) -> String {
        let context = if self.parameters.is_empty() { "" } else { ".context" };
        match self.below(&format!("{context}{inner}")) {
            empty if empty.is_empty() => ".".to_string(),
            text => text,
        }
    }

    /// Whether the path names a parameter, or something below the root context or a variable.
    pub(super) fn has_dot(&self, path: &Path) -> bool {
        !path.steps.is_empty() || self.parameters.contains(&path.root.text)
    }

    pub(super) fn expression(&self, expr: &Expr) -> Go {
        match &expr.kind {
            Kind::Invalid => Go::atom(""),
            Kind::Text(text) => Go::atom(quoted(text)),
            Kind::Integer(number) => Go::atom(number.to_string()),
            Kind::Bool(value) => Go::atom(value.to_string()),
            Kind::Path(path) => self.path(path, path.steps.len()),
            Kind::Not(inner) => Go::call(format!("not {}", self.argument(inner))),
            Kind::Logic(logic, a, b) => self.logic(*logic, a, b),
            Kind::Compare(comparison, a, b) => {
                Go::call(format!("{} {} {}", comparison.function(), self.argument(a), self.argument(b)))
            }
            Kind::Concat(..) => self.concat(expr),
            Kind::Filter(filter) => self.filter(filter),
            Kind::Defined(inner) => self.defined(inner),
            Kind::Ternary(ternary) => {
                let [then, otherwise, condition] =
                    [&ternary.then, &ternary.otherwise, &ternary.condition].map(|part| self.argument(part));
                Go::call(format!("ternary {then} {otherwise} {condition}"))
            }
            Kind::Call(call) => self.call(call),
        }
    }

    fn argument(&self, expr: &Expr) -> String {
        self.expression(expr).argument()
    }

    /// The line ends and the indentation between two parts of a tag, if there are any.
    fn gap(&self, from: usize, to: usize) -> Option<String> {
        let between = self.text.get(from..to)?;
        let last = between.rfind('\n')?;
        let indentation = between[last + 1..].split(|c: char| c != ' ').next().unwrap_or_default();
        Some(format!("{}{indentation}", "\n".repeat(between.matches('\n').count())))
    }

    /// `and (and a b) c` is `and a b c`.
    fn logic(&self, logic: Logic, a: &Expr, b: &Expr) -> Go {
        let operand = |before: &Expr, operand: &Expr| {
            let gap = self.gap(before.range.end, operand.range.start).unwrap_or_else(|| " ".to_string());
            format!("{gap}{}", self.argument(operand))
        };
        let mut operands = vec![operand(a, b)];
        let mut rest = a;
        while let Kind::Logic(inner, c, d) = &rest.kind {
            if *inner != logic {
                break;
            }
            operands.push(operand(c, d));
            rest = c;
        }
        operands.push(format!(" {}", self.argument(rest)));
        operands.reverse();
        Go::call(format!("{}{}", logic.word(), operands.concat()))
    }

    /// `a ~ "-" ~ n` is `printf "%s-%d" a n`.
    fn concat(&self, expr: &Expr) -> Go {
        let (mut format, mut arguments) = (String::new(), String::new());
        self.parts(expr, &mut format, &mut arguments);
        if arguments.is_empty() {
            return Go::atom(quoted(&format.replace("%%", "%")));
        }
        Go::call(format!("printf {}{arguments}", quoted(&format)))
    }

    fn parts(&self, expr: &Expr, format: &mut String, arguments: &mut String) {
        match &expr.kind {
            Kind::Concat(a, b) => {
                self.parts(a, format, arguments);
                self.parts(b, format, arguments);
            }
            Kind::Text(text) => format.push_str(&text.replace('%', "%%")),
            Kind::Integer(number) => format.push_str(&number.to_string()),
            _ => {
                format.push_str(if self.integers.contains(&expr.id) { "%d" } else { "%s" });
                arguments.push(' ');
                arguments.push_str(&self.argument(expr));
            }
        }
    }

    fn filter(&self, filter: &Filter) -> Go {
        let (name, operand) = (filter.name.text.as_str(), self.expression(&filter.operand));
        let Some(signature) = filters::find(name) else { return operand };
        let mut arguments = String::new();
        for (wanted, _) in signature.arguments {
            if let Some(argument) = filter.arguments.iter().find(|argument| argument.name.text == *wanted) {
                arguments.push(' ');
                arguments.push_str(&self.argument(&argument.value));
            }
        }
        match (signature.form, operand.binding) {
            (Form::First, _) => Go::call(format!("{name} {}{arguments}", operand.argument())),
            (Form::Prefix, Binding::Atom) => Go::call(format!("{name}{arguments} {}", operand.text)),
            _ => {
                let gap = self.gap(filter.operand.range.end, filter.name.range.start);
                let gap = gap.unwrap_or_else(|| " ".to_string());
                Go { text: format!("{}{gap}| {name}{arguments}", operand.text), binding: Binding::Pipeline }
            }
        }
    }

    fn defined(&self, tested: &Expr) -> Go {
        let Kind::Path(path) = &tested.kind else { return Go::atom("") };
        let Some((Step::Member { name, .. }, before)) = path.steps.split_last() else { return Go::atom("") };
        Go::call(format!("hasKey {} {}", self.path(path, before.len()).argument(), quoted(&name.text)))
    }

    fn call(&self, call: &Call) -> Go {
        let name = quoted(&call.name.text);
        if call.arguments.is_empty() {
            return Go::call(format!("include {name} {}", self.root("")));
        }
        let mut dict = format!("dict \"context\" {}", self.root(""));
        let mut end = call.name.range.end;
        for argument in &call.arguments {
            let gap = self.gap(end, argument.name.range.start).unwrap_or_else(|| " ".to_string());
            let _ = write!(dict, "{gap}{} {}", quoted(&argument.name.text), self.argument(&argument.value));
            end = argument.value.range.end;
        }
        dict.push_str(&self.gap(end, call.end).unwrap_or_default());
        Go::call(format!("include {name} ({dict})"))
    }

    fn path(&self, path: &Path, steps: usize) -> Go {
        let root = path.root.text.as_str();
        let mut rest = path.steps.get(..steps).unwrap_or_default();
        if self.dot.as_deref() == Some(spell(path, steps, self.text).as_str()) {
            return Go::atom(".");
        }
        let mut go = Go::atom(match root {
            "values" => self.root(".Values"),
            "elsa" => format!("(include \"elsa.release\" {} | fromJson)", self.root("")),
            "program" => format!("(include \"elsa.program\" {} | fromJson)", self.root("")),
            "release" | "chart" => {
                let [Step::Member { name, .. }] = rest else { return Go::atom(self.root("")) };
                rest = &[];
                self.root(&format!(".{}.{}", capital(root), capital(&name.text)))
            }
            _ if self.parameters.iter().any(|parameter| parameter == root) => self.below(&format!(".{root}")),
            _ => format!("${root}"),
        });
        for step in rest {
            let map = go.argument();
            go = match step {
                Step::Member { name, optional: false } => Go::atom(format!("{map}.{}", name.text)),
                // Go looks into nothing only where parentheses end the chain.
                Step::Member { name, optional: true } if map.starts_with('(') && map.ends_with(')') => {
                    Go::atom(format!("{map}.{}", name.text))
                }
                Step::Member { name, optional: true } => Go::atom(format!("({map}).{}", name.text)),
                Step::Index(index) => Go::call(format!("index {map} {}", self.argument(index))),
            };
        }
        go
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + letters.as_str())
}
