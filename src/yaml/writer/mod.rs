//! YAML and JSON text that every reader understands alike: YAML 1.1's and 1.2's, Go's and ours.

mod block;
mod go;
mod text;

pub use block::{block, to_yaml};
pub use go::{go_quote, to_json};

#[cfg(test)]
mod tests;
