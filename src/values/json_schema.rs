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
