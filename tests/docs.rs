//! Tables of the documentation that are made from the catalogue. `SNAPSHOTS=overwrite` writes them anew.
#![allow(clippy::unwrap_used)]

use elsakube::catalogue::{self, Program, ProgramKind};
use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

const BEGIN: &str = "<!-- made from the catalogue -->\n";
const END: &str = "<!-- end -->\n";

fn list(words: &[&str]) -> String {
    if words.is_empty() { "–".to_string() } else { words.join(", ") }
}

fn databases() -> String {
    let mut table = "| program | SQLite | PostgreSQL | SQL Server | MySQL | others | replicas | locks | tells other replicas \
                     over |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n"
        .to_string();
    for release in catalogue::releases().iter().rev() {
        for name in ["host", "server", "combined"] {
            let program = &release.programs[name];
            if name == "host" && !program.is("available") {
                continue;
            }
            assert_eq!(program.kind, ProgramKind::Server);
            table.push_str(&row(program));
        }
    }
    table
}

fn row(program: &Program) -> String {
    const COLUMNS: [&str; 4] = ["Sqlite", "PostgreSql", "SqlServer", "MySql"];
    let databases = program.words("databases");
    let replicas = program.number("maxReplicas").unwrap();
    let mut row = format!("| {}", program.title);
    for column in COLUMNS {
        // A file of one pod is for one replica, whatever the program can.
        let most = if column == "Sqlite" { 1 } else { replicas };
        let cell = match (databases.contains(&column), most) {
            (false, _) => "–",
            (true, 1) => "1",
            (true, _) => "many",
        };
        let _ = write!(row, " | {cell}");
    }
    let others: Vec<&str> = databases.into_iter().filter(|name| !COLUMNS.contains(name)).collect();
    let many = if replicas > 1 { "many" } else { "1" };
    let rendered = if program.is("available") { "" } else { " (not rendered)" };
    let _ = writeln!(
        row,
        " | {} | {many}{rendered} | {} | {} |",
        list(&others),
        list(&program.words("locks")),
        list(&program.words("messages"))
    );
    row
}

#[test]
fn the_table_of_databases_is_that_of_the_catalogue() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/databases.md");
    let page = fs::read_to_string(&path).unwrap();
    let (before, rest) = page.split_once(BEGIN).unwrap();
    let (table, after) = rest.split_once(END).unwrap();
    if std::env::var_os("SNAPSHOTS").is_some_and(|value| value == "overwrite") {
        fs::write(&path, format!("{before}{BEGIN}{}{END}{after}", databases())).unwrap();
    } else {
        assert_eq!(table, databases(), "SNAPSHOTS=overwrite cargo test --test docs");
    }
}
