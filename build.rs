//! Rebuilds when something that is compiled in is edited, added or removed: `include_dir!` alone does not see new
//! files.

fn main() {
    for folder in ["templates", "profiles", "releases", "schemas", "host"] {
        println!("cargo:rerun-if-changed={folder}");
    }
}
