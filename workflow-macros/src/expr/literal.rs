//! Literals.

use syn::Lit;
use workflow_model::expr::{Expr, Literal};

use super::Reader;

/// A literal. Its suffix is rustc's concern.
pub(super) fn read(reader: &mut Reader<'_>, lit: &Lit) -> Option<Literal> {
    match lit {
        Lit::Str(text) => Some(Literal::Str(text.value())),
        Lit::Char(letter) => Some(Literal::Char(letter.value())),
        Lit::Byte(byte) => Some(Literal::Int(byte.value().into())),
        Lit::Bool(boolean) => Some(Literal::Bool(boolean.value)),
        Lit::Float(number) => float(reader, lit, number.base10_digits()),
        Lit::Int(number) if matches!(number.suffix(), "f32" | "f64") => float(reader, lit, number.base10_digits()),
        Lit::Int(number) => match number.base10_parse() {
            Ok(number) => Some(Literal::Int(number)),
            Err(_) => {
                reader.refuse(lit, "this number is larger than any that JSON can hold exactly", "write a smaller one")
            }
        },
        _ => reader.refuse(
            lit,
            "bytes cannot be written here, as JSON has none",
            "write a string, or an array of numbers",
        ),
    }
}

fn float(reader: &mut Reader<'_>, lit: &Lit, digits: &str) -> Option<Literal> {
    match digits.parse::<f64>() {
        Ok(number) if number.is_finite() => Some(Literal::Float(number)),
        _ => reader.refuse(lit, "this number is too large to be written in JSON", "write a smaller one"),
    }
}

/// `-` before a literal makes a negative literal; before anything else it is an operator.
pub(super) fn negated(value: Expr) -> Result<Expr, Expr> {
    match value {
        Expr::Literal(Literal::Int(number)) => Ok(Expr::Literal(Literal::Int(-number))),
        Expr::Literal(Literal::Float(number)) => Ok(Expr::Literal(Literal::Float(-number))),
        other => Err(other),
    }
}
