//! The layers of values: loading, profiles, `--set`, and all of it against real helms.
#![allow(clippy::unwrap_used)]

mod conformance;
mod helm;
mod load;
mod profiles;
mod set_table;
