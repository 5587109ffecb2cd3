//! The folders of `golden/`.

use crate::support::{catalogue, folder, listed, templates, values};
use elsakube::assets::Templates;
use elsakube::translate::translate;
use elsakube::values::annotated::Annotated;
use elsakube::values::schema::Schema;
use indexmap::IndexMap;
use std::path::{Path, PathBuf};

/// A folder of `golden/`: templates in `in/`, their chart in `out/`, annotated values and a catalogue.
pub(crate) struct Case {
    pub(crate) dir: PathBuf,
    pub(crate) files: Vec<(String, String)>,
    pub(crate) values: String,
    pub(crate) annotated: Annotated,
    pub(crate) elsa: serde_json::Value,
}

impl Case {
    pub(crate) fn new(dir: PathBuf) -> Self {
        let text = std::fs::read_to_string(dir.join("values.yaml")).unwrap();
        let elsa = std::fs::read_to_string(dir.join("elsa.json")).unwrap_or_else(|_| "{}".to_string());
        Case {
            files: folder(&dir.join("in")),
            annotated: values(&text),
            values: text,
            elsa: serde_json::from_str(&elsa).unwrap(),
            dir,
        }
    }

    pub(crate) fn name(&self) -> &str {
        self.dir.file_name().unwrap().to_str().unwrap()
    }

    pub(crate) fn templates(&self) -> Templates {
        templates(self.files.iter().map(|(path, text)| (path.as_str(), text.as_str())))
    }

    pub(crate) fn catalogue(&self) -> Schema {
        catalogue(&self.elsa)
    }

    /// The chart's templates.
    pub(crate) fn chart(&self) -> IndexMap<String, String> {
        translate(&self.templates(), &self.annotated.schema, &self.catalogue())
            .unwrap_or_else(|mistakes| panic!("{}:\n{}", self.name(), listed(&mistakes.0)))
    }
}

/// Every case.
pub(crate) fn cases() -> Vec<Case> {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/translate/golden");
    let mut dirs: Vec<_> = std::fs::read_dir(golden).unwrap().map(|entry| entry.unwrap().path()).collect();
    dirs.sort();
    dirs.into_iter().map(Case::new).collect()
}
