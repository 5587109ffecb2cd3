//! What elsakube does to a user's disk: ownership, crashes, full and read-only file systems, links, drift.
#![allow(clippy::unwrap_used)]

#[path = "../common/mod.rs"]
mod common;
mod crash;
mod directory;
mod disk;
mod drift;
mod flat;
mod stream;
mod support;
