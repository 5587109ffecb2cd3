//! What a user can type. Nothing outside this module knows clap: it is turned into the plain types below.

mod matches;

use clap::builder::PossibleValue;
use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use clap_complete::Shell;
use std::path::PathBuf;

pub use matches::parse;

/// Elsa Workflows on Kubernetes: flat manifests and a Helm chart from one source.
///
/// Values are layered: defaults < profiles < -f files in order < ELSAKUBE_SET < --set in order.
/// Exit codes: 0 yes; 1 the answer is no (drift, warnings under --strict); 2 could not, and nothing was written.
#[derive(Debug, Parser)]
#[command(
    name = "elsakube",
    version,
    max_term_width = 100,
    propagate_version = false,
    arg_required_else_help = true
)]
pub struct Cli {
    /// Print nothing on stderr but errors
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// When to colour messages; NO_COLOR is respected
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", hide_possible_values = false)]
    pub color: Color,
    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

/// When to colour.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Color {
    /// On a terminal
    Auto,
    /// Even in a pipe
    Always,
    /// Not at all
    Never,
}

impl Color {
    /// Whether to colour what goes to a stream. `NO_COLOR` wins over a terminal.
    pub fn on(self, terminal: bool) -> bool {
        match self {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
        }
    }
}

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Write flat manifests, ready for kubectl and kustomize
    ///
    /// To stdout as one stream, or with -o to a directory: one file an object, and a kustomization.yaml.
    #[command(after_help = "Examples:
  elsakube render --profile dev | kubectl apply -f -
  elsakube render --profile dev -f site.yaml -o out/ && kubectl apply -k out/
  elsakube render --profile dev -f site.yaml -o out/ --check    # in CI: exit 1 and a diff when out/ is stale")]
    Render(Render),
    /// Write the Helm chart directory
    ///
    /// The chart takes the same values as `render` and gives the same objects. With --profile, -f or --set the merged
    /// result becomes its values.yaml, comments kept.
    #[command(after_help = "Examples:
  elsakube chart -o elsa/ && helm install elsa elsa/ -n elsa --create-namespace -f elsa/values-dev.yaml
  elsakube chart --elsa 3.8 -o elsa-3.8/")]
    Chart(Chart),
    /// Print the merged values
    Values(ValuesArguments),
    /// Find mistakes in manifests, anybody's or our own
    ///
    /// Looks at every object in the files, and at what the values render if --profile, -f or --set is given: settings that
    /// the Elsa release in the image does not read, probes that it does not serve, folders that it cannot write to …
    /// Which program a container runs is said by its image, by the pod annotation `elsakube/program`, or by --program.
    #[command(after_help = "Examples:
  elsakube check out/ legacy.yaml
  kubectl get deployments,configmaps -n elsa -o yaml | elsakube check -
  helm template elsa chart/ | elsakube check - --format sarif > elsakube.sarif
  elsakube check --profile prod -f site.yaml")]
    Check(Check),
    /// Say what a value means, what it is and which layers set it; or what a rule is about, by its code
    #[command(after_help = "Examples:
  elsakube explain server.replicaCount --profile dev
  elsakube explain replicas-not-supported")]
    Explain(Explain),
    /// Write the project of a server that can have several replicas, for Elsa 3.9
    ///
    /// No published Elsa image can run two replicas correctly. This is a complete ASP.NET project that can: build it,
    /// push it, and give its image to the values. Its files are yours to edit; from then on --check compares.
    #[command(after_help = "Examples:
  elsakube host -o host/ && docker build -t registry.example.com/elsa-host:3.9.0 host/
  elsakube host -o host/ --name Acme.Workflows --csharp-expressions off")]
    Host(Host),
    /// List profiles, show what one changes, compare two
    #[command(subcommand)]
    Profile(ProfileCommand),
    /// What each Elsa release reads, serves, writes and cannot do
    #[command(subcommand)]
    Elsa(ElsaCommand),
    /// List the Secrets that the objects read, make them once, or check given ones
    ///
    /// A line for each reader of each key: Secret, key, generator, reader. A generator of `-` means that the key is
    /// yours to make.
    #[command(after_help = "Examples:
  elsakube secrets -f site.yaml
  elsakube secrets -f site.yaml --generate | kubectl create -n elsa -f -    # once
  kubectl get secret elsa-identity -n elsa -o yaml | elsakube secrets -f site.yaml --verify -")]
    Secrets(Secrets),
    /// Print the JSON schema of the values
    Schema(SchemaArguments),
    /// Print a shell's completion script
    #[command(after_help = "Example:
  source <(elsakube completions bash)")]
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual page
    Man {
        /// Of this command, such as `render`; without it that of elsakube itself
        command: Option<String>,
    },
}

/// Where values come from, and for which Elsa release.
#[derive(Args, Clone, Debug, Default)]
pub struct Inputs {
    /// Profiles: a base, then add-ons (`elsakube profile list`), or the path of your own
    #[arg(long, short, value_name = "NAME", value_delimiter = ',', hide_possible_values = true, value_parser = matches::Offer::Profiles, value_hint = ValueHint::FilePath)]
    pub profile: Vec<String>,
    /// Values file; `-` reads stdin. Repeatable, later ones win
    #[arg(long = "values", short = 'f', value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub files: Vec<String>,
    /// Set values: a.b=1,c[0]=x
    #[arg(long, value_name = "PATH=VALUE", hide_possible_values = true, value_parser = matches::Offer::Assignments)]
    pub set: Vec<String>,
    /// Set values that stay strings
    #[arg(long, value_name = "PATH=TEXT", hide_possible_values = true, value_parser = matches::Offer::Assignments)]
    pub set_string: Vec<String>,
    /// Set values to the contents of files
    #[arg(long, value_name = "PATH=FILE", hide_possible_values = true, value_parser = matches::Offer::Assignments)]
    pub set_file: Vec<String>,
    /// Set values to JSON
    #[arg(long, value_name = "PATH=JSON", hide_possible_values = true, value_parser = matches::Offer::Assignments)]
    pub set_json: Vec<String>,
    /// Elsa release, such as 3.9 (`elsakube elsa list`)
    #[arg(long, value_name = "RELEASE", default_value = crate::catalogue::DEFAULT_RELEASE)]
    pub elsa: String,
    /// Folder with templates of your own, which are added or replace those of the same path
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub templates: Option<PathBuf>,
}

/// What Helm calls a release, and where it goes.
#[derive(Args, Clone, Debug)]
pub struct Installation {
    /// Name of the installation
    #[arg(long, value_name = "NAME", default_value = "elsa", allow_hyphen_values = true)]
    pub name: String,
    /// Namespace of the installation
    #[arg(long, short, value_name = "NAME", default_value = "elsa", allow_hyphen_values = true)]
    pub namespace: String,
}

/// How a directory is written.
#[derive(Args, Clone, Copy, Debug)]
pub struct Writing {
    /// Write nothing; print a diff and exit 1 if the directory is not up to date
    #[arg(long)]
    pub check: bool,
    /// Overwrite or remove our own files even if they were edited by hand; never anybody else's
    #[arg(long)]
    pub force: bool,
    /// Take warnings for a no: exit 1, write nothing
    #[arg(long)]
    pub strict: bool,
}

/// `elsakube render`.
#[derive(Args, Debug)]
pub struct Render {
    /// Values
    #[command(flatten)]
    pub inputs: Inputs,
    /// Name and namespace
    #[command(flatten)]
    pub installation: Installation,
    /// Directory to write; without it everything goes to stdout
    #[arg(long, short, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub output: Option<PathBuf>,
    /// Only this object, such as server/deployment; to stdout
    #[arg(long, value_name = "WORKLOAD/KIND", conflicts_with = "output")]
    pub only: Vec<String>,
    /// Check, force, strict
    #[command(flatten)]
    pub writing: Writing,
}

/// `elsakube chart`.
#[derive(Args, Debug)]
pub struct Chart {
    /// Values
    #[command(flatten)]
    pub inputs: Inputs,
    /// Directory to write
    #[arg(long, short, value_name = "DIR", default_value = "elsa", value_hint = ValueHint::DirPath)]
    pub output: PathBuf,
    /// Version of the chart, in place of elsakube's own
    #[arg(long, value_name = "VERSION")]
    pub chart_version: Option<String>,
    /// Check, force, strict
    #[command(flatten)]
    pub writing: Writing,
}

/// `elsakube values`.
#[derive(Args, Debug)]
pub struct ValuesArguments {
    /// Values
    #[command(flatten)]
    pub inputs: Inputs,
    /// One line a value: path, value, and file:line:column of the layer that set it
    #[arg(long)]
    pub origins: bool,
    /// Form of the output
    #[arg(long, value_name = "FORM", default_value = "yaml", conflicts_with = "origins")]
    pub format: ValuesFormat,
}

/// Form in which values are printed.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum ValuesFormat {
    /// YAML, ready for -f
    Yaml,
    /// JSON
    Json,
}

/// `elsakube check`.
#[derive(Args, Debug)]
pub struct Check {
    /// Files and directories with manifests; `-` reads stdin
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub paths: Vec<String>,
    /// Values, whose objects are checked too
    #[command(flatten)]
    pub inputs: Inputs,
    /// Name and namespace
    #[command(flatten)]
    pub installation: Installation,
    /// Program of containers that say it neither by image nor by annotation, such as host-3.9; with a container's name
    /// of that one alone. Repeatable
    #[arg(long, value_name = "[CONTAINER=]PROGRAM")]
    pub program: Vec<String>,
    /// Form of the findings
    #[arg(long, value_name = "FORM", default_value = "text")]
    pub format: FindingsFormat,
    /// Take warnings for a no, too: exit 1
    #[arg(long)]
    pub strict: bool,
}

/// Form in which findings are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FindingsFormat {
    /// For reading
    Text,
    /// JSON
    Json,
    /// Annotations of GitHub Actions
    Github,
    /// SARIF 2.1.0, for code scanning
    Sarif,
}

/// `elsakube explain`.
#[derive(Args, Debug)]
pub struct Explain {
    /// A value, such as server.replicaCount, or a rule's code
    #[arg(value_name = "VALUE|RULE", hide_possible_values = true, value_parser = matches::Offer::Paths)]
    pub subject: String,
    /// Values
    #[command(flatten)]
    pub inputs: Inputs,
}

/// `elsakube host`.
#[derive(Args, Debug)]
pub struct Host {
    /// Directory to write
    #[arg(long, short, value_name = "DIR", default_value = "host", value_hint = ValueHint::DirPath)]
    pub output: PathBuf,
    /// Name of the project and its assembly
    #[arg(long, value_name = "NAME", default_value = "ElsaHost", allow_hyphen_values = true)]
    pub name: String,
    /// C# namespace of the code, in place of the project's name
    #[arg(long, value_name = "NAMESPACE", allow_hyphen_values = true)]
    pub root_namespace: Option<String>,
    /// Whether workflows may hold C#, which runs with all rights of the process
    #[arg(long, value_name = "WHICH", default_value = "on")]
    pub csharp_expressions: OnOff,
    /// Elsa release; the host is for 3.9
    #[arg(long, value_name = "RELEASE", default_value = crate::catalogue::DEFAULT_RELEASE)]
    pub elsa: String,
    /// Write nothing; print a diff and exit 1 if the directory is not up to date
    #[arg(long)]
    pub check: bool,
    /// Overwrite or remove our own files even if they were edited by hand; never anybody else's
    #[arg(long)]
    pub force: bool,
}

/// The default of a setting that is on or off.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum OnOff {
    /// On, unless the setting says otherwise
    On,
    /// Off, unless the setting says otherwise
    Off,
}

/// `elsakube profile`.
#[derive(Debug, Subcommand)]
pub enum ProfileCommand {
    /// Every profile and what it is for
    List,
    /// What a profile, or a stack of them, changes
    Show {
        /// The stack, such as `dev`
        #[arg(value_delimiter = ',', required = true, hide_possible_values = true, value_parser = matches::Offer::Profiles)]
        profile: Vec<String>,
    },
    /// In what two stacks differ, a line a value
    Diff {
        /// One stack; `defaults` for the defaults alone
        #[arg(hide_possible_values = true, value_parser = matches::Offer::Profiles)]
        left: String,
        /// The other stack
        #[arg(hide_possible_values = true, value_parser = matches::Offer::Profiles)]
        right: String,
    },
}

/// `elsakube elsa`.
#[derive(Debug, Subcommand)]
pub enum ElsaCommand {
    /// Every release that elsakube knows
    List,
    /// What the programs of a release read, serve, write and cannot do, and how we know
    Show {
        /// The release, such as 3.9
        release: String,
        /// Form of the output
        #[arg(long, value_name = "FORM", default_value = "text")]
        format: ElsaFormat,
    },
}

/// Form in which a release is shown.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum ElsaFormat {
    /// For reading
    Text,
    /// For programs
    Json,
}

/// `elsakube secrets`.
#[derive(Args, Debug)]
pub struct Secrets {
    /// Values
    #[command(flatten)]
    pub inputs: Inputs,
    /// Name and namespace
    #[command(flatten)]
    pub installation: Installation,
    /// Print a manifest with new random values for what is needed and not part of the output
    ///
    /// Certificates, credentials for pulling images and what others give out, such as a cloud's access keys, are left
    /// out; the head of the text names such keys. It goes to stdout and never to a directory, so that
    /// it does not end up in Git by accident.
    #[arg(long, conflicts_with_all = ["verify", "format"])]
    pub generate: bool,
    /// Check the Secrets in this file against the list; `-` reads stdin. Repeatable
    ///
    /// Exits with 1 if a Secret or a key is missing or will not do. What a Secret holds is never printed.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with = "format")]
    pub verify: Vec<String>,
    /// Form of the list
    #[arg(long, value_name = "FORM", default_value = "text")]
    pub format: SecretsFormat,
}

/// Form in which the list is printed.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum SecretsFormat {
    /// Lines for reading and grep
    Text,
    /// JSON
    Json,
}

/// `elsakube schema`.
#[derive(Args, Debug)]
pub struct SchemaArguments {
    /// Folder with templates of your own, whose values.yaml is part of the schema
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub templates: Option<PathBuf>,
}

/// A completion candidate.
pub(crate) fn candidate(name: String, help: String) -> PossibleValue {
    PossibleValue::new(name).help(help)
}
