//! Which program of the catalogue the server's pods run. It is decided here alone: the engine asks [`entry`], and the
//! chart's define is written from [`CHOICES`], so that the two outputs cannot choose differently.

use crate::yaml::Node;

/// An entry of the catalogue, and the value that chooses it.
#[derive(Clone, Copy, Debug)]
pub struct Choice {
    /// Where the value stands, such as `["server", "program"]`.
    pub path: [&'static str; 2],
    /// What it must be.
    pub value: &'static str,
    /// The entry's name below `elsa`.
    pub entry: &'static str,
}

/// The first whose value is as it says is the one.
pub const CHOICES: [Choice; 2] = [
    Choice { path: ["server", "program"], value: "host", entry: "host" },
    Choice { path: ["studio", "mode"], value: "combined", entry: "combined" },
];

/// The entry where no value chooses another.
pub const OTHERWISE: &str = "server";

/// Every entry that can be chosen.
pub fn entries() -> impl Iterator<Item = &'static str> {
    CHOICES.iter().map(|choice| choice.entry).chain([OTHERWISE])
}

/// The entry that these values choose.
pub fn entry(values: &Node) -> &'static str {
    let holds = |choice: &&Choice| {
        let [block, key] = choice.path;
        let value = values.get(block).and_then(|block| block.get(key)).and_then(Node::as_str);
        value == Some(choice.value)
    };
    CHOICES.iter().find(holds).map_or(OTHERWISE, |choice| choice.entry)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assets::Templates;
    use crate::diagnostics::Source;
    use crate::values::annotated;
    use crate::values::schema::Type;
    use crate::yaml::reader;

    #[test]
    fn the_host_comes_before_the_combined_program() {
        let entry = |text: &str| entry(&reader::read(&Source::new("values.yaml", text)).unwrap());
        assert_eq!(entry("server: {program: stock}\nstudio: {mode: separate}\n"), "server");
        assert_eq!(entry("server: {program: stock}\nstudio: {mode: combined}\n"), "combined");
        assert_eq!(entry("server: {program: host}\nstudio: {mode: combined}\n"), "host");
        assert_eq!(entry("{}\n"), "server");
    }

    #[test]
    fn values_and_every_release_have_what_it_names() {
        let schema = annotated::read(&Templates::embedded().values).unwrap().schema;
        for Choice { path, value, .. } in CHOICES {
            let Type::String { values, .. } = &schema.at(&path.join(".")).unwrap().ty else {
                panic!("{path:?}")
            };
            assert!(values.iter().any(|known| known == value), "{path:?} is never {value}");
        }
        for release in crate::catalogue::releases() {
            for entry in entries() {
                assert!(release.programs.contains_key(entry), "{} has no {entry}", release.release);
            }
        }
    }
}
