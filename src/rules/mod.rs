//! Rules: sentences about values, written as templates in `templates/rules/`, and checks of Kubernetes objects, ours or
//! anybody's.

pub mod metrics;
pub mod objects;
pub mod value_rules;
