//! What becomes of a request.

use super::services::Services;
use super::strict::Result;

/// A Service and the port of it that a route names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backend {
    pub service: String,
    pub port: String,
}

/// What a router does with a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It goes to a Service, with this path.
    Backend { backend: Backend, sent: String },
    /// The router sends the client elsewhere.
    Redirect(String),
    /// A rule refuses it with this code.
    Blocked(u16),
    /// No rule fits: 404, or nothing listens there.
    Nothing,
}

/// Where a request arrives, in the words of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reached {
    Server,
    Studio,
    Redirect,
    Blocked,
    Nothing,
}

impl Reached {
    /// All words.
    pub const ALL: [Reached; 5] =
        [Reached::Server, Reached::Studio, Reached::Redirect, Reached::Blocked, Reached::Nothing];

    pub fn word(self) -> &'static str {
        match self {
            Reached::Server => "server",
            Reached::Studio => "Studio",
            Reached::Redirect => "redirect",
            Reached::Blocked => "blocked",
            Reached::Nothing => "none",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reached| reached.word() == word)
    }
}

impl Outcome {
    /// The program that answers. An unknown Service, or one that leads to another port than the public one, is an error.
    pub fn reached(&self, services: &Services) -> Result<Reached> {
        match self {
            Outcome::Backend { backend, .. } => match services.component(backend)?.as_str() {
                "server" => Ok(Reached::Server),
                "studio" => Ok(Reached::Studio),
                "closed" if services.closed(&backend.service) => Ok(Reached::Blocked),
                other => Err(format!("{backend:?} leads to {other}")),
            },
            Outcome::Redirect(_) => Ok(Reached::Redirect),
            Outcome::Blocked(_) => Ok(Reached::Blocked),
            Outcome::Nothing => Ok(Reached::Nothing),
        }
    }

    /// The path that the backend gets.
    pub fn sent(&self) -> Option<&str> {
        match self {
            Outcome::Backend { sent, .. } => Some(sent),
            _ => None,
        }
    }
}
