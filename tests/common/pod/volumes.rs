//! Volumes of a pod, with the owners and modes that the kubelet gives them.

use super::Pod;
use super::environment::list;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::{Path, PathBuf};

impl Pod<'_> {
    /// Where a volume is on this machine.
    pub(super) fn volume(&self, name: &str) -> PathBuf {
        let spec = list(&self.spec["volumes"]).find(|volume| volume["name"] == name);
        match spec.and_then(|volume| volume["persistentVolumeClaim"]["claimName"].as_str()) {
            Some(claim) => self.cluster.claim(claim),
            None if spec.is_none() => {
                self.cluster.claim(&format!("{name}-{}", self.metadata["name"].as_str().unwrap()))
            }
            None => self.dir.path().join("volumes").join(name),
        }
    }

    /// Whether nobody may write to a volume, whatever its mount says.
    pub(super) fn is_read_only(&self, name: &str) -> bool {
        let mut volumes = list(&self.spec["volumes"]);
        volumes.any(|volume| {
            volume["name"] == name
                && ["configMap", "secret", "projected"].iter().any(|kind| volume.get(kind).is_some())
        })
    }

    pub(super) fn make_volumes(&self, claims: &Value) {
        let context = &self.spec["securityContext"];
        let group = context["fsGroup"].as_u64().map(|group| u32::try_from(group).unwrap());
        let always = context["fsGroupChangePolicy"] != "OnRootMismatch";
        for claim in list(claims) {
            make_claim(&self.volume(claim["metadata"]["name"].as_str().unwrap()), group, always);
        }
        for volume in list(&self.spec["volumes"]) {
            let folder = self.volume(volume["name"].as_str().unwrap());
            if volume.get("persistentVolumeClaim").is_some() {
                make_claim(&folder, group, always);
                continue;
            }
            fs::create_dir_all(&folder).unwrap();
            chmod(&folder, 0o777);
            let files = |source: &Value| self.files(source);
            if let Some(source) = volume.get("configMap").or_else(|| volume.get("secret")) {
                let kind = if volume.get("configMap").is_some() { "configMap" } else { "secret" };
                write(&folder, files(&serde_json::json!({ kind: source })), source);
            } else if let Some(projected) = volume.get("projected") {
                for source in list(&projected["sources"]) {
                    write(&folder, files(source), projected);
                }
            } else {
                assert!(volume.get("emptyDir").is_some(), "the harness does not know the volume {volume}");
            }
            if let Some(group) = group {
                own(
                    &folder,
                    group,
                    if self.is_read_only(volume["name"].as_str().unwrap()) { 0o440 } else { 0o660 },
                );
            }
        }
    }

    /// Paths, contents and modes of one source.
    fn files(&self, source: &Value) -> Vec<(String, String, Option<u64>)> {
        let (spec, mut data): (&Value, BTreeMap<String, String>) =
            match (source.get("configMap"), source.get("secret")) {
                (Some(map), _) => (map, self.config_data(map["name"].as_str().unwrap())),
                (_, Some(secret)) => {
                    let name = secret["secretName"].as_str().or_else(|| secret["name"].as_str()).unwrap();
                    (secret, self.secret_data(name))
                }
                _ => panic!("the harness does not know the source {source}"),
            };
        assert!(!data.is_empty() || spec["optional"] == true, "the test has no values for {source}");
        let Some(items) = spec["items"].as_array() else {
            return data.into_iter().map(|(key, value)| (key, value, None)).collect();
        };
        let item = |item: &Value| {
            let key = item["key"].as_str().unwrap();
            let value = data.remove(key).unwrap_or_else(|| panic!("{source} has no {key}"));
            (item["path"].as_str().unwrap().to_string(), value, item["mode"].as_u64())
        };
        items.iter().map(item).collect()
    }
}

fn write(folder: &Path, files: Vec<(String, String, Option<u64>)>, spec: &Value) {
    let default = spec["defaultMode"].as_u64().unwrap_or(0o644);
    for (path, content, mode) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        chmod(&path, u32::try_from(mode.unwrap_or(default)).unwrap());
    }
}

/// A new file system that belongs to root, as a disk has it; later the group alone counts, by the pod's policy.
fn make_claim(folder: &Path, group: Option<u32>, always: bool) {
    if !folder.exists() {
        fs::create_dir_all(folder.join("lost+found")).unwrap();
        chmod(folder, 0o755);
        chmod(&folder.join("lost+found"), 0o700);
    }
    let Some(group) = group else { return };
    let root = fs::metadata(folder).unwrap();
    if always || root.gid() != group || root.mode() & 0o2770 != 0o2770 {
        own(folder, group, 0o660);
    }
}

/// Gives everything to a group, with these bits; folders may be entered and pass the group on.
fn own(path: &Path, group: u32, bits: u32) {
    for entry in
        walkdir::WalkDir::new(path).into_iter().map(Result::unwrap).filter(|entry| !entry.path_is_symlink())
    {
        let path = entry.path();
        chown(path, None, Some(group)).unwrap();
        let mode =
            entry.metadata().unwrap().mode() | bits | if entry.file_type().is_dir() { 0o2110 } else { 0 };
        chmod(path, mode & 0o7777);
    }
}

fn chmod(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}
