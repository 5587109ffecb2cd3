//! The chart's README, with the table of values.

use super::Chart;
use crate::diagnostics::Result;
use crate::values::profile::ProfileSet;
use crate::values::table;
use std::fmt::Write;

pub(super) fn text(chart: &Chart) -> Result<String> {
    let mut profiles = String::new();
    for profile in ProfileSet::embedded().all()? {
        let _ = writeln!(profiles, "| `values-{}.yaml` | {} |", profile.name, profile.description);
    }
    let release = &chart.release.release;
    Ok(format!(
        "# Elsa Workflows {release}

A Helm chart for [Elsa Workflows](https://github.com/elsa-workflows/elsa-core) {app}, written by elsakube from the
templates that also give flat manifests. It sets nothing that the images of this release do not read.

About this release: {note}.

```console
$ helm install elsa . --namespace elsa --create-namespace -f values-dev.yaml
$ helm test elsa --namespace elsa
```

Without `values-dev.yaml` the server waits for a Secret of yours: NOTES, printed after the installation, names it and
its keys.

| file | what for |
| --- | --- |
{profiles}
- An unknown or misspelt value is an error (`values.schema.json`), and so are combinations that cannot work
  (`templates/validate.yaml`). `helm lint` reports the first kind only.
- `helm test` logs in as the administrator and lists workflow definitions.
- Uninstalling keeps the volume with the SQLite database.
- As a dependency the chart takes `condition: elsa.enabled` and leaves `global` alone.

## Values

{table}",
        app = chart.release.app_version,
        note = chart.release.note,
        table = table::markdown(&chart.annotated.schema),
    ))
}
