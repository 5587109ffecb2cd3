//! Random stacks of defaults, profiles, files and arguments, through our layers and through real helms: the merged
//! values are equal, or both refuse.
//!
//! A helm takes longer to start than to merge, so a run of helm merges many cases, each below a key of its own. Some
//! also go alone, because helm has its own code for the top level, and so do those that we refuse.

use crate::common::tool;
use crate::helm::{self, write_chart};
use elsakube::diagnostics::{Diagnostics, Source};
use elsakube::values::annotated::Annotated;
use elsakube::values::input::Files;
use elsakube::values::layers::{Inputs, Layers};
use elsakube::values::profile::ProfileSet;
use elsakube::values::schema::{Schema, Type};
use elsakube::values::set::{Form, SetArgument};
use elsakube::yaml::reader;
use serde_json::{Map, Value, json};
use std::path::Path;

/// What we refuse and helm takes: with helm, null leaves a null where only a profile has set something.
const OURS_ALONE: [&str; 1] = ["null-over-profile"];
const BATCH: usize = 15;

/// Small and the same everywhere (splitmix64).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % limit as u64) as usize
    }

    fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())].clone()
    }
}

/// What a layer may hold.
#[derive(Clone, Copy)]
struct Shape {
    nulls: bool,
    lists: bool,
}

fn scalar(random: &mut Random) -> Value {
    random.pick(&[
        json!(""),
        json!("text"),
        json!("yes"),
        json!("1.10"),
        json!("a\nb\n"),
        json!("é 🚀"),
        json!("{{ x }}"),
        json!(true),
        json!(false),
        json!(0),
        json!(-7),
        json!(1_000_000),
        json!(9_007_199_254_740_991_i64),
        json!(0.5),
        json!(1e-7),
    ])
}

fn tree(random: &mut Random, shape: Shape, depth: usize) -> Value {
    let mut map = Map::new();
    for _ in 0..random.below(if depth == 0 { 6 } else { 4 }) {
        let key = random.pick(&["a", "b", "c", "d", "x.y", "0"]);
        let value = match random.below(10) {
            0..=3 if depth < 3 => tree(random, shape, depth + 1),
            4 | 5 if shape.nulls => Value::Null,
            6 if shape.lists => (0..random.below(3)).map(|_| item(random, shape, depth)).collect(),
            _ => scalar(random),
        };
        map.insert(key.to_string(), value);
    }
    Value::Object(map)
}

fn item(random: &mut Random, shape: Shape, depth: usize) -> Value {
    match random.below(5) {
        0 => Value::Null,
        1 | 2 if depth < 3 => tree(random, shape, depth + 1),
        3 => json!([scalar(random)]),
        _ => scalar(random),
    }
}

/// One argument, as assignments, so that they can be put below a key.
#[derive(Clone)]
struct Argument {
    form: Form,
    assignments: Vec<String>,
}

impl Argument {
    fn random(random: &mut Random, form: Form) -> Self {
        let assignments = (0..=random.below(2)).map(|_| {
            let mut path = random.pick(&["a", "b", "c", "d", "x\\.y"]).to_string();
            for _ in 0..random.below(4).saturating_sub(1) {
                path += random.pick(&[".a", ".b", ".d", ".0", "[0]", "[1]", "[3]"]);
            }
            let value = match form {
                Form::Set => {
                    random.pick(&["1", "007", "x", "", "null", "true", "1.5", "{p,null,2}", "{}", "x\\,y"])
                }
                Form::String => random.pick(&["1", "null", "", "x\\,y", "{1,2}"]),
                Form::File => random.pick(&["tests/data/set/text.txt", "tests/data/set/empty.txt"]),
                Form::Json => {
                    random.pick(&["1", "null", "", "[1,null]", "{\"a\":{\"b\":null}}", "{}", "\"x,y\""])
                }
            };
            format!("{path}={value}")
        });
        Argument { form, assignments: assignments.collect() }
    }

    fn below(&self, prefix: &str) -> String {
        let assignments: Vec<String> =
            self.assignments.iter().map(|assignment| format!("{prefix}{assignment}")).collect();
        assignments.join(",")
    }
}

struct Case {
    defaults: Value,
    /// At most a base and an add-on.
    profiles: Vec<Value>,
    files: Vec<Value>,
    /// In the order in which helm applies forms.
    arguments: Vec<Argument>,
}

impl Case {
    fn random(seed: u64) -> Self {
        let random = &mut Random(seed);
        let any = Shape { nulls: true, lists: true };
        let defaults = tree(random, Shape { nulls: false, ..any }, 0);
        let mut profiles = Vec::new();
        for index in 0..random.below(3) {
            profiles.push(tree(random, Shape { lists: index == 0, ..any }, 0));
        }
        let files = (0..random.below(4)).map(|_| tree(random, any, 0)).collect();
        let mut arguments = Vec::new();
        for form in [Form::Json, Form::Set, Form::Set, Form::String, Form::File] {
            if random.below(7) == 0 {
                arguments.push(Argument::random(random, form));
            }
        }
        Case { defaults, profiles, files, arguments }
    }

    /// What our layers make of it: the values, or the codes of the errors.
    fn ours(&self, folder: &Path) -> Result<Value, Vec<String>> {
        let source = Source::new("values.yaml", self.defaults.to_string());
        let annotated =
            Annotated { defaults: reader::read(&source).unwrap(), schema: Schema::new(Type::Any) };
        let headers = ["description: x", "description: x\nneeds: [base]"];
        let names = ["base.yaml", "addon.yaml"];
        let texts: Vec<String> = (self.profiles.iter().zip(headers))
            .map(|(values, header)| format!("{header}\nvalues: {values}\n"))
            .collect();
        let set = ProfileSet::new(names.into_iter().zip(texts.iter().map(String::as_str)));
        let profiles = set.names().map(str::to_string).collect();
        let files = self.files.iter().enumerate().map(|(index, values)| {
            let path = folder.join(format!("ours-{index}.yaml"));
            std::fs::write(&path, values.to_string()).unwrap();
            path.display().to_string()
        });
        let sets = self.arguments.iter().map(|argument| SetArgument::new(argument.form, argument.below("")));
        let inputs = Inputs { profiles, files: files.collect(), sets: sets.collect(), environment: None };
        match Layers::load_with(&annotated, &inputs, &set, &mut Files::default()) {
            Ok((layers, _)) => Ok(serde_json::to_value(layers.merged()).unwrap()),
            Err(Diagnostics(found)) => Err(found.into_iter().map(|diagnostic| diagnostic.code).collect()),
        }
    }
}

/// What helm makes of several cases, each below its key; or of one at the top level, with an empty key.
fn helms(helm: &Path, folder: &Path, cases: &[(String, &Case)]) -> Result<Value, String> {
    let mut defaults = Value::Object(Map::new());
    let mut files: Vec<Value> = Vec::new();
    let mut arguments = Vec::new();
    for (key, case) in cases {
        put(&mut defaults, key, &case.defaults);
        for (index, values) in case.profiles.iter().chain(&case.files).enumerate() {
            if files.len() == index {
                files.push(Value::Object(Map::new()));
            }
            put(&mut files[index], key, values);
        }
        let prefix = if key.is_empty() { String::new() } else { format!("{key}.") };
        for argument in &case.arguments {
            arguments.extend([argument.form.flag().to_string(), argument.below(&prefix)]);
        }
    }
    write_chart(folder, &defaults.to_string());
    let mut command = Vec::new();
    for (index, values) in files.iter().enumerate() {
        let path = folder.join(format!("helm-{index}.yaml"));
        std::fs::write(&path, values.to_string()).unwrap();
        command.extend(["-f".to_string(), path.display().to_string()]);
    }
    command.extend(arguments);
    helm::values(helm, folder, &command)
}

fn put(into: &mut Value, key: &str, values: &Value) {
    if key.is_empty() {
        *into = values.clone();
    } else {
        into[key] = values.clone();
    }
}

/// Counts what was compared, so that a generator that has gone dull is noticed.
#[derive(Debug, Default)]
struct Tally {
    equal: usize,
    both_refuse: usize,
    ours_alone: usize,
}

fn compare(helm: &Path, seeds: std::ops::Range<u64>, alone: usize) -> Tally {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let mut tally = Tally::default();
    let mut batch: Vec<(u64, Case, Value)> = Vec::new();
    for seed in seeds {
        let case = Case::random(seed);
        match case.ours(folder) {
            Ok(values) if (seed as usize) < alone => {
                let theirs = helms(helm, folder, &[(String::new(), &case)]);
                assert_eq!(theirs.as_ref(), Ok(&values), "seed {seed}");
                tally.equal += 1;
            }
            Ok(values) => batch.push((seed, case, values)),
            Err(codes) => match helms(helm, folder, &[(String::new(), &case)]) {
                Err(_) => tally.both_refuse += 1,
                Ok(_) => {
                    assert!(
                        codes.iter().all(|code| OURS_ALONE.contains(&code.as_str())),
                        "seed {seed}: {codes:?}"
                    );
                    tally.ours_alone += 1;
                }
            },
        }
        if batch.len() == BATCH {
            tally.equal += compare_batch(helm, folder, &batch);
            batch.clear();
        }
    }
    tally.equal += compare_batch(helm, folder, &batch);
    tally
}

fn compare_batch(helm: &Path, folder: &Path, batch: &[(u64, Case, Value)]) -> usize {
    let cases: Vec<(String, &Case)> =
        batch.iter().map(|(seed, case, _)| (format!("case{seed}"), case)).collect();
    let theirs = helms(helm, folder, &cases);
    for (seed, case, values) in batch {
        match &theirs {
            Ok(theirs) => assert_eq!(&theirs[format!("case{seed}")], values, "seed {seed}"),
            Err(error) => {
                // One of them is refused: find it.
                let alone = helms(helm, folder, &[(String::new(), case)]);
                assert_eq!(alone.as_ref(), Ok(values), "seed {seed}, in a batch: {error}");
            }
        }
    }
    batch.len()
}

#[test]
fn random_stacks_merge_as_in_helm_3_12() {
    if let Some(helm) = tool("helm-3.12.1") {
        check(&compare(&helm, 0..300, 40));
    }
}

#[test]
fn random_stacks_merge_as_in_helm_4() {
    if let Some(helm) = tool("helm-4.2.3") {
        check(&compare(&helm, 0..300, 40));
    }
}

#[test]
fn random_stacks_merge_as_in_helm_3_18() {
    if let Some(helm) = tool("helm-3.18.0") {
        let tally = compare(&helm, 0..100, 10);
        assert!(tally.equal > 50, "{tally:?}");
    }
}

fn check(tally: &Tally) {
    eprintln!("{tally:?}");
    assert!(tally.equal > 200 && tally.both_refuse > 20 && tally.ours_alone > 0, "{tally:?}");
}
