//! Rules: sentences about values, written as templates in `templates/rules/`.

pub mod metrics;
pub mod value_rules;
