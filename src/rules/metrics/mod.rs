//! The metrics that Kubernetes objects ask for, with their places: alerts, dashboards and autoscalers fail silently when
//! nothing exposes the name that they watch.

mod dashboard;
mod json;
pub mod promql;
pub mod uses;
mod written;

pub use uses::{MetricNames, MetricUse, metric_names};
