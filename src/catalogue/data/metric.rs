//! What a program exposes to Prometheus.

use super::Basis;
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

/// Families of metrics by name, as their `# TYPE` lines give it.
pub type MetricFamilies = IndexMap<String, MetricFamily>;

/// A family of metrics that a program exposes.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MetricFamily {
    /// What Prometheus takes it for; some counters are gauges in meaning.
    #[serde(rename = "type")]
    pub kind: MetricType,
    /// Its own labels, without those of the scrape and of OpenTelemetry's scope.
    #[serde(default)]
    pub labels: Vec<String>,
    /// How we know it.
    pub basis: Basis,
    /// Where from, in words.
    pub source: String,
}

/// The types that .NET's exporter writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum MetricType {
    /// Only rises; its name ends in `_total`.
    Counter,
    /// Rises and falls.
    Gauge,
    /// Series that end in `_bucket`, `_sum` and `_count`, and none under its own name.
    Histogram,
}

impl MetricType {
    /// The word that stands in `releases/`.
    pub fn word(self) -> &'static str {
        match self {
            MetricType::Counter => "counter",
            MetricType::Gauge => "gauge",
            MetricType::Histogram => "histogram",
        }
    }
}

/// Whether series of that name exist. A histogram has them under its name with `_bucket`, `_sum` and `_count`; counters
/// and histograms also have `…_created` when Prometheus asks for OpenMetrics.
pub fn exposes(families: &MetricFamilies, name: &str) -> bool {
    let kind = |family: &str| families.get(family).map(|family| family.kind);
    if let Some(kind) = kind(name) {
        return kind != MetricType::Histogram;
    }
    if let Some(base) = name.strip_suffix("_created") {
        return kind(base) == Some(MetricType::Histogram)
            || kind(&format!("{base}_total")) == Some(MetricType::Counter);
    }
    kind(family_name(name)) == Some(MetricType::Histogram)
}

/// A histogram's name without `_bucket`, `_sum` or `_count`; any other name as it is. For looking up what is known of
/// a name that may be one of a histogram's series.
pub fn family_name(name: &str) -> &str {
    ["_bucket", "_sum", "_count"].iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn families() -> MetricFamilies {
        serde_yaml::from_str(
            "a_total: {type: counter, labels: [x], basis: measured, source: s}\n\
             b_seconds: {type: histogram, basis: measured, source: s}\n\
             c_count: {type: gauge, basis: measured, source: s}\n",
        )
        .unwrap()
    }

    #[test]
    fn histograms_have_three_series_and_none_of_their_own() {
        for name in ["a_total", "b_seconds_bucket", "b_seconds_sum", "b_seconds_count", "c_count"] {
            assert!(exposes(&families(), name), "{name}");
        }
        for name in
            ["a", "b_seconds", "a_total_count", "c_count_sum", "c", "c_bucket", "b_seconds_bucket_sum", ""]
        {
            assert!(!exposes(&families(), name), "{name}");
        }
    }

    #[test]
    fn openmetrics_adds_the_time_of_creation() {
        assert!(exposes(&families(), "a_created"));
        assert!(exposes(&families(), "b_seconds_created"));
        for name in ["c_count_created", "c_created", "a_total_created", "b_seconds_bucket_created"] {
            assert!(!exposes(&families(), name), "{name}");
        }
    }
}
