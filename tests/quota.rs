//! The numbers of the add-on `quota` hold `prod` and any one add-on beside it, and a number that is too small is found where it
//! was written.
#![allow(clippy::unwrap_used)]

mod common;

use common::{elsakube, run, scenario};

const CODES: [&str; 3] = ["quota-too-small", "quota-refuses-pods", "limit-range-refuses-pods"];

#[test]
fn the_numbers_hold_prod_and_any_one_add_on() {
    for add_on in scenario::add_ons() {
        let stack = match add_on.name {
            "quota" => add_on.profiles.join(","),
            _ => format!("{},quota", add_on.profiles.join(",")),
        };
        let run = run(&mut elsakube(&["check", "--elsa", add_on.elsa, "--profile", &stack]));
        let found: Vec<&str> =
            run.stdout.lines().filter(|line| CODES.iter().any(|code| line.contains(code))).collect();
        assert!(found.is_empty(), "{stack}:\n{}", found.join("\n"));
        assert!(run.stderr.contains("objects"), "{stack}:\n{}", run.stderr);
    }
}

#[test]
fn a_number_that_is_too_small_is_found_where_it_was_written() {
    let run = run(&mut elsakube(&[
        "check",
        "--profile",
        "prod,quota",
        "--set",
        "server.autoscaling.maxReplicas=7,postgresql.maxConnections=200,limits.quota.pods=15",
    ]));
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(
        run.stdout.contains("[quota-too-small]: pods is 15, and the objects may use 16"),
        "{}",
        run.stdout
    );
    assert!(run.stdout.contains("--> --set"), "{}", run.stdout);
}
