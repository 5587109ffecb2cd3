//! Files: what a program writes and where it may, what must be kept, what must not be hidden.

use super::container::Container;
use super::manifests::{Manifests, items, text};
use super::mounts::{self, Mount};
use super::{Findings, ObjectRule, Review};
use crate::catalogue::ProgramKind;
use crate::diagnostics::Severity;
use crate::yaml::Node;

pub(super) const RULES: [ObjectRule; 4] = [
    ObjectRule {
        code: "program-hidden",
        severity: Severity::Error,
        description: "A volume over the folder that holds the program: the container finds nothing to start.",
        find: hidden,
    },
    ObjectRule {
        code: "unwritable-folder",
        severity: Severity::Error,
        description: "A folder that the program writes to and cannot: the root is read-only, or belongs to another user.",
        find: unwritable,
    },
    ObjectRule {
        code: "database-not-kept",
        severity: Severity::Warning,
        description: "An SQLite database on no persistent volume: everything is lost with the pod.",
        find: not_kept,
    },
    ObjectRule {
        code: "working-directory-without-content-root",
        severity: Severity::Error,
        description: "Another working directory, where the program does not find the appsettings.json that it ships with.",
        find: without_content_root,
    },
];

fn hidden(review: &Review, findings: &mut Findings) {
    for container in review.containers {
        let Some(folder) = container.program.folder.value.as_str() else { continue };
        // An init container may copy the program into the volume.
        let is_filled = |mount: &Mount| {
            let name = text(mount.node, &["name"]);
            let initial = items(container.pod, &["spec", "initContainers"]).iter();
            let mut mounted = initial.flat_map(|initial| items(initial, &["volumeMounts"]));
            mounted.any(|other| text(other, &["name"]) == name)
        };
        for mount in mounts::of(container) {
            if !mounts::is_in(folder, mount.path) || is_filled(&mount) {
                continue;
            }
            let Some(place) = mount.node.get("mountPath") else { continue };
            let message = format!("{} is in {folder}, which this volume hides", container.program.title);
            let wanted =
                container.program.words("writable").into_iter().find(|path| mounts::is_in(path, folder));
            let help = match wanted {
                Some(path) => format!("mount it at {path}, or at a folder of its own such as /data"),
                None => "mount it at a folder of its own; a single file goes over one of the program's with subPath"
                    .to_string(),
            };
            findings.add(&place.span, message, help);
        }
    }
}

/// Why a container may not write wherever it likes: the node that says so.
#[derive(Clone, Copy)]
enum Bound<'a> {
    /// The root file system is read-only.
    ReadOnly(&'a Node),
    /// Another user than root, to whom the image belongs.
    User(&'a Node),
}

fn bound<'a>(container: &Container<'a>) -> Option<Bound<'a>> {
    let is_true = |node: &&Node| node.as_bool() == Some(true);
    // The pod's context has no such member.
    let own = container.node.get("securityContext");
    let read_only = own.and_then(|own| own.get("readOnlyRootFilesystem")).filter(is_true);
    let user = || {
        let user = container.security("runAsUser");
        match user.and_then(Node::as_int) {
            Some(0) => None,
            Some(_) => user,
            None => container.security("runAsNonRoot").filter(is_true),
        }
    };
    read_only.map(Bound::ReadOnly).or_else(|| user().map(Bound::User))
}

fn unwritable(review: &Review, findings: &mut Findings) {
    let servers = review.containers.iter().filter(|container| container.program.kind == ProgramKind::Server);
    for container in servers {
        let Some(bound) = bound(container) else { continue };
        let mounts = mounts::of(container);
        let mut paths = written(container, review.manifests);
        // A file of that name is made by the program, its folder is not.
        let database = database(container, review.manifests);
        let folder = database.as_deref().and_then(|file| file.rsplit_once('/')).map(|(folder, _)| folder);
        let new = folder.filter(|folder| !paths.iter().any(|path| mounts::is_in(folder, path)));
        paths.extend(new.map(str::to_string));
        for path in paths {
            let place = match bound {
                Bound::ReadOnly(node) => node,
                // Everybody may write there.
                Bound::User(_) if mounts::is_in(&path, "/tmp") => continue,
                Bound::User(node) => node,
            };
            let mount = mounts::holding(&mounts, &path);
            if mount.is_some_and(Mount::is_writable) {
                continue;
            }
            let title = &container.program.title;
            let is_database = database.as_ref().is_some_and(|file| mounts::is_in(file, &path));
            let help = match is_database {
                true => format!(
                    "mount a persistent volume at {path}, or move the file with ConnectionStrings__Sqlite"
                ),
                false => format!("mount an emptyDir at {path}"),
            };
            match (mount.and_then(|mount| mount.node.get("mountPath")), bound) {
                (Some(node), _) => {
                    let message = format!("{title} writes to {path}, and this volume cannot be written to");
                    findings.add_with(&node.span, (&place.span, "nor can the root"), message, help);
                }
                (None, Bound::ReadOnly(_)) => {
                    let message = format!("{title} writes to {path}, which is on the read-only root");
                    findings.add(&place.span, message, help);
                }
                (None, Bound::User(_)) => {
                    let message =
                        format!("{title} writes to {path}, where only root may, and runs as another user");
                    findings.add(&place.span, message, help);
                }
            }
        }
    }
}

/// The folders that a program writes to, as its working directory and settings have it.
fn written(container: &Container, manifests: &Manifests) -> Vec<String> {
    let folder = container.program.folder.value.as_str().unwrap_or_default();
    let working = text(container.node, &["workingDir"]).unwrap_or(folder);
    let mut paths = Vec::new();
    for path in container.program.words("writable") {
        if let Some(inner) = path.strip_prefix(folder).filter(|inner| inner.starts_with('/')) {
            paths.push(format!("{}{inner}", working.trim_end_matches('/')));
        } else if path == "/tmp" && container.given("TMPDIR").is_some() {
            paths.extend(container.certain(manifests, "TMPDIR").map(str::to_string));
        } else {
            paths.push(path.to_string());
        }
    }
    paths
}

/// The file of an SQLite database as an absolute path; nothing for another database, or where it cannot be known.
fn database(container: &Container, manifests: &Manifests) -> Option<String> {
    let provider = container.certain(manifests, "DatabaseProvider")?;
    if !provider.eq_ignore_ascii_case("Sqlite") {
        return None;
    }
    let file = data_source(container.certain(manifests, "ConnectionStrings__Sqlite")?)?;
    if file.starts_with('/') {
        return Some(file.to_string());
    }
    let folder = container.program.folder.value.as_str()?;
    let working = text(container.node, &["workingDir"]).unwrap_or(folder);
    Some(format!("{}/{}", working.trim_end_matches('/'), file.trim_start_matches("./")))
}

/// The file in an SQLite connection string; nothing for a database in memory.
fn data_source(connection: &str) -> Option<&str> {
    let pairs = || connection.split(';').filter_map(|pair| pair.split_once('='));
    let value = |keys: &[&str]| {
        let (_, value) = pairs().find(|(key, _)| keys.contains(&key.trim().to_lowercase().as_str()))?;
        Some(value.trim().trim_matches(['"', '\'']))
    };
    let file = value(&["data source", "datasource", "filename"])?;
    let in_memory = value(&["mode"]).is_some_and(|mode| mode.eq_ignore_ascii_case("memory"));
    (!in_memory && !file.is_empty() && file != ":memory:" && !file.starts_with("file:")).then_some(file)
}

fn not_kept(review: &Review, findings: &mut Findings) {
    const KEY: &str = "ConnectionStrings__Sqlite";
    for container in review.containers.iter().filter(|container| !container.is_initial()) {
        let Some(file) = database(container, review.manifests) else { continue };
        let given = container.given(KEY);
        // Where it must be set, that it is missing is a finding of its own.
        let must = container.program.settings.get(KEY).is_some_and(|setting| !setting.must.is_empty());
        let mounts = mounts::of(container);
        let mount = mounts::holding(&mounts, &file);
        if given.is_none() && must || mount.is_some_and(Mount::is_lasting) {
            continue;
        }
        let help = "mount a volume with persistentVolumeClaim there, or use a database server";
        match mount.and_then(|mount| mount.node.get("mountPath")) {
            Some(path) => {
                let message = format!(
                    "the database {file} is on a volume that ends with its pod, and so do all workflows"
                );
                findings.add(&path.span, message, help);
            }
            None => {
                let message =
                    format!("the database {file} is on no volume, so all workflows end with the container");
                findings.add(given.map_or(container.place(), |given| given.value_place), message, help);
            }
        }
    }
}

fn without_content_root(review: &Review, findings: &mut Findings) {
    for container in review.containers {
        let folder = container.program.folder.value.as_str().unwrap_or_default();
        let Some(working) = container.node.get("workingDir") else { continue };
        let Some(path) = working.as_str().filter(|path| !path.is_empty()) else { continue };
        let path = path.trim_end_matches('/');
        let names = ["ASPNETCORE_CONTENTROOT", "DOTNET_CONTENTROOT", "contentRoot"];
        let is_given = container
            .given
            .iter()
            .any(|given| names.iter().any(|name| given.name.eq_ignore_ascii_case(name)));
        let reads = container.program.settings.contains_key(names[0]);
        if path == folder || is_given || !reads || container.reads_unseen(review.manifests) {
            continue;
        }
        let message = format!(
            "{} looks for its appsettings.json in {path}, and it is in {folder}",
            container.program.title
        );
        findings.add(&working.span, message, format!("set {} to {folder}", names[0]));
    }
}

#[cfg(test)]
mod tests {
    use super::data_source;

    #[test]
    fn a_connection_string_names_a_file() {
        assert_eq!(data_source("Data Source=/data/elsa.db;Cache=Shared"), Some("/data/elsa.db"));
        assert_eq!(data_source("cache=shared; DATASOURCE = \"elsa.db\" ;"), Some("elsa.db"));
        for none in ["", "Data Source=:memory:", "Data Source=x;Mode=Memory", "Server=db;Password=x"] {
            assert_eq!(data_source(none), None, "{none}");
        }
    }
}
