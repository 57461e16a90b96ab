//! `#[map(…, distributed)]`: a map whose items are executions of their own.

use serde::{Deserialize, Serialize};

use crate::expr::Lambda;
use crate::machine::TypeRef;

/// What a distributed map adds to a map.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Distributed {
    /// What the map's runs are called. `None`: after the state.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// How the items are read, where they lie in an object of S3.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reader: Option<ItemReader>,
    /// How many items are given to one execution, where it is more than one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch: Option<ItemBatcher>,
    /// How many items may fail. `None`: none, or as many as the percentage allows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tolerated_failure_count: Option<u32>,
    /// How many of 100 items may fail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tolerated_failure_percentage: Option<f64>,
    /// Whether the results are written to S3.
    #[serde(default)]
    pub has_writer: bool,
    /// What makes the place in S3 to which they are written. `None` only where there is no writer, or after an error.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub writer: Option<ResultWriter>,
}

/// `result_writer = |input| …`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ResultWriter {
    /// The closure.
    pub lambda: Lambda,
    /// The type of the place.
    pub output: TypeRef,
}

/// How items are read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ItemReader {
    /// What the object is.
    pub input: InputType,
    /// How many items are read at most. `None`, or 0: all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_items: Option<u32>,
}

/// What an object with items in it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InputType {
    /// An array in JSON.
    Json,
    /// JSON, a value a line.
    JsonLines,
    /// Comma-separated values.
    Csv {
        /// The names of the columns. `None`: they stand in the first row.
        headers: Option<Vec<String>>,
        /// What is between two columns.
        delimiter: CsvDelimiter,
    },
}

/// What is between two columns of a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "they are what they are called")]
pub enum CsvDelimiter {
    #[default]
    Comma,
    Pipe,
    Semicolon,
    Space,
    Tab,
}

impl CsvDelimiter {
    /// All of them.
    pub const ALL: [CsvDelimiter; 5] =
        [CsvDelimiter::Comma, CsvDelimiter::Pipe, CsvDelimiter::Semicolon, CsvDelimiter::Space, CsvDelimiter::Tab];

    /// The character.
    pub fn as_char(self) -> char {
        match self {
            CsvDelimiter::Comma => ',',
            CsvDelimiter::Pipe => '|',
            CsvDelimiter::Semicolon => ';',
            CsvDelimiter::Space => ' ',
            CsvDelimiter::Tab => '\t',
        }
    }

    /// The name in Amazon States Language.
    pub fn asl_name(self) -> &'static str {
        match self {
            CsvDelimiter::Comma => "COMMA",
            CsvDelimiter::Pipe => "PIPE",
            CsvDelimiter::Semicolon => "SEMICOLON",
            CsvDelimiter::Space => "SPACE",
            CsvDelimiter::Tab => "TAB",
        }
    }
}

/// How items are put together. Each of the two limits holds where it is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemBatcher {
    /// How many items a batch has at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_items: Option<u32>,
    /// How many bytes of JSON a batch has at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_input_bytes: Option<u32>,
}

impl Distributed {
    /// Whether the map goes on when some items have failed.
    pub fn tolerates_failures(&self) -> bool {
        self.tolerated_failure_count.is_some() || self.tolerated_failure_percentage.is_some()
    }
}
