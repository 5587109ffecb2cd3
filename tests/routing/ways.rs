//! Ways in: the three kinds of routes, the presets of the Ingress, and the installations that they are rendered for.

use super::cleaning::{CLEANINGS, Cleaned, Cleaning};
use super::common::succeed;
use super::controllers::{CONTROLLERS, Controller};
use super::outcome::Outcome;
use super::request::Request;
use super::services::Services;
use super::strict::Result;
use super::{gateway, ingress, traefik};
use serde::Deserialize;
use serde_json::Value;

/// How server and Studio share the world's host names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stack {
    /// Both on one host.
    One,
    /// Studio on a host of its own.
    Two,
    /// Both in one program.
    Combined,
}

/// All stacks.
pub const STACKS: [Stack; 3] = [Stack::One, Stack::Two, Stack::Combined];

impl Stack {
    /// Its name in the table.
    pub fn word(self) -> &'static str {
        match self {
            Stack::One => "one",
            Stack::Two => "two",
            Stack::Combined => "combined",
        }
    }

    fn profiles(self) -> &'static str {
        if self == Stack::Combined { "prod,stock" } else { "prod" }
    }

    fn settings(self) -> &'static str {
        match self {
            Stack::One => "exposure.host=elsa.example.com",
            Stack::Two => "exposure.host=elsa.example.com,exposure.studioHost=studio.example.com",
            Stack::Combined => "exposure.host=elsa.example.com,studio.mode=combined",
        }
    }
}

/// A kind of routes.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    Ingress(Controller),
    Traefik,
    /// With a Gateway of our own, or routes for one that is there.
    Gateway {
        own: bool,
    },
}

/// A kind of routes with the ways in which its controllers clean paths.
#[derive(Clone, Debug)]
pub struct Way {
    pub kind: Kind,
    /// Its name in the table's reasons.
    pub name: String,
    pub cleanings: Vec<Cleaning>,
}

/// All ways in.
pub fn ways() -> Vec<Way> {
    let ingress = CONTROLLERS.iter().map(|controller| Way {
        kind: Kind::Ingress(*controller),
        name: format!("ingress {}", controller.preset),
        cleanings: match controller.preset {
            "none" => CLEANINGS.to_vec(),
            "nginx" => vec![Cleaning::Nginx],
            "traefik" => vec![Cleaning::Traefik],
            _ => vec![Cleaning::Nothing],
        },
    });
    let traefik =
        Way { kind: Kind::Traefik, name: "traefik".to_string(), cleanings: vec![Cleaning::Traefik] };
    let gateway = [false, true].map(|own| Way {
        kind: Kind::Gateway { own },
        name: "gateway".to_string(),
        cleanings: CLEANINGS.to_vec(),
    });
    ingress.chain([traefik]).chain(gateway).collect()
}

impl Way {
    /// What the binary renders for this way, with further settings.
    pub fn render(&self, stack: Stack, more: &str) -> Vec<Value> {
        let kind = match self.kind {
            Kind::Ingress(controller) => {
                format!("exposure.type=ingress,ingress.preset={}", controller.preset)
            }
            Kind::Traefik => "exposure.type=traefik".to_string(),
            Kind::Gateway { own: false } => {
                "exposure.type=gateway,gateway.name=public,gateway.namespace=infra".to_string()
            }
            Kind::Gateway { own: true } => {
                "exposure.type=gateway,gateway.create=true,gateway.className=example".to_string()
            }
        };
        let sets = format!("{kind},{}", stack.settings());
        let mut arguments = vec!["render", "--quiet", "--profile", stack.profiles(), "--set", &sets];
        if !more.is_empty() {
            arguments.extend(["--set", more]);
        }
        let rendered = succeed(&arguments).stdout;
        let documents = serde_yaml::Deserializer::from_str(&rendered);
        documents
            .map(|document| Value::deserialize(document).unwrap())
            .filter(|object| !object.is_null())
            .collect()
    }

    /// A router over objects. Objects of another kind of routes are an error: they would be a second way in.
    pub fn router(&self, objects: &[Value]) -> Result<Router> {
        for object in objects {
            let group =
                object["apiVersion"].as_str().unwrap_or_default().split('/').next().unwrap_or_default();
            let foreign = match self.kind {
                Kind::Ingress(_) => group.contains("traefik") || group.starts_with("gateway."),
                Kind::Traefik => object["kind"] == "Ingress" || group.starts_with("gateway."),
                Kind::Gateway { .. } => object["kind"] == "Ingress" || group.contains("traefik"),
            };
            if foreign {
                return Err(format!("{} {} is a second way in", object["kind"], object["metadata"]["name"]));
            }
        }
        let simulator = match self.kind {
            Kind::Ingress(controller) => Simulator::Ingress(ingress::Router::new(controller, objects)?),
            Kind::Traefik => Simulator::Traefik(traefik::Router::new(objects)?),
            Kind::Gateway { own } => {
                let listeners = if own { Vec::new() } else { gateway::Listener::usual("infra", "public") };
                Simulator::Gateway(gateway::Router::new(objects, listeners)?)
            }
        };
        Ok(Router { simulator, services: Services::new(objects) })
    }
}

enum Simulator {
    Ingress(ingress::Router),
    Traefik(traefik::Router),
    Gateway(gateway::Router),
}

/// A simulator with the Services that it leads to.
pub struct Router {
    simulator: Simulator,
    services: Services,
}

impl Router {
    /// What becomes of a request, and where it arrives. A redirect has to lead to the same host by https, but for one to the
    /// cleaned path.
    pub fn route(&self, request: &Request, cleaning: Cleaning) -> Result<(Outcome, super::outcome::Reached)> {
        let outcome = match &self.simulator {
            Simulator::Ingress(router) => router.route(request, cleaning),
            Simulator::Traefik(router) => router.route(request, cleaning)?,
            Simulator::Gateway(router) => router.route(request, cleaning),
        };
        if let Outcome::Redirect(to) = &outcome
            && !matches!(cleaning.clean(&request.path), Cleaned::Redirect(_))
            && !to.starts_with(&format!("https://{}/", request.host))
        {
            return Err(format!("{request:?} is sent to {to}"));
        }
        let reached = outcome.reached(&self.services)?;
        Ok((outcome, reached))
    }
}
