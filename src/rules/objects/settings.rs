//! Settings that the program in the container does not read, or does not as things stand.

use super::container::Container;
use super::given::{Given, Way, is_part};
use super::{Findings, ObjectRule, Review};
use crate::catalogue::{self, Program};
use crate::diagnostics::{Severity, nearest};

pub(super) const RULES: [ObjectRule; 5] = [
    ObjectRule {
        code: "unread-setting",
        severity: Severity::Error,
        description: "A variable, a key of a ConfigMap or an argument that the program does not read: it has no \
                      effect, whatever a guide says.",
        find: unread,
    },
    ObjectRule {
        code: "misspelt-setting",
        severity: Severity::Error,
        description: "A setting that the program does not read and that is nearly one that it does.",
        find: misspelt,
    },
    ObjectRule {
        code: "setting-of-another-release",
        severity: Severity::Error,
        description: "A setting that another release or another program of Elsa reads, and this one does not.",
        find: foreign,
    },
    ObjectRule {
        code: "shadowed-setting",
        severity: Severity::Error,
        description: "A setting that is given twice, or that another one overrides: only one of them has an effect, \
                      and which one is easy to get wrong.",
        find: shadowed,
    },
    ObjectRule {
        code: "setting-without-effect",
        severity: Severity::Error,
        description: "A setting that the program reads only together with another one, which says something else.",
        find: without_effect,
    },
];

/// Why a key is not read.
enum Unread {
    /// It is nearly this one.
    Misspelt(String),
    /// These other programs read it.
    Elsewhere(Vec<&'static Program>),
    /// Nothing does.
    Nowhere,
}

/// The keys that the program does not read. Keys of a whole Secret are left out: they have names of their own.
fn unread_keys<'c, 'a>(container: &'c Container<'a>) -> impl Iterator<Item = (&'c Given<'a>, Unread)> {
    container.given.iter().filter(|given| given.way != Way::Secret).filter_map(|given| {
        let name = given.name.as_str();
        if is_plumbing(name) || is_part(container.node, name) {
            return None;
        }
        match container.program.setting(name) {
            None => Some((given, why(container, name))),
            // Part of a section that is bound whole: nearly another key is more likely than one of its own.
            Some((known, _)) if known.ends_with('*') => {
                near(container.program, name).map(|near| (given, Unread::Misspelt(near)))
            }
            Some(_) => None,
        }
    })
}

/// Whether a name is a misspelling of that key.
pub(super) fn means(program: &Program, name: &str, key: &str) -> bool {
    program.setting(name).is_none_or(|(known, _)| known.ends_with('*'))
        && near(program, name).is_some_and(|meant| meant == key)
}

/// Variables for the shell, the container's runtime and the cluster's own tools.
fn is_plumbing(name: &str) -> bool {
    const NAMES: [&str; 12] = [
        "PATH",
        "HOSTNAME",
        "LANG",
        "LC_ALL",
        "LANGUAGE",
        "TMPDIR",
        "POD_NAME",
        "POD_NAMESPACE",
        "POD_IP",
        "NODE_NAME",
        "HOST_IP",
        "POD_UID",
    ];
    NAMES.contains(&name) || name.starts_with("KUBERNETES_")
}

fn why(container: &Container, name: &str) -> Unread {
    let mut others: Vec<(&'static Program, bool)> = Vec::new();
    for program in catalogue::programs() {
        others.extend(program.setting(name).map(|(known, _)| (program, known.ends_with('*'))));
    }
    let programs = || others.iter().map(|(program, _)| *program).collect();
    if others.iter().any(|(_, in_section)| !in_section) {
        return Unread::Elsewhere(programs());
    }
    // A section takes any name, also a misspelt one.
    let near = near(container.program, name).map(Unread::Misspelt);
    let known = catalogue::nowhere().setting(name).map(|_| Unread::Nowhere);
    let section = || (!others.is_empty()).then(|| Unread::Elsewhere(programs()));
    near.or(known).or_else(section).unwrap_or(Unread::Nowhere)
}

/// The key that was probably meant. A part of a section that has a name of its own is no misspelling of another part.
fn near(program: &Program, name: &str) -> Option<String> {
    // `Http:BaseUrl`, `Http_BaseUrl`, `HttpBaseUrl` and `http.baseUrl` are one key to whoever writes them.
    let plain = |text: &str| text.to_lowercase().replace([':', '_', '.', '-'], "");
    let keys = || program.settings.keys().filter(|key| !key.ends_with('*')).map(String::as_str);
    if let Some(same) = keys().find(|key| plain(key) == plain(name)) {
        return Some(same.to_string());
    }
    let is_near = |key: &&str| {
        let distance = strsim::damerau_levenshtein(&plain(key), &plain(name));
        distance <= 2.min(plain(name).len() / 4)
    };
    let near: Vec<&str> = keys().filter(is_near).collect();
    // Numbers of list items are no misspellings.
    nearest(name, near).filter(|near| !only_digits_differ(near, name)).map(str::to_string)
}

fn only_digits_differ(a: &str, b: &str) -> bool {
    let bare = |text: &str| text.chars().filter(|c| !c.is_ascii_digit()).collect::<String>();
    a != b && bare(a) == bare(b)
}

fn unread(review: &Review, findings: &mut Findings) {
    for container in review.containers {
        for (given, why) in unread_keys(container) {
            if !matches!(why, Unread::Nowhere) {
                continue;
            }
            let (mut message, mut help) = (
                format!("{} does not read {}", container.program.title, given.name),
                format!(
                    "take it out; `elsakube elsa show {}` lists what it reads",
                    container.release.release
                ),
            );
            if let Some(absence) = catalogue::nowhere().setting(&given.name) {
                message = format!("{message}: {}", absence.why);
                help.clone_from(&absence.instead);
            }
            findings.add(given.place, message, help);
        }
    }
}

fn misspelt(review: &Review, findings: &mut Findings) {
    for container in review.containers {
        for (given, why) in unread_keys(container) {
            let Unread::Misspelt(meant) = why else { continue };
            let message = format!("{} does not read {}", container.program.title, given.name);
            findings.add(given.place, message, format!("did you mean {meant}?"));
        }
    }
}

fn foreign(review: &Review, findings: &mut Findings) {
    for container in review.containers {
        for (given, why) in unread_keys(container) {
            let Unread::Elsewhere(others) = why else { continue };
            let titles: Vec<&str> = others.iter().map(|program| program.title.as_str()).collect();
            let message = format!(
                "{} does not read {}, which {} does",
                container.program.title,
                given.name,
                listed(&titles)
            );
            let advice = catalogue::nowhere().setting(&given.name).map(|absence| absence.instead.clone());
            let help = advice.unwrap_or_else(|| same_purpose(container.program, &others, &given.name));
            findings.add(given.place, message, help);
        }
    }
}

/// The first of many, and how many more there are.
fn listed(titles: &[&str]) -> String {
    match titles {
        [] => String::new(),
        [one] => (*one).to_string(),
        [one, two] => format!("{one} and {two}"),
        [.., last] => format!("{last} and {} others", titles.len() - 1),
    }
}

/// The setting of this program that does what the other's does.
fn same_purpose(program: &Program, others: &[&'static Program], name: &str) -> String {
    let effect =
        others.iter().find_map(|other| other.setting(name)).map(|(_, setting)| setting.effect.as_str());
    let same = program.settings.iter().find(|(_, setting)| Some(setting.effect.as_str()) == effect);
    match same {
        Some((key, _)) => format!("set {key} in place of it"),
        None => "take it out, or run the program that reads it".to_string(),
    }
}

fn shadowed(review: &Review, findings: &mut Findings) {
    for container in review.containers {
        for (index, given) in container.given.iter().enumerate() {
            let later = &container.given[index + 1..];
            let known = container.program.setting(&given.name);
            let ignores_case = known.is_some_and(|(_, setting)| !setting.exact);
            let same = |other: &&Given| {
                other.name == given.name || ignores_case && other.name.eq_ignore_ascii_case(&given.name)
            };
            if let Some(other) = later.iter().find(same) {
                let (message, help) = if other.name == given.name {
                    (
                        format!("{} is set again, and the later one wins", given.name),
                        "keep one of the two".to_string(),
                    )
                } else {
                    (
                        format!(
                            "{} and {} are one key to .NET, which ignores case, and which of them wins is not said",
                            given.name, other.name
                        ),
                        format!("keep {}", known.map_or(given.name.as_str(), |(key, _)| key)),
                    )
                };
                findings.add_with(given.place, (other.place, "set again here"), message, help);
                continue;
            }
            let Some((_, setting)) = known.filter(|(_, setting)| !setting.overridden_by.is_empty()) else {
                continue;
            };
            if let Some(winner) = container.given(&setting.overridden_by) {
                let message = format!("{} has no effect beside {}, which wins", given.name, winner.name);
                findings.add_with(given.place, (winner.place, "wins"), message, "take one of them out");
            }
        }
    }
}

fn without_effect(review: &Review, findings: &mut Findings) {
    for container in review.containers {
        for given in container.given.iter().filter(|given| given.way != Way::Secret) {
            let Some((_, setting)) = container.program.setting(&given.name) else { continue };
            if container.is_read(setting) {
                continue;
            }
            let Some((key, values)) = setting.when.first() else { continue };
            let values = values.join(" or ");
            let other = container.given(key);
            let now = container.effective(key);
            let now = now.as_ref().and_then(super::container::Effective::value).unwrap_or_default();
            let message = format!("{} is read with {key} {values} only, and that is {now}", given.name);
            let help = format!("set {key} to {values}, or take this out");
            match other {
                Some(other) => {
                    findings.add_with(given.place, (other.value_place, "says something else"), message, help);
                }
                None => findings.add(given.place, message, help),
            }
        }
    }
}
