//! The time that a program has to stop.

use super::container::Container;
use super::manifests::{Manifests, at, items};
use super::{Findings, ObjectRule, Review};
use crate::diagnostics::Severity;
use crate::yaml::Node;

pub(super) const RULES: [ObjectRule; 2] = [
    ObjectRule {
        code: "grace-period-too-short",
        severity: Severity::Error,
        description: "The grace period ends before the program has stopped by itself: it is killed, and running workflows \
                      are lost.",
        find: too_short,
    },
    ObjectRule {
        code: "pre-stop-hook",
        severity: Severity::Warning,
        description: "How long a preStop hook takes is known only if it sleeps, and it takes its time from the grace \
                      period.",
        find: unknown_hook,
    },
];

/// What Kubernetes takes where a pod does not say it.
const DEFAULT_GRACE: i64 = 30;
/// What a program needs beyond what it is told: it is not on the second, and the process has to end.
const SPARE: i64 = 15;

fn too_short(review: &Review, findings: &mut Findings) {
    for container in review.containers.iter().filter(|container| !container.is_initial()) {
        let given = at(container.pod, &["spec", "terminationGracePeriodSeconds"]);
        let Some(grace) = given.map_or(Some(DEFAULT_GRACE), Node::as_int) else { continue };
        let Some((stop, why)) = stop(container, review.manifests) else { continue };
        let hook = match hook(container) {
            Some(Hook::Sleep(seconds)) => seconds,
            _ => 0,
        };
        if grace > stop + hook {
            continue;
        }
        let unless = if given.is_none() { " unless it is set" } else { "" };
        let before = if hook > 0 { format!(", after {hook} s of the preStop hook") } else { String::new() };
        let message = format!(
            "the grace period is {grace} s{unless}, and {} takes up to {stop} s to stop ({why}){before}: it would be \
             killed, and running workflows would be lost",
            container.program.title
        );
        let place = given.map_or(container.place(), |given| &given.span);
        let least = stop + hook + SPARE;
        findings.add(place, message, format!("set terminationGracePeriodSeconds to {least} or more"));
    }
}

/// The seconds that a program takes to stop, and what they are made of; nothing where that cannot be known.
fn stop(container: &Container, manifests: &Manifests) -> Option<(i64, String)> {
    let program = container.program;
    let known = program.number("shutdownSeconds")?;
    if program.is("drains") {
        let seconds = |key: &str| seconds(container.certain(manifests, key)?);
        let (delay, drain) = (seconds("Shutdown__PreStopDelay")?, seconds("Shutdown__DrainDeadline")?);
        return Some((delay + drain, format!("a delay of {delay} s and {drain} s to drain")));
    }
    const TIMEOUT: &str = "DOTNET_SHUTDOWNTIMEOUTSECONDS";
    let timeout = match program.settings.get(TIMEOUT) {
        Some(_) => container.certain(manifests, TIMEOUT)?.parse().ok()?,
        None => known,
    };
    Some((timeout, "its whole shutdown timeout, even when idle".to_string()))
}

/// `hh:mm:ss`, with days and a dot before it, as .NET reads it; parts of a second count as a whole one.
fn seconds(duration: &str) -> Option<i64> {
    let (whole, part) = match duration.rsplit_once('.') {
        Some((whole, part)) if !part.contains(':') => {
            (whole, i64::from(part.bytes().any(|digit| digit != b'0')))
        }
        _ => (duration, 0),
    };
    let (days, clock) = whole.split_once('.').unwrap_or(("0", whole));
    let parts: Option<Vec<i64>> = clock.split(':').map(|part| part.parse().ok()).collect();
    let (hours, minutes, seconds) = match parts?[..] {
        [hours, minutes] => (hours, minutes, 0),
        [hours, minutes, seconds] => (hours, minutes, seconds),
        _ => return None,
    };
    Some(((days.parse::<i64>().ok()? * 24 + hours) * 60 + minutes) * 60 + seconds + part)
}

/// What runs before the program is told to stop.
enum Hook<'a> {
    Sleep(i64),
    /// It takes nobody knows how long.
    Other(&'a Node),
}

fn hook<'a>(container: &Container<'a>) -> Option<Hook<'a>> {
    let hook = at(container.node, &["lifecycle", "preStop"])?;
    if let Some(seconds) = at(hook, &["sleep", "seconds"]) {
        return Some(seconds.as_int().map_or(Hook::Other(seconds), Hook::Sleep));
    }
    let exec = hook.get("exec");
    let words: Vec<&str> =
        exec.map(|exec| items(exec, &["command"])).into_iter().flatten().filter_map(Node::as_str).collect();
    let slept = match words[..] {
        [_, "-c", script] => slept(&script.split_whitespace().collect::<Vec<_>>()),
        _ => slept(&words),
    };
    let other = exec.or_else(|| hook.get("httpGet")).or_else(|| hook.get("tcpSocket"));
    slept.map(Hook::Sleep).or(other.map(Hook::Other))
}

/// `sleep 15`, also as `/bin/sleep` and with an `s`.
fn slept(words: &[&str]) -> Option<i64> {
    let [command, seconds] = words else { return None };
    let seconds = seconds.strip_suffix('s').unwrap_or(seconds).parse().ok()?;
    (command.rsplit('/').next() == Some("sleep")).then_some(seconds)
}

fn unknown_hook(review: &Review, findings: &mut Findings) {
    for container in review.containers.iter().filter(|container| !container.is_initial()) {
        // A program that takes no time to stop leaves enough to any hook.
        if container.program.number("shutdownSeconds").is_none() {
            continue;
        }
        let Some(Hook::Other(node)) = hook(container) else { continue };
        let help = if container.program.is("drains") {
            "take it out and set Shutdown__PreStopDelay: the program goes on serving for so long"
        } else {
            "see that it ends within a few seconds, or sleep in its place: preStop: {sleep: {seconds: 5}}"
        };
        let message = "how long this preStop hook takes is not known, and it takes its time from the grace period, \
                       which is made for the shutdown alone";
        findings.add(&node.span, message, help);
    }
}

#[cfg(test)]
mod tests {
    use super::{seconds, slept};

    #[test]
    fn durations_are_dotnets() {
        assert_eq!(seconds("00:01:30"), Some(90));
        assert_eq!(seconds("1.00:00:01.5"), Some(86_402));
        assert_eq!(seconds("01:00"), Some(3600));
        assert_eq!(seconds("30"), None);
        assert_eq!(seconds("soon"), None);
    }

    #[test]
    fn a_hook_that_sleeps_is_known() {
        assert_eq!(slept(&["/bin/sleep", "5"]), Some(5));
        assert_eq!(slept(&["sleep", "5s"]), Some(5));
        assert_eq!(slept(&["curl", "5"]), None);
        assert_eq!(slept(&[]), None);
    }
}
