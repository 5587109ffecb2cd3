//! Numbers of pods that may be percentages.

use crate::yaml::Node;
use std::fmt::{self, Display};

/// `1` or `25%`.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Amount {
    Number(i64),
    Percent(i64),
}

/// Where a part of a pod goes: Kubernetes rounds what must stay, what may be evicted and what may be added up, and only
/// what may be missing during an update down.
#[derive(Clone, Copy)]
pub(super) enum Round {
    Up,
    Down,
}

impl Amount {
    /// Nothing for what Kubernetes would refuse.
    pub(super) fn read(node: &Node) -> Option<Amount> {
        match node.as_str() {
            Some(text) => text.strip_suffix('%')?.parse().ok().map(Amount::Percent),
            None => node.as_int().map(Amount::Number),
        }
    }

    /// The number of pods that it is of so many.
    pub(super) fn of(self, pods: i64, round: Round) -> i64 {
        match (self, round) {
            (Amount::Number(number), _) => number,
            (Amount::Percent(percent), Round::Up) => (percent * pods + 99).div_euclid(100),
            (Amount::Percent(percent), Round::Down) => (percent * pods).div_euclid(100),
        }
    }

    /// Whether it is nothing of any number.
    pub(super) fn is_zero(self) -> bool {
        matches!(self, Amount::Number(0) | Amount::Percent(0))
    }
}

impl Display for Amount {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Amount::Number(number) => write!(formatter, "{number}"),
            Amount::Percent(percent) => write!(formatter, "{percent}%"),
        }
    }
}
