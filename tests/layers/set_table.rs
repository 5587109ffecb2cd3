//! `--set` and its siblings against `tests/data/set.tsv`, which holds what real helms answered. With
//! ELSAKUBE_RECORD=1 the helms are asked again and the table is rewritten.

use crate::common::{HELMS, tool};
use crate::helm::{self, write_chart};
use elsakube::diagnostics::{Diagnostics, Source};
use elsakube::values::input::Files;
use elsakube::values::set::{Form, SetArgument, apply};
use elsakube::yaml::reader;
use serde_json::Value;
use std::path::PathBuf;

const TABLE: &str = "tests/data/set.tsv";

/// A line: the form, a file's content below it (or `-`), the argument, what the helms answer and what we say where
/// that is not what the newest helm answers (or `=`).
struct Case {
    form: String,
    base: String,
    argument: String,
    helm: String,
    ours: String,
}

fn table() -> (Vec<String>, Vec<Case>) {
    let text = std::fs::read_to_string(TABLE).unwrap();
    let (comments, lines): (Vec<&str>, Vec<&str>) = text.lines().partition(|line| line.starts_with('#'));
    let case = |line: &str| {
        let columns: Vec<&str> = line.split('\t').collect();
        let column = |index: usize| columns.get(index).copied().unwrap_or("?").to_string();
        let argument = serde_json::from_str(&column(2)).unwrap_or_else(|_| panic!("{line}"));
        Case { form: column(0), base: column(1), argument, helm: column(3), ours: column(4) }
    };
    (comments.into_iter().map(str::to_string).collect(), lines.into_iter().map(case).collect())
}

fn form(flag: &str) -> Form {
    [Form::Set, Form::String, Form::File, Form::Json].into_iter().find(|form| form.flag() == flag).unwrap()
}

fn ours(case: &Case) -> Result<Value, Diagnostics> {
    let base = if case.base == "-" { "{}" } else { &case.base };
    let mut values = reader::read(&Source::new("base", base)).unwrap();
    apply(&mut values, &SetArgument::new(form(&case.form), &*case.argument), &mut Files::default())?;
    Ok(serde_json::to_value(&values).unwrap())
}

#[test]
fn arguments_mean_what_they_mean_to_helm() {
    let mut failures = Vec::new();
    let (_, cases) = table();
    assert!(cases.len() > 150);
    for case in cases {
        let got = ours(&case);
        let expected = match case.helm.starts_with("3.") {
            true => case.helm.rsplit_once("4.2.3: ").unwrap().1,
            false => &case.helm,
        };
        let ok = match (&got, case.ours.as_str()) {
            (Ok(value), "=") => {
                serde_json::from_str(expected).is_ok_and(|expected: Value| expected == *value)
            }
            (Err(_), "=") => expected == "error",
            (Err(Diagnostics(found)), code) => expected != "error" && found[0].code == code,
            (Ok(_), _) => false,
        };
        if let Err(Diagnostics(found)) = &got {
            for diagnostic in found {
                let label = &diagnostic.labels[0].span;
                assert_eq!(label.source.name, case.form, "{}", case.argument);
                assert_eq!(label.source.text, case.argument);
                assert!(label.source.text.is_char_boundary(label.range.start));
                assert!(label.source.text.is_char_boundary(label.range.end));
            }
        }
        if !ok {
            let got = got.map(|value| value.to_string());
            failures.push(format!(
                "{} {} {:?}: {got:?}, helm {}",
                case.form, case.base, case.argument, case.helm
            ));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn record() {
    if std::env::var_os("ELSAKUBE_RECORD").is_none() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    write_chart(folder.path(), "");
    let base = folder.path().join("base.json");
    let helms: Vec<PathBuf> = HELMS.into_iter().map(|name| tool(name).unwrap()).collect();
    let (mut lines, cases) = table();
    for case in cases {
        std::fs::write(&base, if case.base == "-" { "{}" } else { &case.base }).unwrap();
        let arguments =
            ["-f".to_string(), base.display().to_string(), case.form.clone(), case.argument.clone()];
        let ask = |helm: &PathBuf| {
            helm::values(helm, folder.path(), &arguments).map_or("error".into(), |value| value.to_string())
        };
        let answers: Vec<String> = helms.iter().map(ask).collect();
        let helm = if answers.windows(2).all(|pair| pair[0] == pair[1]) {
            answers[0].clone()
        } else {
            let versions = HELMS.iter().map(|name| name.trim_start_matches("helm-"));
            let named = versions.zip(&answers).map(|(version, answer)| format!("{version}: {answer}"));
            named.collect::<Vec<_>>().join(" | ")
        };
        let argument = serde_json::to_string(&case.argument).unwrap();
        let ours = if case.ours == "?" { "=" } else { &case.ours };
        lines.push(format!("{}\t{}\t{argument}\t{helm}\t{ours}", case.form, case.base));
    }
    std::fs::write(TABLE, lines.join("\n") + "\n").unwrap();
}
