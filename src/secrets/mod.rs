//! Secrets as data: which Secrets the rendered objects read, key by key; values for them; and whether Secrets that
//! somebody made will do.
//!
//! Nothing here keeps a list of its own. What is needed are the references in the rendered objects, and what each key
//! holds is asked of the values: the generator stands in `# @schema` beside the key's name.

mod base64;
mod generators;
mod given;
mod hashes;
mod inventory;
mod known;
mod list;
mod makers;
mod manifest;
mod masked;
mod meanings;
mod password_hash;
mod pods;
mod random;
mod references;
mod shape;
mod verification;

pub use generators::Generator;
pub use given::{GivenSecret, open, read};
pub use inventory::{Inventory, Key, Secret};
pub use list::{json, text};
pub use makers::Maker;
pub use manifest::{manifest, missing};
pub use password_hash::is_zeros;
pub use references::{Reader, Way};
pub use verification::verify;
