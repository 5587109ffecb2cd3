//! The layers of values: loading, profiles, `--set`, and all of it against real helms.
#![allow(clippy::unwrap_used)]

#[path = "../common/mod.rs"]
mod common;
mod conformance;
mod helm;
mod load;
mod profiles;
mod set_table;
