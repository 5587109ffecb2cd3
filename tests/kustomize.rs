//! `kubectl kustomize` of the directory gives the objects of the stream.

mod common;

use common::equality::{differences, objects};
use common::scenario;
use common::{run, succeed, tool};
use std::process::Command;

#[test]
fn the_directory_gives_what_the_stream_gives() {
    let Some(kubectl) = tool("kubectl") else { return };
    for scenario in &scenario::all() {
        let scratch = tempfile::tempdir().unwrap();
        let out = scratch.path().join("out");
        let mut arguments = vec!["render", "--quiet"];
        arguments.extend(scenario.arguments());
        let stream = succeed(&arguments).stdout;
        arguments.extend(["-o", out.to_str().unwrap()]);
        succeed(&arguments);
        let built = run(Command::new(&kubectl).arg("kustomize").arg(&out));
        assert_eq!(built.code, 0, "{}", built.stderr);
        let found = differences(&objects(&stream).unwrap(), &objects(&built.stdout).unwrap());
        assert!(found.is_empty(), "{}:\n{}", scenario.name, found.join("\n"));
    }
}
