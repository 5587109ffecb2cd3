//! The filters: what each takes and gives, and how Helm's function of the same name is called.

/// What a filter takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Takes {
    /// Everything, also what may be missing.
    Everything,
    /// A string that is not from `toYaml`.
    Text,
    /// Any string.
    AnyText,
    /// A string, boolean or integer.
    Printable,
    /// A number from values, an integer or a boolean.
    Number,
    /// An integer.
    Integer,
    /// A list of strings.
    Strings,
    /// A map.
    Map,
    /// All but an unpinned number; it may be missing.
    Filled,
}

/// What a filter gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gives {
    /// Text from `toYaml`.
    Yaml,
    /// Text that can be printed bare.
    Plain,
    /// A word that may read as a number where it stands alone.
    Word,
    /// The text that it was given, no more dangerous than before.
    Same,
    /// The text that it was given, which may be empty or a number now.
    Changed,
    /// The text with a part replaced.
    Replaced,
    /// The items and what stands between them.
    Joined,
    /// What it was given, or its argument.
    Default,
    /// What it was given, which is there now.
    Present,
    Bool,
    Integer,
    Nothing,
}

/// What an argument may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wants {
    /// A string that is not from `toYaml`.
    Text,
    /// A regular expression, written out.
    Pattern,
    /// A number from 0 on, written out.
    Count,
    /// An integer.
    Integer,
    /// What the filter takes.
    Same,
}

/// How the function is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// `f argument operand`, or in a pipeline behind a longer operand.
    Prefix,
    /// `operand | f argument`
    Pipe,
    /// `f operand argument`: a pipeline would swap them.
    First,
}

/// A filter.
#[derive(Debug)]
pub(super) struct Signature {
    pub(super) name: &'static str,
    /// In the order of Go's parameters.
    pub(super) arguments: &'static [(&'static str, Wants)],
    pub(super) takes: Takes,
    pub(super) gives: Gives,
    pub(super) form: Form,
}

const fn filter(
    name: &'static str,
    arguments: &'static [(&'static str, Wants)],
    takes: Takes,
    gives: Gives,
    form: Form,
) -> Signature {
    Signature { name, arguments, takes, gives, form }
}

/// The frozen list, by name.
pub(super) const FILTERS: &[Signature] = &[
    filter("add", &[("n", Wants::Integer)], Takes::Integer, Gives::Integer, Form::First),
    filter("atoi", &[], Takes::Text, Gives::Integer, Form::Prefix),
    filter("b64enc", &[], Takes::Text, Gives::Word, Form::Pipe),
    filter("contains", &[("substr", Wants::Text)], Takes::Text, Gives::Bool, Form::Prefix),
    filter("default", &[("value", Wants::Same)], Takes::Filled, Gives::Default, Form::Pipe),
    filter("div", &[("n", Wants::Integer)], Takes::Integer, Gives::Integer, Form::First),
    filter("fail", &[], Takes::AnyText, Gives::Nothing, Form::Prefix),
    filter("has", &[("item", Wants::Text)], Takes::Strings, Gives::Bool, Form::Prefix),
    filter("hasKey", &[("key", Wants::Text)], Takes::Map, Gives::Bool, Form::First),
    filter("hasPrefix", &[("prefix", Wants::Text)], Takes::Text, Gives::Bool, Form::Prefix),
    filter("hasSuffix", &[("suffix", Wants::Text)], Takes::Text, Gives::Bool, Form::Prefix),
    filter("indent", &[("n", Wants::Count)], Takes::AnyText, Gives::Same, Form::Pipe),
    filter("int", &[], Takes::Number, Gives::Integer, Form::Prefix),
    filter("join", &[("sep", Wants::Text)], Takes::Strings, Gives::Joined, Form::Pipe),
    filter("lower", &[], Takes::Text, Gives::Same, Form::Pipe),
    filter("max", &[("n", Wants::Integer)], Takes::Integer, Gives::Integer, Form::First),
    filter("min", &[("n", Wants::Integer)], Takes::Integer, Gives::Integer, Form::First),
    filter("mod", &[("n", Wants::Integer)], Takes::Integer, Gives::Integer, Form::First),
    filter("mul", &[("n", Wants::Integer)], Takes::Integer, Gives::Integer, Form::First),
    filter("nindent", &[("n", Wants::Count)], Takes::AnyText, Gives::Same, Form::Pipe),
    filter("quote", &[], Takes::Printable, Gives::Plain, Form::Pipe),
    filter("regexMatch", &[("pattern", Wants::Pattern)], Takes::Text, Gives::Bool, Form::Prefix),
    filter(
        "replace",
        &[("from", Wants::Text), ("to", Wants::Text)],
        Takes::Text,
        Gives::Replaced,
        Form::Pipe,
    ),
    filter("required", &[("message", Wants::Text)], Takes::Filled, Gives::Present, Form::Prefix),
    filter("sha256sum", &[], Takes::Text, Gives::Plain, Form::Pipe),
    filter("sub", &[("n", Wants::Integer)], Takes::Integer, Gives::Integer, Form::First),
    filter("toJson", &[], Takes::Everything, Gives::Plain, Form::Prefix),
    filter("toYaml", &[], Takes::Everything, Gives::Yaml, Form::Prefix),
    filter("trim", &[], Takes::Text, Gives::Same, Form::Pipe),
    filter("trimPrefix", &[("prefix", Wants::Text)], Takes::Text, Gives::Changed, Form::Pipe),
    filter("trimSuffix", &[("suffix", Wants::Text)], Takes::Text, Gives::Changed, Form::Pipe),
    filter("trunc", &[("n", Wants::Count)], Takes::Text, Gives::Changed, Form::Pipe),
    filter("upper", &[], Takes::Text, Gives::Same, Form::Pipe),
];

/// The filter of that name.
pub(super) fn find(name: &str) -> Option<&'static Signature> {
    FILTERS.iter().find(|filter| filter.name == name)
}

#[cfg(test)]
mod tests {
    use super::FILTERS;
    use crate::engine::filters::NAMES;

    #[test]
    fn they_are_those_of_the_engine() {
        let ours = FILTERS.iter().map(|filter| {
            let arguments: Vec<&str> = filter.arguments.iter().map(|(name, _)| *name).collect();
            (filter.name, arguments)
        });
        let theirs = NAMES.iter().map(|(name, arguments)| (*name, arguments.to_vec()));
        assert_eq!(ours.collect::<Vec<_>>(), theirs.collect::<Vec<_>>());
    }
}
