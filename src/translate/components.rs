//! Components: what each is declared to take, what its body does with that, and whether a call fits.

use super::ast::{Component, Declared, Parameter};
use super::text::Text;
use super::types::{Inside, Missing, Ty};
use crate::catalogue::choice;
use crate::diagnostics::{Diagnostic, Source, Span, nearest};
use crate::values::schema::Schema;
use std::rc::Rc;
use std::sync::Arc;

/// A component as it was written.
pub(super) struct Definition<'t> {
    pub(super) source: Arc<Source>,
    pub(super) component: &'t Component,
    /// Whether it writes sentences for people, in which strings need no quotes.
    pub(super) prose: bool,
}

/// What is known of a component after its body was read.
#[derive(Debug)]
pub(super) struct Info<'s> {
    pub(super) parameters: Vec<Known<'s>>,
    /// What it prints. Its parameters are those whose text is part of that.
    pub(super) result: Text,
}

/// A parameter.
#[derive(Clone, Debug)]
pub(super) struct Known<'s> {
    pub(super) name: String,
    pub(super) ty: Ty<'s>,
    /// Where the body reads which part of a map.
    pub(super) uses: Vec<Use>,
    /// Where the body hashes, compares or changes the text, which text from `toYaml` does not bear.
    pub(super) strict: Option<Span>,
    /// Where the text stands alone as a YAML value.
    pub(super) alone: Option<Span>,
}

/// A step from a map into it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Segment {
    Key(String),
    Each,
}

/// A part of a parameter that the body reads.
#[derive(Clone, Debug)]
pub(super) struct Use {
    pub(super) path: Vec<Segment>,
    /// Printed or compared, so that the type matters all the way down; otherwise tested or looped over.
    pub(super) whole: bool,
    pub(super) span: Span,
}

/// Follows steps into a type; a failure says how many of them could be taken.
pub(super) fn walk<'s>(start: &Ty<'s>, path: &[Segment]) -> Result<Inside<'s>, (usize, Missing)> {
    let mut at = Inside { ty: start.clone(), optional: false };
    for (index, segment) in path.iter().enumerate() {
        let next = match segment {
            Segment::Key(key) => at.ty.member(key),
            Segment::Each => at.ty.each(),
        };
        let next = next.map_err(|missing| (index, missing))?;
        at = Inside { optional: at.optional || next.optional, ..next };
    }
    Ok(at)
}

/// `a.b.*`
pub(super) fn spell(path: &[Segment]) -> String {
    let parts = path.iter().map(|segment| match segment {
        Segment::Key(key) => key.as_str(),
        Segment::Each => "*",
    });
    parts.collect::<Vec<_>>().join(".")
}

/// Whether an argument has what the body reads of the parameter; if not, what is wrong with it.
pub(super) fn disagreement(used: &Use, parameter: &Ty, argument: &Ty) -> Option<String> {
    let place = spell(&used.path);
    let wanted = walk(parameter, &used.path).ok()?;
    let inside = match walk(argument, &used.path) {
        Ok(inside) => inside,
        Err((taken, Missing::Unknown(keys))) => {
            let Some(Segment::Key(key)) = used.path.get(taken) else {
                return Some(format!("has no `{place}`"));
            };
            let near = nearest(key, keys.iter().map(String::as_str));
            let near = near.map_or_else(String::new, |near| format!("; it has `{near}`"));
            return Some(format!("has no `{}`{near}", spell(&used.path[..=taken])));
        }
        Err((taken, _)) => return Some(format!("has no `{}` of one type", spell(&used.path[..=taken]))),
    };
    let (declared, given) = (&wanted.ty, &inside.ty);
    let fits = if used.whole {
        declared.takes(given)
    } else {
        declared.is_list() == given.is_list() && declared.is_map() == given.is_map()
    };
    let what = if place.is_empty() { "is".to_string() } else { format!("has `{place}` as") };
    if !fits {
        return Some(match (declared, given) {
            (Ty::Text(_), Ty::Text(_)) => {
                format!(
                    "{what} a string with looser limits (pattern or enum) than the declared one, which is printed without quotes"
                )
            }
            (Ty::Data(_), Ty::Data(_)) if declared.describe() == given.describe() => {
                format!("{what} {} with other keys or types than the declared one", given.describe())
            }
            _ => format!("{what} {}, where {} is declared", given.describe(), declared.describe()),
        });
    }
    (inside.optional && !wanted.optional).then(|| format!("may lack `{place}`"))
}

/// The parameters of a component with their types, and what is wrong with the declaration.
pub(super) fn declare<'s>(
    definition: &Definition,
    values: &'s Schema,
    elsa: &'s Schema,
) -> (Vec<Known<'s>>, Vec<Diagnostic>) {
    let (component, source) = (definition.component, &definition.source);
    let mut mistakes = Vec::new();
    for declared in &component.declared {
        if !component.parameters.iter().any(|parameter| parameter.name.text == declared.name.text) {
            let names = component.parameters.iter().map(|parameter| parameter.name.text.as_str());
            let message = format!("`{}` has no parameter `{}`", component.name.text, declared.name.text);
            let span = Span::new(source, declared.name.range.clone());
            let help = match nearest(&declared.name.text, names) {
                Some(near) => format!("it has `{near}`"),
                None => "remove the line".to_string(),
            };
            mistakes.push(Diagnostic::error("unknown-parameter", message).at(span).help(help));
        }
    }
    let known = component.parameters.iter().map(|parameter| {
        let declared = component.declared.iter().find(|declared| declared.name.text == parameter.name.text);
        let ty = declared_type(parameter, declared, source, values, elsa).unwrap_or_else(|mistake| {
            mistakes.push(*mistake);
            Ty::Invalid
        });
        Known { name: parameter.name.text.clone(), ty, uses: Vec::new(), strict: None, alone: None }
    });
    (known.collect(), mistakes)
}

fn declared_type<'s>(
    parameter: &Parameter,
    declared: Option<&Declared>,
    source: &Arc<Source>,
    values: &'s Schema,
    elsa: &'s Schema,
) -> Result<Ty<'s>, Box<Diagnostic>> {
    let name = &parameter.name.text;
    let error = |code: &str, range: &std::ops::Range<usize>, message: String, help: String| {
        Box::new(Diagnostic::error(code, message).at(Span::new(source, range.clone())).help(help))
    };
    let place = parameter.kind.as_ref().unwrap_or(&parameter.name);
    match parameter.kind.as_ref().map(|kind| kind.text.as_str()) {
        Some("string") => {
            let mut text = Text::new(super::text::Level::Plain);
            text.parameters.insert(name.clone(), true);
            Ok(Ty::Text(text))
        }
        Some("bool") => Ok(Ty::Bool),
        Some("integer") => Ok(Ty::Integer),
        Some(kind @ ("map" | "array")) => {
            let Some(declared) = declared else {
                let message = format!("the {kind} `{name}` does not say which type it has");
                let help = format!(
                    "write `@param {name} values.path` into the comment directly above the component"
                );
                return Err(error("untyped-parameter", &parameter.name.range, message, help));
            };
            let ty = named(&declared.path.text, values, elsa)
                .map_err(|(message, help)| error("unknown-type", &declared.path.range, message, help))?;
            if ty.is_list() != (kind == "array") || !matches!(ty, Ty::Data(_)) {
                let message = format!("`{}` is {}, not a {kind}", declared.path.text, ty.describe());
                let help = "name a path of that kind, or change the parameter's kind".to_string();
                return Err(error("unknown-type", &declared.path.range, message, help));
            }
            Ok(ty)
        }
        _ => {
            let message = format!("the parameter `{name}` has no type that Helm and Tera share");
            let help = format!("write `{name}: string`, or bool, integer, map or array");
            Err(error("untyped-parameter", &place.range, message, help))
        }
    }
}

/// The type of a root that holds data: `program` is any of the programs that the server's pods can run.
pub(super) fn data<'s>(root: &str, values: &'s Schema, elsa: &'s Schema) -> Option<Ty<'s>> {
    match root {
        "values" => Some(Ty::Data(Rc::new([values]))),
        "elsa" => Some(Ty::Data(Rc::new([elsa]))),
        "program" => choice::entries()
            .filter_map(|entry| elsa.member(entry))
            .map(Ty::of)
            .reduce(|all, one| all.or(&one).unwrap_or(Ty::Invalid)),
        _ => None,
    }
}

/// The type at `values.server`, `elsa.server.image` or `values.secrets.*`; or what is wrong with the path, and a help.
fn named<'s>(path: &str, values: &'s Schema, elsa: &'s Schema) -> Result<Ty<'s>, (String, String)> {
    let mut parts = path.split('.');
    let Some(root) = parts.next().and_then(|root| data(root, values, elsa)) else {
        let message = format!("`{path}` names no type");
        let help = "write a path that begins with `values.` or `elsa.`, or `program`";
        return Err((message, help.to_string()));
    };
    let segment = |part: &str| if part == "*" { Segment::Each } else { Segment::Key(part.to_string()) };
    let path: Vec<Segment> = parts.map(segment).collect();
    walk(&root, &path).map(|inside| inside.ty).map_err(|(taken, missing)| {
        let step = spell(&path[taken..=taken]);
        let help = match missing {
            Missing::Unknown(keys) => match nearest(&step, keys.iter().map(String::as_str)) {
                Some(near) => format!("there is `{near}`"),
                None => format!("there are: {}", keys.join(", ")),
            },
            Missing::Differs => "its members have different types".to_string(),
            Missing::NoMap => "nothing is inside it".to_string(),
        };
        (format!("there is no `{}`", spell(&path[..=taken])), help)
    })
}
