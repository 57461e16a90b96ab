//! Patterns: what a `match` arm, a `let` or a parameter looks for and binds.

use serde::{Deserialize, Serialize};

use super::Literal;

/// A pattern.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pattern {
    /// `_`.
    Wildcard,
    /// `name`, or `name @ pattern`.
    Bind {
        /// The name that is bound.
        name: String,
        /// What the value must look like besides.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pattern: Option<Box<Pattern>>,
    },
    /// `100`, `"text"`, `true`.
    Literal(Literal),
    /// `1..=5`, `1..`, `..5`.
    Range {
        /// The least value.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<Literal>,
        /// The greatest value.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<Literal>,
        /// Whether `to` itself belongs to the range.
        inclusive: bool,
    },
    /// `a | b`.
    Or(Vec<Pattern>),
    /// `(a, b)`.
    Tuple(Vec<Pattern>),
    /// `[a, b]`, `[first, ..]`.
    Slice {
        /// The elements before `..`.
        before: Vec<Pattern>,
        /// `..` or `rest @ ..`; `None` when all elements are listed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rest: Option<Box<Pattern>>,
        /// The elements after `..`.
        after: Vec<Pattern>,
    },
    /// `Some(a)`.
    Some(Box<Pattern>),
    /// `None`.
    None,
    /// A struct or an enum's variant; which of the two, the type of what is matched decides.
    Variant(VariantPattern),
}

/// `Answer::Running(pending)`, `Pending { ticket, .. }`, `Idle`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct VariantPattern {
    /// The last segment of the path: the variant, or the struct.
    pub name: String,
    /// The fields that are looked at, by Rust name or position.
    pub fields: Vec<FieldPattern>,
}

/// A field in a [`VariantPattern`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FieldPattern {
    /// The field's Rust name, or its position.
    pub field: String,
    /// What it must look like.
    pub pattern: Pattern,
}
