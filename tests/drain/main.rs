//! A drain of each node, and an update of each workload, come to an end: simulated on model clusters for everything that is
//! rendered, and compared with what the rules say of random workloads.
#![allow(clippy::unwrap_used)]

mod cluster;
#[path = "../common/mod.rs"]
mod common;
mod controllers;
mod fixtures;
mod objects;
mod questions;
mod random;
mod rendered;
