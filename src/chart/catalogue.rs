//! The catalogue inside the chart: one define that prints JSON. It is no value, so that `helm upgrade
//! --reuse-values` takes the new chart's and a parent chart cannot hide it.

use crate::catalogue::Release;

/// `templates/_release.tpl`.
pub(super) fn define(release: &Release) -> String {
    let json = serde_json::to_string_pretty(&release.view()).unwrap_or_default();
    format!(
        "{{{{/*\nWhat the images of Elsa {} are and can do; read with fromJson. For how we know it: elsakube elsa show {0}.\n*/}}}}\n\
         {{{{- define \"elsa.release\" -}}}}\n{json}\n{{{{- end }}}}\n",
        release.release
    )
}
