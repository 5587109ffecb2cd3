//! YAML in and out. Reading gives nodes with positions and takes scalars as Helm does (YAML 1.1, every number a
//! float64); writing is plain block style that readers of YAML 1.1 and 1.2 understand alike.

mod node;
pub mod reader;
pub mod writer;

pub use node::{Entry, Kind, Map, Node};
