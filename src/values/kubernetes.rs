//! The field tables: which fields a `Toleration` has and what they hold, so that a value that is passed through to
//! Kubernetes is checked as closely as our own.

use super::schema::{Pattern, Schema, Type};
use crate::assets;
use indexmap::IndexMap;
use std::sync::OnceLock;

/// What Kubernetes takes for a quantity that is written as text.
pub const QUANTITY: &str = r"^[+-]?([0-9]+|[0-9]+\.[0-9]*|\.[0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?$";

/// The pattern of quantities, compiled once.
pub fn quantity() -> Option<&'static Pattern> {
    static PATTERN: OnceLock<Option<Pattern>> = OnceLock::new();
    PATTERN.get_or_init(|| Pattern::new(QUANTITY, "a quantity such as 500m, 1.5 or 256Mi").ok()).as_ref()
}

/// The type of that name, if the tables have it.
pub fn find(name: &str) -> Option<&'static Schema> {
    table().get(name)
}

/// The names of all types in the tables.
pub fn names() -> impl Iterator<Item = &'static str> {
    table().keys().map(String::as_str)
}

fn table() -> &'static IndexMap<String, Schema> {
    static TABLE: OnceLock<IndexMap<String, Schema>> = OnceLock::new();
    TABLE.get_or_init(|| parse(assets::schema("kubernetes.txt").unwrap_or_default()))
}

/// Reads a field table; its own header says how one is written.
fn parse(text: &str) -> IndexMap<String, Schema> {
    let mut types: IndexMap<String, IndexMap<String, Schema>> = IndexMap::new();
    for line in text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        match (line.strip_prefix("  "), types.last_mut()) {
            (Some(field), Some((_, fields))) => fields.extend(parse_field(field)),
            _ => {
                types.insert(line.to_string(), IndexMap::new());
            }
        }
    }
    types.into_iter().map(|(name, fields)| (name, Schema::new(Type::Object(fields)))).collect()
}

/// `name! type = allowed values`.
fn parse_field(line: &str) -> Option<(String, Schema)> {
    let (declaration, allowed) = line.split_once(" = ").unwrap_or((line, ""));
    let (name, ty) = declaration.split_once(' ')?;
    let allowed: Vec<String> =
        allowed.split_whitespace().map(|value| value.trim_matches('"').to_string()).collect();
    let required = name.ends_with('!');
    let ty = restrict(Type::parse(ty)?, &allowed);
    Some((name.trim_end_matches('!').to_string(), Schema { required, ..Schema::new(ty) }))
}

/// Limits a string, or the strings in a list, to the allowed values.
fn restrict(ty: Type, allowed: &[String]) -> Type {
    match ty {
        Type::String { pattern, .. } => Type::String { pattern, values: allowed.to_vec() },
        Type::List(item) => Type::List(Box::new(Schema { ty: restrict(item.ty.clone(), allowed), ..*item })),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every type that a field or an annotation can name, or the name that is missing.
    fn dangling(ty: &Type) -> Option<String> {
        match ty {
            Type::List(item) | Type::Map(item) => dangling(&item.ty),
            Type::Object(fields) => fields.values().find_map(|field| dangling(&field.ty)),
            Type::Kubernetes(name) => find(name).is_none().then(|| name.clone()),
            _ => None,
        }
    }

    #[test]
    fn the_table_names_only_types_that_it_has_and_loses_no_line() {
        let text = assets::schema("kubernetes.txt").unwrap();
        let fields = text.lines().filter(|line| line.starts_with("  ")).count();
        let parsed = table().values().map(|ty| match &ty.ty {
            Type::Object(fields) => fields.len(),
            _ => 0,
        });
        assert_eq!(parsed.sum::<usize>(), fields);
        assert_eq!(table().values().find_map(|ty| dangling(&ty.ty)), None);
    }

    #[test]
    fn fields_know_their_types() {
        let spec = find("PodSpec").unwrap();
        let effect = spec.at("tolerations[0].effect").unwrap();
        assert_eq!(effect.ty.to_string(), r#"string, one of "", NoSchedule, PreferNoSchedule, NoExecute"#);
        assert!(spec.at("containers").unwrap().required);
        assert!(!spec.at("tolerations").unwrap().required);
        assert_eq!(spec.at("containers[0].resources.limits.cpu").unwrap().ty, Type::Quantity);
        assert_eq!(spec.at("containers[0].livenessProbe.httpGet.port").unwrap().ty, Type::IntOrString);
        assert_eq!(spec.at("tolerations[0].efect"), None);
    }

    #[test]
    fn quantities() {
        let pattern = quantity().unwrap();
        for good in ["1", "500m", "1.5", ".5", "5.", "256Mi", "-1", "1e3", "1E-3", "2E", "1k"] {
            assert!(pattern.matches(good), "{good}");
        }
        for bad in ["", "1 Gi", "Mi", "1K", "1mi", "1e", "1Gi ", "1\n"] {
            assert!(!pattern.matches(bad), "{bad:?}");
        }
    }
}
