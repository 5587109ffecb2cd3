//! The catalogue inside the chart: two defines that print JSON. It is no value, so that `helm upgrade --reuse-values`
//! takes the new chart's and a parent chart cannot hide it.

use crate::catalogue::Release;
use crate::catalogue::choice::{CHOICES, OTHERWISE};
use std::fmt::Write;

/// `templates/_release.tpl`.
pub(super) fn define(release: &Release) -> String {
    let json = serde_json::to_string_pretty(&release.view()).unwrap_or_default();
    format!(
        "{{{{/*\nWhat the images of Elsa {} are and can do; read with fromJson. For how we know it: elsakube elsa show {0}.\n*/}}}}\n\
         {{{{- define \"elsa.release\" -}}}}\n{json}\n{{{{- end }}}}\n\n{}",
        release.release,
        program()
    )
}

/// The choice among the programs, as [`entry`](crate::catalogue::choice::entry) makes it.
fn program() -> String {
    let mut text = "{{/*\nThe one of these programs that the server's pods run; read with fromJson.\n*/}}\n\
                    {{- define \"elsa.program\" -}}\n{{- $elsa := include \"elsa.release\" . | fromJson -}}\n"
        .to_string();
    for (index, choice) in CHOICES.iter().enumerate() {
        let (word, [block, key]) = (if index == 0 { "if" } else { "else if" }, choice.path);
        let _ = writeln!(
            text,
            "{{{{- {word} eq .Values.{block}.{key} \"{}\" -}}}}\n{{{{- $elsa.{} | toJson -}}}}",
            choice.value, choice.entry
        );
    }
    let _ = write!(
        text,
        "{{{{- else -}}}}\n{{{{- $elsa.{OTHERWISE} | toJson -}}}}\n{{{{- end -}}}}\n{{{{- end }}}}\n"
    );
    text
}
