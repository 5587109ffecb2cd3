//! Which template line made a printed line: asked only when something is wrong with it. The templates are rendered
//! once more with [`marks`](super::marks), and what is printed then, less the marks, has to be what was printed before.

use super::{filters, marks, sources};
use crate::assets::Templates;
use crate::diagnostics::{Source, Span};
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::sync::Arc;
use tera::{Kwargs, Map, State, Tera, TeraResult, Value};

/// Filters that hand marks on; all others must not see them, for they ask what the text is or turn it into another.
const TRANSPARENT: &[&str] = &["default", "indent", "nindent", "required", "trim"];

/// The templates with marks.
pub(super) struct Origins {
    tera: Tera,
    /// The last mark number of each template and before it of all those before.
    ends: Vec<(usize, Arc<Source>)>,
}

impl Origins {
    /// Nothing if the marks break a template, which only an exotic one could bring about.
    pub(super) fn new(templates: &Templates) -> Option<Self> {
        let mut tera = Tera::new();
        tera.autoescape_on(Vec::<&str>::new());
        filters::register(&mut tera);
        for filter in filters::all() {
            let transparent = TRANSPARENT.contains(&filter.name);
            tera.register_filter(filter.name, move |value: &Value, kwargs: Kwargs, _: &State| {
                if transparent {
                    return filter.call(value, &kwargs);
                }
                filter.call(&unmarked(value), &unmarked_arguments(&kwargs))
            });
        }
        tera.register_filter(
            marks::FILTER,
            |value: &Value, kwargs: Kwargs, _: &State| -> TeraResult<String> {
                let number: usize = kwargs.must_get(marks::ARGUMENT)?;
                Ok(marks::behind_lines(&value.to_string(), |_| marks::mark(number)))
            },
        );
        let mut ends = Vec::new();
        let mut start = 0;
        let mut marked = Vec::new();
        for (path, source) in sources(templates) {
            marked.push((path, marks::template(&source.text, |line| start + line)));
            start += source.text.matches('\n').count() + 1;
            ends.push((start, Arc::clone(source)));
        }
        tera.add_raw_templates(marked).ok()?;
        Some(Origins { tera, ends })
    }

    /// The template line that made a line, counted from 1, of what a template printed.
    pub(super) fn find(
        &self,
        context: &tera::Context,
        template: &str,
        printed: &str,
        line: usize,
    ) -> Option<Span> {
        let marked = self.tera.render(template, context).ok()?;
        let marked: Vec<&str> = marked.lines().collect();
        let stripped: Vec<String> = marked.iter().map(|line| marks::strip(line)).collect();
        let stripped: Vec<&str> = stripped.iter().map(String::as_str).collect();
        let printed: Vec<&str> = printed.lines().collect();
        let index = line.checked_sub(1)?;
        let place = if printed == stripped { index } else { aligned(&printed, &stripped, index)? };
        self.span(marks::first(marked.get(place)?)?)
    }

    fn span(&self, number: usize) -> Option<Span> {
        let file = self.ends.iter().position(|(end, _)| number <= *end)?;
        let before = file.checked_sub(1).map_or(0, |previous| self.ends[previous].0);
        let source = &self.ends[file].1;
        let line = source.line(number - before);
        let indent = source.text[line.clone()].len() - source.text[line.clone()].trim_start().len();
        Some(Span::new(source, line.start + indent..line.end))
    }
}

/// Where a line of one text stands in the other, if it is in both.
fn aligned(printed: &[&str], other: &[&str], index: usize) -> Option<usize> {
    capture_diff_slices(Algorithm::Myers, printed, other).into_iter().find_map(|op| match op {
        DiffOp::Equal { old_index, new_index, len } if (old_index..old_index + len).contains(&index) => {
            Some(new_index + index - old_index)
        }
        _ => None,
    })
}

fn unmarked(value: &Value) -> Value {
    match value.as_str() {
        Some(text) if marks::is_marked(text) => Value::from(marks::strip(text)),
        _ => value.clone(),
    }
}

fn unmarked_arguments(kwargs: &Kwargs) -> Kwargs {
    let arguments: Map = kwargs.iter().map(|(key, value)| (key.clone(), unmarked(value))).collect();
    Kwargs::new(Arc::new(arguments))
}
