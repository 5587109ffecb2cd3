//! Value rules: each is a component in `templates/rules/<code>.tera` that prints `path<TAB>sentence` for each
//! violation. One rule serves both outputs: the binary points at the value, the chart fails with the same sentence.

use crate::diagnostics::{Severity, Source};
use indexmap::IndexMap;
use std::fmt::Write;
use std::sync::Arc;

/// The generated template that calls every rule: `elsa.rules.errors` and `elsa.rules.warnings`.
pub const COLLECTION: &str = "rules/_all.tera";

/// What stands before a rule's severity, in its first comment.
pub(crate) const SEVERITY: &str = "@severity";

/// A rule, known by the name of its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueRule {
    /// Kebab-case, such as `replicas-not-supported`.
    pub code: String,
    /// From its `@severity` comment; nothing if that is missing or neither `error` nor `warning`.
    pub severity: Option<Severity>,
    /// What it is about, from the comment above its component.
    pub description: String,
}

impl ValueRule {
    /// Its file below `templates/`.
    pub fn path(&self) -> String {
        format!("rules/{}.tera", self.code)
    }

    /// The component that holds it: `elsa.rules.replicas_not_supported`.
    pub fn component(&self) -> String {
        format!("elsa.rules.{}", self.code.replace('-', "_"))
    }

    fn read(path: &str, text: &str) -> Option<Self> {
        let code = path.strip_prefix("rules/")?.strip_suffix(".tera")?;
        if code.starts_with('_') {
            return None;
        }
        let severity = text.split_once(SEVERITY).map(|(_, rest)| rest.split_whitespace().next());
        let severity = match severity.flatten() {
            Some("error") => Some(Severity::Error),
            Some("warning") => Some(Severity::Warning),
            _ => None,
        };
        let comment =
            text.split("{#").skip(2).find_map(|rest| rest.split_once("#}")).map(|(comment, _)| comment);
        let description = comment.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
        Some(ValueRule { code: code.to_string(), severity, description })
    }
}

/// Every rule among the templates, by code.
pub fn all(files: &IndexMap<String, Arc<Source>>) -> Vec<ValueRule> {
    files.iter().filter_map(|(path, source)| ValueRule::read(path, &source.text)).collect()
}

/// The text of [`COLLECTION`].
pub(crate) fn collection(files: &IndexMap<String, Arc<Source>>) -> String {
    let rules = all(files);
    let mut text = String::new();
    for (name, severity, comment) in [
        ("errors", Severity::Error, "Every value that breaks a rule, a line each: `[rule] path: sentence`."),
        (
            "warnings",
            Severity::Warning,
            "Every value that a rule warns of, a line each: `[rule] path: sentence`.",
        ),
    ] {
        let _ = write!(
            text,
            "{{#\n{comment}\n#}}\n{{% component elsa.rules.{name}(@values, @release, @elsa) -%}}\n"
        );
        for rule in rules.iter().filter(|rule| rule.severity == Some(severity)) {
            let (code, variable) = (&rule.code, rule.code.replace('-', "_"));
            let component = rule.component();
            let _ = write!(
                text,
                "{{%- set {variable} = <{component} /> | trim %}}\n{{%- if {variable} %}}\n[{code}] \
                 {{{{ {variable} | replace(from=\"\\t\", to=\": \") | replace(from=\"\\n\", to=\"\\n[{code}] \") }}}}\n\
                 {{%- endif %}}\n"
            );
        }
        let _ = write!(text, "{{%- endcomponent elsa.rules.{name} %}}\n\n");
    }
    text.truncate(text.trim_end().len());
    text + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assets::Templates;

    #[test]
    fn every_embedded_rule_has_a_severity_a_description_and_its_own_component() {
        let templates = Templates::embedded();
        for rule in all(&templates.files) {
            assert!(rule.severity.is_some(), "{} says neither error nor warning", rule.code);
            assert!(!rule.description.is_empty(), "{} has no description", rule.code);
            let text = &templates.files[&rule.path()].text;
            assert!(text.contains(&format!("component {}(", rule.component())), "{}", rule.code);
        }
    }

    #[test]
    fn the_collection_calls_every_rule() {
        let templates = Templates::embedded();
        let text = &templates.files[COLLECTION].text;
        for rule in all(&templates.files) {
            assert!(text.contains(&format!("<{} />", rule.component())), "{}", rule.code);
        }
    }
}
