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
mod traefik;
