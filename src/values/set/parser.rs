//! A faithful port of the way in which Helm's strvals reads an argument, including where it stops early.

use super::{Applied, Form, SetArgument, json, syntax, without_controls};
use crate::diagnostics::{Diagnostic, Diagnostics, Result, Span};
use crate::values::input::Files;
use crate::values::merge;
use crate::values::path::{Path, Segment};
use crate::yaml::reader::limits;
use crate::yaml::{Entry, Kind, Map, Node};
use std::ops::Range;

/// Helm's limit on indexes.
const MAX_INDEX: usize = 65536;
/// Helm's limit on dots in a key.
const MAX_DOTS: usize = 30;

/// Why reading goes no further.
pub(super) enum Stop {
    /// The argument ends. Helm takes that for success wherever it happens.
    End,
    /// It is wrong.
    Wrong(Diagnostics),
}

impl From<Diagnostic> for Stop {
    fn from(diagnostic: Diagnostic) -> Self {
        Stop::Wrong(diagnostic.into())
    }
}

type Step = std::result::Result<(), Stop>;

/// Text up to a stop character, with escapes undone.
pub(super) struct Token {
    pub(super) text: String,
    /// As written, without the stop character.
    pub(super) range: Range<usize>,
    /// The stop character, or nothing at the end of the argument.
    pub(super) stop: Option<char>,
}

/// Reads one argument.
pub(super) struct Parser<'a> {
    pub(super) argument: &'a SetArgument,
    pub(super) files: &'a mut Files,
    pub(super) at: usize,
    /// The path of the assignment that is being read.
    path: Vec<Segment>,
    /// Whether it has set anything: Helm ignores some that have no key or no value.
    assigned: bool,
    applied: Applied,
}

pub(super) fn apply(into: &mut Node, argument: &SetArgument, files: &mut Files) -> Result<Applied> {
    let mut parser =
        Parser { argument, files, at: 0, path: Vec::new(), assigned: false, applied: Applied::default() };
    if argument.form == Form::Json && argument.text.trim_start().starts_with('{') {
        parser.whole_object(into)?;
        return Ok(parser.applied);
    }
    let Kind::Map(map) = &mut into.kind else { return Ok(parser.applied) };
    loop {
        let start = parser.at;
        parser.path.clear();
        parser.assigned = false;
        let step = parser.key(map, 0);
        parser.note(start);
        match step {
            Ok(()) => {}
            Err(Stop::End) => return Ok(parser.applied),
            Err(Stop::Wrong(diagnostics)) => return Err(diagnostics),
        }
    }
}

impl Parser<'_> {
    /// The newest helm 4 merges an argument that is a whole object; those before it refuse it.
    fn whole_object(&mut self, into: &mut Node) -> Result<()> {
        let (node, end) = json::read(&self.argument.source, 0)?;
        let rest = &self.argument.text[end..];
        if !rest.trim().is_empty() {
            let start = end + rest.len() - rest.trim_start().len();
            return Err(syntax(
                self.span(start..start + rest.trim().len()),
                "something follows the JSON object",
            )
            .help("give each its own --set-json")
            .into());
        }
        let keys = node.as_map().into_iter().flat_map(Map::keys);
        self.applied.paths.extend(keys.map(|key| Path::default().key(key)));
        merge::merge(into, node);
        Ok(())
    }

    /// Notes what an assignment did.
    fn note(&mut self, start: usize) {
        let keys = self.path.iter().take_while(|segment| matches!(segment, Segment::Key(_)));
        let path = Path(keys.cloned().collect());
        let written = self.argument.text[start..self.at].trim_end_matches(',');
        if self.assigned {
            self.applied.paths.push(path);
        } else if !written.is_empty() {
            let span = self.span(start..start + written.len());
            let warning = Diagnostic::warning("set-ignored", "this sets nothing, here as in helm").at(span);
            self.applied.warnings.push(warning.help(format!("write {} KEY=VALUE", self.flag())));
        }
    }

    fn flag(&self) -> &str {
        &self.argument.source.name
    }

    pub(super) fn span(&self, range: Range<usize>) -> Span {
        Span::new(&self.argument.source, range)
    }

    pub(super) fn rest(&self) -> &str {
        &self.argument.text[self.at..]
    }

    fn take(&mut self) -> Option<char> {
        let next = self.rest().chars().next()?;
        self.at += next.len_utf8();
        Some(next)
    }

    pub(super) fn until(&mut self, stops: &[char]) -> Token {
        let start = self.at;
        let mut text = String::new();
        loop {
            let end = self.at;
            match self.take() {
                Some(next) if stops.contains(&next) => {
                    return Token { text, range: start..end, stop: Some(next) };
                }
                Some('\\') => text.extend(self.take()),
                Some(next) => text.push(next),
                None => return Token { text, range: start..end, stop: None },
            }
        }
    }

    fn key(&mut self, data: &mut Map, dots: usize) -> Step {
        let token = self.until(&['=', '[', ',', '.']);
        let span = self.span(token.range.clone());
        without_controls(&token.text, &span)?;
        self.path.push(Segment::Key(token.text.clone()));
        match token.stop {
            None if token.text.is_empty() => Err(Stop::End),
            None | Some(',') => Err(self.no_value(span, &token.text).into()),
            Some('=') => {
                let (value, end) = self.value()?;
                self.set(data, token.text, span, value);
                if end { Err(Stop::End) } else { Ok(()) }
            }
            Some('[') => self.indexed(data, token.text, &span, dots),
            Some(_) if dots == MAX_DOTS => {
                Err(syntax(span, format!("a key may hold no more than {MAX_DOTS} dots")).into())
            }
            Some(_) => self.member(data, token.text, &span, dots + 1),
        }
    }

    fn no_value(&self, span: Span, key: &str) -> Diagnostic {
        let end = self.span(span.range.end..span.range.end);
        if key.is_empty() {
            return syntax(end, "expected KEY=VALUE before this comma")
                .help("a comma that belongs to a value: `\\,`");
        }
        let help = match self.argument.form {
            Form::File => format!("write {key}=FILE"),
            Form::Json => format!("write {key}=JSON, or the whole argument as a JSON object"),
            Form::Set | Form::String => {
                format!("write {key}=VALUE; a comma that belongs to a value is `\\,`")
            }
        };
        syntax(span, format!("the key `{key}` has no value")).help(help)
    }

    /// Helm does not set an empty key, silently.
    fn set(&mut self, data: &mut Map, key: String, span: Span, value: Node) {
        self.assigned = !key.is_empty();
        if self.assigned {
            match data.get_mut(&key) {
                Some(entry) => *entry = Entry { key: span, value },
                None => {
                    data.insert(key, Entry { key: span, value });
                }
            }
        }
    }

    /// `key.` and what follows.
    fn member(&mut self, data: &mut Map, key: String, span: &Span, dots: usize) -> Step {
        if let Some(entry) = data.get_mut(&key) {
            let Kind::Map(inner) = &mut entry.value.kind else {
                return Err(self.conflict(span, &key, "a map", &entry.value).into());
            };
            let step = self.key(inner, dots);
            if step.is_ok() && inner.is_empty() {
                return Err(self.no_value(span.clone(), &key).into());
            }
            if self.assigned {
                entry.key = span.clone();
                entry.value.span = span.clone();
            }
            return step;
        }
        let mut inner = Map::new();
        let step = self.key(&mut inner, dots);
        if step.is_ok() && inner.is_empty() {
            return Err(self.no_value(span.clone(), &key).into());
        }
        if !inner.is_empty() {
            self.set(data, key, span.clone(), Node::new(Kind::Map(inner), span.clone()));
        }
        step
    }

    /// `key[` and what follows.
    fn indexed(&mut self, data: &mut Map, key: String, span: &Span, dots: usize) -> Step {
        let index = self.index()?;
        let mut fresh = Node::new(Kind::List(Vec::new()), span.clone());
        let node = data.get_mut(&key).map_or(&mut fresh, |entry| &mut entry.value);
        let Kind::List(list) = &mut node.kind else {
            return Err(self.conflict(span, &key, "a list", node).into());
        };
        let step = self.item(list, index, span, dots);
        if let Err(Stop::Wrong(_)) = step {
            return step;
        }
        if key.is_empty() {
            self.assigned = false;
        } else if let Some(entry) = data.get_mut(&key) {
            if self.assigned {
                entry.key = span.clone();
                entry.value.span = span.clone();
            }
        } else {
            data.insert(key, Entry { key: span.clone(), value: fresh });
        }
        step
    }

    /// What stands behind `[`: a number and `]`.
    fn index(&mut self) -> std::result::Result<usize, Stop> {
        let token = self.until(&[']']);
        let span = self.span(token.range);
        if token.stop.is_none() {
            // Helm 4 takes this for the end of the argument and ignores it, every helm 3 refuses it.
            return Err(syntax(span, "this index has no `]`").help("an item is written list[0]").into());
        }
        let index: i64 = token.text.parse().map_err(|_| {
            syntax(span.clone(), "an index is a whole number").help("an item is written list[0]")
        })?;
        let index = match usize::try_from(index) {
            Ok(index) if index <= MAX_INDEX => index,
            Ok(_) => return Err(syntax(span, format!("the largest index is {MAX_INDEX}")).into()),
            Err(_) => return Err(syntax(span, "an index counts from 0").into()),
        };
        if self.path.len() > limits::DEPTH {
            return Err(limits::too_deep(span).into());
        }
        self.path.push(Segment::Index(index));
        Ok(index)
    }

    /// What stands behind `]`.
    fn item(&mut self, list: &mut Vec<Node>, index: usize, place: &Span, dots: usize) -> Step {
        let token = self.until(&['[', '.', '=']);
        if !token.text.is_empty() {
            let span = self.span(token.range);
            return Err(syntax(span, "`=`, `.` or `[` must follow an index")
                .help("such as list[0].name=x")
                .into());
        }
        let here = Span::new(&place.source, place.range.start..token.range.end);
        match token.stop {
            None => Err(Stop::End),
            Some('=') => {
                let (value, _) = self.value()?;
                put(list, index, value, &here);
                self.assigned = true;
                Ok(())
            }
            Some('[') => {
                let next = self.index()?;
                if let Some(node) = list.get_mut(index).filter(|node| !node.is_null()) {
                    let Kind::List(inner) = &mut node.kind else {
                        return Err(self.conflict(&here, here.text(), "a list", node).into());
                    };
                    return self.item(inner, next, place, dots);
                }
                let mut inner = Vec::new();
                self.item(&mut inner, next, place, dots)?;
                put(list, index, Node::new(Kind::List(inner), here.clone()), &here);
                Ok(())
            }
            Some(_) => {
                if let Some(node) = list.get_mut(index) {
                    // Helm replaces an item that is no map.
                    if node.as_map().is_none() {
                        *node = Node::new(Kind::Map(Map::new()), here);
                    }
                    return match &mut node.kind {
                        Kind::Map(inner) => self.key(inner, dots),
                        _ => Ok(()),
                    };
                }
                let mut inner = Map::new();
                let step = self.key(&mut inner, dots);
                match step {
                    Ok(()) => put(list, index, Node::new(Kind::Map(inner), here.clone()), &here),
                    // Helm forgets a new item whose value is empty at the end of the argument, `a[0].b=`.
                    Err(_) => self.assigned = false,
                }
                step
            }
        }
    }

    fn conflict(&self, span: &Span, key: &str, wanted: &str, found: &Node) -> Diagnostic {
        let help = match wanted {
            "a list" => "set the whole list: KEY={one,two}, or in a -f file".to_string(),
            _ => format!("set the whole map with --set-json '{key}={{…}}', or in a -f file"),
        };
        let diagnostic =
            Diagnostic::error("set-conflict", format!("`{key}` is {}, not {wanted}", found.describe()))
                .at(span.clone());
        diagnostic.label(found.span.clone(), "set here").help(help)
    }
}

/// Puts an item into a list, filling up with nulls.
fn put(list: &mut Vec<Node>, index: usize, value: Node, place: &Span) {
    while list.len() <= index {
        list.push(Node::new(Kind::Null, place.clone()));
    }
    list[index] = value;
}
