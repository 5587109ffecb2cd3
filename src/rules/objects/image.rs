//! An image reference, and the program of the catalogue that it runs.

use crate::catalogue::{self, Absence, Program, Release};
use regex_lite::Regex;

/// The parts of an image reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Image<'a> {
    /// Without registry, tag and digest.
    pub(super) repository: &'a str,
    pub(super) tag: Option<&'a str>,
    pub(super) digest: Option<&'a str>,
}

/// What an image runs, as far as its name says.
pub(super) enum Runs {
    /// A program of a release.
    Program(&'static Release, &'static str, &'static Program),
    /// Elsa, but the tag is that of no known release; the releases that publish this repository.
    Release(Vec<&'static str>),
    /// An image that no release publishes.
    Nowhere(&'static Absence),
    /// Something else.
    Other,
}

impl<'a> Image<'a> {
    pub(super) fn parse(reference: &'a str) -> Self {
        let (rest, digest) = match reference.split_once('@') {
            Some((rest, digest)) => (rest, Some(digest)),
            None => (reference, None),
        };
        let (name, tag) = match rest.rsplit_once(':') {
            Some((name, tag)) if !tag.contains('/') => (name, Some(tag)),
            _ => (rest, None),
        };
        let registry = |first: &str| first.contains(['.', ':']) || first == "localhost";
        let repository = match name.split_once('/') {
            Some((first, rest)) if registry(first) => rest,
            _ => name,
        };
        Image { repository, tag, digest }
    }

    /// What it runs: the repository says which program, the tag which release.
    pub(super) fn runs(&self) -> Runs {
        let mut publishing = Vec::new();
        for release in catalogue::releases() {
            for (name, program) in &release.programs {
                if program.images.repositories.iter().any(|known| self.is_of(known)) {
                    publishing.push((release, name.as_str(), program));
                }
            }
        }
        let mine = |program: &Program| {
            let pattern = Regex::new(&program.images.tags).ok();
            self.tag.is_some_and(|tag| pattern.is_some_and(|pattern| pattern.is_match(tag)))
        };
        if let Some((release, name, program)) = publishing.iter().find(|(_, _, program)| mine(program)) {
            return Runs::Program(release, name, program);
        }
        match publishing[..] {
            [(release, name, program)] => Runs::Program(release, name, program),
            [] => match catalogue::nowhere().images.iter().find(|(known, _)| self.is_of(known)) {
                Some((_, absence)) => Runs::Nowhere(absence),
                None => Runs::Other,
            },
            _ => Runs::Release(publishing.iter().map(|(release, _, _)| release.release.as_str()).collect()),
        }
    }

    /// Whether it is that repository, in any registry or below any folder of one.
    fn is_of(&self, known: &str) -> bool {
        self.repository == known
            || self.repository.strip_suffix(known).is_some_and(|folder| folder.ends_with('/'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_has_parts() {
        let parts = |reference| {
            let Image { repository, tag, digest } = Image::parse(reference);
            (repository, tag, digest)
        };
        assert_eq!(parts("postgres"), ("postgres", None, None));
        assert_eq!(parts("localhost:5000/a/b"), ("a/b", None, None));
        assert_eq!(
            parts("elsaworkflows/elsa-server:3.9.0"),
            ("elsaworkflows/elsa-server", Some("3.9.0"), None)
        );
        assert_eq!(parts("r.example.com/m/a/b:1@sha256:0"), ("m/a/b", Some("1"), Some("sha256:0")));
    }

    #[test]
    fn a_mirror_runs_the_same_program() {
        let Runs::Program(release, name, _) =
            Image::parse("r.corp/hub/elsaworkflows/elsa-server-app:3.8.4").runs()
        else {
            panic!("not known")
        };
        assert_eq!((release.release.as_str(), name), ("3.8", "server"));
        assert!(matches!(Image::parse("elsaworkflows/elsa-server:4.0.0").runs(), Runs::Release(_)));
        assert!(matches!(Image::parse("corp/elsa-server:3.9.0").runs(), Runs::Other));
    }
}
