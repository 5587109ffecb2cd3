//! The README's tables of values: one a section, in the order of `values.yaml`.

use super::path::{Path, Segment};
use super::schema::Schema;
use std::fmt::Write;

/// Every key with its type, default and description, as Markdown.
pub fn markdown(schema: &Schema) -> String {
    let mut text = String::new();
    let leaves = schema.leaves();
    for title in sections(schema) {
        heading(&mut text, title);
        for (path, leaf) in leaves.iter().filter(|(path, _)| section_of(schema, path) == title) {
            let (ty, description) = (cell(&leaf.ty.to_string()), cell(&leaf.description));
            // Writing to a string cannot fail.
            let _ = writeln!(text, "| `{path}` | {ty} | {} | {description} |", default(leaf));
        }
    }
    text
}

/// The titles in the order of their first keys; keys before any title come under the empty one.
fn sections(schema: &Schema) -> Vec<&str> {
    let mut titles: Vec<&str> = Vec::new();
    for member in schema.members().into_iter().flat_map(|members| members.values()) {
        let title = member.section.as_deref().unwrap_or_default();
        if !titles.contains(&title) {
            titles.push(title);
        }
    }
    titles
}

fn section_of<'a>(schema: &'a Schema, path: &Path) -> &'a str {
    let Some(Segment::Key(top)) = path.0.first() else { return "" };
    schema.member(top).and_then(|member| member.section.as_deref()).unwrap_or_default()
}

fn heading(text: &mut String, title: &str) {
    if !text.is_empty() {
        text.push('\n');
    }
    if !title.is_empty() {
        let _ = write!(text, "### {title}\n\n");
    }
    text.push_str("| Key | Type | Default | Description |\n|---|---|---|---|\n");
}

/// The default as JSON in a code span.
fn default(schema: &Schema) -> String {
    let json = schema.default.as_ref().and_then(|node| serde_json::to_string(node).ok()).unwrap_or_default();
    // A code span that holds backticks needs more of them around it.
    let fence = if json.contains('`') { "``" } else { "`" };
    cell(&format!("{fence}{json}{fence}"))
}

/// Text that cannot end its cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Source;
    use crate::values::annotated;

    const VALUES: &str = r#"
# -- Before any section.
plain: ""
# == Server ==

server:
  # -- Runs `a | b`.
  # @schema {enum: [stock, host]}
  program: stock
  # -- Resources.
  # @schema {type: ResourceRequirements}
  resources: {requests: {memory: 1Gi, cpu: 1}}
# == Text ==

# -- Lines.
script: |
  echo `date`
"#;

    const TABLE: &str = r#"| Key | Type | Default | Description |
|---|---|---|---|
| `plain` | string | `""` | Before any section. |

### Server

| Key | Type | Default | Description |
|---|---|---|---|
| `server.program` | string, one of stock, host | `"stock"` | Runs `a \| b`. |
| `server.resources` | ResourceRequirements | `{"requests":{"cpu":1,"memory":"1Gi"}}` | Resources. |

### Text

| Key | Type | Default | Description |
|---|---|---|---|
| `script` | string | ``"echo `date`\n"`` | Lines. |
"#;

    #[test]
    fn a_table_a_section() {
        let schema = annotated::read(&[Source::new("values.yaml", VALUES)]).unwrap().schema;
        assert_eq!(markdown(&schema), TABLE);
    }
}
