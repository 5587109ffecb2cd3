//! The PromQL in a Grafana dashboard's model: panels, annotations and the queries of variables.

use crate::yaml::Node;
use std::ops::Range;

/// A piece of a string in the model that is PromQL.
pub(super) type Query<'a> = (&'a Node, Range<usize>);

/// Whether JSON is a dashboard, also as Grafana's API wraps it.
pub(super) fn model(json: &Node) -> Option<&Node> {
    let model = json.get("dashboard").unwrap_or(json);
    ["panels", "rows", "templating"].iter().any(|member| model.get(member).is_some()).then_some(model)
}

/// All of a dashboard's queries.
pub(super) fn queries(model: &Node) -> Vec<Query<'_>> {
    let mut found = Vec::new();
    panels(model, &mut found);
    for annotation in list(model.get("annotations"), "list") {
        found.extend(expression(annotation, None));
    }
    for variable in list(model.get("templating"), "list") {
        found.extend(variable_query(variable));
    }
    found
}

/// Panels of rows stand in the row, old ones in `rows`.
fn panels<'a>(parent: &'a Node, found: &mut Vec<Query<'a>>) {
    for panel in list(Some(parent), "rows").iter().chain(list(Some(parent), "panels")) {
        for target in list(Some(panel), "targets") {
            found.extend(expression(target, panel.get("datasource")));
        }
        panels(panel, found);
    }
}

fn list<'a>(parent: Option<&'a Node>, name: &str) -> &'a [Node] {
    parent.and_then(|parent| parent.get(name)).and_then(Node::as_list).unwrap_or_default()
}

/// The `expr` of a target or an annotation.
fn expression<'a>(holder: &'a Node, inherited: Option<&Node>) -> Option<Query<'a>> {
    let speaks = is_prometheus(holder.get("datasource")).or_else(|| is_prometheus(inherited)).unwrap_or(true);
    let node = holder.get("expr").filter(|_| speaks)?;
    Some((node, 0..node.as_str()?.len()))
}

/// Whether a data source takes PromQL: Loki calls its queries `expr` too. Nothing where that is not said.
fn is_prometheus(datasource: Option<&Node>) -> Option<bool> {
    let datasource = datasource?;
    let kind = match datasource.get("type") {
        // `-- Mixed --` and `-- Dashboard --`: every target has its own.
        Some(kind) => kind.as_str().filter(|kind| *kind != "datasource")?,
        // Before Grafana 8 a data source was a name, from which only some can be told.
        None => {
            let name = datasource.as_str()?.to_ascii_lowercase();
            return name.contains("loki").then_some(false);
        }
    };
    Some(kind.contains("prometheus") || kind == "victoriametrics-metrics-datasource")
}

/// The PromQL of a variable: `label_values(HERE, label)`, `query_result(HERE)` or a plain query.
fn variable_query(variable: &Node) -> Option<Query<'_>> {
    let is_query = variable.get("type").and_then(Node::as_str) == Some("query");
    if !is_query || is_prometheus(variable.get("datasource")) == Some(false) {
        return None;
    }
    // `definition` repeats the query for the list of variables.
    let query = variable.get("query");
    let node = [query, query.and_then(|query| query.get("query")), variable.get("definition")]
        .into_iter()
        .flatten()
        .find(|node| node.as_str().is_some_and(|text| !text.is_empty()))?;
    let text = node.as_str()?;
    Some((node, argument(text)?))
}

fn argument(text: &str) -> Option<Range<usize>> {
    let trimmed = text.trim();
    let start = text.len() - text.trim_start().len();
    let within = |function: &str| {
        let inner = trimmed.strip_prefix(function)?.trim_start().strip_prefix('(')?.strip_suffix(')')?;
        let from = start + trimmed.len() - 1 - inner.len();
        Some((inner, from))
    };
    if let Some((inner, from)) = within("query_result") {
        return Some(from..from + inner.len());
    }
    if let Some((inner, from)) = within("label_values") {
        let (selector, label) = inner.rsplit_once(',')?;
        let is_label = label.trim().bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_$".contains(&byte));
        return is_label.then_some(from..from + selector.len());
    }
    let other = ["label_names", "metrics"].iter().any(|function| within(function).is_some());
    (!other).then_some(start..start + trimmed.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::metrics::json;

    fn found(text: &str) -> Vec<String> {
        let json = json::read(text).unwrap();
        let queries = queries(model(&json).unwrap());
        queries.into_iter().map(|(node, range)| node.as_str().unwrap()[range].to_string()).collect()
    }

    #[test]
    fn panels_wherever_they_are() {
        let text = r#"{"panels": [
            {"type": "row", "panels": [{"targets": [{"expr": "a"}, {"refId": "B"}]}]},
            {"datasource": {"type": "loki", "uid": "x"}, "targets": [{"expr": "no"}]},
            {"datasource": "Loki", "targets": [{"expr": "no"}, {"datasource": {"type": "prometheus"}, "expr": "b"}]},
            {"datasource": {"type": "datasource", "uid": "-- Mixed --"}, "targets": [{"expr": "c"}]},
            {"datasource": "${datasource}", "targets": [{"expr": "d"}, {"expr": 1}]}],
            "rows": [{"panels": [{"targets": [{"expr": "e"}]}]}],
            "annotations": {"list": [{"builtIn": 1}, {"expr": "f"}]}}"#;
        assert_eq!(found(text), ["e", "a", "b", "c", "d", "f"]);
        assert_eq!(found(r#"{"dashboard": {"panels": [{"targets": [{"expr": "a"}]}]}}"#), ["a"]);
    }

    #[test]
    fn variables() {
        let variable = |text: &str| {
            let query = serde_json::to_string(text).unwrap();
            found(&format!("{{\"templating\": {{\"list\": [{{\"type\": \"query\", \"query\": {query}}}]}}}}"))
        };
        assert_eq!(variable("label_values(a{x=\"b, c\", y=\"d\"}, namespace)"), ["a{x=\"b, c\", y=\"d\"}"]);
        assert_eq!(variable(" label_values (a,pod) "), ["a"]);
        assert_eq!(variable("query_result(sum by (x) (a))"), ["sum by (x) (a)"]);
        assert_eq!(variable("up"), ["up"]);
        for none in
            ["label_values(namespace)", "label_values(a{x=\"b,c\"})", "metrics(elsa_.*)", "label_names()", ""]
        {
            assert_eq!(variable(none), [""; 0], "{none}");
        }
        let list = r#"{"templating": {"list": [
            {"type": "datasource", "query": "prometheus"}, {"type": "custom", "query": "one,two"},
            {"type": "query", "datasource": {"type": "loki"}, "query": "label_values(no, x)"},
            {"type": "query", "query": {"query": "label_values(a, x)", "refId": "x"}, "definition": "label_values(a, x)"},
            {"type": "query", "definition": "label_values(b, x)"}]}}"#;
        assert_eq!(found(list), ["a", "b"]);
    }

    #[test]
    fn other_json_is_no_dashboard() {
        assert!(model(&json::read("{\"targets\": [{\"expr\": \"a\"}]}").unwrap()).is_none());
        assert!(model(&json::read("[1]").unwrap()).is_none());
    }
}
