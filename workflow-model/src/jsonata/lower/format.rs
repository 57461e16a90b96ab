//! `format!` and `to_string`.

use super::{Lowerer, Value};
use crate::expr::{FormatPiece, FormatSpec};
use crate::jsonata::ast::{Node, Operator};
use crate::jsonata::refusal::Refusal;
use crate::jsonata::types::{Integer, Type};

/// JSONata writes numbers with 15 digits.
const MAX_WRITTEN: i128 = 999_999_999_999_999;

impl<'a> Lowerer<'a> {
    pub(super) fn format(&mut self, pieces: &[FormatPiece]) -> Result<Value<'a>, Refusal> {
        let mut parts = Vec::new();
        for piece in pieces {
            match piece {
                FormatPiece::Text(text) if text.is_empty() => {}
                FormatPiece::Text(text) => parts.push(Node::str(text)),
                FormatPiece::Value { value, spec } => {
                    let value = self.value(value, &Type::Unknown)?;
                    let ty = value.ty.clone();
                    let needs_string = pieces.len() == 1 || *spec != FormatSpec::default();
                    let text = if needs_string { self.text(value)? } else { self.operand_of_concat(value)? };
                    parts.push(padded(text, spec, &ty)?);
                }
            }
        }
        let text = parts.into_iter().reduce(|text, part| text.binary(Operator::Concat, part));
        Ok(Value::string(text.unwrap_or(Node::str(""))))
    }

    /// What `Display` makes of the value, as a string.
    pub(super) fn text(&mut self, value: Value<'a>) -> Result<Node, Refusal> {
        let needs_string = matches!(value.ty, Type::Bool | Type::Integer(_));
        let node = self.operand_of_concat(value)?;
        match node {
            Node::Call("formatBase", _) => Ok(node),
            node if needs_string => Ok(Node::Call("string", vec![node])),
            node => Ok(node),
        }
    }

    /// What `&`, which makes strings of its operands, makes the same string of as `Display`.
    fn operand_of_concat(&mut self, value: Value<'a>) -> Result<Node, Refusal> {
        match value.ty.clone() {
            Type::String | Type::Bool => Ok(self.whole(value)),
            Type::Integer(Integer { min, max, .. }) => {
                let node = self.whole(value);
                let is_short =
                    -MAX_WRITTEN <= min && max <= MAX_WRITTEN || matches!(node, Node::Call("count" | "length", _));
                Ok(if is_short { node } else { Node::Call("formatBase", vec![node]) })
            }
            Type::Float => Err(Refusal::needs_task(
                "a float is written into a text, and JSONata writes floats with 15 digits, unlike Rust",
            )),
            Type::Struct(shape) => Err(no_display(shape.name)),
            Type::Enum(shape) => Err(no_display(shape.name)),
            other => Err(Refusal::needs_task(format!("{other} is written into a text"))),
        }
    }
}

fn no_display(name: &str) -> Refusal {
    Refusal::needs_task(format!("a `{name}` is written into a text, and its `Display` is code that JSONata cannot run"))
}

/// Width, alignment and precision.
fn padded(text: Node, spec: &FormatSpec, ty: &Type<'_>) -> Result<Node, Refusal> {
    let text = match (spec.precision, ty) {
        (None, _) => text,
        (Some(precision), Type::String) => {
            Node::Call("substring", vec![text, Node::int(0), Node::json(precision.into())])
        }
        (Some(_), _) => {
            return Err(Refusal::needs_task("a precision is given for what is not a string"));
        }
    };
    let Some(width) = spec.width else { return Ok(text) };
    let width = i64::try_from(width).map_err(|_| Refusal::new("the width of a placeholder is too large"))?;
    let right = match spec.align {
        Some('<') => false,
        Some('>') => true,
        // Numbers stand on the right, all else on the left.
        None => matches!(ty, Type::Integer(_)),
        Some(_) => {
            return Err(Refusal::needs_task("a placeholder is centred by `^`, and JSONata pads on one side only"));
        }
    };
    let width = Node::int(if right { -width } else { width });
    let fill = spec.fill.filter(|fill| *fill != ' ').map(Node::str);
    Ok(Node::Call("pad", [text, width].into_iter().chain(fill).collect()))
}
