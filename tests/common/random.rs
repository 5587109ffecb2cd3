//! Seeded random values, made from the schema: every type, with the strings, numbers, nulls and empties that have
//! ever made the engines differ.

use elsakube::values::schema::{Schema, Type};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Strings that YAML, Go or a template might take for something else. U+2028 is not among them: helm writes it into
/// block scalars, where YAML 1.1, which Kubernetes reads, takes it for a line break, and our reader of YAML 1.2 does not.
pub const STRINGS: &[&str] = &[
    "",
    "x",
    "yes",
    "no",
    "on",
    "Off",
    "y",
    "n",
    "true",
    "False",
    "null",
    "~",
    "0123",
    "0o17",
    "0x1F",
    "1e3",
    "1_000",
    "123",
    "-5",
    "3.14",
    ".5",
    "1.",
    "+1",
    ".inf",
    ".nan",
    "12:30:45",
    "2020-01-01",
    "a: b",
    "a #b",
    "#c",
    "- x",
    "-",
    "?",
    "? x",
    ":",
    "key:",
    "{a}",
    "[b]",
    "&a",
    "*a",
    "!t",
    "|",
    ">",
    "%d",
    "@x",
    "`x`",
    "'q'",
    "\"dq\"",
    "back\\slash",
    "tab\tx",
    "line1\nline2",
    "trail\n",
    "\nlead",
    "a\n\nb\n\n",
    "  lead",
    " lead\n  more\n",
    "trail  ",
    "\ttab",
    "é",
    "日本語",
    "emoji 😀",
    "\u{a0}nbsp",
    "zero\u{200b}width",
    "e\u{301}",
    "a,b",
    "{{ .Values.x }}",
    "{% if %}",
    "<&>",
    "$VAR",
    "$(VAR)",
    "---",
    "--- x",
    "...",
    "= ",
    "<<",
    "=",
    "a\r\nb",
    "x:\n  y",
    "1.10",
    "0b11",
    "089",
    "1e+06",
    "NaN",
    "C:\\dir\\n",
    "it's",
    "%",
    "a%sb",
    "long long long long long long long long long long long long long long long long long long long long long long",
];

const KEYS: &[&str] = &[
    "a",
    "B_c",
    "example.com/x",
    "yes",
    "1",
    "0x1",
    "null",
    "k e y",
    "é",
    "a.b",
    "-dash",
    "A:b",
    "#h",
    "'q",
    "true",
    "~",
];

/// Keys that a rule refuses.
const RESERVED: &[&str] = &["app.kubernetes.io/name", "helm.sh/hook", "checksum/x", "elsakube/y"];

/// Values that patterns of ours admit, tried for every string with a pattern.
const PATTERNED: &[&str] = &[
    "",
    "a",
    "my-elsa",
    "elsa",
    "x1",
    "latest",
    "3.9.1",
    "registry.example.com",
    "registry.example.com:5000/mirror",
    "example/image",
    "https://elsa.example.com",
    "http://elsa.example.com",
    "http://elsa.default.svc:8080",
    "/wf",
    "/workflows",
    "/a/b",
    "fast",
    "elsa-data",
    "keyA",
    "signing.key",
    "adminPassword",
    "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
    "a-name-that-is-much-longer-than-fits-into-a-label-of-sixty-three-characters-at-most",
];

/// xorshift64*, so that a seed gives the same values everywhere.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let high = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(high).unwrap_or_default() % limit.max(1)
    }

    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub fn pick<'a, T: ?Sized>(&mut self, items: &[&'a T]) -> &'a T {
        items[self.below(items.len())]
    }
}

/// How often each leaf was set.
pub type Reached = BTreeMap<String, usize>;

/// A stack of one to three values files. About one value in thirty is one that the schema refuses.
pub fn stack(random: &mut Random, schema: &Schema, reached: &mut Reached) -> Vec<Value> {
    let leaves = schema.leaves();
    (0..=random.below(3))
        .map(|_| {
            let mut file = json!({});
            for _ in 0..=random.below(14) {
                let (path, leaf) = &leaves[random.below(leaves.len())];
                let path = path.to_string();
                let value = if random.chance(1) { wild(random, 0) } else { value(random, leaf, 0) };
                put(&mut file, &path, value);
                *reached.entry(path).or_default() += 1;
            }
            if random.chance(4) {
                put(&mut file, "global.shared", wild(random, 0));
            }
            if random.chance(1) {
                put(&mut file, "unknown", wild(random, 0));
            }
            file
        })
        .collect()
}

fn put(file: &mut Value, path: &str, value: Value) {
    let mut place = file;
    for part in path.split('.') {
        if !place.is_object() {
            *place = json!({});
        }
        place = &mut place[part];
    }
    *place = value;
}

/// A value that mostly fits.
fn value(random: &mut Random, schema: &Schema, depth: usize) -> Value {
    match &schema.ty {
        Type::String { values, .. } if !values.is_empty() => {
            json!(values[random.below(values.len())])
        }
        Type::String { pattern: Some(pattern), .. } => {
            let fitting: Vec<&&str> =
                PATTERNED.iter().chain(STRINGS).filter(|text| pattern.matches(text)).collect();
            match fitting.as_slice() {
                [] => schema
                    .default
                    .as_ref()
                    .and_then(|node| serde_json::to_value(node).ok())
                    .unwrap_or_default(),
                _ if random.chance(2) => json!(random.pick(STRINGS)),
                _ => json!(fitting[random.below(fitting.len())]),
            }
        }
        Type::String { .. } => json!(random.pick(STRINGS)),
        Type::Bool => json!(random.chance(50)),
        Type::Integer { minimum, maximum } => {
            let (low, high) = (minimum.unwrap_or(-5), maximum.unwrap_or(9_007_199_254_740_991));
            let number =
                [low, high, 1, 3, 80, 8080, 65_535, 999_999, 1_000_000, 1_000_660_000][random.below(10)];
            if random.chance(95) { json!(number.clamp(low, high)) } else { json!(number) }
        }
        Type::Number => json!([0.5, 1.5, -0.25, 1e-7, 1e6, 1e20, 3.0, 1e21][random.below(8)]),
        Type::Quantity => match random.below(4) {
            0 => json!(random.below(5)),
            1 => json!(0.5),
            _ => json!(["100m", "1Gi", "1.5Gi", "1e3", "2000000", "0"][random.below(6)]),
        },
        Type::IntOrString => {
            if random.chance(50) {
                json!(random.below(65_536))
            } else {
                json!(["http", "25%", "1", ""][random.below(4)])
            }
        }
        Type::List(item) => {
            Value::Array((0..random.below(4)).map(|_| value(random, item, depth + 1)).collect())
        }
        Type::Map(item) => {
            let mut map = Map::new();
            for _ in 0..random.below(4) {
                let keys = if random.chance(2) { RESERVED } else { KEYS };
                let key = random.pick(keys).to_string();
                let member = if random.chance(2) { Value::Null } else { value(random, item, depth + 1) };
                map.insert(key, member);
            }
            Value::Object(map)
        }
        Type::Object(_) | Type::Kubernetes(_) => {
            let mut map = Map::new();
            for (key, member) in schema.members().into_iter().flatten() {
                if member.required || random.chance(40 / (depth + 1)) && depth < 7 {
                    map.insert(key.clone(), value(random, member, depth + 1));
                }
            }
            Value::Object(map)
        }
        Type::Any => wild(random, depth),
    }
}

/// Any value at all.
fn wild(random: &mut Random, depth: usize) -> Value {
    match random.below(if depth > 2 { 6 } else { 8 }) {
        0 | 1 => json!(random.pick(STRINGS)),
        2 => json!([0, 1, -1, 80, 1_000_000][random.below(5)]),
        3 => json!(1.5),
        4 => json!(random.chance(50)),
        5 => [Value::Null, json!([]), json!({})][random.below(3)].clone(),
        6 => Value::Array((0..random.below(3)).map(|_| wild(random, depth + 1)).collect()),
        _ => {
            let mut map = Map::new();
            for _ in 0..random.below(3) {
                map.insert(random.pick(KEYS).to_string(), wild(random, depth + 1));
            }
            Value::Object(map)
        }
    }
}

/// A values file, every string quoted.
pub fn file(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}
