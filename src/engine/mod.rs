//! Values in, documents out: Tera with the filters that Helm has, and what comes of its output.

pub mod filters;
