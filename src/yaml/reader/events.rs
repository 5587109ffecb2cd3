//! From the parser's events to nodes: one pass, which goes on after every mistake that is not one of syntax.

use super::places::Places;
use super::scalar::scalar;
use super::{dialect, keys, limits, places, syntax, tags};
use crate::diagnostics::{Diagnostic, Span};
use crate::yaml::{Kind, Node};
use saphyr_parser::{Event, Parser, ScalarStyle, Tag};
use std::collections::HashMap;
use std::ops::Range;

/// What is asked of a text beyond its syntax.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Rules {
    /// Values: nothing that another reader, or Helm's own arithmetic, would take for something else.
    Values,
    /// Manifests, which others have written: only what no Kubernetes client reads.
    Manifests,
}

/// One document of a stream.
pub(super) struct Document {
    /// Its `---`, or its first character.
    pub(super) start: Range<usize>,
    pub(super) root: Node,
}

/// A finished node and what it weighs once its aliases are written out.
#[derive(Clone)]
struct Weighed {
    node: Node,
    /// Nodes, itself included; long texts count for several.
    size: usize,
    /// Levels below itself.
    height: usize,
}

impl Weighed {
    fn leaf(node: Node, text: &str) -> Self {
        Weighed { node, size: 1 + text.len() / 32, height: 0 }
    }
}

/// Reads a whole stream: what could be read, and every mistake in the order of their places.
pub(super) fn load(places: &Places, rules: Rules) -> (Vec<Document>, Vec<Diagnostic>) {
    let mut builder = Builder::new(places, rules);
    // After its first error the parser repeats it for ever.
    for event in Parser::new_from_str(places.text()) {
        match event {
            Ok((event, span)) => {
                let range = builder.places.range(span);
                if builder.event(event, range).is_break() {
                    break;
                }
            }
            Err(error) => {
                builder.problems.push(syntax::diagnostic(places, &error));
                break;
            }
        }
    }
    (builder.documents, builder.problems)
}

pub(super) struct Builder<'a> {
    places: &'a Places<'a>,
    pub(super) rules: Rules,
    pub(super) problems: Vec<Diagnostic>,
    documents: Vec<Document>,
    open: Vec<Frame>,
    /// The parser numbers anchors over the whole stream; here each document forgets those of the one before.
    anchors: HashMap<usize, Weighed>,
    /// Nodes that aliases have made so far.
    copied: usize,
    /// Where the previous event ended: nothing of the next one lies before.
    previous_end: usize,
    document_start: Range<usize>,
}

/// A map or list that is still being read.
struct Frame {
    anchor: usize,
    /// Of the opening bracket; nothing for block style.
    bracket: Option<usize>,
    /// The event's own place.
    start: usize,
    size: usize,
    height: usize,
    content: Content,
}

enum Content {
    List(Vec<Node>),
    Map(keys::Members),
}

type Flow = std::ops::ControlFlow<()>;

impl<'a> Builder<'a> {
    fn new(places: &'a Places<'a>, rules: Rules) -> Self {
        Builder {
            places,
            rules,
            problems: Vec::new(),
            documents: Vec::new(),
            open: Vec::new(),
            anchors: HashMap::new(),
            copied: 0,
            previous_end: 0,
            document_start: 0..0,
        }
    }

    fn event(&mut self, event: Event, range: Range<usize>) -> Flow {
        let end = range.end;
        if self.rules == Rules::Values && !self.in_flow() {
            self.problems.extend(dialect::gap(self.places, self.previous_end..range.start));
        }
        let flow = match event {
            Event::DocumentStart(_) => {
                self.anchors.clear();
                if self.rules == Rules::Values {
                    self.problems.extend(dialect::start(self.places, self.previous_end, &range));
                }
                self.document_start = range;
                Flow::Continue(())
            }
            Event::Scalar(text, style, anchor, tag) => {
                self.scalar(&text, style, anchor, tag.as_deref(), range)
            }
            Event::Alias(anchor) => self.alias(anchor, range),
            Event::SequenceStart(anchor, tag) => {
                self.start(anchor, tag.as_deref(), range, Content::List(Vec::new()))
            }
            Event::MappingStart(anchor, tag) => {
                self.start(anchor, tag.as_deref(), range, Content::Map(keys::Members::default()))
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(range),
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => Flow::Continue(()),
        };
        self.previous_end = self.previous_end.max(end);
        flow
    }

    fn scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<&Tag>,
        range: Range<usize>,
    ) -> Flow {
        let decorated = anchor > 0 || tag.is_some();
        let range = self.places.scalar(style, decorated, text.is_empty(), self.previous_end, range);
        if self.rules == Rules::Values {
            let is_key = self.wants_key();
            self.problems.extend(dialect::scalar(self.places, text, style, &range));
            if self.in_flow() {
                self.problems.extend(dialect::flow_scalar(self.places, style, is_key, &range));
            }
            if anchor > 0 {
                self.problems.extend(dialect::anchor(self.places, &range));
            }
        }
        let span = self.places.span(range);
        let untagged = || match style {
            ScalarStyle::Plain => scalar(text),
            _ => Kind::String(text.to_owned()),
        };
        let kind = match tag {
            None => untagged(),
            Some(tag) => tags::scalar(tag, text, &span).unwrap_or_else(|problem| {
                self.problems.push(problem);
                untagged()
            }),
        };
        let plain = style == ScalarStyle::Plain && !matches!(kind, Kind::String(_));
        let node = Node { kind, span, plain: plain.then(|| text.into()) };
        if self.wants_key() {
            // Only an unquoted and untagged `<<` merges.
            let merges = style == ScalarStyle::Plain && tag.is_none() && text == keys::MERGE;
            return self.finish(anchor, Weighed::leaf(node, text), merges);
        }
        self.problems.extend(limits::value(&node, self.rules));
        self.finish(anchor, Weighed::leaf(node, text), false)
    }

    /// True where the next node is a map's key.
    fn wants_key(&self) -> bool {
        let content = self.open.last().map(|frame| &frame.content);
        matches!(content, Some(Content::Map(members)) if members.wants_key())
    }

    /// True between brackets.
    fn in_flow(&self) -> bool {
        self.open.iter().any(|frame| frame.bracket.is_some())
    }

    fn alias(&mut self, anchor: usize, range: Range<usize>) -> Flow {
        if self.rules == Rules::Values {
            self.problems.extend(dialect::anchor(self.places, &range));
        }
        let span = self.places.span(range);
        let Some(target) = self.anchors.get(&anchor) else {
            self.problems.push(limits::unknown_alias(span));
            return Flow::Break(());
        };
        let (size, height) = (target.size, target.height);
        if self.copy(size, &span).is_break() {
            return Flow::Break(());
        }
        if self.open.len() + height > limits::DEPTH {
            self.problems.push(limits::too_deep(span));
            return Flow::Break(());
        }
        let Some(mut copy) = self.anchors.get(&anchor).cloned() else { return Flow::Break(()) };
        copy.node.span = span;
        self.finish(0, copy, false)
    }

    /// Counts nodes before they are copied, so that no text of a few lines can fill the memory.
    fn copy(&mut self, size: usize, span: &Span) -> Flow {
        self.copied += size;
        if self.copied <= limits::COPIES {
            return Flow::Continue(());
        }
        self.problems.push(limits::alias_bomb(span.clone()));
        Flow::Break(())
    }

    fn start(&mut self, anchor: usize, tag: Option<&Tag>, range: Range<usize>, content: Content) -> Flow {
        if self.open.len() >= limits::DEPTH {
            self.problems.push(limits::too_deep(self.places.span(range)));
            return Flow::Break(());
        }
        if self.rules == Rules::Values && anchor > 0 {
            self.problems.extend(dialect::anchor(self.places, &range));
        }
        if let Some(tag) = tag {
            let is_map = matches!(content, Content::Map(_));
            self.problems.extend(tags::collection(tag, is_map, &self.places.span(range.clone())));
        }
        let bracket = places::bracket(self.places.text(), range.clone());
        self.open.push(Frame { anchor, bracket, start: range.start, size: 1, height: 0, content });
        Flow::Continue(())
    }

    fn end(&mut self, range: Range<usize>) -> Flow {
        let Some(frame) = self.open.pop() else { return Flow::Continue(()) };
        let first = match &frame.content {
            Content::List(items) => items.first().map(|item| item.span.range.clone()),
            Content::Map(members) => members.first_key(),
        };
        let place = match frame.bracket {
            Some(bracket) => bracket..range.start + 1,
            None => first.unwrap_or(frame.start..frame.start),
        };
        let kind = match frame.content {
            Content::List(items) => Kind::List(items),
            Content::Map(members) => Kind::Map(members.into_map()),
        };
        let node = Node::new(kind, self.places.span(place));
        self.finish(frame.anchor, Weighed { node, size: frame.size, height: frame.height }, false)
    }

    /// Hands a finished node to whatever it is a part of.
    fn finish(&mut self, anchor: usize, done: Weighed, merges: bool) -> Flow {
        if anchor > 0 {
            if self.copy(done.size, &done.node.span).is_break() {
                return Flow::Break(());
            }
            self.anchors.insert(anchor, done.clone());
        }
        let Some(mut frame) = self.open.pop() else {
            let start = self.document_start.clone();
            self.documents.push(Document { start, root: done.node });
            return Flow::Continue(());
        };
        frame.size += done.size;
        frame.height = frame.height.max(done.height + 1);
        match &mut frame.content {
            Content::List(items) => items.push(done.node),
            Content::Map(members) => members.take(done.node, merges, self),
        }
        self.open.push(frame);
        Flow::Continue(())
    }
}
