//! Variables of a container.

use super::Pod;
use serde_json::Value;
use std::collections::BTreeMap;

impl Pod<'_> {
    /// All variables of a container: the image's, then those of `envFrom`, then those of `env`, in order.
    pub(super) fn env(&self, container: &Value) -> BTreeMap<String, String> {
        let mut env: BTreeMap<String, String> = self.image.env.iter().cloned().collect();
        env.insert("HOSTNAME".into(), self.metadata["name"].as_str().unwrap().into());
        env.entry("HOME".into()).or_insert_with(|| self.image.home.clone());
        for source in list(&container["envFrom"]) {
            let prefix = source["prefix"].as_str().unwrap_or_default();
            for field in ["configMapRef", "secretRef"] {
                let Some(name) = source[field]["name"].as_str() else { continue };
                let data = if field == "secretRef" { self.secret_data(name) } else { self.config_data(name) };
                env.extend(data.into_iter().map(|(key, value)| (format!("{prefix}{key}"), value)));
            }
        }
        for variable in list(&container["env"]) {
            let name = variable["name"].as_str().unwrap();
            if let Some(value) = self.value(variable, container, &env) {
                env.insert(name.into(), value);
            }
        }
        env
    }

    fn value(
        &self,
        variable: &Value,
        container: &Value,
        before: &BTreeMap<String, String>,
    ) -> Option<String> {
        let from = &variable["valueFrom"];
        let key = |source: &Value| source["key"].as_str().unwrap().to_string();
        if let Some(source) = from.get("secretKeyRef") {
            return known(self.secret_data(source["name"].as_str().unwrap()).remove(&key(source)), source);
        }
        if let Some(source) = from.get("configMapKeyRef") {
            return known(self.config_data(source["name"].as_str().unwrap()).remove(&key(source)), source);
        }
        if let Some(source) = from.get("resourceFieldRef") {
            let path = source["resource"].as_str().unwrap().split('.');
            let amount = path.fold(&container["resources"], |node, part| &node[part]);
            let divisor = source.get("divisor").map_or(1_000, thousandths);
            // Rounded up, as the kubelet does. Without a limit it would be what the node has.
            return Some(thousandths(amount).div_ceil(divisor).to_string());
        }
        if let Some(source) = from.get("fieldRef") {
            let path = source["fieldPath"].as_str().unwrap();
            return Some(match path {
                "metadata.name" | "metadata.namespace" => {
                    self.metadata[&path[9..]].as_str().unwrap().to_string()
                }
                "status.podIP" | "status.hostIP" => "127.0.0.1".to_string(),
                "spec.nodeName" => "node".to_string(),
                _ => panic!("the harness does not know {path}"),
            });
        }
        Some(expand(variable["value"].as_str().unwrap_or_default(), before))
    }

    /// What a Secret holds, from the test or rendered.
    pub(super) fn secret_data(&self, name: &str) -> BTreeMap<String, String> {
        let mut data = self.data("Secret", name, "stringData").unwrap_or_default();
        let own = self.cluster.secrets.iter().filter(|((secret, _), _)| secret == name);
        data.extend(own.map(|((_, key), value)| (key.clone(), value.clone())));
        data
    }

    /// What a ConfigMap holds.
    pub(super) fn config_data(&self, name: &str) -> BTreeMap<String, String> {
        self.data("ConfigMap", name, "data").unwrap_or_else(|| panic!("no ConfigMap {name} is rendered"))
    }

    fn data(&self, kind: &str, name: &str, field: &str) -> Option<BTreeMap<String, String>> {
        let mut objects = self.cluster.objects.iter();
        let object = objects.find(|object| object["kind"] == kind && object["metadata"]["name"] == name)?;
        let data = object[field].as_object()?;
        Some(data.iter().map(|(key, value)| (key.clone(), value.as_str().unwrap().to_string())).collect())
    }
}

/// The items of a list that may be missing.
pub(super) fn list(node: &Value) -> impl Iterator<Item = &Value> {
    node.as_array().into_iter().flatten()
}

fn known(value: Option<String>, source: &Value) -> Option<String> {
    assert!(value.is_some() || source["optional"] == true, "the test has no value for {source}");
    value
}

/// `$(NAME)` of variables that are known, `$$` as one dollar.
pub(super) fn expand(text: &str, env: &BTreeMap<String, String>) -> String {
    let mut expanded = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('$') {
        expanded.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix('$') {
            expanded.push('$');
            rest = after;
            continue;
        }
        let reference = rest.strip_prefix('(').and_then(|text| text.split_once(')'));
        match reference.and_then(|(name, after)| Some((env.get(name)?, after))) {
            Some((value, after)) => {
                expanded.push_str(value);
                rest = after;
            }
            None => expanded.push('$'),
        }
    }
    expanded + rest
}

/// A quantity in thousandths.
fn thousandths(quantity: &Value) -> u64 {
    let text = quantity.as_str().map_or_else(|| quantity.to_string(), str::to_string);
    let units = [
        ("Ki", 1 << 10),
        ("Mi", 1 << 20),
        ("Gi", 1 << 30),
        ("k", 1_000),
        ("M", 1_000_000),
        ("G", 1_000_000_000),
    ];
    if let Some(number) = text.strip_suffix('m') {
        return number.parse().unwrap();
    }
    let unit = units.iter().find_map(|(suffix, factor)| Some((text.strip_suffix(suffix)?, *factor)));
    let (number, factor) = unit.unwrap_or((&text, 1_u64));
    number.parse::<u64>().unwrap_or_else(|_| panic!("the harness needs a limit, not {quantity}"))
        * factor
        * 1_000
}
