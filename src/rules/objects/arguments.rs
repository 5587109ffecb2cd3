//! Commands and arguments that start something else than the program, or nothing.

use super::manifests::items;
use super::{Findings, ObjectRule, Review};
use crate::diagnostics::Severity;
use crate::yaml::Node;
use regex_lite::Regex;

pub(super) const RULES: [ObjectRule; 2] = [
    ObjectRule {
        code: "program-replaced",
        severity: Severity::Error,
        description: "Arguments that take the place of the image's command, and are none: the container starts nothing.",
        find: replaced,
    },
    ObjectRule {
        code: "command-not-in-image",
        severity: Severity::Error,
        description: "A command of the .NET SDK in a container whose image holds the runtime alone.",
        find: not_in_image,
    },
];

/// What only the SDK's `dotnet` knows.
const SDK: [&str; 14] = [
    "add",
    "build",
    "ef",
    "msbuild",
    "new",
    "nuget",
    "publish",
    "restore",
    "run",
    "sln",
    "test",
    "tool",
    "user-secrets",
    "watch",
];

fn replaced(review: &Review, findings: &mut Findings) {
    for container in review.containers.iter().filter(|container| container.program.images.runs_arguments) {
        let command = items(container.node, &["command"]);
        let Some(first) = items(container.node, &["args"]).first().filter(|_| command.is_empty()) else {
            continue;
        };
        let Some(word) = first.as_str().filter(|word| is_no_command(word)) else { continue };
        let message = format!(
            "the image of {} runs its arguments as a command in place of the program, and {word} is none",
            container.program.title
        );
        let help = "set it as a variable of the container, with __ between the parts of its name";
        findings.add(&first.span, message, help);
    }
}

/// Whether a word is an option, a setting or a library, and so nothing that can be started.
fn is_no_command(word: &str) -> bool {
    word.starts_with('-') || word.contains('=') || word.ends_with(".dll")
}

fn not_in_image(review: &Review, findings: &mut Findings) {
    let Ok(in_script) = Regex::new(r"(?:^|[\s;&|(])dotnet[ -]([a-z-]+)") else { return };
    for container in review.containers {
        let words: Vec<&Node> =
            ["command", "args"].into_iter().flat_map(|list| items(container.node, &[list])).collect();
        let mut report = |node: &Node, verb: &str| {
            let message = format!(
                "`dotnet {verb}` needs the SDK, and the image of {} has the runtime alone",
                container.program.title
            );
            let help = match verb {
                "ef" => "take it out: the program migrates its database when it starts",
                _ => "take it out: the image starts its program by itself",
            };
            findings.add(&node.span, message, help);
        };
        for (index, node) in words.iter().enumerate() {
            let Some(text) = node.as_str() else { continue };
            let next = words.get(index + 1).and_then(|next| next.as_str());
            if text == "dotnet" || text.ends_with("/dotnet") {
                if let Some(verb) = next.filter(|verb| SDK.contains(verb)) {
                    report(node, verb);
                }
                continue;
            }
            let verbs =
                in_script.captures_iter(text).filter_map(|found| found.get(1)).map(|verb| verb.as_str());
            if let Some(verb) = verbs.into_iter().find(|verb| SDK.contains(verb)) {
                report(node, verb);
            }
        }
    }
}
