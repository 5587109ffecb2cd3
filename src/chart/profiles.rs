//! values-PROFILE.yaml: what `--profile` does for the binary, `-f` does for the chart.

use crate::diagnostics::Result;
use crate::values::profile::ProfileSet;
use crate::yaml::writer;

/// A values file for every embedded profile, and the same for chart-testing in `ci/`: a base holds all that it
/// extends, an add-on its own delta.
pub(super) fn files() -> Result<Vec<(String, String)>> {
    let set = ProfileSet::embedded();
    let mut files = vec![("ci/default-values.yaml".to_string(), "# The defaults alone.\n{}\n".to_string())];
    for profile in set.all()? {
        let values = set.flattened(&profile.name)?;
        let needs: Vec<String> =
            profile.needs.iter().flatten().map(|need| format!("values-{}.yaml", need.name)).collect();
        let needs = match needs.as_slice() {
            [] => String::new(),
            needs => format!("# Needs {} before it.\n", needs.join(", ")),
        };
        let text = format!("# {}.\n{needs}\n{}", profile.description, writer::block(&values));
        if !profile.is_add_on() {
            files.push((format!("ci/{}-values.yaml", profile.name), text.clone()));
        }
        files.push((format!("values-{}.yaml", profile.name), text));
    }
    Ok(files)
}
