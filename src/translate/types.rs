//! Static types of expressions. They keep out what the engines print, compare or loop over differently.

use super::text::Text;
use crate::values::schema::{Schema, Type};
use indexmap::IndexMap;
use std::rc::Rc;

/// The type of an expression.
#[derive(Clone, Debug)]
pub(super) enum Ty<'s> {
    /// A string.
    Text(Text),
    /// `true` or `false`.
    Bool,
    /// A whole number that is one in Go too: the result of `int` and the like.
    Integer,
    /// A number from values or the catalogue: a float in Helm.
    Number,
    /// A number that may have a fraction.
    Fraction,
    /// A number or a string: a quantity, a port by number or name.
    Scalar,
    /// Anything.
    Any,
    /// A list or map; where it is one of several, all of them.
    Data(Rc<[&'s Schema]>),
    /// `and` or `or` of different types: good as a condition only.
    Condition,
    /// Already reported.
    Invalid,
}

/// What is inside a map or list.
#[derive(Clone, Debug)]
pub(super) struct Inside<'s> {
    pub(super) ty: Ty<'s>,
    /// Whether it may be missing.
    pub(super) optional: bool,
}

/// Why a member cannot be had.
#[derive(Debug)]
pub(super) enum Missing {
    /// There is no such key; those that there are.
    Unknown(Vec<String>),
    /// Some of the alternatives have it, or have it with another type.
    Differs,
    /// It is no map.
    NoMap,
}

impl<'s> Ty<'s> {
    /// The type of what that schema describes.
    pub(super) fn of(schema: &'s Schema) -> Self {
        match &schema.ty {
            Type::String { pattern, values } => Ty::Text(Text::of(pattern.as_ref(), values)),
            Type::Bool => Ty::Bool,
            Type::Integer { .. } => Ty::Number,
            Type::Number => Ty::Fraction,
            Type::Quantity | Type::IntOrString => Ty::Scalar,
            Type::Any => Ty::Any,
            Type::List(_) | Type::Map(_) | Type::Object(_) | Type::Kubernetes(_) => {
                Ty::Data(Rc::new([schema]))
            }
        }
    }

    /// A value that is of the one or of the other type, if templates can hold such a one.
    pub(super) fn or(&self, other: &Ty<'s>) -> Option<Ty<'s>> {
        Some(match (self, other) {
            (Ty::Invalid, _) | (_, Ty::Invalid) => Ty::Invalid,
            (Ty::Text(a), Ty::Text(b)) => Ty::Text(a.or(b)),
            (Ty::Bool, Ty::Bool) => Ty::Bool,
            (Ty::Integer, Ty::Integer) => Ty::Integer,
            (Ty::Number, Ty::Number) => Ty::Number,
            (Ty::Fraction, Ty::Fraction) => Ty::Fraction,
            (Ty::Scalar, Ty::Scalar) => Ty::Scalar,
            (Ty::Any, Ty::Any) => Ty::Any,
            (Ty::Data(a), Ty::Data(b)) if self.is_list() == other.is_list() => {
                let mut all = a.to_vec();
                for schema in b.iter() {
                    if !all.iter().any(|known| same(&known.ty, &schema.ty)) {
                        all.push(schema);
                    }
                }
                Ty::Data(all.into())
            }
            _ => return None,
        })
    }

    /// Whether it is a list; no other type that holds something is.
    pub(super) fn is_list(&self) -> bool {
        matches!(self, Ty::Data(schemas) if schemas.iter().all(|schema| matches!(schema.ty, Type::List(_))))
    }

    /// Whether it is a map.
    pub(super) fn is_map(&self) -> bool {
        matches!(self, Ty::Data(_)) && !self.is_list()
    }

    /// Whether it is a map with declared keys, which is never empty.
    pub(super) fn is_closed(&self) -> bool {
        matches!(self, Ty::Data(schemas) if schemas.iter().any(
            |schema| matches!(&schema.ty, Type::Object(members) if !members.is_empty())
        ))
    }

    /// The member of that name.
    pub(super) fn member(&self, key: &str) -> Result<Inside<'s>, Missing> {
        let Ty::Data(schemas) = self else { return Err(Missing::NoMap) };
        let mut found: Option<Inside> = None;
        for schema in schemas.iter() {
            let inside = member(schema, key).ok_or_else(|| match schema.members() {
                _ if found.is_some() => Missing::Differs,
                Some(members) => Missing::Unknown(members.keys().cloned().collect()),
                None => Missing::NoMap,
            })?;
            found = Some(join(found, inside).ok_or(Missing::Differs)?);
        }
        found.ok_or(Missing::NoMap)
    }

    /// A member of any name, or an item.
    pub(super) fn each(&self) -> Result<Inside<'s>, Missing> {
        let Ty::Data(schemas) = self else { return Err(Missing::NoMap) };
        let mut found: Option<Inside> = None;
        for schema in schemas.iter() {
            let members: Vec<&'s Schema> = match &schema.ty {
                Type::List(of) | Type::Map(of) => vec![of],
                Type::Object(members) => members.values().collect(),
                _ => return Err(Missing::NoMap),
            };
            for member in members {
                let inside = Inside { ty: Ty::of(member), optional: false };
                found = Some(join(found, inside).ok_or(Missing::Differs)?);
            }
        }
        found.ok_or(Missing::NoMap)
    }

    /// The names that the keys of a map can have: all of them, where they are declared.
    pub(super) fn key(&self) -> Text {
        let Ty::Data(schemas) = self else { return Text::of(None, &[]) };
        let mut names = Vec::new();
        for schema in schemas.iter() {
            match &schema.ty {
                Type::Object(members) => names.extend(members.keys().cloned()),
                _ => return Text::of(None, &[]),
            }
        }
        Text::of(None, &names)
    }

    /// Whether a value of the other type can stand where this one is expected, whatever is done to it.
    pub(super) fn takes(&self, other: &Ty<'s>) -> bool {
        match (self, other) {
            (Ty::Invalid, _) | (_, Ty::Invalid) => true,
            (Ty::Text(a), Ty::Text(b)) => b.level <= a.level && (a.yaml || !b.yaml),
            (Ty::Data(a), Ty::Data(b)) => a.iter().all(|a| b.iter().all(|b| same(&a.ty, &b.ty))),
            (Ty::Bool, Ty::Bool)
            | (Ty::Integer, Ty::Integer)
            | (Ty::Number, Ty::Number)
            | (Ty::Fraction, Ty::Fraction)
            | (Ty::Scalar, Ty::Scalar)
            | (Ty::Any, Ty::Any) => true,
            _ => false,
        }
    }

    /// The type as a message says it.
    pub(super) fn describe(&self) -> String {
        match self {
            Ty::Text(text) if text.yaml => "text from toYaml".to_string(),
            Ty::Text(_) => "a string".to_string(),
            Ty::Bool => "a boolean".to_string(),
            Ty::Integer => "an integer".to_string(),
            Ty::Number => "a number".to_string(),
            Ty::Fraction => "a number with a fraction".to_string(),
            Ty::Scalar => "a number or string".to_string(),
            Ty::Any => "a value of any type".to_string(),
            Ty::Data(schemas) => schemas.first().map_or_else(String::new, |schema| match &schema.ty {
                Type::Object(_) => "a map".to_string(),
                ty => ty.describe(),
            }),
            Ty::Condition => "a value that is good as a condition only".to_string(),
            Ty::Invalid => "unknown".to_string(),
        }
    }
}

fn join<'s>(found: Option<Inside<'s>>, next: Inside<'s>) -> Option<Inside<'s>> {
    match found {
        None => Some(next),
        Some(known) => Some(Inside { ty: known.ty.or(&next.ty)?, optional: known.optional || next.optional }),
    }
}

fn member<'s>(schema: &'s Schema, key: &str) -> Option<Inside<'s>> {
    let member = schema.member(key)?;
    let optional = match &schema.ty {
        Type::Object(_) => false,
        Type::Kubernetes(_) => !member.required,
        _ => true,
    };
    Some(Inside { ty: Ty::of(member), optional })
}

/// Whether two types are the same: key names and types all the way down. Limits on numbers do not matter, those on
/// strings do where text is printed.
pub(super) fn same(a: &Type, b: &Type) -> bool {
    match (a, b) {
        (Type::String { pattern: p, values: v }, Type::String { pattern: q, values: w }) => {
            Text::of(p.as_ref(), v).level == Text::of(q.as_ref(), w).level
        }
        (Type::List(a), Type::List(b)) | (Type::Map(a), Type::Map(b)) => same(&a.ty, &b.ty),
        (Type::Object(a), Type::Object(b)) => same_members(a, b),
        (Type::Kubernetes(a), Type::Kubernetes(b)) => a == b,
        (Type::Quantity | Type::IntOrString, Type::Quantity | Type::IntOrString) => true,
        _ => std::mem::discriminant(a) == std::mem::discriminant(b),
    }
}

fn same_members(a: &IndexMap<String, Schema>, b: &IndexMap<String, Schema>) -> bool {
    a.len() == b.len() && a.iter().all(|(key, a)| b.get(key).is_some_and(|b| same(&a.ty, &b.ty)))
}
