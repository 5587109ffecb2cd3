//! Elsa Workflows on Kubernetes: flat manifests and a Helm chart from one set of templates.
//!
//! The way through: [`cli`] → request → [`values`] layers → merged values → [`engine`] documents → [`output`],
//! or → [`chart`] files → [`output`]. Nothing but `output` writes, and nothing skips a stage.

pub mod assets;
pub mod catalogue;
pub mod chart;
pub mod cli;
pub mod commands;
pub mod diagnostics;
pub mod engine;
pub mod host;
pub mod output;
pub mod rules;
pub mod secrets;
pub mod translate;
pub mod values;
pub mod yaml;
