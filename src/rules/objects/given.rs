//! What a container is given to read: variables, the keys of ConfigMaps and Secrets, and the
//! program's arguments.

use super::manifests::{Manifest, Manifests, at, items, text};
use crate::diagnostics::Span;
use crate::yaml::{Entry, Map, Node};

/// One key that is set for a container.
pub(super) struct Given<'a> {
    /// As a variable is named: `__` between the parts.
    pub(super) name: String,
    /// Its value, if it stands somewhere in plain and is made of no other variable.
    pub(super) value: Option<&'a str>,
    /// Where the name stands.
    pub(super) place: &'a Span,
    /// Where the value stands; the name's place if there is none.
    pub(super) value_place: &'a Span,
    /// How it gets there.
    pub(super) way: Way,
}

/// How a key gets to a container.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// A variable with a value.
    Variable,
    /// A variable that takes its value from a key of a Secret.
    SecretKey,
    /// A variable that takes its value from elsewhere.
    Reference,
    /// A key of a ConfigMap that is read as a whole.
    ConfigMap,
    /// A key of a Secret that is read as a whole.
    Secret,
    /// An argument of the program.
    Argument,
}

/// Everything that a container is given, in the order in which it wins: the last one of a name does.
pub(super) fn of<'a>(manifests: &'a Manifests, manifest: &Manifest, container: &'a Node) -> Vec<Given<'a>> {
    let mut given = Vec::new();
    for source in items(container, &["envFrom"]) {
        let prefix = text(source, &["prefix"]).unwrap_or_default();
        if let Some(map) = text(source, &["configMapRef", "name"]) {
            let data = manifests.beside(manifest, "ConfigMap", map).and_then(|map| map.at(&["data"]));
            given.extend(keys(data.and_then(Node::as_map), prefix, Way::ConfigMap));
        }
        if let Some(secret) = text(source, &["secretRef", "name"]) {
            let secret = manifests.beside(manifest, "Secret", secret);
            for field in ["data", "stringData"] {
                let data = secret.and_then(|secret| secret.at(&[field])).and_then(Node::as_map);
                given.extend(keys(data, prefix, Way::Secret));
            }
        }
    }
    given.extend(items(container, &["env"]).iter().filter_map(|node| variable(manifests, manifest, node)));
    given.extend(arguments(container));
    given
}

fn keys<'a>(data: Option<&'a Map>, prefix: &str, way: Way) -> Vec<Given<'a>> {
    let given = |(key, entry): (&String, &'a Entry)| Given {
        name: format!("{prefix}{key}"),
        value: entry.value.as_str().filter(|_| way == Way::ConfigMap),
        place: &entry.key,
        value_place: &entry.value.span,
        way,
    };
    data.into_iter().flatten().map(given).collect()
}

fn variable<'a>(manifests: &'a Manifests, manifest: &Manifest, node: &'a Node) -> Option<Given<'a>> {
    let name = node.get("name")?;
    let mut given = Given {
        name: name.as_str()?.to_string(),
        value: None,
        place: &name.span,
        value_place: &name.span,
        way: Way::Reference,
    };
    if let Some(value) = node.get("value") {
        given.way = Way::Variable;
        given.value_place = &value.span;
        given.value = value.as_str().filter(|text| !text.contains("$("));
    } else if at(node, &["valueFrom", "secretKeyRef"]).is_some() {
        given.way = Way::SecretKey;
    } else if let Some(reference) = at(node, &["valueFrom", "configMapKeyRef"]) {
        let map = text(reference, &["name"]).and_then(|name| manifests.beside(manifest, "ConfigMap", name));
        let value = text(reference, &["key"]).and_then(|key| map?.at(&["data", key]));
        if let Some(value) = value {
            given.value = value.as_str();
            given.value_place = &value.span;
        }
    } else if node.get("valueFrom").is_none() {
        // No value means an empty one.
        given.way = Way::Variable;
        given.value = Some("");
    }
    Some(given)
}

/// The settings among the arguments that the program gets: what stands after its DLL; where none is named, all of `args`,
/// if they begin with one.
fn arguments(container: &Node) -> Vec<Given<'_>> {
    let list = |key| items(container, &[key]);
    let all: Vec<&Node> = list("command").iter().chain(list("args")).collect();
    let library = all.iter().position(|word| word.as_str().is_some_and(|word| word.ends_with(".dll")));
    let words = match library {
        Some(library) => all[library + 1..].to_vec(),
        None => list("args").iter().collect(),
    };
    let begins = |first: &&Node| setting(first, words.get(1).copied()).is_some();
    if library.is_none() && !words.first().is_some_and(begins) {
        return Vec::new();
    }
    let mut given = Vec::new();
    let mut index = 0;
    while let Some(word) = words.get(index) {
        index += 1;
        let next = words.get(index).copied();
        if let Some(found) = setting(word, next) {
            // Its value was the next word.
            index += usize::from(!std::ptr::eq(found.place, found.value_place));
            given.push(found);
        }
    }
    given
}

/// `--Key=value`, `/Key=value` and `--Key value`, as .NET reads them; the parts of a key are divided by `:`.
fn setting<'a>(node: &'a Node, next: Option<&'a Node>) -> Option<Given<'a>> {
    let text = node.as_str()?;
    let option =
        text.strip_prefix("--").or_else(|| text.strip_prefix('/').filter(|rest| rest.contains('=')))?;
    let (key, value, value_place) = match option.split_once('=') {
        Some((key, value)) => (key, value, &node.span),
        None => {
            let next = next?;
            // .NET takes whatever follows; a second option is more likely a mistake than a value.
            let value = next.as_str().filter(|value| !value.starts_with("--"))?;
            (option, value, &next.span)
        }
    };
    let is_key = !key.is_empty() && !key.contains(['/', ' ']);
    let value = Some(value).filter(|value| !value.contains("$("));
    let name = key.replace(':', "__");
    is_key.then_some(Given { name, value, place: &node.span, value_place, way: Way::Argument })
}

/// Whether a container's variables, command or arguments are made of a variable: `$(NAME)`.
pub(super) fn is_part(container: &Node, name: &str) -> bool {
    let written = format!("$({name})");
    let values = items(container, &["env"]).iter().filter_map(|variable| text(variable, &["value"]));
    let words =
        ["command", "args"].into_iter().flat_map(|list| items(container, &[list])).filter_map(Node::as_str);
    values.chain(words).any(|text| text.contains(&written))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Source;
    use crate::yaml::reader;

    fn settings(container: &str) -> Vec<String> {
        let node = reader::read(&Source::new("t", container)).unwrap();
        let words = arguments(&node).into_iter();
        words.map(|given| format!("{}={}", given.name, given.value.unwrap_or("?"))).collect()
    }

    #[test]
    fn arguments_after_the_library_are_settings() {
        let command = "command: [dotnet, A.dll]\nargs: [--Http:BasePath=/wf, /TZ=UTC, --A__B, c, '--D=$(E)']";
        assert_eq!(settings(command), ["Http__BasePath=/wf", "TZ=UTC", "A__B=c", "D=?"]);
        assert_eq!(settings("command: [dotnet, A.dll, --A=b]"), ["A=b"]);
    }

    #[test]
    fn arguments_of_an_entry_point_are_settings_if_they_begin_with_one() {
        assert_eq!(settings("args: [--A=b, --C=d]"), ["A=b", "C=d"]);
        assert_eq!(settings("args: [--A, b]"), ["A=b"]);
        assert_eq!(settings("args: [dotnet, ef, --connection, x]"), [""; 0]);
        assert_eq!(settings("args: [/entrypoint.sh, --A=b]"), [""; 0]);
    }

    #[test]
    fn an_option_without_a_value_is_no_setting() {
        assert_eq!(settings("args: [A.dll, --verbose, --A=b]"), ["A=b"]);
        assert_eq!(settings("args: [A.dll, --verbose]"), [""; 0]);
    }
}
