//! The containers that run Elsa, and which program each of them runs.

use super::given::{self, Given};
use super::image::{Image, Runs};
use super::manifests::{Manifest, Manifests, at, items, text};
use crate::catalogue::{self, Absence, Program, Release};
use crate::diagnostics::{Diagnostic, Result, Source, Span, nearest};
use crate::yaml::Node;

/// The pod annotation that says which program its first container runs.
pub const ANNOTATION: &str = "elsakube/program";

/// A container that runs a program of the catalogue.
pub(super) struct Container<'a> {
    /// The object that its pods belong to.
    pub(super) manifest: &'a Manifest,
    /// The pod: `metadata` and `spec`.
    pub(super) pod: &'a Node,
    /// The container itself.
    pub(super) node: &'a Node,
    pub(super) release: &'static Release,
    pub(super) program: &'static Program,
    /// Everything that configures it, in the order in which it wins.
    pub(super) given: Vec<Given<'a>>,
}

/// An image of Elsa's of which something is wrong: its release, its repository, or that it is not what the annotation says.
pub(super) struct Stranger<'a> {
    pub(super) image: &'a Node,
    pub(super) why: Strange,
}

pub(super) enum Strange {
    /// The releases that publish the repository.
    Release(Vec<&'static str>),
    Nowhere(&'static Absence),
    /// What the image runs, and what the annotation says.
    Contradicts(&'static Program, &'static Program),
}

/// Which program containers run that say it neither by annotation nor by image: `--program [CONTAINER=]PROGRAM`.
#[derive(Default)]
pub struct Programs {
    given: Vec<(Option<String>, Known)>,
}

type Known = (&'static Release, &'static str, &'static Program);

impl Programs {
    /// Reads the arguments.
    ///
    /// # Errors
    /// `unknown-program`: with the nearest one.
    pub fn parse(arguments: &[String]) -> Result<Self> {
        let mut given = Vec::new();
        for argument in arguments {
            let (container, id) = match argument.split_once('=') {
                Some((container, id)) => (Some(container.to_string()), id),
                None => (None, argument.as_str()),
            };
            let Some(known) = catalogue::program(id) else {
                let source = Source::new("--program", argument.clone());
                let start = argument.len() - id.len();
                return Err(Diagnostic::error(
                    "unknown-program",
                    format!("elsakube knows no program `{id}`"),
                )
                .at(Span::new(&source, start..argument.len()))
                .help(program_help(id))
                .into());
            };
            given.push((container, known));
        }
        Ok(Programs { given })
    }

    fn of(&self, container: &str) -> Option<Known> {
        let named = self.given.iter().find(|(name, _)| name.as_deref() == Some(container));
        named.or_else(|| self.given.iter().find(|(name, _)| name.is_none())).map(|(_, known)| *known)
    }
}

/// What to write for a program that is not known.
pub(super) fn program_help(id: &str) -> String {
    let all: Vec<String> = catalogue::releases()
        .iter()
        .flat_map(|release| release.programs.keys().map(move |name| format!("{name}-{}", release.release)))
        .collect();
    match nearest(id, all.iter().map(String::as_str)) {
        Some(near) => format!("did you mean {near}?"),
        None => format!("there are {}", all.join(", ")),
    }
}

/// All of them in all objects.
pub(super) fn find<'a>(
    manifests: &'a Manifests,
    programs: &Programs,
) -> (Vec<Container<'a>>, Vec<Stranger<'a>>) {
    let (mut containers, mut strangers) = (Vec::new(), Vec::new());
    for manifest in manifests.iter() {
        let Some(pod) = manifest.pod() else { continue };
        let annotated = at(pod, &["metadata", "annotations"])
            .and_then(|annotations| text(annotations, &[ANNOTATION]))
            .and_then(catalogue::program);
        let lists = ["containers", "initContainers"].into_iter();
        for (list, (index, node)) in lists
            .flat_map(|list| items(pod, &["spec", list]).iter().enumerate().map(move |item| (list, item)))
        {
            let image = node.get("image");
            let runs = image.and_then(Node::as_str).map_or(Runs::Other, |image| Image::parse(image).runs());
            let first = annotated.filter(|_| list == "containers" && index == 0);
            let told =
                || programs.of(text(node, &["name"]).unwrap_or_default()).filter(|_| list == "containers");
            let known = match runs {
                Runs::Nowhere(absence) => {
                    strangers.extend(image.map(|image| Stranger { image, why: Strange::Nowhere(absence) }));
                    first.or_else(told)
                }
                Runs::Program(release, name, program) => {
                    let known = (release, name, program);
                    match (image, first) {
                        (Some(image), Some((_, _, other))) if !std::ptr::eq(other, program) => {
                            strangers.push(Stranger { image, why: Strange::Contradicts(program, other) });
                        }
                        _ => {}
                    }
                    first.or(Some(known))
                }
                Runs::Release(releases) => {
                    let known = first.or_else(told);
                    if let Some(image) = image.filter(|_| known.is_none()) {
                        strangers.push(Stranger { image, why: Strange::Release(releases) });
                    }
                    known
                }
                Runs::Other => first.or_else(told),
            };
            let Some((release, _, program)) = known else { continue };
            let given = given::of(manifests, manifest, node);
            containers.push(Container { manifest, pod, node, release, program, given });
        }
    }
    (containers, strangers)
}

/// What holds for a setting: what the container gives, or the program's default.
pub(super) enum Effective<'c, 'a> {
    Given(&'c Given<'a>),
    Default(&'static str),
}

impl Effective<'_, '_> {
    /// The value, if it stands there in plain.
    pub(super) fn value(&self) -> Option<&str> {
        match self {
            Effective::Given(given) => given.value,
            Effective::Default(default) => Some(default),
        }
    }
}

impl<'a> Container<'a> {
    /// Where the container stands, as one line: its name.
    pub(super) fn place(&self) -> &'a Span {
        self.node.get("name").map_or(&self.node.span, |name| &name.span)
    }

    /// What is given for a key of the catalogue. The last one wins.
    pub(super) fn given(&self, key: &str) -> Option<&Given<'a>> {
        let setting = self.program.settings.get(key)?;
        self.given.iter().rev().find(|given| setting.is_named(key, &given.name))
    }

    /// What holds for a key of the catalogue; nothing for one that the program does not read.
    pub(super) fn effective(&self, key: &str) -> Option<Effective<'_, 'a>> {
        let setting = self.program.settings.get(key)?;
        Some(self.given(key).map_or(Effective::Default(&setting.default), Effective::Given))
    }

    /// The value that certainly holds for a key: nothing if it does not stand in plain, or may be in what is not seen.
    pub(super) fn certain(&self, manifests: &Manifests, key: &str) -> Option<&str> {
        let setting = self.program.settings.get(key)?;
        match self.given(key) {
            Some(given) => given.value,
            None if self.reads_unseen(manifests) => None,
            None => Some(&setting.default),
        }
    }

    /// Whether its image is the published one by its name, not something that was built on it.
    pub(super) fn is_published(&self) -> bool {
        let image = text(self.node, &["image"]).map(|image| Image::parse(image).runs());
        matches!(image, Some(Runs::Program(_, _, program)) if std::ptr::eq(program, self.program))
    }

    /// Whether a Service selects its pods.
    pub(super) fn is_behind(&self, service: &Manifest) -> bool {
        self.manifest.namespace == service.namespace
            && self.manifest.is_selected_by(service.at(&["spec", "selector"]))
    }

    /// Whether it runs before the pod's main containers.
    pub(super) fn is_initial(&self) -> bool {
        items(self.pod, &["spec", "initContainers"]).iter().any(|node| std::ptr::eq(node, self.node))
    }

    /// A member of its security context, which wins over that of the pod.
    pub(super) fn security(&self, member: &str) -> Option<&'a Node> {
        at(self.node, &["securityContext", member])
            .or_else(|| at(self.pod, &["spec", "securityContext", member]))
    }

    /// Whether a setting is read as things stand: its `when` holds. Where a value is not known, it may be.
    pub(super) fn is_read(&self, setting: &crate::catalogue::Setting) -> bool {
        setting.when.iter().all(|(key, values)| {
            let value = self.effective(key);
            let value = value.as_ref().and_then(Effective::value);
            value.is_none_or(|value| values.iter().any(|known| known.eq_ignore_ascii_case(value)))
        })
    }

    /// Whether it reads a whole ConfigMap or Secret that is not among the manifests.
    pub(super) fn reads_unseen(&self, manifests: &Manifests) -> bool {
        items(self.node, &["envFrom"]).iter().any(|source| {
            [("configMapRef", "ConfigMap"), ("secretRef", "Secret")].into_iter().any(|(reference, kind)| {
                let name = text(source, &[reference, "name"]);
                name.is_some_and(|name| manifests.beside(self.manifest, kind, name).is_none())
            })
        })
    }
}
