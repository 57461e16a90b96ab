//! `format!`, taken apart.

use serde::{Deserialize, Serialize};

use super::Expr;

/// A piece of a `format!`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FormatPiece {
    /// Text as it stands, with `{{` and `}}` already undone.
    Text(String),
    /// A placeholder and the value it stands for.
    Value {
        /// What is printed.
        value: Expr,
        /// How.
        #[serde(default)]
        spec: FormatSpec,
    },
}

/// What stands behind the colon of a placeholder, as in `{:>8}` or `{:.2}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormatSpec {
    /// The filling character; a space where none is written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fill: Option<char>,
    /// `<`, `^` or `>`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub align: Option<char>,
    /// The least width, in characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<usize>,
    /// The digits behind the point, or the most characters of a string.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub precision: Option<usize>,
}
