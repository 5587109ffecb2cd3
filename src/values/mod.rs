//! Placeholder.

pub mod annotated;
pub mod json_schema;
pub mod kubernetes;
pub mod schema;
pub mod table;
pub mod validate;
