//! The type of an expression, as far as its translation depends on it.

use std::fmt;

use super::ast::Arrayness;
use crate::expr::Limits;
use crate::shape::{EnumShape, Fields, Shape, ShapeRef, Shapes, StructShape, Tagging};

/// A type: a [`Shape`] opened down to the next struct or enum, or what is known of an expression that has no shape.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Type<'a> {
    /// Nothing is known.
    Unknown,
    Bool,
    Integer(Integer),
    Float,
    /// A string or a character.
    String,
    Unit,
    Json,
    Opaque,
    Option(Box<Type<'a>>),
    Sequence(Box<Type<'a>>),
    Tuple(Vec<Type<'a>>),
    Map(Box<Type<'a>>),
    Struct(&'a StructShape),
    Enum(&'a EnumShape),
}

/// What is known of an integer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Integer {
    /// What arithmetic on its type may give. `None`: it is made of literals alone, whose type rustc finds elsewhere.
    pub(super) limits: Option<Limits>,
    /// The least value that it may have.
    pub(super) min: i128,
    /// The greatest value that it may have.
    pub(super) max: i128,
}

impl Integer {
    /// Any value of a type.
    pub(super) const fn of_type(min: i128, max: i128) -> Self {
        Integer { limits: Some(Limits::of_type(min, max)), min, max }
    }

    pub(super) const fn literal(value: i128) -> Self {
        Integer { limits: None, min: value, max: value }
    }

    pub(super) fn contains(self, value: i128) -> bool {
        self.min <= value && value <= self.max
    }

    pub(super) fn is_literal(self) -> bool {
        self.limits.is_none() && self.min == self.max
    }

    /// What is known behind a check of the limits.
    pub(super) fn within(self, limits: Limits) -> Self {
        Integer {
            limits: Some(limits),
            min: self.min.clamp(limits.min, limits.max),
            max: self.max.clamp(limits.min, limits.max),
        }
    }

    /// What is one of two integers of the same type.
    fn or(self, other: Self) -> Self {
        Integer { limits: self.limits.or(other.limits), min: self.min.min(other.min), max: self.max.max(other.max) }
    }
}

/// More elements than any memory holds.
const MAX_LENGTH: i128 = 1 << 48;

impl<'a> Type<'a> {
    /// `usize`.
    pub(super) const USIZE: Type<'static> = Type::Integer(Integer::of_type(0, u64::MAX as i128));
    /// `u64`, as `Duration::from_secs` takes it.
    pub(super) const SECONDS: Type<'static> = Type::USIZE;
    /// `usize`, as `len` returns it.
    pub(super) const LENGTH: Type<'static> =
        Type::Integer(Integer { limits: Some(Limits::of_type(0, u64::MAX as i128)), min: 0, max: MAX_LENGTH });

    pub(super) fn of(shapes: &'a Shapes, shape: ShapeRef) -> Self {
        match shapes.get(shape) {
            Shape::Bool => Type::Bool,
            Shape::Integer { min, max, .. } => Type::Integer(Integer::of_type(*min, *max)),
            Shape::Float => Type::Float,
            Shape::String | Shape::Char => Type::String,
            Shape::Unit => Type::Unit,
            Shape::Json => Type::Json,
            Shape::Opaque => Type::Opaque,
            Shape::Option(inner) => Type::Option(Box::new(Type::of(shapes, *inner))),
            Shape::Sequence(item) => Type::Sequence(Box::new(Type::of(shapes, *item))),
            Shape::Tuple(items) => Type::Tuple(items.iter().map(|item| Type::of(shapes, *item)).collect()),
            Shape::Map(value) => Type::Map(Box::new(Type::of(shapes, *value))),
            Shape::Struct(shape) => Type::Struct(shape),
            Shape::Enum(shape) => Type::Enum(shape),
        }
    }

    pub(super) fn option(inner: Type<'a>) -> Self {
        Type::Option(Box::new(inner))
    }

    pub(super) fn sequence(item: Type<'a>) -> Self {
        Type::Sequence(Box::new(item))
    }

    /// The type inside of an `Option`; of anything else, nothing is known.
    pub(super) fn inner(&self) -> Type<'a> {
        match self {
            Type::Option(inner) => (**inner).clone(),
            _ => Type::Unknown,
        }
    }

    /// The type of an element; of what has none, nothing is known.
    pub(super) fn item(&self) -> Type<'a> {
        self.sequence_item().unwrap_or(Type::Unknown)
    }

    /// The type of each element of a `Vec`, or of an array, whose length JSON may know.
    pub(super) fn sequence_item(&self) -> Option<Type<'a>> {
        match self {
            Type::Sequence(item) => Some((**item).clone()),
            Type::Tuple(items) => items.first().filter(|first| items.iter().all(|item| item == *first)).cloned(),
            _ => None,
        }
    }

    /// The type of what is one of two values of the same Rust type, of each of which a part may be known.
    pub(super) fn or(self, other: Type<'a>) -> Self {
        match (self, other) {
            (Type::Unknown, known) | (known, Type::Unknown) => known,
            (Type::Integer(a), Type::Integer(b)) => Type::Integer(a.or(b)),
            (Type::Option(a), Type::Option(b)) => Type::option(a.or(*b)),
            (Type::Sequence(a), Type::Sequence(b)) => Type::sequence(a.or(*b)),
            (known, _) => known,
        }
    }

    /// Whether its JSON is an array.
    pub(super) fn arrayness(&self, shapes: &'a Shapes) -> Arrayness {
        match self {
            Type::Sequence(_) | Type::Tuple(_) => Arrayness::Always,
            Type::Unknown | Type::Json | Type::Opaque => Arrayness::Sometimes,
            Type::Option(inner) => match inner.arrayness(shapes) {
                Arrayness::Never => Arrayness::Never,
                Arrayness::Always | Arrayness::Sometimes => Arrayness::Sometimes,
            },
            Type::Struct(shape) => match &shape.fields {
                Fields::Tuple(_) => Arrayness::Always,
                Fields::Newtype { shape, .. } => Type::of(shapes, *shape).arrayness(shapes),
                Fields::Unit | Fields::Named(_) => Arrayness::Never,
            },
            Type::Enum(shape) if shape.tagging == Tagging::Untagged => Arrayness::Sometimes,
            _ => Arrayness::Never,
        }
    }
}

/// What the type is called in a refusal.
impl fmt::Display for Type<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Type::Unknown => f.write_str("a value whose type is not known here"),
            Type::Bool => f.write_str("a `bool`"),
            Type::Integer(_) => f.write_str("an integer"),
            Type::Float => f.write_str("a float"),
            Type::String => f.write_str("a string"),
            Type::Unit => f.write_str("`()`"),
            Type::Json => f.write_str("a `serde_json::Value`"),
            Type::Opaque => f.write_str("an opaque value"),
            Type::Option(_) => f.write_str("an `Option`"),
            Type::Sequence(_) => f.write_str("a `Vec`"),
            Type::Tuple(_) => f.write_str("a tuple"),
            Type::Map(_) => f.write_str("a map"),
            Type::Struct(shape) => write!(f, "a `{}`", shape.name),
            Type::Enum(shape) => write!(f, "a `{}`", shape.name),
        }
    }
}
