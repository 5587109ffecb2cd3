//! A simulator of Ingress, Traefik's IngressRoute and the Gateway API's HTTPRoute over what is rendered: the same table of
//! URLs (urls.yaml, shown in docs/routing.md) reaches the same program in all three, and where one kind cannot do what
//! another can, the table says so.
#![allow(clippy::unwrap_used, unreachable_pub)]

mod aspnet;
mod cleaning;
#[path = "../common/mod.rs"]
mod common;
mod controllers;
mod gateway;
mod ingress;
mod intent;
mod mutations;
mod outcome;
mod path;
mod request;
mod rule;
mod services;
mod strict;
mod table;
mod traefik;
mod ways;

use aspnet::is_admin;
use cleaning::{Cleaned, Cleaning};
use common::in_parallel;
use common::random::Random;
use controllers::{Controller, Empty};
use outcome::Reached;
use regex_lite::Regex;
use request::{Request, Scheme};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use table::Table;
use ways::{Kind, STACKS, Stack, Way, ways};

/// Every stack with every way in.
fn outputs() -> Vec<(Stack, Way)> {
    STACKS.iter().flat_map(|stack| ways().into_iter().map(|way| (*stack, way))).collect()
}

#[test]
fn every_url_arrives_where_the_table_says_by_every_way() {
    let table = Table::new();
    let wrong = Mutex::new(Vec::new());
    in_parallel(&outputs(), |_, (stack, way)| {
        let found = table.violations(way, *stack, &way.render(*stack, ""));
        wrong.lock().unwrap().extend(found);
    });
    let wrong = wrong.into_inner().unwrap();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Mistakes that are none: what is left leads to the same program.
const HARMLESS: [&str; 8] = [
    // Below /elsa, which leads to the same program; its limits alone are others.
    "/elsa/hubs",
    // Of a route that nothing overlaps, or that is first or last anyway.
    r"first Host\(`elsa.example.com`\) && PathRegexp\(`\(\?i\)",
    r"first Host\(`elsa.example.com`\) && PathRegexp\(`\^/wf",
    r"two: IngressRoute elsa: last Host\(`elsa.example.com`\) && PathRegexp\(`\^/",
    r"last Host\(`(elsa|studio).example.com`\)$",
    r"first Host\(`studio.example.com`\)$",
    "elsa-redirect: first Host",
    // The limit of the body.
    r"without middleware Host\(`elsa.example.com`\) && PathRegexp\(`\^/",
];

/// Where server and Studio are one program, most mistakes change nothing, so those stacks are left out.
#[test]
fn the_table_finds_every_mistake_in_a_route() {
    let table = Table::new();
    let overlooked = Mutex::new(Vec::new());
    let mut outputs = outputs();
    outputs.retain(|(stack, _)| *stack != Stack::Combined);
    in_parallel(&outputs, |_, (stack, way)| {
        for mutation in mutations::all(&way.render(*stack, "")) {
            if table.violations(way, *stack, &mutation.objects).is_empty() {
                overlooked.lock().unwrap().push(format!("{}, {}: {}", way.name, stack.word(), mutation.name));
            }
        }
    });
    let overlooked = overlooked.into_inner().unwrap();
    let harmless: Vec<Regex> = HARMLESS.iter().map(|part| Regex::new(part).unwrap()).collect();
    let bad: Vec<&String> =
        overlooked.iter().filter(|name| !harmless.iter().any(|part| part.is_match(name))).collect();
    assert!(bad.is_empty(), "{bad:#?}");
    for part in harmless {
        assert!(overlooked.iter().any(|name| part.is_match(name)), "{part} is found by now");
    }
}

/// A URL that somebody might try: words of our paths, dots, slashes, capitals and codes, put together at random.
fn random_url(random: &mut Random) -> String {
    const WORDS: [&str; 24] = [
        "elsa",
        "api",
        "admin",
        "hubs",
        "wf",
        "metrics",
        "health",
        "workflows",
        "_framework",
        "x",
        "elsafoo",
        "administrators",
        ".",
        "..",
        "%2e%2e",
        "%2E",
        "",
        "a%2fb",
        "..%2f",
        "%61dmin",
        "elsa/api",
        "elsa/api/admin",
        "elsa/./api/Admin",
        "wf/x%2fy/../..",
    ];
    let mut path = String::new();
    for _ in 0..=random.below(6) {
        let word = random.pick(&WORDS);
        let word = match random.below(12) {
            0 => word.to_ascii_uppercase().replace("%2F", "%2f"),
            1 => word.replacen('a', "%61", 1),
            2 => format!("{word}%20"),
            _ => word.to_string(),
        };
        path += &format!("/{word}");
    }
    path += ["", "", "/"][random.below(3)];
    let host =
        ["elsa.example.com", "elsa.example.com", "elsa.example.com", "studio.example.com", "x.example.com"];
    let scheme = if random.chance(90) { "https" } else { "http" };
    format!("{scheme}://{}{path}", host[random.below(host.len())])
}

#[test]
fn random_urls_arrive_where_they_are_meant_to_by_every_way() {
    let table = Table::new();
    let mut random = Random::new(9);
    let urls: Vec<String> = (0..2000).map(|_| random_url(&mut random)).collect();
    let seen = Mutex::new(BTreeSet::new());
    in_parallel(&outputs(), |_, (stack, way)| {
        let router = way.router(&way.render(*stack, "")).unwrap();
        for (url, cleaning) in urls.iter().flat_map(|url| way.cleanings.iter().map(move |way| (url, *way))) {
            let request = Request::new(url);
            let (outcome, reached) = router.route(&request, cleaning).unwrap();
            let at = format!("{}, {stack:?}, {cleaning:?}: {url}", way.name);
            assert_eq!(reached, intent::meant(&table, way, *stack, cleaning, &request), "{at}");
            if reached == Reached::Server
                && let Some(excuse) =
                    outcome.sent().and_then(|sent| intent::excuse(&table, way, cleaning, &request, sent))
            {
                assert!(table.reasons.contains_key(excuse), "{at} arrives at the administration");
                seen.lock().unwrap().insert(excuse.to_string());
            }
            seen.lock().unwrap().insert(reached.word().to_string());
        }
    });
    // The URLs are worth something: each place is reached, and each way round what is closed is found.
    let seen = seen.into_inner().unwrap();
    let places = Reached::ALL.map(Reached::word);
    for word in places.iter().chain(&["letters", "as-written", "two-views"]) {
        assert!(seen.contains(*word), "{word} is not among {seen:?}");
    }
}

/// Every reason is one: rows use it, and it makes a difference to each of its ways. A row that speaks of the administration
/// reaches it.
#[test]
fn no_reason_is_stale() {
    let table = Table::new();
    let names: BTreeSet<String> = ways().into_iter().map(|way| way.name).collect();
    let mut used = BTreeSet::new();
    for row in &table.rows {
        for (reason, differs) in &row.differs {
            let cleaned: Vec<_> = row.cleaned.values().chain([&row.expect]).collect();
            assert!(cleaned.iter().any(|other| *other != differs), "{}: {reason} changes nothing", row.url);
            assert!(!table.reasons[reason].ways.is_empty(), "{reason} names no way");
            used.insert(reason.as_str());
        }
        used.extend(row.because.as_deref());
    }
    for (name, reason) in &table.reasons {
        assert!(used.contains(name.as_str()), "nothing happens because of {name}");
        assert!(reason.ways.iter().all(|way| names.contains(way)), "{name} names {:?}", reason.ways);
    }
    let reached = Mutex::new(BTreeSet::new());
    in_parallel(&outputs(), |_, (stack, way)| {
        let router = way.router(&way.render(*stack, "")).unwrap();
        for row in &table.rows {
            for cleaning in &way.cleanings {
                let (outcome, place) = router.route(&row.request(), *cleaning).unwrap();
                if place == Reached::Server && outcome.sent().is_some_and(is_admin) {
                    reached.lock().unwrap().insert(row.url.clone());
                }
            }
        }
    });
    let because: BTreeSet<String> =
        table.rows.iter().filter(|row| row.because.is_some()).map(|row| row.url.clone()).collect();
    assert_eq!(reached.into_inner().unwrap(), because);
}

/// With `exposure.blockAdmin=false` the administration is part of the API, and nothing else changes.
#[test]
fn the_administration_is_closed_only_if_the_values_say_so() {
    for (stack, way) in outputs().into_iter().filter(|(stack, _)| *stack == Stack::One) {
        let router = way.router(&way.render(stack, "exposure.blockAdmin=false")).unwrap();
        let closed = way.router(&way.render(stack, "")).unwrap();
        for row in Table::new().rows {
            for cleaning in &way.cleanings {
                let (_, open) = router.route(&row.request(), *cleaning).unwrap();
                let (_, closed) = closed.route(&row.request(), *cleaning).unwrap();
                let refused = matches!(cleaning.clean(&row.request().path), Cleaned::Refused);
                let expected = if closed == Reached::Blocked && !refused { None } else { Some(closed) };
                assert!(
                    expected.is_none_or(|expected| open == expected) && (refused || open != Reached::Blocked),
                    "{}, {cleaning:?}: {} arrives at {}",
                    way.name,
                    row.url,
                    open.word()
                );
            }
        }
    }
}

/// Without TLS each plain request arrives where an encrypted one did.
#[test]
fn without_tls_plain_requests_arrive_where_encrypted_ones_did() {
    for (stack, way) in outputs().into_iter().filter(|(stack, _)| *stack == Stack::Two) {
        let plain = way.router(&way.render(stack, "exposure.tls.enabled=false")).unwrap();
        let encrypted = way.router(&way.render(stack, "")).unwrap();
        for row in
            Table::new().rows.iter().filter(|row| !row.url.contains("http:") && !row.url.contains("m:"))
        {
            let mut request = row.request();
            for cleaning in way.cleanings.iter().filter(|cleaning| **cleaning != Cleaning::Envoy) {
                (request.scheme, request.port) = (Scheme::Https, 443);
                let (_, before) = encrypted.route(&request, *cleaning).unwrap();
                (request.scheme, request.port) = (Scheme::Http, 80);
                let (_, after) = plain.route(&request, *cleaning).unwrap();
                assert_eq!(before, after, "{}, {cleaning:?}: {}", way.name, row.url);
            }
        }
    }
}

/// What docs/routing.md says of Traefik as controller of Ingresses: a path whose Service has no pods is not there.
#[test]
fn without_allow_empty_services_traefiks_ingress_leaves_the_administration_open() {
    let mut skipping = Controller::of("traefik");
    skipping.empty = Empty::Skipped;
    let mut way = ways().into_iter().find(|way| way.name == "ingress traefik").unwrap();
    let objects = way.render(Stack::One, "");
    way.kind = Kind::Ingress(skipping);
    let request = Request::new("https://elsa.example.com/elsa/api/admin/workflow-runtime/pause");
    let (_, reached) = way.router(&objects).unwrap().route(&request, Cleaning::Traefik).unwrap();
    assert_eq!(reached, Reached::Server);
}

/// The two made parts of docs/routing.md.
#[test]
fn the_documentation_shows_the_table() {
    let table = Table::new();
    let mut urls = "| URL | what | one host | two hosts | one program | differs |\n| --- | --- | --- | --- | --- | --- |\n".to_string();
    for row in &table.rows {
        let words = |places: &table::Expected| {
            let words = places.map(Reached::word);
            if words.iter().all(|word| *word == words[0]) { words[0].to_string() } else { words.join(", ") }
        };
        let mut notes: Vec<String> = Vec::new();
        let mut cleaned: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for (cleaning, places) in &row.cleaned {
            cleaned.entry(words(places)).or_default().push(cleaning.word());
        }
        notes.extend(cleaned.iter().map(|(places, by)| format!("cleaned by {}: {places}", by.join(", "))));
        notes.extend(row.differs.iter().map(|(reason, places)| format!("*{reason}*: {}", words(places))));
        if let Some(reason) = &row.because {
            notes.push(format!("reaches the administration: *{reason}*"));
        }
        let [one, two, combined] = row.expect.map(Reached::word);
        urls += &format!(
            "| `{}` | {} | {one} | {two} | {combined} | {} |\n",
            row.url,
            row.what,
            notes.join("; ")
        );
    }
    let mut reasons = "| reason | ways | why |\n| --- | --- | --- |\n".to_string();
    for (name, reason) in &table.reasons {
        let ways = if reason.ways.is_empty() { "all".to_string() } else { reason.ways.join(", ") };
        reasons += &format!("| *{name}* | {ways} | {} |\n", reason.text);
    }
    let command = "cargo test --test routing";
    common::page::check("docs/routing.md", "urls", &urls, command);
    common::page::check("docs/routing.md", "reasons", &reasons, command);
}
