//! The table of URLs and its reasons, read strictly, and what an output has to say to it.

use super::aspnet;
use super::cleaning::{CLEANINGS, Cleaning};
use super::outcome::Reached;
use super::request::Request;
use super::strict::{Fields, Result};
use super::ways::{STACKS, Stack, Way};
use indexmap::IndexMap;
use serde_json::Value;

/// Why some ways differ.
pub struct Reason {
    /// Names of the ways; none where it is not the way that makes the difference.
    pub ways: Vec<String>,
    pub text: String,
}

/// Where a request arrives in each stack, in the order of [`STACKS`].
pub type Expected = [Reached; 3];

/// A row.
pub struct Row {
    /// As it stands in the table.
    pub url: String,
    pub what: String,
    pub expect: Expected,
    pub cleaned: IndexMap<Cleaning, Expected>,
    pub differs: IndexMap<String, Expected>,
    pub because: Option<String>,
}

/// The whole table.
pub struct Table {
    pub reasons: IndexMap<String, Reason>,
    pub rows: Vec<Row>,
}

impl Table {
    /// The table of this folder.
    pub fn new() -> Self {
        Self::parse(include_str!("urls.yaml")).unwrap()
    }

    fn parse(text: &str) -> Result<Self> {
        let value: Value = serde_yaml::from_str(text).map_err(|error| error.to_string())?;
        let mut fields = Fields::new("urls.yaml", &value)?;
        let mut reasons = IndexMap::new();
        let mut all = fields.need_map("reasons")?;
        for name in all.keys() {
            let mut reason = all.need_map(&name)?;
            reasons.insert(name, Reason { ways: reason.texts("ways")?, text: reason.need_text("text")? });
            reason.done()?;
        }
        let rows = fields.maps("urls")?.into_iter().map(row).collect::<Result<_>>()?;
        fields.done()?;
        Ok(Table { reasons, rows })
    }

    /// Where a row's request has to arrive by a way.
    pub fn expected(&self, row: &Row, way: &Way, stack: Stack, cleaning: Cleaning) -> Reached {
        let mut expected = row.cleaned.get(&cleaning).unwrap_or(&row.expect);
        for (reason, differs) in &row.differs {
            if self.reasons[reason].ways.contains(&way.name) {
                expected = differs;
            }
        }
        expected[STACKS.iter().position(|other| *other == stack).unwrap()]
    }

    /// All that an output does otherwise.
    pub fn violations(&self, way: &Way, stack: Stack, objects: &[Value]) -> Vec<String> {
        let router = match way.router(objects) {
            Ok(router) => router,
            Err(error) => return vec![error],
        };
        let mut found = Vec::new();
        for row in &self.rows {
            for cleaning in &way.cleanings {
                let at = format!("{}, {stack:?}, {cleaning:?}: {}", way.name, row.url);
                let expected = self.expected(row, way, stack, *cleaning);
                match router.route(&row.request(), *cleaning) {
                    Err(error) => found.push(format!("{at}: {error}")),
                    Ok((_, reached)) if reached != expected => {
                        found.push(format!("{at} arrives at {}, not {}", reached.word(), expected.word()));
                    }
                    Ok((outcome, Reached::Server))
                        if row.because.is_none() && outcome.sent().is_some_and(aspnet::is_admin) =>
                    {
                        found.push(format!("{at} arrives at the administration"));
                    }
                    Ok(_) => {}
                }
            }
        }
        found
    }
}

impl Row {
    /// The request that the row stands for.
    pub fn request(&self) -> Request {
        if self.url.starts_with('/') {
            Request::new(&format!("https://elsa.example.com{}", self.url))
        } else {
            Request::new(&self.url)
        }
    }
}

fn row(mut fields: Fields) -> Result<Row> {
    let url = fields.need_text("url")?;
    let what = fields.need_text("what")?;
    let expect = expected(&fields.need("expect")?, &url)?;
    let mut cleaned = IndexMap::new();
    if let Some(mut map) = fields.map("cleaned")? {
        for key in map.keys() {
            let there = expected(&map.need(&key)?, &url)?;
            let named = |cleaning: &&Cleaning| {
                cleaning.word() == key || key == "all" && **cleaning != Cleaning::Nothing
            };
            let before = cleaned.len();
            cleaned.extend(CLEANINGS.iter().filter(named).map(|cleaning| (*cleaning, there)));
            if cleaned.len() == before || there == expect {
                return Err(format!("{url}: cleaned.{key} says nothing"));
            }
        }
    }
    let mut differs = IndexMap::new();
    if let Some(mut map) = fields.map("differs")? {
        for key in map.keys() {
            differs.insert(key.clone(), expected(&map.need(&key)?, &url)?);
        }
    }
    let because = fields.text("because")?;
    fields.done()?;
    Ok(Row { url, what, expect, cleaned, differs, because })
}

/// A word for all stacks, or one for each.
fn expected(value: &Value, url: &str) -> Result<Expected> {
    let parse = |word: &str| Reached::parse(word).ok_or_else(|| format!("{url}: what is {word}?"));
    if let Some(word) = value.as_str() {
        return match word {
            "root" => Ok([Reached::Studio, Reached::Nothing, Reached::Server]),
            word => Ok([parse(word)?; 3]),
        };
    }
    let mut fields = Fields::new(url, value)?;
    let mut expected = [Reached::Nothing; 3];
    for (place, stack) in expected.iter_mut().zip(STACKS) {
        *place = parse(&fields.need_text(stack.word())?)?;
    }
    fields.done()?;
    Ok(expected)
}

#[test]
fn the_table_is_read_strictly() {
    let head = "reasons: {}\nurls:\n";
    let good = format!("{head}  - {{url: /, what: x, expect: root, cleaned: {{all: server}}}}\n");
    let table = Table::parse(&good).unwrap();
    assert_eq!(table.rows[0].expect, [Reached::Studio, Reached::Nothing, Reached::Server]);
    assert_eq!(table.rows[0].cleaned.len(), 3);
    for (from, to) in [
        ("expect: root", "expect: nowhere"),
        ("expect: root", "expect: {one: server}"),
        ("all: server", "all: root"),
        ("all: server", "apache: server"),
        ("what: x", "what: x, note: y"),
        ("what: x, ", ""),
    ] {
        assert!(Table::parse(&good.replace(from, to)).is_err(), "{to}");
    }
}
