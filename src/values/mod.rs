//! Values: the annotated source and its types, the layers above it, and what they give together.

pub mod annotated;
pub mod json_schema;
pub mod kubernetes;
pub mod schema;
pub mod table;
pub mod validate;

pub mod input;
pub mod layers;
pub mod merge;
pub mod path;
pub mod profile;
pub mod set;
pub mod stack;
