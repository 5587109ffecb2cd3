//! What settings are set to: values that the program does not take, that everybody knows, and those that are missing.

use super::container::Container;
use super::given::{Given, Way};
use super::{Findings, ObjectRule, Review, settings};
use crate::catalogue::{Kind, Setting};
use crate::diagnostics::{Severity, nearest};
use crate::secrets;
use regex_lite::Regex;

pub(super) const RULES: [ObjectRule; 4] = [
    ObjectRule {
        code: "wrong-setting-value",
        severity: Severity::Error,
        description: "A value that the program does not take: it ends at its start, or quietly does something else. \
                      Most programs want enumerated values in exactly their spelling.",
        find: wrong,
    },
    ObjectRule {
        code: "harmful-setting-value",
        severity: Severity::Error,
        description: "A value that the program takes and that does harm, such as a signing key that everybody knows.",
        find: harmful,
    },
    ObjectRule {
        code: "missing-setting",
        severity: Severity::Error,
        description: "A setting whose default is dangerous or cannot work in a cluster, and that is not set.",
        find: missing,
    },
    ObjectRule {
        code: "secret-in-plain-text",
        severity: Severity::Error,
        description: "A password, key or connection string that stands in a ConfigMap or in a pod: everybody who may \
                      list pods can read it. Secrets belong into a Secret, read with secretKeyRef.",
        find: plain_secret,
    },
];

fn wrong(review: &Review, findings: &mut Findings) {
    each_value(review, |container, given, key, setting, value| {
        let Some((wanted, help)) = fault(setting, value) else { return };
        let message = if setting.secret {
            format!("{key} has to be {wanted}, and this is not")
        } else {
            format!("{key} has to be {wanted}, and this is `{value}`")
        };
        let message = format!("{message}, for {}", container.program.title);
        findings.add(given.value_place, message, help);
    });
}

fn harmful(review: &Review, findings: &mut Findings) {
    each_value(review, |_, given, key, setting, value| {
        let harm = setting.refused.iter().find(|(pattern, _)| matches(pattern, value));
        if let Some((_, why)) = harm {
            let message = format!("{key} must not be this: {why}");
            let help = if setting.secret {
                "make a new one, and keep it in a Secret: `elsakube secrets --generate`".to_string()
            } else if setting.default.is_empty() {
                "take it out, or set another value".to_string()
            } else {
                format!("take it out: the default is {}", setting.default)
            };
            findings.add(given.value_place, message, help);
        }
    });
}

/// Every value that stands in plain for a setting that the program reads as things stand.
fn each_value<'a>(review: &'a Review, mut look: impl FnMut(&Container, &Given<'a>, &str, &Setting, &str)) {
    for container in review.containers {
        for given in &container.given {
            let (Some((key, setting)), Some(value)) = (container.program.setting(&given.name), given.value)
            else {
                continue;
            };
            let key = if key.ends_with('*') { given.name.as_str() } else { key };
            if container.is_read(setting) {
                look(container, given, key, setting, value);
            }
        }
    }
}

/// What a value should be, and what to write instead; nothing if it is right.
fn fault(setting: &Setting, value: &str) -> Option<(String, String)> {
    let wanted =
        |wanted: &str, example: &str| Some((wanted.to_string(), format!("write something like {example}")));
    let is = |pattern: &str| matches(pattern, value);
    match setting.kind {
        Kind::Enum => {
            let same =
                |known: &String| known == value || setting.any_case && known.eq_ignore_ascii_case(value);
            if setting.allowed.iter().any(same) {
                return None;
            }
            let near = nearest(value, setting.allowed.iter().map(String::as_str));
            let help = match near {
                Some(near) => format!("write {near}"),
                None => "write one of them, in exactly this spelling".to_string(),
            };
            return Some((setting.allowed.join(" or "), help));
        }
        Kind::Integer if !is(r"^-?[0-9]+$") => return wanted("a whole number", "30"),
        Kind::Bool if !is(r"^(?i:true|false)$") => return wanted("true or false", "true"),
        Kind::Flag if !is(r"^[01]$") => return wanted("0 or 1", "0"),
        Kind::Path if !value.starts_with('/') => return wanted("a path that begins with a slash", "/wf"),
        Kind::Url if !is(r"^[a-z][a-z0-9+.-]*://[^/ ]+") => {
            return wanted("an absolute address", "https://elsa.example.com");
        }
        Kind::Duration if !is(r"^([0-9]+\.)?[0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?$") => {
            return wanted("a duration of the form hh:mm:ss", "00:01:30");
        }
        _ => {}
    }
    if setting.pattern.is_empty() || is(&setting.pattern) {
        return None;
    }
    Some((setting.pattern_help.clone(), "see the effect that it has in `elsakube elsa show`".to_string()))
}

fn matches(pattern: &str, value: &str) -> bool {
    Regex::new(pattern).is_ok_and(|pattern| pattern.is_match(value))
}

fn missing(review: &Review, findings: &mut Findings) {
    for container in review.containers {
        // A Secret or ConfigMap that is read whole and not looked at may hold anything.
        if container.reads_unseen(review.manifests) {
            continue;
        }
        for (key, setting) in
            container.program.settings.iter().filter(|(_, setting)| !setting.must.is_empty())
        {
            // A misspelt one has its own finding.
            let misspelt =
                || container.given.iter().any(|given| settings::means(container.program, &given.name, key));
            if container.given(key).is_none() && container.is_read(setting) && !misspelt() {
                let message =
                    format!("{} needs {key}: unless it is set, {}", container.program.title, setting.must);
                let help = match setting.secret {
                    true => format!("set {key} from a Secret"),
                    false => format!("set {key}: {}", setting.effect),
                };
                findings.add(container.place(), message, help);
            }
        }
    }
}

fn plain_secret(review: &Review, findings: &mut Findings) {
    for container in review.containers {
        for given in &container.given {
            let Some((key, setting)) = container.program.setting(&given.name) else { continue };
            // What everybody knows has its own finding.
            let public = |value: &str| setting.refused.keys().any(|pattern| matches(pattern, value));
            let plain = given
                .value
                .filter(|value| !value.is_empty() && !secrets::is_zeros(value))
                .is_some_and(|value| holds_secret(value, key) && !public(value));
            if setting.secret && plain && !matches!(given.way, Way::Secret | Way::SecretKey) {
                let message = format!("the secret of {key} stands here in plain text");
                findings.add(
                    given.place,
                    message,
                    "keep it in a Secret, read it with secretKeyRef, and write $(NAME) where it is part of a longer text",
                );
            }
        }
    }
}

/// Whether a value is a secret or has one in it: a connection string need not have a password.
fn holds_secret(value: &str, key: &str) -> bool {
    !key.starts_with("ConnectionStrings__")
        || matches(r"(?i)(password|pwd|accountkey|sharedaccesskey)\s*=\s*[^;,]", value)
        || matches(r"://[^/@:]+:[^/@]+@", value)
}
