//! Another value for a key, made from its type: what a test sets to see whether anything comes of it.
#![allow(clippy::unwrap_used)]

use elsakube::diagnostics::Source;
use elsakube::values::path::{Path, Segment};
use elsakube::values::schema::{Schema, Type};
use elsakube::values::validate::validate_layer;
use elsakube::yaml::{Kind, Node, reader};
use serde_json::{Map, Value, json};

/// Tried in turn for text: every pattern of ours admits one.
const TEXTS: [&str; 13] = [
    "sample",
    "sample.example.com",
    "https://sample.example.com",
    "/sample",
    "3.9.1",
    "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
    "0 4 * * *",
    "0 0 4 * * *",
    "3d",
    "Europe/Amsterdam",
    "10.0.0.0/8",
    "17",
    "",
];

/// How many values are tried for a key.
const MOST: usize = 4;

/// Values for a key that differ from its present one, each as a layer that sets this key alone.
pub fn candidates(root: &Schema, path: &Path, schema: &Schema, present: &Node) -> Vec<Node> {
    let present = serde_json::to_value(present).unwrap();
    let layers = others(&schema.ty, &present).into_iter().filter(|value| *value != present);
    layers.map(|value| layer(path, value)).filter(|layer| is_valid(root, layer)).take(MOST).collect()
}

fn is_valid(root: &Schema, layer: &Node) -> bool {
    validate_layer(root, layer, &[]).is_empty()
}

fn others(ty: &Type, present: &Value) -> Vec<Value> {
    match ty {
        Type::String { values, .. } if values.is_empty() => TEXTS.iter().map(|text| json!(text)).collect(),
        Type::String { values, .. } => values.iter().map(|value| json!(value)).collect(),
        Type::Bool => vec![json!(present != &json!(true))],
        Type::Integer { .. } | Type::Number => {
            let number = present.as_i64().unwrap_or_default();
            vec![json!(number + 1), json!(number - 1)]
        }
        Type::Kubernetes(_) | Type::Object(_) => {
            let members = Schema::new(ty.clone());
            let members = members.members().unwrap();
            let required = required(members, 0);
            let optional = members.iter().filter(|(_, schema)| !schema.required);
            let with = |(key, schema): (&String, &Schema)| {
                let mut map = required.clone();
                map.insert(key.clone(), sample(&schema.ty, 1));
                Value::Object(map)
            };
            let mut all: Vec<Value> = optional.map(with).collect();
            if !required.is_empty() {
                all.insert(0, Value::Object(required.clone()));
            }
            all
        }
        Type::List(of) | Type::Map(of) => {
            let samples = others(&of.ty, &Value::Null);
            let listed =
                |value| if matches!(ty, Type::List(_)) { json!([value]) } else { json!({"sample": value}) };
            samples.into_iter().map(listed).collect()
        }
        Type::Quantity | Type::IntOrString | Type::Any => vec![sample(ty, 0)],
    }
}

fn required(members: &indexmap::IndexMap<String, Schema>, depth: usize) -> Map<String, Value> {
    let required = members.iter().filter(|(_, schema)| schema.required);
    required.map(|(key, schema)| (key.clone(), sample(&schema.ty, depth + 1))).collect()
}

fn sample(ty: &Type, depth: usize) -> Value {
    match ty {
        Type::String { values, .. } => {
            json!(values.iter().find(|value| !value.is_empty()).map_or("sample", String::as_str))
        }
        Type::Bool => json!(true),
        Type::Integer { .. } | Type::Number => json!(7),
        Type::Quantity => json!("3Gi"),
        Type::IntOrString => json!(8081),
        Type::Any => json!("sample"),
        Type::List(of) => json!([sample(&of.ty, depth + 1)]),
        Type::Map(of) => json!({"sample": sample(&of.ty, depth + 1)}),
        Type::Kubernetes(_) | Type::Object(_) => {
            let schema = Schema::new(ty.clone());
            let members = schema.members().unwrap();
            let mut map = required(members, depth);
            if let Some((key, first)) = members.first().filter(|_| map.is_empty() && depth < 8) {
                map.insert(key.clone(), sample(&first.ty, depth + 1));
            }
            Value::Object(map)
        }
    }
}

/// A layer of values that sets one key.
fn layer(path: &Path, value: Value) -> Node {
    let wrap = |value, segment: &Segment| match segment {
        Segment::Key(key) => json!({key: value}),
        Segment::Index(_) => unreachable!("no key of ours is an item"),
    };
    let layer = path.0.iter().rev().fold(value, wrap);
    reader::read(&Source::new("mutation", layer.to_string())).unwrap()
}

/// Takes a key out of a layer.
pub fn without(mut layer: Node, path: &Path) -> Node {
    fn take(node: &mut Node, path: &[Segment]) {
        let ([Segment::Key(key), rest @ ..], Kind::Map(map)) = (path, &mut node.kind) else { return };
        if rest.is_empty() {
            map.shift_remove(key);
        } else if let Some(entry) = map.get_mut(key) {
            take(&mut entry.value, rest);
        }
    }
    take(&mut layer, &path.0);
    layer
}
