//! Images: repositories that are no program of a known release, tags that move or are another release's.

use super::container::Strange;
use super::image::{Image, Runs};
use super::{Findings, ObjectRule, Review};
use crate::catalogue::{self, ProgramKind};
use crate::diagnostics::Severity;
use crate::yaml::Node;

pub(super) const RULES: [ObjectRule; 5] = [
    ObjectRule {
        code: "abandoned-image",
        severity: Severity::Error,
        description: "An image that nobody maintains, or that is no program of a release that elsakube knows.",
        find: abandoned,
    },
    ObjectRule {
        code: "floating-tag",
        severity: Severity::Error,
        description: "A tag of one of Elsa's images that moves, even to another release: pods of one Deployment would run \
                      different programs.",
        find: floating,
    },
    ObjectRule {
        code: "unknown-release",
        severity: Severity::Error,
        description: "A tag of one of Elsa's images that is no release that elsakube knows: what it reads and serves \
                      cannot be checked.",
        find: unknown,
    },
    ObjectRule {
        code: "image-of-another-program",
        severity: Severity::Error,
        description: "An image of Elsa's that runs another program, or another release, than the pod annotation \
                      elsakube/program says: settings, probes and folders are those of the wrong one.",
        find: contradicting,
    },
    ObjectRule {
        code: "studio-of-another-release",
        severity: Severity::Error,
        description: "Server and Studio must be of one Elsa release: their pages and the API change together.",
        find: mixed,
    },
];

fn abandoned(review: &Review, findings: &mut Findings) {
    for stranger in review.strangers {
        if let Strange::Nowhere(absence) = &stranger.why {
            findings.add(&stranger.image.span, absence.why.clone(), absence.instead.clone());
        }
    }
}

fn floating(review: &Review, findings: &mut Findings) {
    for container in review.containers {
        let Some(node) = container.node.get("image") else { continue };
        let image = Image::parse(node.as_str().unwrap_or_default());
        // A repository that is none has its own finding.
        if image.digest.is_some() || matches!(image.runs(), Runs::Nowhere(_)) {
            continue;
        }
        let tag = image.tag.unwrap_or("latest");
        let why = container.program.images.refused.get(tag).map(String::as_str);
        let why = why.or_else(|| (tag == "latest").then_some("moves with every build"));
        if let Some(why) = why {
            let message = match image.tag {
                Some(tag) => format!("the tag {tag} {why}"),
                None => format!("an image without a tag means latest, which {why}"),
            };
            findings.add(&node.span, message, "name an exact version or a digest");
        }
    }
}

fn unknown(review: &Review, findings: &mut Findings) {
    for stranger in review.strangers {
        let Strange::Release(releases) = &stranger.why else { continue };
        let image = Image::parse(stranger.image.as_str().unwrap_or_default());
        let message = match (image.tag, image.digest) {
            (None, Some(_)) => "a digest alone does not say which release this is".to_string(),
            (tag, _) => {
                let tag = tag.unwrap_or("latest");
                let of = |program: &&catalogue::Program| {
                    program.images.repositories.iter().any(|known| image.repository.ends_with(known.as_str()))
                };
                match catalogue::programs().filter(of).find_map(|program| program.images.refused.get(tag)) {
                    Some(why) => format!("the tag {tag} {why}"),
                    None => format!("the tag {tag} is no release that elsakube knows"),
                }
            }
        };
        let help = format!(
            "use an image of Elsa {}, or say what it is: --program or the pod annotation {}",
            releases.join(", "),
            super::ANNOTATION
        );
        findings.add(&stranger.image.span, message, help);
    }
}

fn contradicting(review: &Review, findings: &mut Findings) {
    for stranger in review.strangers {
        if let Strange::Contradicts(image, annotation) = stranger.why {
            let message =
                format!("this image runs {}, and the pod is made for {}", image.title, annotation.title);
            let help = format!(
                "use an image of {}, or render for the release that the image is of",
                annotation.title
            );
            findings.add(&stranger.image.span, message, help);
        }
    }
}

fn mixed(review: &Review, findings: &mut Findings) {
    let of =
        |kind: ProgramKind| review.containers.iter().filter(move |container| container.program.kind == kind);
    for studio in of(ProgramKind::Studio) {
        let namespace = &studio.manifest.namespace;
        let beside = || of(ProgramKind::Server).filter(|server| &server.manifest.namespace == namespace);
        let same = beside().any(|server| server.release.release == studio.release.release);
        let Some(server) = beside().next().filter(|_| !same) else { continue };
        let place = |container: &super::Container| {
            container
                .node
                .get("image")
                .map_or_else(|| container.place().clone(), |image: &Node| image.span.clone())
        };
        findings.add_with(
            &place(studio),
            (&place(server), "the server"),
            format!("{} beside {}", studio.program.title, server.program.title),
            format!("use Studio {} too", server.release.release),
        );
    }
}
