//! Reads objects so that nothing is overlooked: a field that nobody asked for is an error, never ignored.

use serde_json::{Map, Value};

/// What is wrong with an object, with the path of the field.
pub type Result<T> = std::result::Result<T, String>;

/// The fields of a map that have not been read yet.
pub struct Fields {
    place: String,
    rest: Map<String, Value>,
}

impl Fields {
    /// The fields of a map; `place` stands before every complaint.
    pub fn new(place: &str, value: &Value) -> Result<Self> {
        let rest = value.as_object().ok_or_else(|| format!("{place} is no map: {value}"))?.clone();
        Ok(Fields { place: place.to_string(), rest })
    }

    /// Where these fields are.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// A field's value, if it is there.
    pub fn take(&mut self, key: &str) -> Option<Value> {
        self.rest.shift_remove(key)
    }

    /// A field that has to be there.
    pub fn need(&mut self, key: &str) -> Result<Value> {
        self.take(key).ok_or_else(|| format!("{} has no {key}", self.place))
    }

    /// A string, if it is there.
    pub fn text(&mut self, key: &str) -> Result<Option<String>> {
        let place = self.under(key);
        let text = |value: Value| value.as_str().map(str::to_string).ok_or(format!("{place} is no string"));
        self.take(key).map(text).transpose()
    }

    /// A string that has to be there.
    pub fn need_text(&mut self, key: &str) -> Result<String> {
        self.text(key)?.ok_or_else(|| format!("{} has no {key}", self.place))
    }

    /// Strings; none if the field is missing.
    pub fn texts(&mut self, key: &str) -> Result<Vec<String>> {
        let place = self.under(key);
        self.list(key)?
            .iter()
            .map(|item| item.as_str().map(str::to_string).ok_or(format!("{place} has {item}")))
            .collect()
    }

    /// An integer, if it is there.
    pub fn integer(&mut self, key: &str) -> Result<Option<i64>> {
        let place = self.under(key);
        self.take(key).map(|value| value.as_i64().ok_or(format!("{place} is no integer"))).transpose()
    }

    /// A boolean, false if it is missing.
    pub fn boolean(&mut self, key: &str) -> Result<bool> {
        let place = self.under(key);
        self.take(key)
            .map_or(Ok(false), |value| value.as_bool().ok_or(format!("{place} is neither true nor false")))
    }

    /// Items; none if the field is missing.
    pub fn list(&mut self, key: &str) -> Result<Vec<Value>> {
        let place = self.under(key);
        match self.take(key) {
            None => Ok(Vec::new()),
            Some(Value::Array(items)) => Ok(items),
            Some(other) => Err(format!("{place} is no list: {other}")),
        }
    }

    /// Maps of a list, each with its place.
    pub fn maps(&mut self, key: &str) -> Result<Vec<Fields>> {
        let place = self.under(key);
        let items = self.list(key)?;
        items
            .iter()
            .enumerate()
            .map(|(index, item)| Fields::new(&format!("{place}[{index}]"), item))
            .collect()
    }

    /// A map, if it is there.
    pub fn map(&mut self, key: &str) -> Result<Option<Fields>> {
        let place = self.under(key);
        self.take(key).map(|value| Fields::new(&place, &value)).transpose()
    }

    /// A map that has to be there.
    pub fn need_map(&mut self, key: &str) -> Result<Fields> {
        self.map(key)?.ok_or_else(|| format!("{} has no {key}", self.place))
    }

    /// Names of the fields that are left.
    pub fn keys(&self) -> Vec<String> {
        self.rest.keys().cloned().collect()
    }

    /// Says that all fields have been read.
    pub fn done(self) -> Result<()> {
        match self.rest.keys().next() {
            None => Ok(()),
            Some(key) => Err(format!("{} has {key}, of which this simulator knows nothing", self.place)),
        }
    }

    fn under(&self, key: &str) -> String {
        format!("{}.{key}", self.place)
    }
}

/// An object's name, namespace and annotations, and its other fields but `apiVersion` and `kind`.
pub struct Object {
    pub name: String,
    pub namespace: String,
    pub annotations: Vec<(String, String)>,
    pub rest: Fields,
}

/// The head of an object. Labels mean nothing to a router.
pub fn object(value: &Value) -> Result<Object> {
    let kind = value["kind"].as_str().unwrap_or_default();
    let name = value["metadata"]["name"].as_str().ok_or_else(|| format!("a {kind} has no name"))?;
    let mut rest = Fields::new(&format!("{kind} {name}"), value)?;
    rest.need_text("apiVersion")?;
    rest.need_text("kind")?;
    let mut metadata = rest.need_map("metadata")?;
    metadata.take("labels");
    let namespace = metadata.text("namespace")?.unwrap_or_else(|| "default".to_string());
    metadata.need_text("name")?;
    let mut annotations = Vec::new();
    if let Some(mut map) = metadata.map("annotations")? {
        for key in map.keys() {
            let text = map.need_text(&key)?;
            annotations.push((key, text));
        }
    }
    metadata.done()?;
    Ok(Object { name: name.to_string(), namespace, annotations, rest })
}

/// Objects written by hand in a test.
#[cfg(test)]
pub fn objects(yaml: &str) -> Vec<Value> {
    use serde::Deserialize;
    serde_yaml::Deserializer::from_str(yaml)
        .map(|document| Value::deserialize(document).expect("YAML"))
        .filter(|value| !value.is_null())
        .collect()
}

#[test]
fn a_field_that_nobody_reads_is_an_error() {
    let object = &objects("a: x\nb: {c: 1, d: [{e: true}]}\n")[0];
    let mut fields = Fields::new("it", object).unwrap();
    assert_eq!(fields.need_text("a").unwrap(), "x");
    assert_eq!(fields.need_text("z").unwrap_err(), "it has no z");
    let mut inner = fields.need_map("b").unwrap();
    fields.done().unwrap();
    assert_eq!(inner.text("c").unwrap_err(), "it.b.c is no string");
    let mut items = inner.maps("d").unwrap();
    inner.done().unwrap();
    assert!(items.remove(0).done().unwrap_err().starts_with("it.b.d[0] has e,"));
}
