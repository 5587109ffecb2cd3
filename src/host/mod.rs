//! The host: a complete ASP.NET project that can run with several replicas, as no published Elsa image can.
//!
//! It was compiled and measured as it lies in `host/` and cannot be compiled here, so those files *are* the measured
//! program, byte for byte, without a template's marks in them: braces are C#'s own, and a file that a compiler takes
//! as it is can be compared with the one that was measured. The few names that somebody may choose are replaced where
//! they stand, each by an exact piece of text; a piece that is not there is an error, which the tests keep from
//! being built.

mod csharp;
mod names;

use crate::assets;
use crate::diagnostics::{Diagnostic, Result};
use crate::output::Tree;

pub use names::{Names, names};

/// What is chosen of a host.
#[derive(Clone, Copy, Debug)]
pub struct Options<'a> {
    /// Name of the project and its assembly, and the namespace of its code.
    pub names: &'a Names,
    /// Whether C# expressions, arbitrary code in the process, are on unless configured otherwise.
    pub csharp_expressions: bool,
    /// Reference under which the image is built, in the README.
    pub image: &'a str,
    /// The version of Elsa's packages.
    pub version: &'a str,
}

/// The project's files.
///
/// # Errors
/// `host-project`: a piece to replace is not in the embedded files; the tests keep that from being built.
pub fn files(options: Options) -> Result<Tree> {
    let mut tree = Tree::new();
    let mut edits = edits(options);
    for (path, text) in assets::host() {
        let mut text = text.to_string();
        for edit in edits.iter_mut().filter(|edit| edit.applies(path)) {
            edit.used |= text.contains(edit.from);
            text = text.replace(edit.from, &edit.to);
        }
        tree.insert(path.replace(PROJECT, &format!("{}.csproj", options.names.project)), text)?;
    }
    match edits.iter().find(|edit| !edit.used) {
        None => Ok(tree),
        Some(edit) => {
            let message = format!("no embedded file {} holds {:?}", edit.path, edit.from);
            Err(Diagnostic::error("host-project", message).into())
        }
    }
}

const PROJECT: &str = "ElsaHost.csproj";

/// A piece of text and what takes its place.
struct Edit {
    /// The end of the path of the files that it concerns.
    path: &'static str,
    from: &'static str,
    to: String,
    used: bool,
}

impl Edit {
    fn applies(&self, path: &str) -> bool {
        path.ends_with(self.path)
    }
}

/// Everything that differs from the measured program; with the default options, nothing does.
fn edits(options: Options) -> Vec<Edit> {
    let Names { project, namespace } = options.names;
    let edit = |path, from, to| Edit { path, from, to, used: false };
    let mut edits = vec![
        edit(".cs", "\nnamespace ElsaHost;\n", format!("\nnamespace {namespace};\n")),
        edit("Program.cs", "\nusing ElsaHost;\n", format!("\nusing {namespace};\n")),
        // Log categories begin with the namespace, and the levels are set for the category.
        edit("Program.cs", "\"ElsaHost.Startup\"", format!("\"{namespace}.Startup\"")),
        edit("appsettings.json", "\"ElsaHost\": ", format!("\"{namespace}\": ")),
        edit(
            PROJECT,
            "<ElsaVersion>3.9.0</ElsaVersion>",
            format!("<ElsaVersion>{}</ElsaVersion>", options.version),
        ),
        edit("Dockerfile", "COPY ElsaHost.csproj ", format!("COPY {project}.csproj ")),
        edit("Dockerfile", "\"ElsaHost.dll\"", format!("\"{project}.dll\"")),
        edit("README.md", "# ElsaHost\n", format!("# {project}\n")),
        edit("README.md", "-t registry.example.com/elsa-host:3.9.0 ", format!("-t {} ", options.image)),
    ];
    if namespace != project {
        let last = "    <ImplicitUsings>enable</ImplicitUsings>\n";
        edits.push(edit(PROJECT, last, format!("{last}    <RootNamespace>{namespace}</RootNamespace>\n")));
    }
    if !options.csharp_expressions {
        edits.push(edit(
            "HostSettings.cs",
            "Flag(\"Expressions:CSharp\", true)",
            "Flag(\"Expressions:CSharp\", false)".to_string(),
        ));
        edits.push(edit(
            "README.md",
            "| `Expressions__CSharp` | `true` | C# expressions run arbitrary code in this process; `false` removes them |",
            "| `Expressions__CSharp` | `false` | C# expressions run arbitrary code in this process; `true` allows them |"
                .to_string(),
        ));
    }
    edits
}
