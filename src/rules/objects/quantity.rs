//! Quantities as Kubernetes writes them: `500m`, `1.5Gi`, `40`.

use crate::yaml::{Kind, Node};
use std::iter::Sum;
use std::ops::Add;

/// An amount of something, in billionths, the least that Kubernetes knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Quantity(i128);

const ONE: i128 = 1_000_000_000;
const MEBI: i128 = ONE << 20;
const GIBI: i128 = ONE << 30;

impl Quantity {
    /// A whole number.
    pub(super) fn whole(number: i64) -> Self {
        Quantity(i128::from(number) * ONE)
    }

    /// What a value says; nothing if it is no quantity.
    pub(super) fn of(node: &Node) -> Option<Self> {
        match &node.kind {
            Kind::Int(number) => Some(Self::whole(*number)),
            Kind::Float(number) => Self::parse(&number.to_string()),
            Kind::String(text) => Self::parse(text),
            _ => None,
        }
    }

    /// Reads `500m`, `1.5Gi`, `2e3`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
        let (number, suffix) = text.split_at(end);
        let (whole, part) = number.split_once('.').unwrap_or((number, ""));
        if whole.is_empty() && part.is_empty() || part.contains('.') {
            return None;
        }
        let mut amount = if whole.is_empty() { 0 } else { whole.parse::<i128>().ok()? }.checked_mul(ONE)?;
        let mut digit = ONE;
        for c in part.chars().take(9) {
            digit /= 10;
            amount = amount.checked_add(i128::from(c.to_digit(10)?) * digit)?;
        }
        let (times, by) = factor(suffix)?;
        // Kubernetes rounds up, too.
        let product = amount.checked_mul(times)?.checked_add(by - 1)?;
        Some(Quantity(product / by))
    }

    /// So many of it.
    pub(super) fn times(self, number: i64) -> Self {
        Quantity(self.0.saturating_mul(i128::from(number)))
    }

    /// It, in proportion to how another one has grown.
    pub(super) fn grown(self, from: Self, to: Self) -> Self {
        if from.0 == 0 { self } else { Quantity(self.0.saturating_mul(to.0) / from.0) }
    }

    /// As one writes it for such a resource: cores in thousandths, bytes in MiB, rounded up.
    pub(super) fn text(self, resource: &str) -> String {
        let up = |unit: i128| (self.0 + unit - 1) / unit;
        let bytes = ["memory", "storage"].iter().any(|kind| resource.contains(kind));
        if bytes && self.0 % GIBI == 0 && self.0 > 0 {
            format!("{}Gi", self.0 / GIBI)
        } else if bytes {
            format!("{}Mi", up(MEBI))
        } else if self.0 % ONE == 0 {
            (self.0 / ONE).to_string()
        } else {
            format!("{}m", up(ONE / 1000))
        }
    }
}

/// What a suffix multiplies and divides by.
fn factor(suffix: &str) -> Option<(i128, i128)> {
    let decimal = |power: u32| Some((10_i128.pow(power), 1));
    let binary = |power: u32| Some((1_i128 << power, 1));
    match suffix {
        "" => Some((1, 1)),
        "n" => Some((1, ONE)),
        "u" => Some((1, 1_000_000)),
        "m" => Some((1, 1000)),
        "k" => decimal(3),
        "M" => decimal(6),
        "G" => decimal(9),
        "T" => decimal(12),
        "P" => decimal(15),
        "E" => decimal(18),
        "Ki" => binary(10),
        "Mi" => binary(20),
        "Gi" => binary(30),
        "Ti" => binary(40),
        "Pi" => binary(50),
        "Ei" => binary(60),
        _ => {
            let power: i32 = suffix.strip_prefix(['e', 'E'])?.parse().ok()?;
            let times = 10_i128.checked_pow(power.unsigned_abs())?;
            Some(if power < 0 { (1, times) } else { (times, 1) })
        }
    }
}

impl Add for Quantity {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Quantity(self.0.saturating_add(other.0))
    }
}

impl Sum for Quantity {
    fn sum<I: Iterator<Item = Self>>(items: I) -> Self {
        items.fold(Quantity::default(), Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::Quantity;

    fn read(text: &str) -> Option<Quantity> {
        Quantity::parse(text)
    }

    #[test]
    fn suffixes_are_kubernetes() {
        let same = [
            ("500m", "0.5"),
            ("1Gi", "1024Mi"),
            ("1.5Ki", "1536"),
            ("2e3", "2k"),
            ("1E3", "1000"),
            (".5", "500m"),
        ];
        for (one, other) in same {
            assert_eq!(read(one), read(other), "{one}");
            assert!(read(one).is_some(), "{one}");
        }
        assert!(read("1Gi") > read("1G"));
        assert!(read("1E") > read("900P"));
        for wrong in ["", "m", "1.2.3", "1x", "-1", "1 Gi"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn it_is_written_as_people_do() {
        let text = |amount: &str, resource: &str| read(amount).unwrap_or_default().text(resource);
        assert_eq!(text("3500m", "requests.cpu"), "3500m");
        assert_eq!(text("4000m", "cpu"), "4");
        assert_eq!(text("2048Mi", "limits.memory"), "2Gi");
        assert_eq!(text("1000000001", "memory"), "954Mi");
        assert_eq!(text("12", "pods"), "12");
    }

    #[test]
    fn limits_grow_with_requests() {
        let (one, two) = (Quantity::whole(1), Quantity::whole(2));
        assert_eq!(Quantity::whole(3).grown(one, two), Quantity::whole(6));
        assert_eq!(one.grown(Quantity::default(), two), one);
        assert_eq!([one, two].into_iter().sum::<Quantity>(), two.times(1) + one);
    }
}
