//! A simulator of Ingress, Traefik's IngressRoute and the Gateway API's HTTPRoute over what is rendered: the same table of
//! URLs (urls.yaml, shown in docs/routing.md) reaches the same program in all three, and where one kind cannot do what
//! another can, the table says so.
#![allow(clippy::unwrap_used, dead_code, unreachable_pub)]

mod aspnet;
mod cleaning;
#[path = "../common/mod.rs"]
mod common;
mod controllers;
mod gateway;
mod ingress;
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
use cleaning::Cleaning;
use common::in_parallel;
use outcome::Reached;
use std::collections::BTreeSet;
use std::sync::Mutex;
use table::Table;
use ways::{STACKS, Stack, Way, ways};

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
