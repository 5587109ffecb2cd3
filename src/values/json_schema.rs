//! The chart's `values.schema.json`: draft-07, because Helm's validators of every version know it, and with all that
//! it needs inside, because newer helms would fetch references from the network.

use super::kubernetes;
use super::schema::{Schema, Type};
use indexmap::IndexMap;
use serde_json::{Map, Value, json};

/// The JSON schema of all values.
pub fn of(schema: &Schema) -> Value {
    let mut document = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Values",
    });
    let mut used = Vec::new();
    let body = value(schema, &mut used);
    let mut definitions: IndexMap<String, Value> = IndexMap::new();
    while let Some(name) = used.pop() {
        if !definitions.contains_key(&name) {
            let fields = kubernetes::find(&name).map_or(json!(false), |fields| value(fields, &mut used));
            definitions.insert(name, fields);
        }
    }
    definitions.sort_keys();
    if let (Value::Object(document), Value::Object(body)) = (&mut document, body) {
        document.extend(body);
        if !definitions.is_empty() {
            document.insert("definitions".to_string(), definitions.into_iter().collect::<Map<_, _>>().into());
        }
    }
    document
}

/// The schema of one value; names of Kubernetes types that it refers to are added to `used`.
fn value(schema: &Schema, used: &mut Vec<String>) -> Value {
    let mut json = Map::new();
    let mut set = |key: &str, value: Value| {
        json.insert(key.to_string(), value);
    };
    if !schema.description.is_empty() {
        set("description", schema.description.as_str().into());
    }
    match &schema.ty {
        Type::String { pattern, values } => {
            set("type", "string".into());
            if !values.is_empty() {
                set("enum", values.as_slice().into());
            }
            if let Some(pattern) = pattern {
                set("pattern", pattern.text.as_str().into());
            }
        }
        Type::Bool => set("type", "boolean".into()),
        Type::Integer { minimum, maximum } => {
            set("type", "integer".into());
            minimum.iter().for_each(|least| set("minimum", (*least).into()));
            maximum.iter().for_each(|most| set("maximum", (*most).into()));
        }
        Type::Number => set("type", "number".into()),
        // A pattern speaks of strings only: numbers pass.
        Type::Quantity => {
            set("type", json!(["string", "number"]));
            set("pattern", kubernetes::QUANTITY.into());
        }
        Type::IntOrString => set("type", json!(["integer", "string"])),
        Type::List(of) => {
            set("type", "array".into());
            set("items", value(of, used));
        }
        Type::Map(of) => {
            set("type", "object".into());
            set("additionalProperties", value(of, used));
        }
        Type::Object(members) => {
            set("type", "object".into());
            let required: Vec<&str> =
                members.iter().filter(|(_, schema)| schema.required).map(|(key, _)| key.as_str()).collect();
            let mut properties: Map<String, Value> =
                members.iter().map(|(key, schema)| (key.clone(), value(schema, used))).collect();
            if schema.root {
                properties.insert("enabled".to_string(), json!({"type": "boolean", "description": ENABLED}));
                properties.insert("global".to_string(), json!({"type": "object", "description": GLOBAL}));
            }
            set("properties", properties.into());
            if !required.is_empty() {
                set("required", required.into());
            }
            set("additionalProperties", false.into());
        }
        // What stands beside a reference validates nothing in draft-07, but editors show it.
        Type::Kubernetes(name) => {
            set("$ref", format!("#/definitions/{name}").into());
            used.push(name.clone());
        }
        Type::Any => set("type", json!(["object", "array", "string", "number", "boolean"])),
    }
    if let Some(default) = schema.default.as_ref().and_then(|node| serde_json::to_value(node).ok()) {
        set("default", default);
    }
    Value::Object(json)
}

const ENABLED: &str = "Read by umbrella charts, as the `condition` of this one; nothing here looks at it.";
const GLOBAL: &str = "Values that an umbrella chart shares with all its charts; nothing here looks at them.";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Source;
    use crate::values::annotated;

    fn schema(text: &str) -> Value {
        of(&annotated::read(&[Source::new("values.yaml", text)]).unwrap().schema)
    }

    #[test]
    fn closed_required_and_documented() {
        let text = "server:\n  # -- Program.\n  # @schema {enum: [stock, host]}\n  program: stock\n  # -- Memory.\n  \
                    # @schema {type: quantity}\n  memory: 1\n";
        assert_eq!(
            schema(text),
            json!({
                "$schema": "http://json-schema.org/draft-07/schema#",
                "title": "Values",
                "type": "object",
                "properties": {
                    "server": {
                        "type": "object",
                        "properties": {
                            "program": {
                                "description": "Program.",
                                "type": "string",
                                "enum": ["stock", "host"],
                                "default": "stock"
                            },
                            "memory": {
                                "description": "Memory.",
                                "type": ["string", "number"],
                                "pattern": kubernetes::QUANTITY,
                                "default": 1
                            }
                        },
                        "required": ["program", "memory"],
                        "additionalProperties": false
                    },
                    "enabled": {"type": "boolean", "description": ENABLED},
                    "global": {"type": "object", "description": GLOBAL}
                },
                "required": ["server"],
                "additionalProperties": false
            })
        );
    }

    /// Every `$ref` in a document.
    fn references<'a>(json: &'a Value, found: &mut Vec<&'a str>) {
        match json {
            Value::Array(items) => items.iter().for_each(|item| references(item, found)),
            Value::Object(members) => {
                found.extend(members.get("$ref").and_then(Value::as_str));
                members.values().for_each(|member| references(member, found));
            }
            _ => {}
        }
    }

    #[test]
    fn only_the_kubernetes_types_in_use_and_all_of_them() {
        let text =
            "# -- A.\n# @schema {type: \"[]HostAlias\"}\na: []\n# -- P.\n# @schema {type: Probe}\np: {}\n";
        let schema = schema(text);
        let names: Vec<&String> = schema["definitions"].as_object().unwrap().keys().collect();
        let expected = [
            "ExecAction",
            "GRPCAction",
            "HTTPGetAction",
            "HTTPHeader",
            "HostAlias",
            "Probe",
            "TCPSocketAction",
        ];
        assert_eq!(names, expected);
        let mut found = Vec::new();
        references(&schema, &mut found);
        assert!(found.iter().all(|to| schema.pointer(to.trim_start_matches('#')).is_some()), "{found:?}");
    }
}
