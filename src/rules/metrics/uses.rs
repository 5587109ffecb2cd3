//! Which metrics a manifest asks for, whatever its kind: rules of Prometheus, dashboards, autoscalers. Relabellings are
//! left alone, as they speak of labels.

use super::written::Written;
use super::{dashboard, json, promql};
use crate::diagnostics::Span;
use crate::yaml::{Entry, Node};
use std::ops::Range;

/// A metric that a manifest names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MetricUse {
    /// As written: of a histogram `…_bucket`, `…_sum` or `…_count`.
    pub name: String,
    /// The name itself, or the nearest thing around it of which the place is known.
    pub span: Span,
    /// True for a name with colons: by convention the work of a recording rule, which no program exposes.
    pub recorded: bool,
    /// True where an adapter of Kubernetes' metrics API stands between, which may have renamed a program's metric
    /// (`x_total` to `x`): a HorizontalPodAutoscaler.
    pub adapted: bool,
}

/// What a manifest has to do with metrics.
#[derive(Clone, Debug, Default)]
pub struct MetricNames {
    /// Those that it asks for, in the order of the text within each expression.
    pub uses: Vec<MetricUse>,
    /// Those that its recording rules make; another manifest may ask for them, with colons or without.
    pub defined: Vec<MetricUse>,
}

/// The metrics of a manifest: PrometheusRule, VMRule, ConfigMap with dashboards, GrafanaDashboard, ScaledObject,
/// ScaledJob and HorizontalPodAutoscaler. Nothing for other kinds, and nothing from what is malformed.
pub fn metric_names(manifest: &Node) -> MetricNames {
    let text = |key: &str| manifest.get(key).and_then(Node::as_str).unwrap_or_default();
    let (group, kind) = (text("apiVersion").split('/').next().unwrap_or_default(), text("kind"));
    let mut names = MetricNames::default();
    match (group, kind) {
        ("monitoring.coreos.com", "PrometheusRule") | ("operator.victoriametrics.com", "VMRule") => {
            names.rules(manifest);
        }
        ("v1", "ConfigMap") => {
            let data = manifest.get("data").and_then(Node::as_map);
            data.into_iter().flat_map(|data| data.values()).for_each(|entry| names.dashboard(entry));
        }
        ("grafana.integreatly.org", "GrafanaDashboard") => {
            let spec = manifest.get("spec").and_then(Node::as_map);
            spec.and_then(|spec| spec.get("json")).into_iter().for_each(|entry| names.dashboard(entry));
        }
        ("keda.sh", "ScaledObject" | "ScaledJob") => names.triggers(manifest),
        ("autoscaling", "HorizontalPodAutoscaler") => names.autoscaler(manifest),
        _ => {}
    }
    names
}

impl MetricNames {
    fn rules(&mut self, manifest: &Node) {
        for group in items(manifest.get("spec"), "groups") {
            // VictoriaMetrics has groups of other languages.
            if group.get("type").and_then(Node::as_str).is_some_and(|kind| kind != "prometheus") {
                continue;
            }
            for rule in items(Some(group), "rules") {
                self.defined.extend(rule.get("record").and_then(|record| whole(record, false)));
                self.expression(rule.get("expr"));
            }
        }
    }

    fn triggers(&mut self, manifest: &Node) {
        for trigger in items(manifest.get("spec"), "triggers") {
            if trigger.get("type").and_then(Node::as_str) == Some("prometheus") {
                self.expression(trigger.get("metadata").and_then(|metadata| metadata.get("query")));
            }
        }
    }

    fn autoscaler(&mut self, manifest: &Node) {
        for metric in items(manifest.get("spec"), "metrics") {
            for source in ["pods", "object", "external"] {
                let name = metric.get(source).and_then(|source| source.get("metric")?.get("name"));
                self.uses.extend(name.and_then(|name| whole(name, true)));
            }
        }
    }

    /// A string that is PromQL.
    fn expression(&mut self, node: Option<&Node>) {
        let Some((node, written)) = node.and_then(|node| Some((node, Written::new(node)?))) else { return };
        let place = |range| written.place(range).unwrap_or_else(|| node.span.clone());
        self.add(node.as_str().unwrap_or_default(), 0, place);
    }

    /// A string that may be a dashboard's JSON.
    fn dashboard(&mut self, entry: &Entry) {
        let node = &entry.value;
        let Some(json) = node.as_str().filter(|text| text.trim_start().starts_with('{')).and_then(json::read)
        else {
            return;
        };
        let (Some(model), Some(outer)) = (dashboard::model(&json), Written::new(node)) else { return };
        for (query, piece) in dashboard::queries(model) {
            let (Some(text), Some(inner)) = (query.as_str(), Written::new(query)) else { continue };
            let place = |range| {
                let exact = inner.place(range).and_then(|name| outer.place(name.range));
                let whole = || outer.place(query.span.range.clone());
                exact.or_else(whole).unwrap_or_else(|| entry.key.clone())
            };
            self.add(&text[piece.clone()], piece.start, place);
        }
    }

    fn add(&mut self, expression: &str, start: usize, place: impl Fn(Range<usize>) -> Span) {
        self.uses.extend(promql::names(expression).into_iter().map(|found| MetricUse {
            name: found.name.to_string(),
            span: place(start + found.range.start..start + found.range.end),
            recorded: found.name.contains(':'),
            adapted: false,
        }));
    }
}

fn items<'a>(parent: Option<&'a Node>, name: &str) -> &'a [Node] {
    parent.and_then(|parent| parent.get(name)).and_then(Node::as_list).unwrap_or_default()
}

/// A string that is a name and nothing else.
fn whole(node: &Node, adapted: bool) -> Option<MetricUse> {
    let name = node.as_str().filter(|name| promql::is_name(name))?;
    let span = Written::new(node)?.place(0..name.len()).unwrap_or_else(|| node.span.clone());
    Some(MetricUse { name: name.to_string(), span, recorded: name.contains(':'), adapted })
}

#[cfg(test)]
mod tests;
