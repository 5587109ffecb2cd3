//! Reads the catalogue, so that a fact without a source fails the build, and rebuilds when something that is compiled in
//! is edited, added or removed: `include_dir!` alone does not see new files.

#[path = "src/catalogue/data/mod.rs"]
#[allow(dead_code, missing_docs, unreachable_pub, unused_imports)]
mod data;
#[path = "src/catalogue/source.rs"]
#[allow(unreachable_pub)]
mod source;

use std::path::Path;
use std::{env, fs, process};

fn main() {
    for folder in ["templates", "profiles", "releases", "schemas", "host"] {
        println!("cargo:rerun-if-changed={folder}");
    }
    println!("cargo:rerun-if-changed=src/catalogue");
    if let Err(error) = catalogue() {
        eprintln!("{error}");
        process::exit(1);
    }
}

/// Writes each file of the catalogue as JSON, and `catalogue.rs` that includes them.
fn catalogue() -> Result<(), String> {
    let failed = |error: std::io::Error| error.to_string();
    let out = env::var("OUT_DIR").map_err(|error| error.to_string())?;
    let mut files = Vec::new();
    for entry in fs::read_dir("releases").map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        files.push((name, fs::read_to_string(&path).map_err(failed)?));
    }
    files.sort();
    let mut list = String::new();
    for (name, json) in source::compile(&files)? {
        fs::write(Path::new(&out).join(format!("{name}.json")), json).map_err(failed)?;
        list.push_str(&format!("({name:?}, include_str!(concat!(env!(\"OUT_DIR\"), \"/{name}.json\"))),\n"));
    }
    fs::write(Path::new(&out).join("catalogue.rs"), format!("&[\n{list}]\n")).map_err(failed)
}
