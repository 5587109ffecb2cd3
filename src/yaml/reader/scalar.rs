//! What Helm makes of a plain scalar: the resolver of go-yaml v2, which knows YAML 1.1's booleans and Go's integers.
//! `tests/data/scalars.tsv` holds what real helms answered.

use crate::yaml::Kind;

/// The value of a plain (unquoted) scalar.
pub fn scalar(text: &str) -> Kind {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Kind::Null,
        "y" | "Y" | "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => {
            return Kind::Bool(true);
        }
        "n" | "N" | "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => {
            return Kind::Bool(false);
        }
        ".nan" | ".NaN" | ".NAN" => return Kind::Float(f64::NAN),
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => return Kind::Float(f64::INFINITY),
        "-.inf" | "-.Inf" | "-.INF" => return Kind::Float(f64::NEG_INFINITY),
        _ => {}
    }
    let number = match text.as_bytes()[0] {
        // Go's rule here, not go-yaml's: underscores only between digits.
        b'.' => between_digits(text).then(|| text.replace('_', "")).and_then(|digits| decimal(&digits)),
        b'0'..=b'9' | b'-' | b'+' => {
            let digits = text.replace('_', "");
            integer(&digits).or_else(|| decimal(&digits)).or_else(|| signed_binary(&digits))
        }
        _ => None,
    };
    number.unwrap_or_else(|| Kind::String(text.to_owned()))
}

/// A float64; whole ones become integers, as they do on their way through JSON.
pub(super) fn float(value: f64) -> Kind {
    // 2^63 itself is the first float that no i64 holds.
    const LIMIT: f64 = 9_223_372_036_854_775_808.0;
    if value.fract() == 0.0 && value.abs() < LIMIT { Kind::Int(value as i64) } else { Kind::Float(value) }
}

/// Go's `strconv.ParseInt(text, 0, 64)`, then `ParseUint`: the prefixes 0x, 0o and 0b, and a leading zero for octal.
pub(super) fn integer(text: &str) -> Option<Kind> {
    let (sign, digits) = split_sign(text);
    let lower = digits.to_ascii_lowercase();
    let (radix, digits) = match lower.as_bytes() {
        [b'0', b'x', ..] => (16, &lower[2..]),
        [b'0', b'o', ..] => (8, &lower[2..]),
        [b'0', b'b', ..] => (2, &lower[2..]),
        [b'0', _, ..] => (8, &lower[1..]),
        _ => (10, &lower[..]),
    };
    // Rust would take a second sign.
    if digits.starts_with(['+', '-']) {
        return None;
    }
    let magnitude = u64::from_str_radix(digits, radix).ok()?;
    let value = if sign == Some('-') { -i128::from(magnitude) } else { i128::from(magnitude) };
    match i64::try_from(value) {
        Ok(value) => Some(Kind::Int(value)),
        // ParseUint takes no sign.
        Err(_) if sign.is_none() => Some(Kind::Float(magnitude as f64)),
        Err(_) => None,
    }
}

/// What go-yaml's pattern calls a float. One that float64 cannot hold stays a string.
fn decimal(text: &str) -> Option<Kind> {
    let (_, unsigned) = split_sign(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(split_sign(exponent).1)),
        None => (unsigned, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let well_formed = all_digits(whole)
        && all_digits(fraction)
        && !(whole.is_empty() && fraction.is_empty())
        && exponent.is_none_or(|digits| !digits.is_empty() && all_digits(digits));
    if !well_formed {
        return None;
    }
    text.parse().ok().filter(|value: &f64| value.is_finite()).map(float)
}

/// go-yaml's own binary numbers, older than Go's: here the sign may also follow the prefix.
fn signed_binary(text: &str) -> Option<Kind> {
    let (negative, digits) = match text.strip_prefix("0b") {
        Some(digits) => (false, digits),
        None => (true, text.strip_prefix("-0b")?),
    };
    if negative && digits.starts_with(['+', '-']) {
        return None;
    }
    let value = i64::from_str_radix(digits, 2).ok()?;
    Some(Kind::Int(if negative { -value } else { value }))
}

fn between_digits(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
    text.match_indices('_').all(|(at, _)| digit(at.checked_sub(1)) && digit(Some(at + 1)))
}

fn split_sign(text: &str) -> (Option<char>, &str) {
    match text.chars().next() {
        Some(sign @ ('+' | '-')) => (Some(sign), &text[1..]),
        _ => (None, text),
    }
}
