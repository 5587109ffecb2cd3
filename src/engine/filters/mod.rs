//! The filters of a template: Helm's functions of the same names, result for result, so that the chart made of the
//! template prints the same. `tests/data/filters.jsonl` holds what five helms answered (`tools/record-filters`).
//!
//! A filter takes the types on which all helms agree and refuses others, so that a template that the translator has
//! not seen still cannot print something that its chart would not.

mod arguments;
mod encoding;
mod letters;
mod lists;
mod numbers;
mod text;
mod values;

pub use arguments::NAMES;
pub(crate) use encoding::base64;
pub use text::pattern;

use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

/// What a filter does; its arguments are known to be those that it has.
type Function = Box<dyn Fn(&Value, &Kwargs) -> TeraResult<Value> + Send + Sync>;

/// Filters that Tera brings and no chart has.
const FOREIGN: &[&str] = &[
    "abs",
    "capitalize",
    "escape",
    "escape_html",
    "escape_xml",
    "first",
    "float",
    "get",
    "group_by",
    "keys",
    "last",
    "length",
    "newlines_to_br",
    "nth",
    "pairs",
    "pluralize",
    "reverse",
    "round",
    "safe",
    "sort",
    "split",
    "str",
    "title",
    "trim_end",
    "trim_start",
    "truncate",
    "unique",
    "values",
    "wordcount",
];

/// A filter, before Tera has it.
pub(super) struct Filter {
    pub(super) name: &'static str,
    function: Function,
}

impl Filter {
    /// The filter's result.
    pub(super) fn call(&self, value: &Value, kwargs: &Kwargs) -> TeraResult<Value> {
        arguments::check(self.name, kwargs)?;
        (self.function)(value, kwargs)
    }
}

/// Every filter.
pub(super) fn all() -> Vec<Filter> {
    let mut filters = Vec::with_capacity(NAMES.len());
    let mut add = |name, function| filters.push(Filter { name, function });
    values::each(&mut add);
    text::each(&mut add);
    numbers::each(&mut add);
    lists::each(&mut add);
    filters
}

/// Makes every filter known, and Tera's own unusable; before any template is added.
pub fn register(tera: &mut Tera) {
    for name in FOREIGN {
        tera.register_filter(*name, move |_: &Value, _: Kwargs, _: &State| -> TeraResult<Value> {
            Err(Error::message(format!("`{name}` is Tera's own filter: a chart has none like it")))
        });
    }
    for filter in all() {
        tera.register_filter(filter.name, move |value: &Value, kwargs: Kwargs, _: &State| {
            filter.call(value, &kwargs)
        });
    }
}
