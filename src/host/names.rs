//! The names that a user gives to project and namespace. A namespace hides what it shares its name with, so one that the
//! measured code could not be compiled in is refused here, where there is no compiler.

use super::csharp;
use crate::assets;
use crate::diagnostics::{Diagnostic, Diagnostics, Result, Source, Span};
use std::collections::BTreeSet;
use std::sync::Arc;

/// What the prototype is called, and what is suggested.
const DEFAULT: &str = "ElsaHost";

/// C#'s reserved words, which cannot be names.
const KEYWORDS: &str = "abstract as base bool break byte case catch char checked class const continue decimal \
     default delegate do double else enum event explicit extern false finally fixed float for foreach goto if \
     implicit in int interface internal is lock long namespace new null object operator out override params private \
     protected public readonly ref return sbyte sealed short sizeof stackalloc static string struct switch this \
     throw true try typeof uint ulong unchecked unsafe ushort using virtual void volatile while";

/// Names of which the project can be made.
#[derive(Clone, Debug)]
pub struct Names {
    /// Of the project file and the assembly.
    pub project: String,
    /// Of the code.
    pub namespace: String,
}

/// Takes the names as they were typed; without one of its own the namespace is the project's name.
///
/// # Errors
/// `bad-name`: not a C# name, or one that the project already uses for something else; all of them.
pub fn names(project: &str, namespace: Option<&str>) -> Result<Names> {
    let taken = Taken::new();
    let mut found = check("--name", project, |index, part| index == 0 && taken.library(part));
    match namespace {
        Some(name) => found.extend(check("--root-namespace", name, |index, part| taken.hides(index, part))),
        None if found.is_empty() => {
            found.extend(check("--name", project, |index, part| taken.hides(index, part)));
        }
        None => {}
    }
    if !found.is_empty() {
        return Err(Diagnostics(found));
    }
    Ok(Names { project: project.to_string(), namespace: namespace.unwrap_or(project).to_string() })
}

fn check(flag: &str, name: &str, taken: impl Fn(usize, &str) -> bool) -> Vec<Diagnostic> {
    let source = Source::new(flag, name);
    let mut found = Vec::new();
    let mut start = 0;
    for (index, part) in name.split('.').enumerate() {
        if !is_identifier(part) {
            found.push(not_a_name(&source, start, part));
        } else if taken(index, part) {
            let message = format!("`{part}` already names something in the project or its packages");
            let span = Span::new(&source, start..start + part.len());
            let help = format!("write another name, such as `{DEFAULT}` or `Acme.{DEFAULT}`");
            found.push(Diagnostic::error("bad-name", message).at(span).help(help));
        }
        start += part.len() + 1;
    }
    found
}

fn is_identifier(part: &str) -> bool {
    let begins = part.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    let word = part.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    begins && word && !KEYWORDS.split(' ').any(|keyword| keyword == part)
}

fn not_a_name(source: &Arc<Source>, start: usize, part: &str) -> Diagnostic {
    let message = match part {
        "" => format!("`{}` has an empty part", source.text),
        _ if KEYWORDS.split(' ').any(|keyword| keyword == part) => format!("`{part}` is a keyword of C#"),
        _ => format!("`{part}` cannot be a name in C#"),
    };
    // The full stop beside an empty part is what can be seen of it.
    let end = if part.is_empty() { (start + 1).min(source.text.len()) } else { start + part.len() };
    let start = if part.is_empty() && start == end { start.saturating_sub(1) } else { start };
    Diagnostic::error("bad-name", message).at(Span::new(source, start..end)).help(format!(
        "write ASCII letters, digits and underscores, not beginning with a digit, in parts divided by full stops, such as `Acme.{DEFAULT}`"
    ))
}

/// Names that the project, its packages and its log levels use.
struct Taken {
    /// First parts of package ids, of namespaces that are imported, and of log categories with a level of their own.
    libraries: BTreeSet<String>,
    /// What the code looks up by its simple name.
    used: BTreeSet<String>,
}

impl Taken {
    fn new() -> Self {
        // The compiler's name for the class around Program.cs, and where the runtime's assemblies are.
        let mut taken = Taken { libraries: BTreeSet::new(), used: BTreeSet::from(["Program".to_string()]) };
        for (path, text) in assets::host() {
            if path.ends_with(".cs") {
                let (directives, code) = csharp::parts(text);
                taken.used.extend(csharp::names(&code).into_iter().map(str::to_string));
                taken.add_libraries(csharp::names(&directives));
            } else if path.ends_with(".csproj") {
                let ids = text.split("<PackageReference Include=\"").skip(1);
                taken.add_libraries(ids.filter_map(|rest| rest.split(['.', '"']).next()));
            } else if path == "appsettings.json" {
                let settings: serde_json::Value = serde_json::from_str(text).unwrap_or_default();
                let levels = settings["Logging"]["LogLevel"].as_object();
                let categories = levels.into_iter().flatten().filter_map(|(name, _)| name.split('.').next());
                taken.add_libraries(categories);
            }
        }
        taken
    }

    fn add_libraries<'a>(&mut self, names: impl IntoIterator<Item = &'a str>) {
        let others = names.into_iter().filter(|name| *name != DEFAULT);
        self.libraries.extend(others.map(str::to_lowercase));
    }

    /// Package ids, assemblies and configuration keys differ in more than case.
    fn library(&self, part: &str) -> bool {
        self.libraries.contains(&part.to_lowercase())
    }

    /// Whether a part of a namespace would stand between the code and something that it uses.
    fn hides(&self, index: usize, part: &str) -> bool {
        self.used.contains(part) || (index == 0 && self.library(part))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_hide_nothing_are_taken() {
        for name in [
            "ElsaHost",
            "Acme",
            "Acme.ElsaHost",
            "Acme.Elsa",
            "Acme.Workflows.Host",
            "_1.B2",
            "WorkflowServer",
        ] {
            assert_eq!(names(name, None).unwrap().namespace, name);
        }
        let both = names("Acme.Elsa.Host", Some("Acme.Workflows")).unwrap();
        assert_eq!((both.project.as_str(), both.namespace.as_str()), ("Acme.Elsa.Host", "Acme.Workflows"));
    }

    #[test]
    fn names_that_the_code_uses_are_refused() {
        // A package, an import, a log category, the class of Program.cs, a type of ours, names that the code looks up.
        for name in [
            "elsa",
            "Elsa.Host",
            "MassTransit",
            "System",
            "Quartz",
            "Program",
            "Management",
            "A.Timer",
            "A.MassTransit",
        ] {
            assert_eq!(names(name, None).unwrap_err().0.len(), 1, "{name}");
        }
        names("Timer", Some("Acme")).unwrap();
        names("Elsa", Some("Acme")).unwrap_err();
    }

    #[test]
    fn every_mistake_is_found() {
        let error = names("1.", Some("a-b.class.ok")).unwrap_err();
        let places: Vec<String> = error
            .0
            .iter()
            .map(|found| format!("{} {:?}", found.labels[0].span, found.labels[0].span.text()))
            .collect();
        assert_eq!(
            places,
            [
                "--name:1:1 \"1\"",
                "--name:1:2 \".\"",
                "--root-namespace:1:1 \"a-b\"",
                "--root-namespace:1:5 \"class\""
            ]
        );
    }
}
