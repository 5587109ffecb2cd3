//! The host's project: what is written, that it is the measured program, that it could be built as far as can be told
//! without a compiler, and that the catalogue knows every key that it reads.
#![allow(clippy::unwrap_used)]

mod common;

use common::{elsakube, refuse, run, succeed};
use elsakube::catalogue::{self, Program};
use regex_lite::Regex;
use serde_json::Value;
use sha2::{Digest, Sha256};
use similar::{ChangeTag, TextDiff};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// SHA-256 of the files as they were compiled and measured. A file that changes is not the measured one any more.
const MEASURED: [(&str, &str); 11] = [
    ("Dockerfile", "d6eec3d7be1c2dd4c23ed0a0c796e2a0b148fd4730a9b9b352005f41e9d0f7ba"),
    ("ElsaEngine.cs", "bb85892e12ae886a63935069ed202e85c3d516c7a097ce19dd3330c8594247dd"),
    ("ElsaHost.csproj", "3aa0c82ac49ebe2835ade2e4cc26d048566678bb09aae96ebc2b315fa4e2ddea"),
    ("HostSettings.cs", "92521c414220623702312273cb9d2e461069e33cb165f3427c8c00131f83739d"),
    ("HttpRouteSynchronization.cs", "5b286b1a0e99095f2ae80250224c3721096d6009c4874dd0bfa7768898bbe1e4"),
    ("Management.cs", "ce595cb610bc9a702ac9a06f2005c0a3033237c168358b3d5f5c5766afccc4e9"),
    ("PostgreSqlDatabase.cs", "5b5771fc50037f60f0762527a83a9bba8aea34a54f342e02a04e53b15bd6290f"),
    ("Program.cs", "ab0024662ed12d29606570560d445a1b85c76ee3ee7443e4b0f7f4088dc8333d"),
    ("SettingsReader.cs", "5df02a684c51392b472b40fda85250b1ed3b5d48654758a3edc6431cf7f74f97"),
    ("StartAndStop.cs", "57d77eb4b2e157caf52408b49c60cf5d706ab13616819b117b64e826297ffd25"),
    ("appsettings.json", "d331dbcea60d4c071c4c115481499aaf8ce51d611045602551a0e0159c133889"),
];

/// What is written beside the measured files.
const OTHERS: [&str; 3] = [".dockerignore", ".github/workflows/image.yaml", "README.md"];

/// Everything that can be chosen, chosen otherwise.
const ALL_OPTIONS: [&str; 6] =
    ["--name", "Acme.Elsa.Host", "--root-namespace", "Acme.Flows", "--csharp-expressions", "off"];

fn write(arguments: &[&str]) -> BTreeMap<String, String> {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("host");
    succeed(&[&["host", "-o", out.to_str().unwrap()], arguments].concat());
    let mut files = BTreeMap::new();
    for entry in walkdir::WalkDir::new(&out) {
        let entry = entry.unwrap();
        let path = entry.path().strip_prefix(&out).unwrap().to_str().unwrap().to_string();
        if entry.file_type().is_file() && path != ".elsakube" {
            files.insert(path, fs::read_to_string(entry.path()).unwrap());
        }
    }
    files
}

fn sources(files: &BTreeMap<String, String>) -> impl Iterator<Item = (&str, &str)> {
    files.iter().filter(|(path, _)| path.ends_with(".cs")).map(|(path, text)| (path.as_str(), text.as_str()))
}

fn embedded(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("host").join(path)).unwrap()
}

fn host() -> Program {
    catalogue::release("3.9").unwrap().programs.swap_remove("host").unwrap()
}

#[test]
fn the_default_project_is_the_measured_one() {
    let files = write(&[]);
    let expected: BTreeSet<&str> = MEASURED.iter().map(|(path, _)| *path).chain(OTHERS).collect();
    assert_eq!(files.keys().map(String::as_str).collect::<BTreeSet<_>>(), expected);
    for (path, hash) in MEASURED {
        let mut hex = String::new();
        Sha256::digest(&files[path]).iter().for_each(|byte| write!(hex, "{byte:02x}").unwrap());
        assert_eq!(hex, hash, "{path}");
    }
    for path in OTHERS {
        assert_eq!(files[path], embedded(path), "{path}");
    }
}

#[test]
fn nine_lines_in_ten_stay_whatever_is_chosen() {
    let files = write(&ALL_OPTIONS);
    for (path, text) in sources(&files) {
        let measured = embedded(path);
        let diff = TextDiff::from_lines(measured.as_str(), text);
        let kept = diff.iter_all_changes().filter(|change| change.tag() == ChangeTag::Equal).count();
        assert!(kept * 10 >= measured.lines().count() * 9, "{path}: {kept} lines are as measured");
    }
}

#[test]
fn the_options_reach_every_place() {
    let files = write(&ALL_OPTIONS);
    for (path, text) in sources(&files) {
        assert!(text.contains("Acme.Flows"), "{path}");
    }
    for (path, text) in &files {
        assert!(!text.contains("ElsaHost") && !text.contains("namespace Acme.Elsa.Host"), "{path}:\n{text}");
    }
    for (path, piece) in [
        ("Acme.Elsa.Host.csproj", "<RootNamespace>Acme.Flows</RootNamespace>"),
        ("Program.cs", "\nusing Acme.Flows;\n"),
        ("Program.cs", "\"Acme.Flows.Startup\""),
        ("HostSettings.cs", "reader.Flag(\"Expressions:CSharp\", false)"),
        ("appsettings.json", "\"Acme.Flows\": \"Information\""),
        ("Dockerfile", "COPY Acme.Elsa.Host.csproj ./"),
        ("Dockerfile", "ENTRYPOINT [\"dotnet\", \"Acme.Elsa.Host.dll\"]"),
        ("README.md", "# Acme.Elsa.Host\n"),
        ("README.md", "| `Expressions__CSharp` | `false` |"),
    ] {
        assert!(files[path].contains(piece), "{path} lacks {piece}:\n{}", files[path]);
    }
    let alone = write(&["--name", "Acme"]);
    assert!(!alone["Acme.csproj"].contains("RootNamespace"));
    assert!(alone["Program.cs"].contains("\nusing Acme;\n"));
}

#[test]
fn the_project_is_of_the_release_and_image_that_the_catalogue_names() {
    let release = catalogue::release("3.9").unwrap();
    let files = write(&["--elsa", "3.9.0"]);
    let version = format!("<ElsaVersion>{}</ElsaVersion>", release.app_version);
    assert!(files["ElsaHost.csproj"].contains(&version));
    let fact = &host().facts["image"].value;
    let part = |name: &str| fact[name].as_str().unwrap().to_string();
    let image = format!("{}/{}:{}", part("registry"), part("repository"), part("tag"));
    assert!(files["README.md"].contains(&format!("docker build -t {image} .")));
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("h");
    let out = out.to_str().unwrap();
    let written = succeed(&["host", "-o", out]);
    assert_eq!(written.stdout, "");
    assert_eq!(written.stderr.lines().last(), Some(format!("next: docker build -t {image} {out}").as_str()));
}

#[test]
fn check_and_edits() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("host");
    let arguments = ["host", "-o", out.to_str().unwrap()];
    let with = |more: &[&'static str]| [arguments.as_slice(), more].concat();
    let missing = run(&mut elsakube(&with(&["--check"])));
    assert_eq!(missing.code, 1, "{}", missing.stderr);
    succeed(&arguments);
    assert_eq!(succeed(&with(&["--check"])).stdout, "");
    let other = run(&mut elsakube(&with(&["--check", "--csharp-expressions", "off"])));
    assert_eq!(other.code, 1);
    assert!(other.stdout.contains("+++ b/HostSettings.cs"), "{}", other.stdout);

    let project = out.join("ElsaHost.csproj");
    let mine = fs::read_to_string(&project).unwrap().replace("3.9.0", "3.9.1");
    fs::write(&project, &mine).unwrap();
    fs::write(out.join("MyActivity.cs"), "// mine\n").unwrap();
    let stale = run(&mut elsakube(&with(&["--check"])));
    assert_eq!(stale.code, 1);
    assert!(stale.stdout.contains("-    <ElsaVersion>3.9.1</ElsaVersion>"), "{}", stale.stdout);
    let error = refuse(&with(&["--csharp-expressions", "off"]));
    assert!(error.contains("error[edited-file]") && error.contains("ElsaHost.csproj"), "{error}");
    assert!(error.contains("compare with --check") && !error.contains("kustomize"), "{error}");
    assert_eq!(fs::read_to_string(&project).unwrap(), mine);
    succeed(&with(&["--force"]));
    assert!(!fs::read_to_string(&project).unwrap().contains("3.9.1"));
    assert_eq!(fs::read_to_string(out.join("MyActivity.cs")).unwrap(), "// mine\n");
}

#[test]
fn a_renamed_project_leaves_no_second_one() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().to_str().unwrap();
    succeed(&["host", "-o", out]);
    succeed(&["host", "-o", out, "--name", "Acme"]);
    assert!(dir.path().join("Acme.csproj").is_file() && !dir.path().join("ElsaHost.csproj").exists());
}

#[test]
fn names_that_cannot_be_compiled_are_refused_with_a_caret() {
    for (arguments, place, caret, message) in [
        (["--name", "acme-host"], "--name:1:1", "^^^^^^^^^", "`acme-host` cannot be a name in C#"),
        (["--name", "Acme.1st"], "--name:1:6", "     ^^^", "`1st` cannot be a name in C#"),
        (["--name", "Acme.class"], "--name:1:6", "     ^^^^^", "`class` is a keyword of C#"),
        (["--name", "Acme..Host"], "--name:1:6", "     ^", "`Acme..Host` has an empty part"),
        (["--name", "../Host"], "--name:1:1", "^", "has an empty part"),
        (["--name", "-x"], "--name:1:1", "^^", "`-x` cannot be a name in C#"),
        (["--name", "Hôte"], "--name:1:1", "^^^^", "`Hôte` cannot be a name in C#"),
        (["--name", "Elsa.Host"], "--name:1:1", "^^^^", "`Elsa` already names something"),
        (
            ["--root-namespace", "Acme.Timer"],
            "--root-namespace:1:6",
            "     ^^^^^",
            "`Timer` already names something",
        ),
        (["--root-namespace", ""], "--root-namespace:1:1", "", "has an empty part"),
    ] {
        let error = refuse(&[&["host"], arguments.as_slice()].concat());
        assert!(error.contains("error[bad-name]") && error.contains(message), "{error}");
        assert!(error.contains(place) && error.contains(&format!("  | {caret}")), "{error}");
        assert!(error.contains("= help: write"), "{error}");
    }
    let error = refuse(&["host", "--csharp-expressions", "maybe"]);
    assert!(error.contains("possible values: on, off"), "{error}");
}

#[test]
fn another_release_has_no_host() {
    let error = refuse(&["host", "--elsa", "3.8"]);
    assert!(error.contains("error[host-not-available]: there is no host for Elsa 3.8"), "{error}");
    assert!(error.contains("written for and measured on the 3.9 line only"), "{error}");
    assert!(refuse(&["host", "--elsa", "4.0"]).contains("error[unknown-release]"));
    // The verb and the catalogue agree on what is to be had.
    assert_eq!(catalogue::release("3.8").unwrap().programs["host"].settings.len(), 0);
    assert!(succeed(&["man", "host"]).stdout.contains("root\\-namespace"));
}

#[test]
fn every_file_is_well_formed() {
    for arguments in [&[][..], &ALL_OPTIONS] {
        let files = write(arguments);
        for (path, text) in &files {
            assert!(text.ends_with('\n') && !text.contains('\r') && !text.contains('\t'), "{path}");
            for mark in ["{%", "{#", "<%", "__NAME__"] {
                assert!(!text.contains(mark), "{path} holds {mark}");
            }
            if path.ends_with(".csproj") {
                xml(path, text);
            }
        }
        let settings: Value = serde_json::from_str(&files["appsettings.json"]).unwrap();
        // .NET refuses a key that is there twice, where serde_json keeps one of them.
        assert_eq!(
            leaves(&settings, "").len(),
            files["appsettings.json"].matches("\": ").count() - objects(&settings) + 1
        );
        dockerfile(&files["Dockerfile"]);
        workflow(&files[".github/workflows/image.yaml"]);
    }
}

/// Every tag that is opened is closed, in order.
fn xml(path: &str, text: &str) {
    let comments = Regex::new("(?s)<!--.*?-->").unwrap();
    let text = comments.replace_all(text, "");
    let tag = Regex::new(r#"<(/?)([A-Za-z]+)((?: [A-Za-z]+="[^"<&]*")*) ?(/?)>"#).unwrap();
    let mut open = Vec::new();
    for found in tag.captures_iter(&text) {
        match (&found[1], &found[4]) {
            ("/", _) => assert_eq!(open.pop().as_deref(), Some(&found[2]), "{path}"),
            (_, "/") => {}
            _ => open.push(found[2].to_string()),
        }
    }
    assert!(open.is_empty(), "{path}: {open:?}");
    let rest = tag.replace_all(&text, "");
    assert!(!rest.contains(['<', '>', '&']), "{path}: {rest}");
}

fn dockerfile(text: &str) {
    let logical = text.replace("\\\n", " ");
    let lines: Vec<&str> =
        logical.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    for line in &lines {
        let word = line.split(' ').next().unwrap();
        let known = ["FROM", "WORKDIR", "COPY", "RUN", "ENV", "EXPOSE", "USER", "ENTRYPOINT"];
        assert!(known.contains(&word), "{line}");
        assert!(!line.contains("latest") && !line.contains("curl") && !line.starts_with("ADD"), "{line}");
        if word == "FROM" {
            let image = line.split(' ').nth(1).unwrap();
            assert!(image.rsplit('/').next().unwrap().contains(':'), "{line} names no tag");
        }
    }
    let last = |word: &str| lines.iter().rposition(|line| line.starts_with(word)).unwrap();
    let user = lines[last("USER ")];
    assert_eq!(user, format!("USER {0}:{0}", host().facts["user"].value));
    assert!(last("USER ") > last("FROM ") && last("ENTRYPOINT ") > last("USER "));
    let ports = format!("EXPOSE {} {}", host().facts["port"].value, host().facts["managementPort"].value);
    assert_eq!(lines[last("EXPOSE ")], ports);
    let entry: Vec<String> =
        serde_json::from_str(lines[last("ENTRYPOINT ")].trim_start_matches("ENTRYPOINT ")).unwrap();
    let copied = lines.iter().find_map(|line| line.strip_prefix("COPY ")?.split_once(".csproj")).unwrap().0;
    assert_eq!(entry, ["dotnet".to_string(), format!("{copied}.dll")]);
}

fn workflow(text: &str) {
    let workflow: Value = serde_yaml::from_str(text).unwrap();
    let steps = workflow["jobs"]["image"]["steps"].as_array().unwrap();
    let runs: String = steps.iter().filter_map(|step| step["run"].as_str()).collect();
    assert!(runs.contains("docker build") && runs.contains("docker push"), "{runs}");
    // What GitHub puts into a script would be run, whoever wrote it.
    assert!(!runs.contains("${{"), "{runs}");
    assert!(!text.contains("latest"), "{text}");
    for action in steps.iter().filter_map(|step| step["uses"].as_str()) {
        assert!(action.contains('@'), "{action}");
    }
    assert!(workflow["on"]["push"]["tags"].is_array() && workflow["permissions"]["contents"] == "read");
}

/// Every leaf of a JSON file as the key that it sets.
fn leaves(value: &Value, path: &str) -> Vec<String> {
    match value.as_object() {
        None => vec![path.to_string()],
        Some(members) => members
            .iter()
            .flat_map(|(key, value)| {
                let path = if path.is_empty() { key.clone() } else { format!("{path}:{key}") };
                leaves(value, &path)
            })
            .collect(),
    }
}

fn objects(value: &Value) -> usize {
    value.as_object().map_or(0, |members| 1 + members.values().map(objects).sum::<usize>())
}

/// Read by the runtime, its TLS, its HTTP client, the driver or the framework, not by the program's own code.
const RUNTIME: [&str; 5] =
    ["ASPNETCORE_ENVIRONMENT", "DOTNET_gcServer", "HOME", "OTEL_*", "OTEL_SERVICE_NAME"];

/// What it takes over from `releases/sets.yaml`: settings of the runtime and of libraries, which no line of it names.
fn taken_over() -> BTreeSet<String> {
    let read = |name: &str| -> Value {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("releases").join(name);
        serde_yaml::from_str(&fs::read_to_string(path).unwrap()).unwrap()
    };
    let (release, sets) = (read("3.9.yaml"), read("sets.yaml"));
    let host = &release["programs"]["host"];
    let names = host["settingsOf"].as_array().unwrap().iter();
    let keys = names.flat_map(|name| sets[name.as_str().unwrap()].as_object().unwrap().keys());
    keys.filter(|key| host["settings"].get(key).is_none()).cloned().collect()
}

/// What the project reads, in the form of environment variables: single keys, and sections and lists as `PREFIX*`.
#[derive(Default)]
struct Reads {
    keys: BTreeSet<String>,
    prefixes: BTreeSet<String>,
}

impl Reads {
    /// Everything that could read configuration must be understood; what is not fails the test.
    fn of(files: &BTreeMap<String, String>) -> Self {
        let mut reads = Reads::default();
        let call = Regex::new(
            r#"(reader\.(?:Text|Required|HasOuterWhiteSpace|Choice|Number|Flag|Duration|List)|\b[Cc]onfiguration\.[A-Za-z]+|webHost\.[A-Za-z]+|Environment\.Get[A-Za-z]+)\(([^,)]*)|\bconfiguration\[([^\]]*)\]"#,
        )
        .unwrap();
        let constant = Regex::new(r#"const string (\w+) = "([^"]*)""#).unwrap();
        for (path, text) in sources(files) {
            let constants: BTreeMap<&str, String> = constant
                .captures_iter(text)
                .map(|found| (found.get(1).unwrap().as_str(), found[2].to_string()))
                .collect();
            for found in call.captures_iter(text) {
                let argument = found.get(2).or(found.get(3)).unwrap().as_str();
                if path == "SettingsReader.cs" && argument == "key" {
                    continue;
                }
                let key = match argument {
                    "WebHostDefaults.HttpPortsKey" => "ASPNETCORE_HTTP_PORTS".to_string(),
                    "WebHostDefaults.ServerUrlsKey" => "ASPNETCORE_URLS".to_string(),
                    name if constants.contains_key(name) => constants[name].clone(),
                    quoted if quoted.starts_with('"') => quoted.trim_matches('"').to_string(),
                    other => panic!("{path}: what does {} read? {other}", &found[0]),
                };
                let method = found.get(1).map_or("", |method| method.as_str()).rsplit('.').next().unwrap();
                reads.add(method, &key, path);
            }
        }
        let settings: Value = serde_json::from_str(&files["appsettings.json"]).unwrap();
        reads.keys.extend(leaves(&settings, "").iter().map(|key| key.replace(':', "__")));
        let set = Regex::new(r"(?:ENV|\\\n) +(\w+)=").unwrap();
        reads.keys.extend(set.captures_iter(&files["Dockerfile"]).map(|found| found[1].to_string()));
        reads
    }

    fn add(&mut self, method: &str, key: &str, path: &str) {
        let key = key.replace(':', "__");
        match method {
            "GetSection" | "List" => drop(self.prefixes.insert(format!("{key}__*"))),
            ""
            | "Text"
            | "Required"
            | "HasOuterWhiteSpace"
            | "Choice"
            | "Number"
            | "Flag"
            | "Duration"
            | "GetSetting"
            | "GetEnvironmentVariable" => drop(self.keys.insert(key)),
            "GetConnectionString" => drop(self.keys.insert(format!("ConnectionStrings__{key}"))),
            other => panic!("{path}: what does {other} read?"),
        }
    }

    fn read(&self, known: &str) -> bool {
        let below = |prefix: &String| known.starts_with(prefix.trim_end_matches('*'));
        // `Logging__LogLevel__*` is one of the sections that are in appsettings.json.
        self.keys.contains(known) || self.prefixes.iter().any(below)
    }
}

#[test]
fn the_catalogue_has_every_key_that_the_program_reads_and_no_other() {
    let program = host();
    let reads = Reads::of(&write(&[]));
    assert!(reads.keys.len() > 25 && reads.prefixes.len() >= 7, "{:?} {:?}", reads.keys, reads.prefixes);
    for key in &reads.keys {
        assert!(program.setting(key).is_some(), "{key} is read, and releases/3.9.yaml lacks it");
    }
    for prefix in &reads.prefixes {
        assert!(program.settings.contains_key(prefix), "{prefix} is read, and releases/3.9.yaml lacks it");
    }
    let taken_over = taken_over();
    assert!(taken_over.contains("SSL_CERT_DIR") && !taken_over.contains("HOME"), "{taken_over:?}");
    for known in &taken_over {
        assert!(program.settings.contains_key(known), "{known}");
        assert!(!reads.keys.contains(known), "{known} is read, so releases/3.9.yaml must say how");
    }
    for known in program.settings.keys().filter(|known| !taken_over.contains(*known)) {
        assert_ne!(reads.read(known), RUNTIME.contains(&known.as_str()), "{known}: who reads it?");
    }
    for name in RUNTIME {
        assert!(program.settings.contains_key(name), "{name}");
    }
}

#[test]
fn defaults_of_the_catalogue_are_those_of_the_program() {
    let program = host();
    let files = write(&[]);
    let settings: Value = serde_json::from_str(&files["appsettings.json"]).unwrap();
    for key in leaves(&settings, "") {
        let value = settings.pointer(&format!("/{}", key.replace(':', "/"))).unwrap();
        let (known, setting) = program.setting(&key.replace(':', "__")).unwrap();
        if !known.ends_with('*') {
            assert_eq!(value.as_str(), Some(setting.default.as_str()), "{known}");
        }
    }
    let typed = Regex::new(r#"reader\.(Choice|Number|Flag|Duration)\("([^"]+)", ([^,)\n]*)"#).unwrap();
    let mut seen = 0;
    for (_, text) in sources(&files) {
        for found in typed.captures_iter(text) {
            let setting = &program.settings[&found[2].replace(':', "__")];
            let kind = match &found[1] {
                "Choice" => "enum",
                "Number" => "integer",
                "Flag" => "bool",
                _ => "duration",
            };
            assert_eq!(setting.kind.word(), kind, "{}", &found[2]);
            if let "integer" | "bool" = kind {
                assert_eq!(found[3], setting.default, "{}", &found[2]);
            }
            seen += 1;
        }
    }
    assert_eq!(seen, 10);
    for (key, setting) in &program.settings {
        let plain = ["string", "integer", "bool", "flag", "path", "url", "duration", "enum"];
        let many = ["list", "section", "string"];
        let kinds = if key.ends_with('*') { &many[..] } else { &plain };
        assert!(kinds.contains(&setting.kind.word()), "{key} is of type {}", setting.kind.word());
        assert_eq!(setting.kind.word() == "enum", !setting.allowed.is_empty(), "{key}");
    }
}

#[test]
fn the_readme_explains_every_key_that_the_code_asks_for() {
    let files = write(&[]);
    let reads = Reads::of(&files);
    for key in reads.keys.iter().filter(|key| !key.starts_with("Logging__") && *key != "AllowedHosts") {
        let (section, name) = key.rsplit_once("__").unwrap_or(("", key));
        let readme = &files["README.md"];
        assert!(
            readme.contains(key) || (readme.contains(section) && readme.contains(&format!("__{name}`"))),
            "{key}"
        );
    }
    for sentence in
        ["Not tried", "Package ids and versions", "The Dockerfile and the CI example", "1c0fb909", "a5dc28b"]
    {
        assert!(files["README.md"].contains(sentence), "{sentence}");
    }
}

#[test]
fn the_longest_prefix_says_what_is_known() {
    let program = host();
    for (key, known) in [
        ("Kestrel__Limits__MaxRequestBodySize", Some("Kestrel__Limits__*")),
        ("Kestrel__Endpoints__Http__Url", Some("Kestrel__Endpoints__*")),
        ("Kestrel__AddServerHeader", Some("Kestrel__*")),
        ("Cors__AllowedOrigins__0", Some("Cors__AllowedOrigins__*")),
        ("Http__BaseUrl", Some("Http__BaseUrl")),
        ("Http__BasUrl", Some("Http__*")),
        ("ConnectionStrings__Default", None),
    ] {
        assert_eq!(program.setting(key).map(|(known, _)| known), known, "{key}");
    }
    let shown = succeed(&["elsa", "show", "3.9"]).stdout;
    assert!(shown.contains("\n    Kestrel__Limits__*: section: limits of the web server"), "{shown}");
}
