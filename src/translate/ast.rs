//! What a template says, as a tree: text, comments and trim markers are kept, every part knows its place.

use std::ops::Range;

/// The whole of one template.
#[derive(Debug)]
pub(super) struct Template {
    pub(super) items: Vec<Item>,
}

/// `-` at the left and right end of a tag, and how many line ends are inside it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Trim {
    pub(super) left: bool,
    pub(super) right: bool,
    pub(super) lines: usize,
}

/// A name and its place.
#[derive(Clone, Debug)]
pub(super) struct Name {
    pub(super) text: String,
    pub(super) range: Range<usize>,
}

/// A piece of a template.
#[derive(Debug)]
pub(super) enum Item {
    /// Copied as it is.
    Text(Range<usize>),
    /// `{# … #}`: what stands between the marks.
    Comment { trim: Trim, text: String },
    /// `{% raw %}…{% endraw %}`: what stands between the tags.
    Raw(String),
    /// `{{ … }}`
    Print { trim: Trim, value: Expr },
    /// `{% set name = value %}`
    Set { trim: Trim, name: Name, value: Expr },
    /// `{% if %}…{% elif %}…{% else %}…{% endif %}`
    If { arms: Vec<Arm>, otherwise: Option<Branch>, end: Trim },
    /// `{% for %}…{% else %}…{% endfor %}`
    For(Box<Loop>),
    /// `{% component %}…{% endcomponent %}`
    Component(Box<Component>),
}

/// `if` or `elif` and what follows it.
#[derive(Debug)]
pub(super) struct Arm {
    pub(super) trim: Trim,
    pub(super) condition: Expr,
    pub(super) body: Vec<Item>,
}

/// `else` and what follows it.
#[derive(Debug)]
pub(super) struct Branch {
    pub(super) trim: Trim,
    pub(super) body: Vec<Item>,
}

/// `{% for key, name in over %}`
#[derive(Debug)]
pub(super) struct Loop {
    pub(super) trim: Trim,
    pub(super) key: Option<Name>,
    pub(super) name: Name,
    pub(super) over: Expr,
    pub(super) body: Vec<Item>,
    pub(super) otherwise: Option<Branch>,
    pub(super) end: Trim,
}

/// A definition of a component.
#[derive(Debug)]
pub(super) struct Component {
    pub(super) trim: Trim,
    pub(super) name: Name,
    /// `@values` and the like.
    pub(super) roots: Vec<Name>,
    pub(super) parameters: Vec<Parameter>,
    /// `@param` lines of the comment above.
    pub(super) declared: Vec<Declared>,
    pub(super) body: Vec<Item>,
    pub(super) end: Trim,
}

/// A parameter as Tera knows it.
#[derive(Clone, Debug)]
pub(super) struct Parameter {
    pub(super) name: Name,
    /// `string`, `bool`, `integer`, `map` or `array`.
    pub(super) kind: Option<Name>,
}

/// `@param name values.path`.
#[derive(Clone, Debug)]
pub(super) struct Declared {
    pub(super) name: Name,
    pub(super) path: Name,
}

/// Numbers the expressions of one run, so that what is known of each can be kept beside the tree.
pub(super) type Id = usize;

/// An expression.
#[derive(Debug)]
pub(super) struct Expr {
    pub(super) id: Id,
    pub(super) range: Range<usize>,
    pub(super) kind: Kind,
}

/// What an expression is.
#[derive(Debug)]
pub(super) enum Kind {
    /// Could not be read; already reported.
    Invalid,
    Text(String),
    Integer(i64),
    Bool(bool),
    Path(Path),
    Not(Box<Expr>),
    Logic(Logic, Box<Expr>, Box<Expr>),
    Compare(Comparison, Box<Expr>, Box<Expr>),
    Concat(Box<Expr>, Box<Expr>),
    Filter(Box<Filter>),
    /// `path is defined`
    Defined(Box<Expr>),
    Ternary(Box<Ternary>),
    Call(Call),
}

/// `root.member?.member["key"]`
#[derive(Debug)]
pub(super) struct Path {
    pub(super) root: Name,
    pub(super) steps: Vec<Step>,
}

/// One step into a map.
#[derive(Debug)]
pub(super) enum Step {
    /// `.name`, or `?.name` where what is before it may be missing.
    Member { name: Name, optional: bool },
    /// `[key]`
    Index(Expr),
}

/// `and`, `or`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Logic {
    And,
    Or,
}

/// A comparison; its word is Go's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// `operand | name(argument=value)`
#[derive(Debug)]
pub(super) struct Filter {
    pub(super) operand: Expr,
    pub(super) name: Name,
    pub(super) arguments: Vec<Argument>,
}

/// `name=value`
#[derive(Debug)]
pub(super) struct Argument {
    pub(super) name: Name,
    pub(super) value: Expr,
}

/// `then if condition else otherwise`
#[derive(Debug)]
pub(super) struct Ternary {
    pub(super) then: Expr,
    pub(super) condition: Expr,
    pub(super) otherwise: Expr,
}

/// `<name argument={value} />`
#[derive(Debug)]
pub(super) struct Call {
    pub(super) name: Name,
    pub(super) arguments: Vec<Argument>,
    /// Where it ends.
    pub(super) end: usize,
}

impl Logic {
    /// As both languages write it.
    pub(super) fn word(self) -> &'static str {
        match self {
            Logic::And => "and",
            Logic::Or => "or",
        }
    }
}

impl Comparison {
    /// As Go writes it.
    pub(super) fn function(self) -> &'static str {
        match self {
            Comparison::Equal => "eq",
            Comparison::NotEqual => "ne",
            Comparison::Less => "lt",
            Comparison::LessOrEqual => "le",
            Comparison::Greater => "gt",
            Comparison::GreaterOrEqual => "ge",
        }
    }

    /// Whether it takes numbers only.
    pub(super) fn orders(self) -> bool {
        !matches!(self, Comparison::Equal | Comparison::NotEqual)
    }
}

impl Expr {
    /// The expressions directly inside.
    pub(super) fn children(&self) -> Vec<&Expr> {
        match &self.kind {
            Kind::Invalid | Kind::Text(_) | Kind::Integer(_) | Kind::Bool(_) => Vec::new(),
            Kind::Path(path) => path
                .steps
                .iter()
                .filter_map(|step| match step {
                    Step::Index(index) => Some(index),
                    Step::Member { .. } => None,
                })
                .collect(),
            Kind::Not(inner) | Kind::Defined(inner) => vec![inner],
            Kind::Logic(_, a, b) | Kind::Compare(_, a, b) | Kind::Concat(a, b) => vec![a, b],
            Kind::Filter(filter) => {
                [&filter.operand].into_iter().chain(filter.arguments.iter().map(|a| &a.value)).collect()
            }
            Kind::Ternary(ternary) => vec![&ternary.then, &ternary.condition, &ternary.otherwise],
            Kind::Call(call) => call.arguments.iter().map(|argument| &argument.value).collect(),
        }
    }
}
