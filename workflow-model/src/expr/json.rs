//! `json!`, taken apart.

use std::fmt::{self, Display, Formatter};

use serde::{Deserialize, Serialize};

use super::Expr;

/// What stands in a `json!`, or a part of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JsonPiece {
    /// `null`.
    Null,
    /// `[a, b]`.
    Array(Vec<JsonPiece>),
    /// `{ "key": a }`, in source order. No key stands there twice.
    Object(Vec<(String, JsonPiece)>),
    /// An expression, whose value is written as JSON.
    Value(Expr),
}

impl Display for JsonPiece {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            JsonPiece::Null => f.write_str("null"),
            JsonPiece::Array(items) => {
                let items: Vec<_> = items.iter().map(JsonPiece::to_string).collect();
                write!(f, "[{}]", items.join(", "))
            }
            JsonPiece::Object(entries) if entries.is_empty() => f.write_str("{}"),
            JsonPiece::Object(entries) => {
                let entries: Vec<_> = entries.iter().map(|(key, piece)| format!("{key:?}: {piece}")).collect();
                write!(f, "{{ {} }}", entries.join(", "))
            }
            JsonPiece::Value(value) => value.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_looks_like_its_source() {
        let value = || JsonPiece::Value(Expr::Local("id".into()));
        let list = JsonPiece::Array(vec![value(), JsonPiece::Null, JsonPiece::Object(Vec::new())]);
        let object = JsonPiece::Object(vec![("id".into(), value()), ("a \"b\"".into(), list)]);
        assert_eq!(Expr::Json(Box::new(object)).to_string(), r#"json!({ "id": id, "a \"b\"": [id, null, {}] })"#);
    }
}
