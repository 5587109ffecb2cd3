//! Rebuilds when a template, profile, release or schema is edited, added or removed: `include_dir!` alone
//! does not see new files.

fn main() {
    for folder in ["templates", "profiles", "releases", "schemas"] {
        println!("cargo:rerun-if-changed={folder}");
    }
}
